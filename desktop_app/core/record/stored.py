"""An event as it lies in the journal: every column that its hash covers, and the two hashes.

What is proven is what was stored, not what this version of the program reads out of it, so the
columns are kept as they are. The hash of an event is SHA-256 over the hash before it and the columns
as JSON: anybody can work it out again (``docs/for-auditors.md``).
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields

from desktop_app.core.events import Event, Stamp
from desktop_app.core.events.event import Recorded
from desktop_app.core.moments import ClockReading
from desktop_app.core.values import dataclass

Value = str | int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """One event: its columns in the order in which they are hashed, then its hashes as hex digits."""

    origin: str
    origin_seq: int
    id: str
    stream: str
    version: int
    kind: str
    schema: int
    touch: str
    actor: str
    effective_us: int
    recorded_us: int
    counting_us: int
    boot: str
    zone: str
    offset_s: int
    reference_offset_us: int | None
    body: str
    previous_hash: str
    hash: str
    event: Event | None = None
    """What it says; none where this version of the program cannot read it."""

    @property
    def row(self) -> tuple[Value, ...]:
        """The columns that the hash covers."""
        return tuple(getattr(self, name) for name in COLUMNS)

    @property
    def recorded(self) -> Recorded | None:
        """The event with its evidence; none where it cannot be read."""
        if self.event is None:
            return None
        reading = ClockReading(
            self.recorded_us, self.counting_us, self.boot, self.zone, self.offset_s, self.reference_offset_us
        )
        return Recorded(
            id=self.id,
            origin=self.origin,
            origin_seq=self.origin_seq,
            stream=self.stream,
            version=self.version,
            stamp=Stamp(touch=self.touch, actor=self.actor, reading=reading),
            event=self.event,
            hash=self.hash,
            previous_hash=self.previous_hash,
        )


COLUMNS = tuple(field.name for field in fields(Stored))[:17]
"""The names of the columns that a hash covers, in their order."""


def hash_of(previous_hash: str, row: tuple[Value, ...]) -> str:
    """Return the hash of an event's columns and the hash before it, as hex digits.

    Raises ValueError where the hash before it is none.
    """
    text = json.dumps(row, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(bytes.fromhex(previous_hash) + text.encode()).hexdigest()


def is_whole(stored: Stored) -> bool:
    """Whether an event is what its hash says it was when it was stored."""
    return hash_of(stored.previous_hash, stored.row) == stored.hash
