"""The drugs on the settings page: how many have a star, a usual order, are hidden or the suite's own."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout

from desktop_app.ui import words
from desktop_app.ui.sheets.drugs import ask_drugs
from desktop_app.ui.station import Station
from desktop_app.ui.suite_drugs import SuiteDrugs
from desktop_app.ui.widgets.button import Button
from desktop_app.ui.widgets.labels import heading, label

TEXT = (
    "Which drugs come first, which this suite does not have, how it usually gives one, "
    "and drugs that are not in the drug table. In effect from the next start on."
)


class DrugsCard(QFrame):
    """A card with one button."""

    def __init__(self, station: Station) -> None:
        super().__init__()
        self._drugs = SuiteDrugs(station.drugs, station.settings)
        self.setProperty("plate", "card")
        self.setMaximumWidth(station.theme.px(860))
        self.told = label("", wrap=True)
        self.open_button = Button(station.theme, "Look at the drugs…")
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 18)
        column.setSpacing(14)
        column.addWidget(heading("Drugs"))
        column.addWidget(label(TEXT, size=12, tone="soft", wrap=True))
        column.addWidget(self.told)
        column.addWidget(self.open_button)
        self.open_button.clicked.connect(lambda: ask_drugs(station, self.renew))
        self.renew()

    def renew(self) -> None:
        """Say what is kept now."""
        drugs = self._drugs
        counted = (
            f"{len(drugs.favourites.codes)} with a star",
            f"{drugs.count_usuals()} with a usual order",
            f"{drugs.count_hidden()} hidden",
            f"{len(drugs.own())} of your own",
        )
        total = words.count_words(len(drugs.all()), "drug", "drugs")
        self.told.setText(f"{total}: {', '.join(counted)}.")
