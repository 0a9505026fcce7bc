"""Hand-written stand-ins for what the inside needs from outside, true to the protocols."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from desktop_app.core import events as e
from desktop_app.core.fold import fold
from desktop_app.core.moments import MINUTE_US, ClockReading, instant_us, local_date, local_time
from desktop_app.core.ports import Listed, StaleVersion, Write
from desktop_app.core.record.found_by import Word, session_of, sessions_named, words_of
from desktop_app.core.record.stored import Stored
from desktop_app.core.record.wanted import Found, Looked, Wanted
from desktop_app.core.session import Session, Stage, sessions_by_age
from desktop_app.store.chain import EventRow, Place, first_link, make_row, read_row
from desktop_app.store.stored_rows import stored_of

NEW_YORK = "America/New_York"


def at(text: str, zone: str = NEW_YORK) -> int:
    """Return the instant of a local time such as ``2026-03-02T08:21``."""
    return instant_us(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)))


NOT_OF_A_SESSION = (
    *("mark-", "batch-", "downtime-", "day-", "clock-", "journal-", "touches-"),
    *("person-", "secret-", "signed-", "sign-in-", "emergency-", "record-"),
)
"""How the kinds of events begin that stand in no session's stream."""


class FakeClock:
    """A clock that stands still until it is told to go on."""

    def __init__(self, start: str = "2026-03-02T08:00", zone: str = NEW_YORK) -> None:
        self._zone = zone
        self._reading = ClockReading(at(start, zone), 5 * MINUTE_US, "boot-1", zone, 0)

    def now(self) -> ClockReading:
        local = local_time(self._reading.wall_us, self._zone)
        offset = local.utcoffset()
        return replace(self._reading, offset_s=0 if offset is None else int(offset.total_seconds()))

    def advance(self, minutes: int = 0, *, us: int = 0) -> None:
        """Let time pass on every clock alike."""
        passed = minutes * MINUTE_US + us
        wall, counting = self._reading.wall_us + passed, self._reading.counting_us + passed
        self._reading = replace(self._reading, wall_us=wall, counting_us=counting)

    def set_wall(self, text: str) -> None:
        """Set the clock on the wall alone, as a person does by hand."""
        self._reading = replace(self._reading, wall_us=at(text, self._zone))

    def shift_wall(self, us: int) -> None:
        """Move the clock on the wall alone, by so much."""
        self._reading = replace(self._reading, wall_us=self._reading.wall_us + us)

    def move_to(self, zone: str) -> None:
        """Show another zone's time from now on."""
        self._zone = zone
        self._reading = replace(self._reading, zone=zone)

    def name_boot(self, boot: str) -> None:
        """Give the boot another name, as a system does that names none: each program makes one up."""
        self._reading = replace(self._reading, boot=boot)

    def reboot(self, boot: str) -> None:
        """Start the counting clock anew under another boot's name."""
        self._reading = replace(self._reading, boot=boot, counting_us=0)


class SequentialIdentities:
    """Names in order: ``id-000001``, ``id-000002``, and so on."""

    def __init__(self, prefix: str = "id") -> None:
        self._prefix = prefix
        self._made = 0

    def new(self) -> str:
        self._made += 1
        return f"{self._prefix}-{self._made:06}"


