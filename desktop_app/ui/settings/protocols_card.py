"""The protocols on the settings page: what they are, the way to them, and the files that are left out."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout

from desktop_app.ui.sheets.protocols import ask_protocols
from desktop_app.ui.station import Station
from desktop_app.ui.widgets.button import Button
from desktop_app.ui.widgets.labels import heading, label

TEXT = (
    "Plans to choose when a patient is seated: drugs, doses, minutes, rate steps. Those that came with the "
    "program are examples; your clinic checks every value. What you save yourself goes before them."
)


class ProtocolsCard(QFrame):
    """A card with one button."""

    def __init__(self, station: Station) -> None:
        super().__init__()
        self.setProperty("plate", "card")
        self.setMaximumWidth(station.theme.px(860))
        self.open_button = Button(station.theme, "Look at the protocols…")
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 18)
        column.setSpacing(14)
        column.addWidget(heading("Protocols"))
        column.addWidget(label(TEXT, size=12, tone="soft", wrap=True))
        column.addWidget(self.open_button)
        self.faults = [
            label(f"Left out: {fault}", size=12, tone="alert", wrap=True)
            for fault in station.protocols.faults()
        ]
        for fault in self.faults:
            column.addWidget(fault)
        self.open_button.clicked.connect(lambda: ask_protocols(station))
