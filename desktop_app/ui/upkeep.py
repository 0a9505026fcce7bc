"""What is looked after beside the work: backups, and room on the disk. What is wrong stays on the rail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_app.ui.backup_ports import Backups, NoBackups

if TYPE_CHECKING:
    from desktop_app.ui.window import MainWindow

CARD = "backups"
"""What the settings call the card that tells it."""


class Upkeep(QObject):
    """Looks each second whether something has changed, and never holds anything up.

    Signals:
        changed: what is to be told of the backups is another.
    """

    changed = Signal()

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.backups: Backups = NoBackups()
        window.rail.care.clicked.connect(self._show)

    def look_after(self, backups: Backups) -> None:
        """Look after these from now on."""
        self.backups = backups
        self.show_signs()

    def tick(self) -> None:
        """Show what has changed."""
        if self.backups.tick():
            self.show_signs()

    def try_place(self) -> None:
        """See at once whether backups can go where they are to go from now on."""
        self.backups.try_place()
        self.tick()

    def show_signs(self) -> None:
        """Show on the rail what is not as it should be, and let the settings page tell it."""
        signs = self.backups.signs()
        self._window.rail.show_care(signs[0].short if signs else "", " ".join(sign.text for sign in signs))
        self.changed.emit()

    def _show(self) -> None:
        self._window.show_page("settings", CARD)
