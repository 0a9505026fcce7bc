"""What waits to be saved, as it is told: on its card, and to a press that comes a second time."""

from __future__ import annotations

from dataclasses import replace

from desktop_app.core import events as e
from desktop_app.core.decisions import When
from desktop_app.core.moments import MINUTE_US
from desktop_app.core.values import dataclass
from desktop_app.core.waiting import Kept
from desktop_app.ui import words
from desktop_app.ui.taken_back import NOUNS

REPEAT_US = MINUTE_US
"""So long after a press that waits the same press is taken for the same touch, pressed once more."""
_OTHER_NOUNS = {
    "touch-undone": "undo",
    "session-signed": "signature",
    "session-reopened": "reopening",
    "day-locked": "lock of the day",
    "day-unlocked": "unlocking of the day",
}
_BY_MARKS = {"mark-made": "mark", "mark-assigned": "meaning of a mark", "mark-dropped": "dropping of a mark"}
_BY_DOWNTIMES = {"downtime-begun": "beginning of the downtime", "downtime-over": "end of the downtime"}
_MOMENTS = (
    e.PatientSeated,
    e.ServiceStarted,
    e.ServiceGiven,
    e.ServicePaused,
    e.ServiceResumed,
    e.ServiceStopped,
    e.StopProposed,
    e.RateChanged,
    e.BagChanged,
    e.ChairChanged,
    e.SessionEnded,
)
"""The events whose instant is lost with them; of the others the words are what counts."""
_BEGINS = (e.ServicePlanned, e.ServiceStarted, e.ServiceGiven)


@dataclass(frozen=True, slots=True)
class KeptTouch:
    """A touch that waits, with what its maker was told it is."""

    said: str
    kept: Kept

    @property
    def what(self) -> str:
        """What was done, without its chair: Vancomycin stopped at 10:41:07."""
        return _without_chair(self.said)

    def moment(self, zone: str) -> str:
        """Name the moment in short: stop 10:41:07."""
        first = self.kept.decided.events[0]
        return f"{_noun(first)} {words.clock_s(first.at_us, zone)}"


def unsaved_spoken(waiting: tuple[KeptTouch, ...], zone: str) -> str:
    """Say all that waits, for a screen reader."""
    moments = ", ".join(touch.moment(zone) for touch in waiting)
    return f"{moments} {'is' if len(waiting) == 1 else 'are'} not saved yet"


def kept_words(said: str) -> str:
    """Say that a touch needs no second press."""
    return f"{_without_chair(said)} is kept already and waits to be saved"


def is_repeat(again: Kept, kept: Kept) -> bool:
    """Return whether a touch is the same press once more: the same events, within a minute."""
    passed = again.stamp.reading.wall_us - kept.stamp.reading.wall_us
    return abs(passed) < REPEAT_US and _bare(again) == _bare(kept)


def mark_of(kept: Kept, now: When) -> When | None:
    """Return the instant that a touch which was refused at last stood for; None where it had none."""
    first = next((event for event in kept.decided.events if isinstance(event, _MOMENTS)), None)
    return None if first is None else When(at_us=first.at_us, now_us=now.now_us, how=first.how)


def _bare(kept: Kept) -> tuple[e.Event, ...]:
    """Return a touch's events without what differs from press to press: the instant, a new service's name."""
    return tuple(_without_instant(event) for event in kept.decided.events)


def _without_instant(event: e.Event) -> e.Event:
    bare = replace(event, at_us=0)
    return replace(bare, service="") if isinstance(bare, _BEGINS) else bare


def _noun(event: e.Event) -> str:
    return {**NOUNS, **_OTHER_NOUNS, **_BY_MARKS, **_BY_DOWNTIMES}.get(event.KIND, "touch")


def _without_chair(said: str) -> str:
    chair, dot, what = said.partition(" · ")
    return what if dot and chair.startswith("Chair ") else said
