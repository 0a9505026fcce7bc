"""The emergency accesses there were, and which of them an administrator has looked into."""

from __future__ import annotations

from collections.abc import Iterable

from desktop_app.core import events as e
from desktop_app.core.moments import Moment
from desktop_app.core.values import dataclass


@dataclass(frozen=True, slots=True)
class Emergency:
    """One emergency access; ``version`` is its place in the stream of all, ``seen`` when and by whom."""

    opened: e.EmergencyOpened
    version: int
    seen: Moment | None = None


def emergencies_of(history: Iterable[e.Recorded]) -> tuple[Emergency, ...]:
    """Return what the emergencies' own stream says, oldest first; who saw one first has seen it."""
    found: list[Emergency] = []
    for recorded in history:
        event = recorded.event
        if isinstance(event, e.EmergencyOpened):
            found.append(Emergency(event, recorded.version))
        elif isinstance(event, e.EmergencySeen):
            by = Moment(event.at_us, event.how, recorded.stamp.reading.wall_us, recorded.stamp.actor)
            found = [_seen(one, by) if one.version <= event.up_to else one for one in found]
    return tuple(found)


def _seen(one: Emergency, by: Moment) -> Emergency:
    return Emergency(one.opened, one.version, one.seen or by)
