"""New names that no other workstation will ever make: UUIDs of version 7.

The first 48 bits are milliseconds since 1970, so that names made later sort later and land
at the right-hand edge of an index; the rest is a counter and chance (RFC 9562, section 6.2).
"""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable

_COUNTER_BITS = 26
_CHANCE_BITS = 48
_MS_NS = 1_000_000


def _wall_ms() -> int:
    return time.time_ns() // _MS_NS


class TimeOrderedIdentities:
    """Implements ``core.ports.Identities``: within the process each name sorts after the last one.

    A wall clock that steps back does not disturb the order: the last millisecond is kept and
    the counter runs on.
    """

    def __init__(self, wall_ms: Callable[[], int] = _wall_ms) -> None:
        self._wall_ms = wall_ms
        self._lock = threading.Lock()
        self._last_ms = 0
        self._counter = 0

    def new(self) -> str:
        """Return a new name in the usual hyphenated form of a UUID."""
        with self._lock:
            self._advance()
            return _uuid7(self._last_ms, self._counter)

    def _advance(self) -> None:
        now_ms = self._wall_ms()
        if now_ms > self._last_ms:
            self._last_ms, self._counter = now_ms, secrets.randbits(_COUNTER_BITS - 1)
            return
        self._counter += 1
        if self._counter >> _COUNTER_BITS:
            self._last_ms, self._counter = self._last_ms + 1, 0


def _uuid7(at_ms: int, counter: int) -> str:
    """Lay out 48 bits of time, version, 12 + 14 bits of counter about the variant, 48 of chance."""
    high, low = counter >> 14, counter & 0x3FFF
    number = at_ms << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low << 48 | secrets.randbits(_CHANCE_BITS)
    digits = f"{number:032x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"
