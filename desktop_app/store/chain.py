"""The row of an event and the chain that binds each row to the one before it.

The hash of a row covers every column and the hash of the row before, so that a change, a
removal or an insertion anywhere breaks every link that follows (SHA-256, per workstation).
"""

from __future__ import annotations

from hashlib import sha256
from typing import NamedTuple

from desktop_app.core.events import Event, Recorded, Stamp
from desktop_app.core.moments import ClockReading
from desktop_app.core.values import dataclass
from desktop_app.store.codec import canonical, decode, encode


class EventRow(NamedTuple):
    """An event as the journal keeps it; the order of the columns is part of the hash."""

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
    previous_hash: bytes
    hash: bytes


@dataclass(frozen=True, slots=True)
class Place:
    """Where an event stands: its own name, in the workstation's sequence, and in its stream."""

    id: str
    origin: str
    origin_seq: int
    stream: str
    version: int


_LINKS = 2
"""The last two columns: the hashes themselves."""


def first_link(origin: str) -> bytes:
    """Return what the first event of a workstation is chained to."""
    return sha256(b"chairtime journal\n" + origin.encode()).digest()


def link(previous: bytes, columns: tuple[object, ...]) -> bytes:
    """Return the hash of a row's columns (without its two hashes) and the hash before it."""
    return sha256(previous + canonical(columns).encode()).digest()


def make_row(place: Place, event: Event, stamp: Stamp, previous: bytes) -> EventRow:
    """Return the row of a new event, chained. Raises UnreadableEvent for a value of a wrong type."""
    reading = stamp.reading
    columns = (
        place.origin,
        place.origin_seq,
        place.id,
        place.stream,
        place.version,
        event.KIND,
        event.SCHEMA,
        stamp.touch,
        stamp.actor,
        event.at_us,
        reading.wall_us,
        reading.counting_us,
        reading.boot,
        reading.zone,
        reading.offset_s,
        reading.reference_offset_us,
        encode(event),
    )
    return EventRow(*columns, previous, link(previous, columns))


def is_whole(row: EventRow) -> bool:
    """Whether the row is what its hash says it was when it was stored."""
    return link(row.previous_hash, row[:-_LINKS]) == row.hash


def read_row(row: EventRow) -> Recorded:
    """Return the event of a row. Raises UnreadableEvent, naming the event, when it does not fit."""
    return recorded(row, decode(row.kind, row.schema, row.effective_us, row.body, name=row.id))


def recorded(row: EventRow, event: Event) -> Recorded:
    """Return an event with the facts of its row."""
    reading = ClockReading(
        row.recorded_us, row.counting_us, row.boot, row.zone, row.offset_s, row.reference_offset_us
    )
    return Recorded(
        id=row.id,
        origin=row.origin,
        origin_seq=row.origin_seq,
        stream=row.stream,
        version=row.version,
        stamp=Stamp(touch=row.touch, actor=row.actor, reading=reading),
        event=event,
        hash=row.hash.hex(),
        previous_hash=row.previous_hash.hex(),
    )
