"""The dose that was used last, as an offer that says so: it may have been another patient's."""

from __future__ import annotations

from desktop_app.core.orders import Order
from desktop_app.ui import words
from desktop_app.ui.offers import Filled
from desktop_app.ui.sheets.order_form import dose_text
from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.button import Button, Kind
from desktop_app.ui.widgets.fields import Field

FROM_PLAN = "As ordered."
FROM_USUAL = "As the suite usually gives it."
FROM_BEFORE = "Way and minutes as last given here; the dose is for you to say."


class LastUsed(Button):
    """A touch fills in the dose that was used last."""

    def __init__(self, theme: Theme, dose: Field) -> None:
        super().__init__(theme, "", kind=Kind.LINK)
        self._dose = dose
        self.order: Order | None = None
        """What is offered, where it has a dose."""
        self.clicked.connect(self._take)
        self.offer(None)

    def offer(self, order: Order | None, unit: str = "") -> None:
        """Offer the dose of an order; nothing where it has none, or none in the unit that is asked for."""
        dose = order.dose if order is not None and dose_text(order) else None
        self.order = order if dose is not None and (not unit or dose.unit == unit) else None
        self.setVisible(self.order is not None)
        if self.order is not None:
            said = f"Last used: {words.dose_words(self.order)}"
            self.show_as(said, name=f"{said}. Fill it in as this dose")

    def _take(self) -> None:
        self._dose.set_text(dose_text(self.order))
        self._dose.edit.setFocus()


def source_words(filled: Filled) -> str:
    """Say where what is filled in comes from; nothing where nothing is."""
    if filled.is_usual:
        return FROM_USUAL
    return FROM_BEFORE if filled.order is not None else ""
