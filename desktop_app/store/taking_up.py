"""Store what an earlier run could not: touches from the emergency file, each with its moment and stamp."""

from __future__ import annotations

from dataclasses import field

from desktop_app.core.events import RESTORE_STREAM, SUITE_STREAM, Event, MarkMade, Stamp, TouchesTakenUp
from desktop_app.core.ports import Clock, Identities, Journal, JournalError, NotSaved, Write
from desktop_app.core.values import dataclass
from desktop_app.store.emergency import EmergencyFile, Waiting


@dataclass(slots=True)
class TakenUp:
    """What became of the touches of an earlier run."""

    stored: list[Event] = field(default_factory=list)
    """The first event of each touch that is in the journal now."""
    marked: int = 0
    unread: int = 0
    still: list[Waiting] = field(default_factory=list)
    """What waits still: the journal takes nothing."""


def take_up(
    journal: Journal, file: EmergencyFile, clock: Clock, names: Identities, actor: str
) -> TakenUp | None:
    """Store what waits in the emergency file; None where there is nothing. Raises JournalError.

    A touch that is in the journal already is not stored twice. One that does not fit any more, since
    somebody else has written meanwhile, leaves its instant as an open mark.
    """
    if not file.exists():
        return None
    waiting, unread = file.waiting()
    done = TakenUp(unread=unread)
    try:
        for at, touch in enumerate(waiting):
            done.still = waiting[at:]
            if not _is_there(journal, touch):
                _store(journal, touch, names, done)
        done.still = []
        _note(journal, done, Stamp(touch=names.new(), actor=actor, reading=clock.now()))
    except NotSaved:
        file.go_on(done.still)
        return done
    if done.unread:
        file.set_aside()
    file.remove()
    return done if done.stored or done.marked or done.unread else None


def _is_there(journal: Journal, touch: Waiting) -> bool:
    stream = touch.writes[0].stream
    return any(recorded.stamp.touch == touch.stamp.touch for recorded in journal.load(stream))


def _store(journal: Journal, touch: Waiting, names: Identities, done: TakenUp) -> None:
    try:
        journal.append(touch.writes, touch.stamp)
    except NotSaved:
        raise
    except JournalError:
        first = touch.writes[0].events[0]
        mark = MarkMade(at_us=first.at_us, how=first.how, mark=names.new(), chair="")
        journal.append([Write(SUITE_STREAM, len(journal.load(SUITE_STREAM)), (mark,))], touch.stamp)
        done.marked += 1
    else:
        done.stored.append(touch.writes[0].events[0])


def _note(journal: Journal, done: TakenUp, stamp: Stamp) -> None:
    if not (done.stored or done.marked or done.unread):
        return
    event = TouchesTakenUp(
        at_us=stamp.reading.present_us, touches=len(done.stored), marked=done.marked, left=done.unread
    )
    journal.append([Write(RESTORE_STREAM, len(journal.load(RESTORE_STREAM)), (event,))], stamp)
