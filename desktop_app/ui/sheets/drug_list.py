"""The drugs to choose from, one row each: what is planned, then name, brand, code, unit, and a star."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal

from desktop_app.ui import words
from desktop_app.ui.offers import Offer
from desktop_app.ui.ports import Drug
from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.pick_list import PickList, PickRow

ROWS = 6
FEW_ROWS = 3
ROOM_FOR_ALL = 700
"""How high a window must be, at the plain text size, to show every row and the buttons below."""


class DrugList(PickList):
    """The offers as rows.

    Signals:
        star_wanted(Offer): set or take away the star of a drug.
    """

    star_wanted = Signal(object)

    def __init__(self, theme: Theme, is_favourite: Callable[[Drug], bool]) -> None:
        super().__init__(theme, "Drugs that fit", ROWS)
        self._offers: tuple[Offer, ...] = ()
        self._is_favourite = is_favourite
        self.starred.connect(lambda at: self.star_wanted.emit(self._offers[at]))

    def show_offers(self, offers: Sequence[Offer], *, choose: int) -> None:
        """Show other offers, of which one is chosen; -1 for none."""
        self._offers = tuple(offers)
        self.show_rows([self._row(offer) for offer in offers], choose)

    def show_stars(self) -> None:
        """Draw the stars anew; what is chosen stays chosen."""
        for at, offer in enumerate(self._offers):
            self.replace_row(at, self._row(offer))

    def fit(self, height: int) -> None:
        """Keep fewer rows in a window of a height in pixels that has no room for all; they scroll."""
        self.keep_rows(ROWS if height >= self._theme.px(ROOM_FOR_ALL) else FEW_ROWS)

    @property
    def offers(self) -> tuple[Offer, ...]:
        """The offers that are shown."""
        return self._offers

    def offer(self) -> Offer | None:
        """Return the chosen offer."""
        at = self.currentRow()
        return self._offers[at] if 0 <= at < len(self._offers) else None

    def drug(self) -> Drug | None:
        """Return the chosen drug."""
        offer = self.offer()
        return offer.drug if offer else None

    def _row(self, offer: Offer) -> PickRow:
        drug = offer.drug
        if offer.planned is not None:
            return PickRow(name=drug.name, soft="on the plan", detail=words.plan_words(offer.planned.order))
        name, rest = words.short_name(drug.name)
        brand = f"({drug.brand})" if drug.brand else ""
        star = self._is_favourite(drug) if drug.hcpcs else None
        return PickRow(name=name, plain=brand, soft=rest, detail=drug_detail(drug), star=star)


def drug_detail(drug: Drug) -> str:
    """Write a drug's code and its unit."""
    unit = f"{words.number(drug.unit_amount)} {drug.unit}" if drug.unit_amount is not None else ""
    return " · ".join(part for part in (drug.hcpcs, unit) if part)
