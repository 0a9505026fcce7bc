"""Billing files on the settings page: closed it says how far they are set up, open it has every setting."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop_app.ui.settings.billing_rows import BILLING_FILES
from desktop_app.ui.settings.rows import SettingRow
from desktop_app.ui.sheets.charges import ask_charges
from desktop_app.ui.station import Station
from desktop_app.ui.widgets.button import HEIGHT, Button
from desktop_app.ui.widgets.labels import heading, label

TEXT = (
    "What claims and messages say of who bills, who receives them, and what you charge. "
    "Tables and Excel need none of it."
)
OPEN, CLOSE = "Show these settings", "Hide these settings"
NOBODY = "Nobody has said yet who bills."


class BillingFilesCard(QFrame):
    """A card that opens: a page of all settings would be too long to find anything on."""

    def __init__(self, station: Station, make_entry: Callable[[SettingRow], QWidget]) -> None:
        super().__init__()
        self._station = station
        self.setProperty("plate", "card")
        self.setMaximumWidth(station.theme.px(860))
        self.keys = {row.key for _, rows in BILLING_FILES for row in rows}
        self.told = label("", wrap=True)
        self.open_button = Button(station.theme, OPEN)
        self._inside = QWidget()
        self.open_button.clicked.connect(lambda: self.open(is_open=self._inside.isHidden()))
        self.charges = Button(station.theme, "Import charges…")
        self.charges.clicked.connect(lambda: ask_charges(station, self.renew))
        for button in (self.open_button, self.charges):
            button.setMinimumHeight(station.theme.target(HEIGHT))
        self._lay_out(make_entry)
        self.open(is_open=False)
        self.renew()

    def open(self, *, is_open: bool) -> None:
        """Show the settings, or hide them."""
        self._inside.setVisible(is_open)
        words = CLOSE if is_open else OPEN
        self.open_button.show_as(words, name=f"Billing files: {words}")

    def renew(self) -> None:
        """Say how far it is set up."""
        get = self._station.settings.get
        name, npi = get("practice-name"), get("practice-npi")
        who = " · ".join(filter(None, (name, f"NPI {npi}" if npi else "")))
        told = f"{who}." if who else NOBODY
        self.told.setText(f"{told} {self._station.billing.charges.told()}")

    def _lay_out(self, make_entry: Callable[[SettingRow], QWidget]) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 18)
        column.setSpacing(14)
        column.addWidget(heading("Billing files"))
        column.addWidget(label(TEXT, size=12, tone="soft", wrap=True))
        for part in (self.told, self.charges, self.open_button, self._inside):
            column.addWidget(part)
        inside = QVBoxLayout(self._inside)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(14)
        for name, rows in BILLING_FILES:
            inside.addWidget(heading(name))
            for row in rows:
                inside.addWidget(make_entry(row))
