"""What Enter means behind letters that fit several drugs: the first of them, and its dose before it starts.

The first press takes the drug into the form and goes on to its dose, the second one starts it, with a dose
or, on purpose, without. A dose begun before the question can have been read was meant for something else,
a chair perhaps: it is dropped and asked for anew. A drug that is meant by itself starts at once: the only
one that fits, one called by its whole name, one of the plan, one that was picked from the list, one whose
dose stands there already.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer

from desktop_app.core.orders import TIMED_ROUTES
from desktop_app.ui import words
from desktop_app.ui.offers import Offer
from desktop_app.ui.ports import Drug
from desktop_app.ui.sheets.ways import MEANINGS

if TYPE_CHECKING:
    from desktop_app.ui.sheets.order_sheet import OrderSheet

READ_MS = 1500
"""How long after the question a key was meant for what was there before: so soon nobody has read it."""


class FirstMatch:
    """Tells of a sheet whether its drug is only the first of several that fit, until that was asked once.

    ``let_go`` is called where letters that were asked about are others now, or a vial says the drug.
    """

    def __init__(self, sheet: OrderSheet, let_go: Callable[[], None]) -> None:
        self._sheet = sheet
        self._let_go = let_go
        self._meant: Offer | None = None
        """The drug that was picked from the list, or was asked about."""
        self._question = ""
        """What was asked about these letters, also once it is answered."""
        self._since = QElapsedTimer()
        self._since.invalidate()
        self._is_blind = False
        """Whether the dose was begun before anybody can have read the question."""
        sheet.search.textChanged.connect(lambda _: self.forget())
        sheet.list.currentRowChanged.connect(lambda _: self._choose())
        sheet.list.itemClicked.connect(lambda _: self._pick())
        sheet.way.chosen.connect(lambda _: self._unsay())
        sheet.dose.edit.textEdited.connect(lambda _: self._type())
        sheet.dose.edit.textChanged.connect(self._change)

    @property
    def waits(self) -> bool:
        """Whether it was asked so lately that a press without a dose is the second of a key hit twice."""
        return self._is_unread and not self._sheet.dose.text

    def take(self) -> str:
        """Return what is to be asked before the chosen drug starts; empty where nothing is.

        A dose that was typed on blindly is dropped, and the question is put again.
        """
        sheet, offer = self._sheet, self._sheet.list.offer()
        too_soon = sheet.dose.text if self._is_blind else ""
        if offer is None or (not too_soon and (sheet.dose.text or self._is_meant(offer))):
            return ""
        sheet.dose.set_text("")
        self._meant = offer
        self._since.start()
        runs = MEANINGS[sheet.way.taken].route in TIMED_ROUTES
        question = several(sheet.search.text().strip(), offer.drug, runs=runs)
        self._question = unread(too_soon, question) if too_soon else question
        return self._question

    def forget(self) -> None:
        """Let go of what was asked: it is about another drug from now on."""
        if self._is_blind:
            self._sheet.dose.set_text("")
        self._unsay()
        if self._question:
            self._question = ""
            self._let_go()

    def remembered(self) -> Callable[[], None]:
        """Return what puts back how the dose came about, once a scan was typed over it."""
        is_blind = self._is_blind

        def put_back() -> None:
            self._is_blind = is_blind

        return put_back

    @property
    def _is_unread(self) -> bool:
        return self._since.isValid() and not self._since.hasExpired(READ_MS)

    def _is_meant(self, offer: Offer) -> bool:
        sheet = self._sheet
        if offer.planned is not None or offer == self._meant or sheet.list.currentRow() > 0:
            return True
        typed, offers = sheet.search.text().strip().casefold(), sheet.list.offers
        called = [other for other in offers if typed in _names(other.drug)]
        return called == [offer] or all(_is_a_kind_of(other.drug, offer.drug) for other in offers)

    def _pick(self) -> None:
        self._unsay()
        self._meant = self._sheet.list.offer()

    def _choose(self) -> None:
        """Follow the list to another drug, whose dose is its own."""
        self._is_blind = False
        self._unsay()

    def _unsay(self) -> None:
        """Take back what no longer says what Enter does; where it must, the next Enter asks anew."""
        self._meant = None
        self._since.invalidate()
        self._take_away()

    def _type(self) -> None:
        self._is_blind = self._is_blind or self._is_unread

    def _change(self, dose: str) -> None:
        self._is_blind = self._is_blind and bool(dose)
        self._take_away()

    def _take_away(self) -> None:
        if self._question and self._sheet.problem == words.sentence(self._question):
            self._sheet.show_problem("")


def several(typed: str, drug: Drug, *, runs: bool) -> str:
    """Say which of several drugs is chosen, and what a further Enter does."""
    name = f"{drug.name} ({drug.brand})" if drug.brand else drug.name
    deed = "starts it" if runs else "records it"
    return (
        f"several drugs fit “{typed}”, chosen is {name}. Type the dose; Enter again {deed}, also without one"
    )


def unread(typed: str, question: str) -> str:
    """Say that a dose was typed before the question can have been read, and put the question again."""
    return f"“{typed}” came before this could be read and was not taken: {question}"


def _is_a_kind_of(other: Drug, drug: Drug) -> bool:
    """Return whether it is the drug itself, or the same of one maker where the drug is that of any."""
    return other == drug or (not drug.brand and other.name == drug.name)


def _names(drug: Drug) -> frozenset[str]:
    """Return what a drug is called by in full."""
    return frozenset(name.casefold() for name in (drug.name, drug.brand, drug.hcpcs) if name)