class InMemoryJournal:
    """The journal's contract without a disk: rows in a list, everything else worked out from them."""

    def __init__(self, names: SequentialIdentities | None = None, origin: str = "memory") -> None:
        self.origin = origin
        self._names = names or SequentialIdentities("event")
        self._rows: list[EventRow] = []

    def append(self, writes: Sequence[Write], stamp: e.Stamp) -> tuple[e.Recorded, ...]:
        before = list(self._rows)
        try:
            for write in writes:
                self._take(write, stamp)
        except BaseException:
            self._rows = before
            raise
        return tuple(map(read_row, self._rows[len(before) :]))

    def load(self, stream: str) -> tuple[e.Recorded, ...]:
        return tuple(read_row(row) for row in self._rows if row.stream == stream)

    def tail(self, stream: str, most: int) -> tuple[e.Recorded, ...]:
        return self.load(stream)[-most:]

    def since(self, origin_seq: int) -> Iterator[e.Recorded]:
        yield from map(read_row, self._rows[origin_seq:])

    def everything(self) -> Iterator[e.Recorded]:
        return self.since(0)

    def newest(self, kinds: Sequence[str], most: int) -> tuple[e.Recorded, ...]:
        told = [recorded for recorded in map(read_row, self._rows) if recorded.event.KIND in kinds]
        return tuple(reversed(told))[:most]

    def head(self) -> str:
        return self._last_link().hex()

    def open_sessions(self) -> tuple[str, ...]:
        sent = self._sent_lines()
        return tuple(s.id for s in self._sessions() if not _is_settled(s, sent))

    def unsigned_sessions(self) -> tuple[str, ...]:
        unsigned = {Stage.OPEN, Stage.ENDED}
        return tuple(session.id for session in self._sessions() if session.stage in unsigned)

    def unsettled(self, before: str = "") -> tuple[Listed, ...]:
        sent = self._sent_lines()
        unsettled = [session for session in self._sessions() if not _is_settled(session, sent)]
        return tuple(_listed(s) for s in unsettled if not before or s.day.isoformat() < before)

    def all_sessions(self) -> tuple[str, ...]:
        return tuple(session.id for session in self._sessions())

    def sessions_on(self, day: str) -> tuple[str, ...]:
        days = {s.id: local_date(s.seated.at_us, s.zone).isoformat() for s in self._sessions()}
        return tuple(session for session, its_day in days.items() if its_day == day)

    def signed_since(self, at_us: int) -> tuple[str, ...]:
        signed = [(s, s.signature) for s in self._sessions() if s.stage is Stage.SIGNED]
        return tuple(s.id for s, signature in signed if signature and signature.at.at_us >= at_us)

    def found(self, text: str, most: int) -> tuple[str, ...]:
        wanted = text.strip().lower()
        initials = wanted.replace(".", "").replace(" ", "")
        of_whom = [(s, s.mrn.lower(), s.initials.lower().replace(".", "")) for s in self._sessions()]
        names = [s.id for s, mrn, short in of_whom if initials and (wanted in mrn or short == initials)]
        return tuple(reversed(names))[:most]

    def stored(self, stream: str) -> tuple[Stored, ...]:
        return tuple(stored_of(row) for row in self._rows if row.stream == stream)

    def naming(self, stream: str, text: str) -> tuple[Stored, ...]:
        return tuple(one for one in self.stored(stream) if text in one.body)

    def looking(self, wanted: Wanted, most: int) -> Generator[Looked, None, Found]:
        words: dict[str, set[Word]] = {}
        for one in map(stored_of, self._rows):
            session = session_of(one.stream)
            of_it = {session: words_of(one.kind, one.actor, one.event)} if session else {}
            for name, found in (of_it or sessions_named(one.event)).items():
                words.setdefault(name, set()).update(found)
        yield Looked(len(self._rows), len(self._rows))
        meant = [s for s in reversed(self._sessions()) if _is_wanted(s, words[s.id], wanted)]
        return Found(tuple(map(_listed, meant[:most])), len(meant))

    def _take(self, write: Write, stamp: e.Stamp) -> None:
        if len(self.load(write.stream)) != write.after_version:
            raise StaleVersion("This was changed elsewhere in the meantime; nothing was stored.")
        for version, event in enumerate(write.events, write.after_version + 1):
            place = Place(self._names.new(), self.origin, len(self._rows) + 1, write.stream, version)
            self._rows.append(make_row(place, event, stamp, self._last_link()))

    def _last_link(self) -> bytes:
        return self._rows[-1].hash if self._rows else first_link(self.origin)

    def _sessions(self) -> list[Session]:
        streams = dict.fromkeys(r.stream for r in self._rows if r.stream.startswith(e.SESSION_STREAM_PREFIX))
        folded = (fold(self.load(stream)) for stream in streams)
        return sessions_by_age(session for session in folded if session is not None)

    def _sent_lines(self) -> set[str]:
        exports = [recorded.event for recorded in self.load(e.EXPORT_STREAM)]
        sent = {event.batch for event in exports if isinstance(event, e.BatchSent)}
        prepared = [event for event in exports if isinstance(event, e.BatchPrepared)]
        return {line for event in prepared if event.batch in sent for line in event.lines}


def _is_wanted(session: Session, words: set[Word], wanted: Wanted) -> bool:
    is_in_days = wanted.first is None or wanted.first <= session.day <= (wanted.last or wanted.first)
    return is_in_days and all(any(term.means(word) for word in words) for term in wanted.terms)


def _listed(session: Session) -> Listed:
    return Listed(
        session=session.id,
        stage=session.stage,
        chair=session.chair,
        mrn=session.mrn,
        initials=session.initials,
        day=session.day.isoformat(),
        seated_us=session.seated.at_us,
        version=session.signature.version if session.signature else 0,
        lines=len(session.signature.lines) if session.signature else 0,
        hold_reason=session.hold_reason,
    )


def _is_settled(session: Session, sent: set[str]) -> bool:
    if session.stage is Stage.CANCELLED:
        return True
    signature = session.signature
    if signature is None or signature.lines:
        return signature is not None and all(line.id in sent for line in signature.lines)
    went_out = [[line.id for line in s.lines if line.id in sent] for s in session.signatures]
    last = next((lines for lines in reversed(went_out) if lines), [])
    return all(line + e.VOID_MARK in sent for line in last)
