"""What is looked after while the program works: that the key of the journal still lies where it has to."""

from __future__ import annotations

from collections.abc import Callable

from desktop_app.core.moments import MINUTE_US
from desktop_app.core.ports import Clock
from desktop_app.ui.widgets.toast import Toast

EVERY_US = 5 * MINUTE_US
Look = Callable[[], str]
"""Looks whether all is well, and returns once what was wrong."""


def _nothing() -> None:
    """Keep up nothing."""


class Caretaker:
    """Looks every few minutes, and whenever it is asked, and says what it found."""

    def __init__(self, clock: Clock, toast: Toast) -> None:
        self.look_with: Look = str
        """Nothing is looked after until it is another."""
        self.keep_with: Callable[[], None] = _nothing
        """Is called each second, for what is kept up behind the touches."""
        self._clock = clock
        self._toast = toast
        self._last_us = clock.now().counting_us

    def tick(self) -> None:
        """Keep up what is kept up, and look if some minutes have passed since."""
        self.keep_with()
        if self._clock.now().counting_us - self._last_us >= EVERY_US:
            self.look()

    def look(self) -> None:
        """Look now."""
        self._last_us = self._clock.now().counting_us
        if found := self.look_with():
            self._toast.say_late(found)
