"""The suite at one moment: its chairs, who sits in them, open marks, downtimes, locked days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from datetime import date
from types import MappingProxyType

from desktop_app.core import events as e
from desktop_app.core.access import NOBODY
from desktop_app.core.clock_log import ClockLog
from desktop_app.core.moments import ClockReading, Moment
from desktop_app.core.outages import Outage, evolve_outage, in_order, outage_of
from desktop_app.core.session import Session, Stage, sessions_by_age
from desktop_app.core.staff import NO_PEOPLE, People, evolve_people
from desktop_app.core.values import dataclass

TAKEN_BACK = "taken back"
"""The reason of a mark that was undone; taking back is not itself undone."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A stamped instant whose meaning is still to be said, or was."""

    id: str
    at: Moment
    chair: str = ""
    session: str = ""
    meaning: str = ""
    dropped: str = ""
    signed_by: str = ""
    """Who said that it is theirs, where it was stamped while nobody was signed in."""
    touch: str = ""
    """The touch that gave it its meaning."""
    made_seq: int = 0
    """The place of its making in the workstation's journal."""
    dropped_seq: int = 0
    """The place of its dropping by a person; 0 when it stands, or was taken back."""
    made_reading: ClockReading | None = None
    """What the clocks said when its making was recorded."""
    dropped_reading: ClockReading | None = None
    """What they said when its dropping was."""

    @property
    def touch_seq(self) -> int:
        """The place of the last touch of the mark itself; 0 when an undo is not about the mark."""
        if self.dropped:
            return self.dropped_seq
        return self.made_seq if self.is_open else 0

    @property
    def touch_reading(self) -> ClockReading | None:
        """What the clocks said when that touch was recorded."""
        return self.dropped_reading if self.dropped else self.made_reading

    @property
    def is_open(self) -> bool:
        """Whether nobody has said yet what it was."""
        return not self.session and not self.dropped

    @property
    def is_unsigned(self) -> bool:
        """Whether it was stamped by nobody who was signed in, and is nobody's yet."""
        return self.at.by == NOBODY and not self.signed_by


@dataclass(frozen=True, slots=True)
class DayState:
    """Whether the sessions of a day may be changed."""

    day: date
    version: int = 0
    """The version of the day's own stream."""
    locked_us: int | None = None
    """Since when it is locked; None while it is not."""
    by: str = ""
    """Who locked it, or unlocked it last."""
    reason: str = ""
    """Why it was unlocked."""
    left_over: tuple[str, ...] = ()
    """The sessions that were left over when it was locked."""

    @property
    def is_locked(self) -> bool:
        """Whether its sessions stay as they are."""
        return self.locked_us is not None


Touched = Session | Mark | Outage
"""What a touch that can be taken back was about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suite:
    """Everything the board shows. Frozen: every touch makes a new one."""

    chairs: tuple[str, ...]
    sessions: Mapping[str, Session] = field(default_factory=lambda: MappingProxyType({}))
    marks: Mapping[str, Mark] = field(default_factory=lambda: MappingProxyType({}))
    marks_version: int = 0
    """The version of the suite's own stream."""
    outages: Mapping[str, Outage] = field(default_factory=lambda: MappingProxyType({}))
    """The downtimes of the record system beside this program."""
    days: Mapping[date, DayState] = field(default_factory=lambda: MappingProxyType({}), compare=False)
    """What is known of days so far; of a day that nothing was about yet, nothing is."""
    clock: ClockLog = field(default_factory=ClockLog)
    """What is on record of the workstation's clocks."""
    people: People = NO_PEOPLE
    emergency: str = ""
    """What touches of the emergency access that is open are kept with; empty while none is."""
    access: tuple[str, int] = ("", 0)
    """The stream of who came and went since the program began, and its version."""

    def place_of(self, chair: str) -> int:
        """Return where a chair stands on the board; one that is there no more stands behind all others."""
        return self.chairs.index(chair) if chair in self.chairs else len(self.chairs)

    def access_version(self, stream: str) -> int:
        """Return the version of the stream of who came and went."""
        return self.access[1] if self.access[0] == stream else 0

    @property
    def last_touched(self) -> Touched | None:
        """The session, mark or downtime whose last touch is the newest that can be taken back."""
        touched: list[Touched] = [s for s in self.sessions.values() if s.touch_seq]
        touched += [mark for mark in self.marks.values() if mark.touch_seq]
        touched += [outage for outage in self.outages.values() if outage.touch_seq]
        return max(touched, key=lambda one: one.touch_seq, default=None)

    def occupant(self, chair: str) -> Session | None:
        """Return the session that holds a chair now; ended sessions hold none."""
        return next((s for s in self.sessions.values() if s.chair == chair and s.stage is Stage.OPEN), None)

    @property
    def taken_chairs(self) -> tuple[str, ...]:
        """The chairs that a patient sits in, in the order they were seated."""
        return tuple(s.chair for s in sessions_by_age(self.sessions.values()) if s.stage is Stage.OPEN)

    def shown_in(self, chair: str) -> Session | None:
        """Return the session a chair shows: its occupant, else the last one ended there and unsigned."""
        if (occupant := self.occupant(chair)) is not None:
            return occupant
        ended = [s for s in self.sessions.values() if s.chair == chair and s.stage is Stage.ENDED]
        return sessions_by_age(ended)[-1] if ended else None

    @property
    def open_marks(self) -> tuple[Mark, ...]:
        """Marks whose meaning is still to be said, oldest first."""
        return tuple(sorted((m for m in self.marks.values() if m.is_open), key=lambda mark: mark.at.at_us))

    @property
    def downtimes(self) -> tuple[Outage, ...]:
        """The downtimes that were, oldest first."""
        return in_order(self.outages)

    @property
    def open_outage(self) -> Outage | None:
        """The downtime that lasts, if one does."""
        return next((outage for outage in self.outages.values() if outage.is_open), None)

    def with_outage(self, outage: Outage, version: int) -> Suite:
        """Return the suite with one downtime new or changed."""
        outages = MappingProxyType({**self.outages, outage.id: outage})
        return replace(self, outages=outages, marks_version=version)

    def with_session(self, session: Session) -> Suite:
        """Return the suite with one session new or changed."""
        sessions = MappingProxyType({**self.sessions, session.id: session})
        return replace(self, sessions=sessions)

    def with_mark(self, mark: Mark, version: int) -> Suite:
        """Return the suite with one mark new or changed."""
        return replace(self, marks=MappingProxyType({**self.marks, mark.id: mark}), marks_version=version)

    def with_clock(self, recorded: e.Recorded) -> Suite:
        """Return the suite after one more event of the clocks."""
        return replace(self, clock=self.clock.after(recorded))

    def with_people(self, recorded: e.Recorded) -> Suite:
        """Return the suite after somebody was named, changed or removed."""
        return replace(self, people=evolve_people(self.people, recorded))

    def with_access(self, recorded: e.Recorded) -> Suite:
        """Return the suite after somebody came or went."""
        event = recorded.event
        if isinstance(event, e.EmergencyOpened):
            return replace(self, emergency=event.access)
        if isinstance(event, e.EmergencySeen):
            return self
        came_or_went = isinstance(event, e.SignedIn | e.SignedOut)
        emergency = "" if came_or_went else self.emergency
        return replace(self, access=(recorded.stream, recorded.version), emergency=emergency)

    def with_day(self, state: DayState) -> Suite:
        """Return the suite with one day as it is known now."""
        return replace(self, days=MappingProxyType({**self.days, state.day: state}))


