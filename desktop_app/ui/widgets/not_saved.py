"""The red bar: a touch is not on disk yet, it is kept, and it is tried again until it is."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout

from desktop_app.ui.widgets.labels import label

MOST_TOLD = 5
"""How many touches are told one by one; the bar must not grow over the board."""
_STAYS = " The window stays open until it is saved; Ctrl+Q asks whether to quit without it."

_KEPT = "Kept with its time, tried again every second. Leave the program open; timers go on."
_SAFE = "Kept with its time here and in the emergency file, tried again every second; timers go on."


class NotSavedBar(QFrame):
    """Shown while anything waits to be stored."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("plate", "not-saved")
        self._close_wanted = False
        self._first = label("", size=13, tone="alert", heavy=True, wrap=True)
        self._second = label("", size=12, wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 10, 18, 10)
        column.setSpacing(2)
        column.addWidget(self._first)
        column.addWidget(self._second)
        self.hide()

    @property
    def text(self) -> str:
        """What the bar says; empty when nothing waits."""
        return f"{self._first.text()} {self._second.text()}" if not self.isHidden() else ""

    def show_waiting(self, why: str, kept: tuple[str, ...], *, is_safe: bool = False) -> None:
        """Say why nothing was stored and what is kept; safe is what outlives the program."""
        if why:
            self._first.setText(f"Not saved yet: {why}{_STAYS if self._close_wanted else ''}")
        more = len(kept) - MOST_TOLD
        touches = "; ".join(kept[:MOST_TOLD]) + (f"; and {more} more, each on its card" if more > 0 else "")
        self._second.setText(f"{touches}. {_SAFE if is_safe else _KEPT}")
        self.setAccessibleName(self._first.text())
        self.show()

    def show_staying(self, kept: tuple[str, ...], *, is_safe: bool = False) -> None:
        """Say that the window does not close before what is kept is on disk."""
        if not self._close_wanted:
            self._close_wanted = True
            self._first.setText(f"{self._first.text()}{_STAYS}")
        self.show_waiting("", kept, is_safe=is_safe)

    def put_away(self) -> None:
        """Say nothing any more: everything that waited is settled."""
        self._close_wanted = False
        self.hide()
