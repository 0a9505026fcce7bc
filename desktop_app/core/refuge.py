"""A second place for what waits: the touches in it outlive the program, and the next start stores them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from desktop_app.core.events import Stamp
from desktop_app.core.ports import Emergency, Write
from desktop_app.core.waiting import Kept


class NoEmergency:
    """Nothing is kept anywhere else."""

    def keep(self, touch: str, writes: Sequence[Write], stamp: Stamp) -> bool:  # noqa: ARG002 - as the port
        """Keep nothing."""
        return False

    def settle(self, touch: str) -> None:
        """Forget nothing."""


class Refuge:
    """Knows which of the touches that wait are on some disk."""

    def __init__(self) -> None:
        self.ask: Callable[[], Emergency] = NoEmergency
        """Gives the place; asked only when something waits."""
        self._safe: set[str] = set()

    def keep(self, kept: Kept) -> None:
        """Keep a touch that waits, where that can be done."""
        touch = kept.stamp.touch
        if self.ask().keep(touch, kept.decided.writes, kept.stamp):
            self._safe.add(touch)

    def let_go(self, kept: Kept) -> None:
        """Forget a touch that waits no longer."""
        touch = kept.stamp.touch
        if touch in self._safe:
            self._safe.discard(touch)
            self.ask().settle(touch)

    def has_all(self, waiting: Iterable[Kept]) -> bool:
        """Return whether the end of the program would lose none of these."""
        return all(kept.stamp.touch in self._safe for kept in waiting)
