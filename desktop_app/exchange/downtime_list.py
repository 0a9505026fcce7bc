"""What was done to patients while the record system was down, in the order of a medication record.

One patient after the other, and of each everything in order of time: what happened in the downtime,
and what was recorded in it of before. What ran already is told first, so that whoever enters it finds
where to go on::

    R. M.   started before   09:40:00   vancomycin 1000 mg
            rate             10:15:02   vancomycin, 125 mL/h
            stop             11:20:00   vancomycin
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from desktop_app.core.moments import Moment, time_words
from desktop_app.core.orders import Route
from desktop_app.core.service import Correction, Service
from desktop_app.core.session import SEATED, Session, Stage, sessions_by_age
from desktop_app.core.told import number, site_words
from desktop_app.core.values import dataclass
from desktop_app.exchange.superbill_services import dose_facts

STARTED_BEFORE, STILL_RUNS, NOT_WITNESSED = "started before", "still running", "stop not witnessed"
NOTE, LEFT = "note", "left"
_OF_ONE_INSTANT = {SEATED: 0, NOTE: 2, LEFT: 3}
_FLUSHES = frozenset({Route.FLUSH, Route.PORT_FLUSH})


@dataclass(frozen=True, slots=True)
class Window:
    """The stretch of time that is told of, from an instant to another."""

    from_us: int
    to_us: int

    def holds(self, moment: Moment) -> bool:
        """Return whether something happened in it, or was recorded in it."""
        return any(self.from_us <= at_us <= self.to_us for at_us in (moment.at_us, moment.recorded_us))


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """One thing that was done, as it is to be entered."""

    action: str
    at: Moment | None = None
    """When, as it stands now; none where nobody knows, or where it only goes on."""
    service: Service | None = None
    detail: str = ""
    facts: str = ""
    """What the dose came from, and what its labels say."""
    rate_ml_h: str = ""
    corrected: Correction | None = None
    """The last correction of its time."""

    def is_in(self, window: Window) -> bool:
        """Return whether it happened in a stretch of time, or was recorded in it."""
        return self.at is not None and window.holds(self.at)


@dataclass(frozen=True, slots=True)
class PatientDone:
    """What was done to one patient."""

    session: Session
    done: tuple[Done, ...]


def downtime_list(sessions: Iterable[Session], window: Window) -> tuple[PatientDone, ...]:
    """Return what is to be entered of each patient, in the order they were seated."""
    were_here = (session for session in sessions if session.stage is not Stage.CANCELLED)
    told = (PatientDone(session, done_to(session, window)) for session in sessions_by_age(were_here))
    return tuple(one for one in told if one.done)


def done_to(session: Session, window: Window) -> tuple[Done, ...]:
    """Return what was done to one patient: nothing where nothing was."""
    before, done, after = (
        list[Done](),
        [one for one in _of_session(session) if one.is_in(window)],
        list[Done](),
    )
    for service in session.begun_services:
        of_it = tuple(_of_service(session, service))
        here = [one for one in of_it if one.is_in(window)]
        if not here and not _ran_in(service, window):
            continue
        if of_it[0] not in here:
            before.append(replace(of_it[0], action=STARTED_BEFORE))
        done += here
        after += _at_its_end(service, window)
    return (*sorted(before, key=_in_time), *sorted(done, key=_in_time), *after)


def _in_time(done: Done) -> tuple[int, int]:
    """Return its place: of one instant the seating comes first, and what was written of it last."""
    return done.at.at_us if done.at else 0, _OF_ONE_INSTANT.get(done.action, 1)


def _ran_in(service: Service, window: Window) -> bool:
    """Return whether a service was running in the downtime, whatever happened in it."""
    if not service.order.runs or service.start is None or service.start.at_us > window.to_us:
        return False
    if service.not_witnessed:
        return (service.last_moment_us or 0) >= window.from_us
    return service.stop is None or service.stop.at_us >= window.from_us


def _at_its_end(service: Service, window: Window) -> Iterator[Done]:
    """Yield what is to be known of a service that has not been stopped when the downtime is over."""
    if not service.order.runs:
        return
    if service.not_witnessed:
        yield Done(action=NOT_WITNESSED, service=service, detail=service.not_witnessed)
    elif service.stop is None or service.stop.at_us > window.to_us:
        yield Done(action=STILL_RUNS, service=service)


def _of_session(session: Session) -> Iterator[Done]:
    chair = session.moves[0].from_chair if session.moves else session.chair
    seated = session.seating_corrections
    yield Done(
        action=SEATED, at=session.seated, detail=f"chair {chair}", corrected=seated[-1] if seated else None
    )
    for move in session.moves:
        yield Done(action="moved", at=move.at, detail=f"chair {move.from_chair} to {move.to_chair}")
    for site in session.sites:
        yield Done(action="further site", at=site.at, detail=f"{site_words(site.name)}: {site.reason}")
    for note in session.notes:
        about = session.service(note.service) if note.service else None
        yield Done(action=NOTE, at=note.at, service=about, detail=note.text)
    if session.ended is not None:
        yield Done(action=LEFT, at=session.ended)


def _of_service(session: Session, service: Service) -> Iterator[Done]:
    """Yield all that happened to a service; first its beginning."""
    yield Done(
        action=_begins(service),
        at=service.start,
        service=service,
        detail=_beginning_words(session, service),
        facts=" · ".join(dose_facts(service.order.dose)) if service.order.dose else "",
        rate_ml_h="" if service.order.rate_ml_h is None else number(service.order.rate_ml_h),
        corrected=_corrected(service, "start"),
    )
    for index, pause in enumerate(service.pauses):
        corrected = _corrected(service, "pause", index), _corrected(service, "resume", index)
        yield Done(
            action="pause", at=pause.since, service=service, detail=pause.reason, corrected=corrected[0]
        )
        if pause.until is not None:
            yield Done(action="resume", at=pause.until, service=service, corrected=corrected[1])
    for step in service.rates:
        yield Done(action="rate", at=step.at, service=service, rate_ml_h=step.rate_ml_h)
    for bag in service.bags:
        yield Done(action="new bag", at=bag.at, service=service, detail=f"lot {bag.lot}" if bag.lot else "")
    if service.stop is not None and service.order.runs:
        yield Done(action="stop", at=service.stop, service=service, corrected=_corrected(service, "stop"))


def _begins(service: Service) -> str:
    if service.order.runs:
        return "start"
    return "flush" if service.order.route in _FLUSHES else "given"


def _beginning_words(session: Session, service: Service) -> str:
    order = service.order
    until = "" if order.runs or service.stop is None else f"to {time_words(service.stop.at_us, session.zone)}"
    volume = f"{number(order.volume_ml)} mL" if order.volume_ml is not None else ""
    return " · ".join(filter(None, (until, volume)))


def _corrected(service: Service, what: str, index: int = 0) -> Correction | None:
    found = [one for one in service.corrections if (one.what, one.index) == (what, index)]
    return found[-1] if found else None
