"""A key that is held down, told by its times where the desktop does not say so.

Some X servers send a held key as a release and a press of one instant, and nobody marks it as a
repeat. No finger lets a key go and hits it again within a millisecond.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent

ONE_INSTANT_MS = 1


class Held:
    """Remembers when each key was let go."""

    def __init__(self) -> None:
        self._let_go: dict[int, int] = {}

    def let_go(self, event: QKeyEvent) -> None:
        """Take a release."""
        if not event.isAutoRepeat():
            self._let_go[event.key()] = event.timestamp()

    def goes_on(self, event: QKeyEvent) -> bool:
        """Return whether a press is the same as the one before, held on; a repeat that says so is none."""
        then = self._let_go.pop(event.key(), None)
        if then is None or not event.timestamp() or event.isAutoRepeat():
            return False
        return 0 <= event.timestamp() - then <= ONE_INSTANT_MS


def as_repeat(event: QKeyEvent) -> QKeyEvent:
    """Return a press as the repeat that it is."""
    return QKeyEvent(QEvent.Type.KeyPress, event.key(), event.modifiers(), event.text(), True)  # noqa: FBT003 - Qt's own signature
