"""The whole history of a session: every event that concerns it, in the order it was recorded.

Its own stream, who looked at it, the marks that were explained in it, the batches it went out in, the
locks of its day. None is left out: one that was taken back stands struck through with who did that, and
one this version cannot read is told by its word and its body.
"""

from __future__ import annotations

import json
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from desktop_app.core import events as e
from desktop_app.core.fold import evolve
from desktop_app.core.moments import HowKnown
from desktop_app.core.record.plain import Change, Named, facts_of, when_words
from desktop_app.core.record.stored import Stored, is_whole
from desktop_app.core.record.wanted import Found, Looked, Wanted
from desktop_app.core.record.words import changes, drug_of, further_facts, phrase, told_elsewhere
from desktop_app.core.session import Session
from desktop_app.core.told import HOW_WORDS
from desktop_app.core.values import dataclass

_WHOLE_SUITE = (e.CLOCK_STREAM,)
"""Streams of what happened to the workstation, whose events name the sessions it happened to."""
UNREADABLE = "this version of Chairtime cannot read it"


class Streams(Protocol):
    """What a history is read from."""

    def stored(self, stream: str) -> tuple[Stored, ...]:
        """Return the events of a stream as they are stored, oldest first."""
        ...

    def naming(self, stream: str, text: str) -> tuple[Stored, ...]:
        """Return those of a stream in whose body a text stands, oldest first."""
        ...


class Record(Streams, Protocol):
    """What a history is read from, and found in."""

    def looking(self, wanted: Wanted, most: int) -> Generator[Looked, None, Found]:
        """Find the sessions that are wanted, step by step. Raises JournalError."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One event in words, and as it is stored."""

    stored: Stored
    zone: str
    what: str
    facts: tuple[Named, ...] = ()
    changes: tuple[Change, ...] = ()
    reason: str = ""
    undone_by: Stored | None = None
    """What took it back; none while it stands."""

    @property
    def at(self) -> str:
        """When it happened."""
        return when_words(self.stored.effective_us, self.zone)

    @property
    def recorded(self) -> str:
        """When it was recorded."""
        return when_words(self.stored.recorded_us, self.zone)

    @property
    def known(self) -> str:
        """How it is known when it happened."""
        return HOW_WORDS[self.stored.event.how] if self.stored.event else ""

    @property
    def by(self) -> str:
        """Who recorded it; what the program noticed was noticed by nobody who happened to work here."""
        event = self.stored.event
        is_noticed = event is not None and event.how is HowKnown.NOTICED
        return "the program" if is_noticed else self.stored.actor

    @property
    def is_whole(self) -> bool:
        """Whether it is what its hash says it was when it was stored."""
        return is_whole(self.stored)

    @property
    def undone(self) -> str:
        """Who took it back and when; empty while it stands."""
        taken = self.undone_by
        return f"taken back {when_words(taken.recorded_us, self.zone)} by {taken.actor}" if taken else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chronicle:
    """A session's history."""

    session: str
    now: Session | None
    """The session as it stands; none where its events make none."""
    told: tuple[Told, ...]
    """Every event, in the order it was recorded."""

    @property
    def zone(self) -> str:
        """The zone of its times."""
        return self.told[0].zone if self.told else "UTC"


def chronicle_of(record: Streams, session: str) -> Chronicle:
    """Return a session's history; without events where there is no such session. Raises JournalError."""
    own = record.stored(e.session_stream(session))
    zone = next((one.event.zone for one in own if isinstance(one.event, e.PatientSeated)), "UTC")
    now, told = _tell_own(own, session, zone)
    others = (_tell(one, session, None, zone) for one in _elsewhere(record, session, now))
    every = sorted((*told, *others), key=lambda one: one.stored.recorded_us)
    return Chronicle(session=session, now=now, told=tuple(_in_order(every)))


def _in_order(told: Sequence[Told]) -> list[Told]:
    """Put events in the order of their workstation's record; a clock that was set back changes none."""
    places: dict[str, list[Told]] = {}
    for one in told:
        places.setdefault(one.stored.origin, []).append(one)
    for events in places.values():
        events.sort(key=lambda one: one.stored.origin_seq)
    return [places[one.stored.origin].pop(0) for one in told]


