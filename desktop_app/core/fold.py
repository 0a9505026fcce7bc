"""How each event changes a session: ``evolve`` and the replay of a whole stream.

An undone touch is taken back by stepping to the session as it was before it; the events of
that touch, and the undo, stay in the journal for ever.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from desktop_app.core import events as e
from desktop_app.core.moments import Moment
from desktop_app.core.session import Session, Stage, TimingNote
from desktop_app.core.steps import STEPS


def moment_of(recorded: e.Recorded) -> Moment:
    """Return the moment an event is about, with the evidence of its touch."""
    event, stamp = recorded.event, recorded.stamp
    return Moment(event.at_us, event.how, stamp.reading.wall_us, stamp.actor)


def fold(history: Iterable[e.Recorded]) -> Session | None:
    """Replay a session's events, oldest first; None when there are none."""
    session: Session | None = None
    for recorded in history:
        session = evolve(session, recorded)
    return session


def evolve(session: Session | None, recorded: e.Recorded) -> Session:
    """Return the session after one more event. Raises ValueError for an event out of place."""
    event = recorded.event
    if session is None and isinstance(event, e.PatientSeated):
        return _seated(event, recorded)
    if session is None:
        raise _out_of_place(recorded, "comes before the patient was seated")
    if isinstance(event, e.TouchUndone):
        # What happened to the clocks did happen, whatever is taken back.
        return replace(_undone(session), version=recorded.version, timing_notes=session.timing_notes)
    if isinstance(event, e.PatientShown):
        return replace(session, version=recorded.version)
    if isinstance(event, e.TimingNoted):
        notes = (*session.timing_notes, TimingNote(event.at_us, event.what, event.from_us, event.to_us))
        return replace(session, version=recorded.version, timing_notes=notes)
    step = STEPS.get(type(event))
    if step is None:
        raise _out_of_place(recorded, "does not belong here in a session")
    return _remember(step(session, event, moment_of(recorded)), session, recorded)


def _out_of_place(recorded: e.Recorded, why: str) -> ValueError:
    return ValueError(f"event {recorded.id} ({recorded.event.KIND}) {why}")


def _seated(event: e.PatientSeated, recorded: e.Recorded) -> Session:
    return Session(
        id=recorded.stream.removeprefix(e.SESSION_STREAM_PREFIX),
        version=recorded.version,
        chair=event.chair,
        mrn=event.mrn,
        initials=event.initials,
        zone=event.zone,
        setting=event.setting,
        place_of_service=event.place_of_service,
        profile=event.profile,
        options=event.options,
        seated=moment_of(recorded),
        touch=recorded.stamp.touch,
        touch_seq=recorded.origin_seq,
        touch_reading=recorded.stamp.reading,
        touch_said=(event.KIND,),
    )


def _remember(changed: Session, was: Session, recorded: e.Recorded) -> Session:
    """Keep the way back: all events of one touch share one step. There is none behind a signature."""
    stamp, kind, version = recorded.stamp, recorded.event.KIND, recorded.version
    if changed.stage is Stage.SIGNED or isinstance(recorded.event, e.SessionReopened):
        return replace(
            changed,
            version=version,
            touch="",
            touch_seq=0,
            touch_reading=None,
            touch_said=(),
            before=None,
        )
    if stamp.touch == was.touch:
        return replace(changed, version=version, touch_said=(*was.touch_said, kind))
    return replace(
        changed,
        version=version,
        touch=stamp.touch,
        touch_seq=recorded.origin_seq,
        touch_reading=stamp.reading,
        touch_said=(kind,),
        before=was,
    )


def _undone(session: Session) -> Session:
    if session.before is None:
        nothing = replace(session, touch="", touch_seq=0, touch_reading=None, touch_said=())
        return replace(nothing, stage=Stage.CANCELLED)
    return session.before