def evolve_suite(suite: Suite, recorded: e.Recorded) -> Suite:
    """Return the suite after one event of its own stream: of a mark, or of a downtime."""
    outage = outage_of(recorded)
    if outage:
        return suite.with_outage(evolve_outage(suite.outages.get(outage), recorded), recorded.version)
    name = marked(recorded)
    return suite.with_mark(evolve_mark(suite.marks.get(name), recorded), recorded.version)


def with_chairs(suite: Suite, chairs: Iterable[str]) -> Suite:
    """Return the suite with these chairs, and after them in their order any other that is still taken."""
    others = sorted(suite.taken_chairs, key=chair_order)
    return replace(suite, chairs=tuple(dict.fromkeys((*chairs, *others))))


def chair_order(chair: str) -> tuple[bool, int, str]:
    """Sort chairs by number, 9 before 10, and those with names behind them."""
    is_number = chair.isascii() and chair.isdigit()
    return not is_number, int(chair) if is_number else 0, chair


def fold_marks(history: Iterable[e.Recorded]) -> dict[str, Mark]:
    """Replay what the suite's own stream says of marks, oldest first."""
    marks: dict[str, Mark] = {}
    for recorded in history:
        if outage_of(recorded):
            continue
        name = marked(recorded)
        marks[name] = evolve_mark(marks.get(name), recorded)
    return marks


def marked(recorded: e.Recorded) -> str:
    """Return the mark an event is about. Raises ValueError for an event of another stream."""
    event = recorded.event
    if isinstance(event, e.MarkMade | e.MarkSigned | e.MarkAssigned | e.MarkReturned | e.MarkDropped):
        return event.mark
    message = f"event {recorded.id} ({event.KIND}) does not belong to the suite"
    raise ValueError(message)


def evolve_mark(mark: Mark | None, recorded: e.Recorded) -> Mark:
    """Return a mark after one more event. Raises ValueError for an event out of place."""
    event, stamp = recorded.event, recorded.stamp
    if isinstance(event, e.MarkMade):
        at = Moment(event.at_us, event.how, stamp.reading.wall_us, stamp.actor)
        return Mark(event.mark, at, event.chair, made_seq=recorded.origin_seq, made_reading=stamp.reading)
    if mark is None:
        message = f"event {recorded.id} ({event.KIND}) comes before its mark was made"
        raise ValueError(message)
    if isinstance(event, e.MarkSigned):
        return replace(mark, signed_by=stamp.actor)
    if isinstance(event, e.MarkAssigned):
        return replace(mark, session=event.session, meaning=event.meaning, touch=stamp.touch)
    if isinstance(event, e.MarkDropped):
        seq = 0 if event.reason == TAKEN_BACK else recorded.origin_seq
        return replace(mark, dropped=event.reason, dropped_seq=seq, dropped_reading=stamp.reading)
    return replace(mark, session="", meaning="", touch="", dropped="", dropped_seq=0, dropped_reading=None)
