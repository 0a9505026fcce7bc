"""Walk the chain and name the first event that is not what was stored."""

from __future__ import annotations

from collections.abc import Callable

from desktop_app.core.values import dataclass
from desktop_app.store.chain import EventRow, first_link, is_whole
from desktop_app.store.codec import decode
from desktop_app.store.faults import UnreadableEvent
from desktop_app.store.journal import SqlJournal
from desktop_app.store.keys import Head

_TAIL = 100
"""How many of the last events are walked at each start, some milliseconds: those before are signed for."""
_A_STEP = 1_000
"""After how many events somebody is told."""

Told = Callable[[int], object]
"""Is told now and then how many events of a workstation were walked so far."""


@dataclass(frozen=True, slots=True)
class BadEvent:
    """The first event that does not hold, and why. ``id`` is empty for an event that is gone."""

    origin: str
    origin_seq: int
    id: str
    why: str

    @property
    def sentence(self) -> str:
        """The fault as the second half of a sentence, without a full stop."""
        name = f" ({self.id})" if self.id else ""
        return f"event {self.origin_seq}{name} {self.why}"


def verify(journal: SqlJournal, head: Head | None = None, told: Told = bool) -> BadEvent | None:
    """Return the first bad event of any workstation, or None when every link holds.

    ``head`` is an event that must still be there, as the key file remembers it.
    """
    for origin in journal.origins():
        if bad := _walk(journal, origin, 0, first_link(origin), told):
            return bad
    return find_missing_head(journal, head)


def verify_tail(journal: SqlJournal) -> BadEvent | None:
    """Return the first bad event among the last ones of this workstation."""
    seq, _ = journal.last()
    after = max(0, seq - _TAIL)
    return _walk(journal, journal.origin, after, None if after else first_link(journal.origin))


def find_missing_head(journal: SqlJournal, head: Head | None) -> BadEvent | None:
    """Return the remembered head as a bad event when the journal no longer holds it."""
    known = head is not None and head.origin in journal.origins()
    if head is None or (known and head.seq == 0):
        return None
    row = next(journal.rows(head.seq - 1, origin=head.origin), None) if known else None
    if row is None:
        return BadEvent(head.origin, head.seq, "", "was written and is gone; this may be an older copy")
    if row.origin_seq != head.seq or row.hash.hex() != head.hash:
        return BadEvent(head.origin, head.seq, row.id, "is not the event that was last written")
    return None


def _walk(
    journal: SqlJournal, origin: str, seq: int, previous: bytes | None, told: Told = bool
) -> BadEvent | None:
    for row in journal.rows(seq, origin=origin):
        seq += 1
        if seq % _A_STEP == 0:
            told(seq)
        if row.origin_seq != seq:
            return BadEvent(origin, seq, "", "is missing")
        if why := _fault(row, previous):
            return BadEvent(origin, seq, row.id, why)
        previous = row.hash
    return None


def _fault(row: EventRow, previous: bytes | None) -> str:
    if not is_whole(row):
        return "is not what was stored"
    if previous is not None and row.previous_hash != previous:
        return "does not follow the event before it"
    try:
        decode(row.kind, row.schema, row.effective_us, row.body, name=row.id)
    except UnreadableEvent:
        return "cannot be read by this version of Chairtime"
    return ""
