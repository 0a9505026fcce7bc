"""What a window, or a command that opens the folder before it, says of touches left in the emergency file."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from desktop_app.core.events import Event
from desktop_app.core.moments import time_words
from desktop_app.core.plans import Decided, Plan
from desktop_app.core.told import count_words
from desktop_app.core.waiting import Kept
from desktop_app.store.emergency import Waiting
from desktop_app.store.taking_up import TakenUp

if TYPE_CHECKING:
    from desktop_app.ui.window import MainWindow

_MOST_TOLD = 5


def tell_taken_up(window: MainWindow, taken: TakenUp) -> None:
    """Say what is in the journal now; what it does not take yet waits again, as it did."""
    zone = window.station.zone
    for waiting in taken.still:
        window.touches.wait_again(
            f"{_told(waiting.writes[0].events[0], zone)}, of the last run", _kept(waiting)
        )
    if told := taken_up_words(taken, zone):
        window.toast.say_late(told)


def print_taken_up(taken: TakenUp, zone: str) -> None:
    """Say on standard error what is in the journal now: no window will tell it any more."""
    if told := taken_up_words(taken, zone):
        print(f"chairtime: {told}", file=sys.stderr)


def taken_up_words(taken: TakenUp, zone: str) -> str:
    """Tell the touches that were stored, each with its time, and what became of the others."""
    parts = []
    if taken.stored:
        shown = ", ".join(_told(event, zone) for event in taken.stored[:_MOST_TOLD])
        more = len(taken.stored) - _MOST_TOLD
        count = count_words(len(taken.stored), "touch that waited is", "touches that waited are")
        parts.append(f"{count} saved now: {shown}{f' and {more} more' if more > 0 else ''}.")
    if taken.marked:
        parts.append(
            f"{count_words(taken.marked, 'one', 'ones')} did not fit any more, kept as open marks: say what."
        )
    if taken.unread:
        parts.append("Some of the emergency file cannot be read; it is kept, its name ends with .unread.")
    return " ".join(parts)


def _told(event: Event, zone: str) -> str:
    return f"{event.KIND.replace('-', ' ')} {time_words(event.at_us, zone)}"


def _kept(waiting: Waiting) -> Kept:
    decided = Decided(waiting.writes, _session(waiting))
    plan: Plan = lambda _suite: decided  # noqa: E731 - what was decided then is what is to be stored
    return Kept(plan, waiting.stamp, decided)


def _session(waiting: Waiting) -> str:
    stream = waiting.writes[0].stream
    return stream.removeprefix("session/") if stream.startswith("session/") else ""