def _tell_own(own: Iterable[Stored], session: str, zone: str) -> tuple[Session | None, list[Told]]:
    """Tell a session's own events, each against the session as it was before it."""
    events = list(own)
    undone = {one.event.touch: one for one in events if isinstance(one.event, e.TouchUndone)}
    now: Session | None = None
    told: list[Told] = []
    for one in events:
        told.append(_with_undone(_tell(one, session, now, zone, undone.get(one.touch)), told))
        now = _after(now, one)
    return now, told


def _with_undone(told: Told, before: Sequence[Told]) -> Told:
    """Return an undo with what it took back; any other event as it is."""
    event = told.stored.event
    if not isinstance(event, e.TouchUndone):
        return told
    gone = "; ".join(one.what for one in before if one.stored.touch == event.touch)
    return replace(told, facts=(("took back", gone), *told.facts)) if gone else told


def _after(session: Session | None, stored: Stored) -> Session | None:
    """Return the session after an event; as it was where the event cannot be read or has no place there."""
    recorded = stored.recorded
    if recorded is None:
        return session
    try:
        return evolve(session, recorded)
    except ValueError:
        return session


def _elsewhere(record: Streams, session: str, now: Session | None) -> Iterator[Stored]:
    """Yield the events of other streams that concern a session."""
    yield from record.stored(e.views_stream(session))
    for stream in _WHOLE_SUITE:
        named = record.naming(stream, _quoted(session))
        yield from (one for one in named if session in getattr(one.event, "sessions", ()))
    yield from _of_exports(record, session)
    yield from _of_marks(record, session)
    if now is not None:
        yield from record.stored(e.day_stream(now.day))


def _of_exports(record: Streams, session: str) -> Iterator[Stored]:
    named = record.naming(e.EXPORT_STREAM, _quoted(session))
    batches = {
        one.event.batch
        for one in named
        if isinstance(one.event, e.BatchPrepared) and session in one.event.sessions
    }
    for batch in sorted(batches):
        for one in record.naming(e.EXPORT_STREAM, _quoted(batch)):
            if getattr(one.event, "batch", None) == batch:
                yield one


def _of_marks(record: Streams, session: str) -> Iterator[Stored]:
    named = record.naming(e.SUITE_STREAM, _quoted(session))
    marks = {one.event.mark for one in named if isinstance(one.event, e.MarkAssigned)}
    for mark in sorted(marks):
        for one in record.naming(e.SUITE_STREAM, _quoted(mark)):
            if getattr(one.event, "mark", None) == mark:
                yield one


def _quoted(text: str) -> str:
    """Write a text as it stands in a body."""
    return json.dumps(text)


def _tell(
    stored: Stored, session: str, before: Session | None, zone: str, undone_by: Stored | None = None
) -> Told:
    event = stored.event
    if event is None:
        return _unread(stored, zone)
    drug, what = drug_of(event, before), phrase(event, zone)
    what = f"{drug} {what}" if drug else what
    changed = changes(event, before, zone)
    facts = facts_of(event, zone, but=told_elsewhere(event))
    return Told(
        stored=stored,
        zone=zone,
        what=f"{what[:1].upper()}{what[1:]}",
        facts=(
            *(fact for fact in facts if not _is_told(fact, changed)),
            *further_facts(event, session, zone),
        ),
        changes=changed,
        reason=str(getattr(event, "reason", "")),
        undone_by=undone_by,
    )


def _is_told(fact: Named, changed: Sequence[Change]) -> bool:
    """Whether what changed says a fact already."""
    name, text = fact
    return any(change.after == text and name.endswith(change.name) for change in changed)


def _unread(stored: Stored, zone: str) -> Told:
    """Tell an event that this version cannot read, by what is stored of it."""
    what = stored.kind.replace("-", " ")
    return Told(
        stored=stored,
        zone=zone,
        what=f"{what[:1].upper()}{what[1:]}",
        facts=(("note", UNREADABLE), ("stored", stored.body)),
    )
