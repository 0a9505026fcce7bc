"""What Enter means behind letters that fit several drugs: the first of them, and its dose before it starts.

The first press takes the drug into the form and goes on to its dose, the second one starts it, with a dose
or, on purpose, without. A drug that is meant by itself starts at once: the only one that fits, one called
by its whole name, one of the plan, one that was picked from the list, one whose dose stands there already.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_app.core.orders import TIMED_ROUTES
from desktop_app.ui import words
from desktop_app.ui.offers import Offer
from desktop_app.ui.ports import Drug
from desktop_app.ui.sheets.ways import MEANINGS
from desktop_app.ui.widgets.second_press import SecondPress

if TYPE_CHECKING:
    from desktop_app.ui.sheets.order_sheet import OrderSheet


class FirstMatch:
    """Tells of a sheet whether its drug is only the first of several that fit, until that was asked once."""

    def __init__(self, sheet: OrderSheet) -> None:
        self._sheet = sheet
        self._meant: Offer | None = None
        """The drug that was picked from the list, or was asked about."""
        self._question = ""
        self._second = SecondPress()
        sheet.search.textChanged.connect(lambda _: self._forget())
        sheet.list.itemClicked.connect(lambda _: self._mean())
        sheet.dose.edit.textChanged.connect(lambda _: self._answered())

    @property
    def waits(self) -> bool:
        """Whether it was asked so lately that a press is the second of a key hit twice."""
        return self._second.comes_too_soon

    def take(self) -> str:
        """Return what is to be asked, once, before the chosen drug starts; empty where nothing is."""
        offer = self._sheet.list.offer()
        if offer is None or self._sheet.dose.text or self._is_meant(offer):
            return ""
        self._mean()
        self._second.start()
        runs = MEANINGS[self._sheet.way.taken].route in TIMED_ROUTES
        self._question = several(self._sheet.search.text().strip(), offer.drug, runs=runs)
        return self._question

    def _is_meant(self, offer: Offer) -> bool:
        sheet = self._sheet
        if offer.planned is not None or offer == self._meant or sheet.list.currentRow() > 0:
            return True
        typed, offers = sheet.search.text().strip().casefold(), sheet.list.offers
        called = [other for other in offers if typed in _names(other.drug)]
        return called == [offer] or all(_is_a_kind_of(other.drug, offer.drug) for other in offers)

    def _mean(self) -> None:
        self._meant = self._sheet.list.offer()

    def _forget(self) -> None:
        self._meant = None
        self._second.invalidate()

    def _answered(self) -> None:
        """Take the question away once a dose is typed: the next press has read it."""
        self._second.invalidate()
        if self._question and self._sheet.problem == words.sentence(self._question):
            self._sheet.show_problem("")


def several(typed: str, drug: Drug, *, runs: bool) -> str:
    """Say which of several drugs is chosen, and what a further Enter does."""
    name = f"{drug.name} ({drug.brand})" if drug.brand else drug.name
    deed = "starts it" if runs else "records it"
    return (
        f"several drugs fit “{typed}”, chosen is {name}. Type the dose; Enter again {deed}, also without one"
    )


def _is_a_kind_of(other: Drug, drug: Drug) -> bool:
    """Return whether it is the drug itself, or the same of one maker where the drug is that of any."""
    return other == drug or (not drug.brand and other.name == drug.name)


def _names(drug: Drug) -> frozenset[str]:
    """Return what a drug is called by in full."""
    return frozenset(name.casefold() for name in (drug.name, drug.brand, drug.hcpcs) if name)
