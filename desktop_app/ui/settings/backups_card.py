"""The backups on the settings page: where they go, when the last was made, what is wrong, the way back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop_app.ui.backup_ports import OPEN_COPIES
from desktop_app.ui.settings.rows import SettingRow
from desktop_app.ui.sheets.backups import Leave, ask_restore
from desktop_app.ui.sheets.open_copies import ask_destroy
from desktop_app.ui.station import Station
from desktop_app.ui.upkeep import Upkeep
from desktop_app.ui.widgets.button import Button
from desktop_app.ui.widgets.labels import heading, label

TEXT = (
    "A copy of the journal every hour and at the end, tried before it counts: of the last 24 hours, 30 days "
    "and 12 months one each, and the newest five. Another drive keeps them when this one fails."
)
MAKING = "A backup is being made…"
PLACE = SettingRow(
    "backup-folder",
    "Backup folder",
    "Best on another drive. Empty puts backups beside the data folder.",
)


class BackupsCard(QFrame):
    """A card that tells how the backups stand."""

    def __init__(self, station: Station, upkeep: Upkeep, make_entry: Callable[[SettingRow], QWidget]) -> None:
        super().__init__()
        self.setProperty("plate", "card")
        self.setMaximumWidth(station.theme.px(860))
        self._upkeep = upkeep
        upkeep.changed.connect(self.renew)
        self.leave: Leave = lambda then: then()
        """Leaves the program; the window's way out takes its place."""
        self.told = label("", wrap=True)
        self.trouble = label("", tone="alert", wrap=True)
        self.make = Button(station.theme, "Back up now")
        self.make.clicked.connect(self._make)
        self.restore = Button(station.theme, "Restore a backup…")
        self.restore.clicked.connect(lambda: ask_restore(station, upkeep.backups, self.leave))
        self.destroy_copies = Button(station.theme, "Destroy open copies…")
        self.destroy_copies.clicked.connect(lambda: ask_destroy(station, upkeep))
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 18)
        column.setSpacing(14)
        column.addWidget(heading("Backups"))
        column.addWidget(label(TEXT, size=12, tone="soft", wrap=True))
        for part in (
            self.trouble,
            self.told,
            self.make,
            self.restore,
            self.destroy_copies,
            make_entry(PLACE),
        ):
            column.addWidget(part)
        self.renew()

    def renew(self) -> None:
        """Tell how they stand now."""
        backups = self._upkeep.backups
        now = backups.now()
        signs = backups.signs()
        trouble = " ".join(sign.text for sign in signs)
        where = f" They go to {now.place}." if now.place and not now.has_failed else ""
        self.told.setText(MAKING if now.is_making else f"{now.last}{where}")
        self.trouble.setText(trouble)
        self.trouble.setVisible(bool(trouble))
        self.destroy_copies.setVisible(any(sign.short == OPEN_COPIES for sign in signs))
        self.make.setEnabled(bool(now.place) and not now.is_making)
        self.restore.setEnabled(bool(now.place))

    def _make(self) -> None:
        self._upkeep.backups.make()
        self.renew()
