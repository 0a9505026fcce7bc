"""What a sheet for an order asks behind "More": rarer ways, rates, rounds, and what few visits need."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.core.orders import Order
from desktop_app.ui import words
from desktop_app.ui.sheets.order_form import OrderForm, rates_text
from desktop_app.ui.sheets.ways import Ways
from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.fields import Field
from desktop_app.ui.widgets.tick import Tick


class MoreFields(QWidget):
    """The fields behind "More"."""

    def __init__(self, theme: Theme, ways: Ways, *, is_office: bool) -> None:
        super().__init__()
        self.volume = Field(theme, "Volume (mL)")
        self.vitals = Field(theme, "Vital signs every (min)")
        self.observe = Field(theme, "Watch afterwards (min)")
        self.rates = Field(theme, "Rate steps, minute: mL/h", hint="0: 20, 15: 40, 30: 80")
        self.primary = Tick(theme, "Main reason for the visit")
        self.primary.setToolTip("In an office the main reason of the visit is coded first.")
        self.hormonal = Tick(theme, "Hormonal cancer drug")
        for box in (self.primary, self.hormonal):
            box.setAccessibleName(box.text())
            box.setMinimumHeight(theme.px(40))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(ways.rare)
        column.addLayout(_beside(theme, self.volume, self.vitals, self.observe))
        column.addWidget(self.rates)
        column.addLayout(_beside(theme, self.primary, self.hormonal))
        if not is_office:
            self.primary.hide()

    def fill_from(self, order: Order | None) -> None:
        """Show what an order says here; without one, nothing."""
        self.volume.set_text(words.number(order.volume_ml) if order and order.volume_ml else "")
        self.vitals.set_text(str(order.vitals_every_minutes or "") if order else "")
        self.observe.set_text(str(order.observe_minutes or "") if order else "")
        self.rates.set_text(rates_text(order) if order else "")
        self.primary.setChecked(bool(order and order.primary))
        self.hormonal.setChecked(bool(order and order.hormonal))

    def fill_from_form(self, form: OrderForm) -> None:
        """Show what was typed here before."""
        texts = (
            (self.volume, form.volume),
            (self.vitals, form.vitals),
            (self.observe, form.observe),
            (self.rates, form.rates),
        )
        for field, text in texts:
            field.set_text(text)
        self.primary.setChecked(form.primary)
        self.hormonal.setChecked(form.hormonal)

    def fit(self, *, has_time: bool) -> None:
        """Let only be typed what means something for the way it is given."""
        for field in (self.vitals, self.rates):
            field.edit.setEnabled(has_time)


def _beside(theme: Theme, *parts: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(theme.px(8))
    for part in parts:
        row.addWidget(part, 1)
    return row
