"""How far a long run has come, on one line of the terminal that is wiped at its end."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Self

_BETWEEN_S = 0.2


class Progress:
    """Says on standard error, where that is a terminal, how many of how many were looked at."""

    def __init__(self, what: str, of: int) -> None:
        self._what = what
        self._of = of
        self._is_shown = sys.stderr is not None and sys.stderr.isatty()
        self._next_s = 0.0

    def __enter__(self) -> Self:
        return self

    def at(self, count: int) -> None:
        """Show that so many are done, unless that was shown a moment ago."""
        now_s = time.monotonic()
        if self._is_shown and now_s >= self._next_s:
            self._next_s = now_s + _BETWEEN_S
            self._write(f"{count:,} of {self._of:,} {self._what}")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._is_shown:
            self._write("")

    def _write(self, text: str) -> None:
        sys.stderr.write(f"\r{text}\x1b[K")
        sys.stderr.flush()
