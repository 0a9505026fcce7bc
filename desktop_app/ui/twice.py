"""The second press of a key that a hand hit twice: it meant it once, as with a double click."""

from __future__ import annotations

from desktop_app.ui.widgets.second_press import SECOND_PRESS_MS


class Twice:
    """Remembers the last key, and tells one that comes again right behind it.

    Each press begins the wait anew, so that hammering on a key counts once until the hand rests.
    """

    def __init__(self) -> None:
        self._key = ""
        self._at_ms: int | None = None

    def is_second(self, key: str, at_ms: int) -> bool:
        """Take a key at its own time in ms; True where it is the one before, pressed once more too soon."""
        since_ms = None if self._at_ms is None else at_ms - self._at_ms
        again = key == self._key and since_ms is not None and 0 <= since_ms < SECOND_PRESS_MS
        self._key, self._at_ms = key, at_ms
        return again

    def forget(self) -> None:
        """Know that another key came between."""
        self._at_ms = None
