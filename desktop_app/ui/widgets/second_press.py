"""How long a control takes no second press, once a press has made it mean something else."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer

SECOND_PRESS_MS = 600
"""The second press of a double click comes sooner; whoever has read the new words comes later."""


class SecondPress(QElapsedTimer):
    """Tells whether a press comes too soon after one that changed what it would do."""

    def __init__(self) -> None:
        super().__init__()
        self.invalidate()

    @property
    def comes_too_soon(self) -> bool:
        """Whether the change is so fresh that a press was meant for what was there before."""
        return self.isValid() and not self.hasExpired(SECOND_PRESS_MS)
