"""Touches that the journal could not take yet: kept in order, each with its own instant.

What waits is no fact and is never shown as one. But what is touched next has to fit it: a stop
after a start that waits is a stop of what runs. So the suite is also known as it will be once
all that waits is stored, and every touch is decided against that one:

    stored    seated --- planned
    waits                        --- started --- stopped
    expected  seated --- planned --- started --- stopped

Each touch is decided again when its turn comes; nothing else having happened, it is the same.
"""

from __future__ import annotations

from collections.abc import Iterator

from desktop_app.core import events as e
from desktop_app.core.decisions import Refusal
from desktop_app.core.plans import Decided, Plan
from desktop_app.core.ports import NotSaved
from desktop_app.core.suite import Suite
from desktop_app.core.suite_fold import suite_after
from desktop_app.core.values import dataclass

_AHEAD = 1 << 60
"""Added to the place of what waits in the journal that is yet to come: it is the newest of all."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A touch that waits: how it is decided, its stamp, and what it came to when it was made."""

    plan: Plan
    stamp: e.Stamp
    decided: Decided
    chairs: frozenset[str] = frozenset()
    """The chairs it is about: of a move both."""


class NotYet(NotSaved):
    """A touch fits and is not on disk; ``kept`` can be given to the desk to be stored later.

    ``str`` says why; it is empty for a touch that has to wait for others before it.
    """

    def __init__(self, why: str, kept: Kept) -> None:
        super().__init__(why)
        self.kept = kept


def with_waiting(suite: Suite, waiting: tuple[Kept, ...]) -> Suite:
    """Return the suite as it will be once all that waits is stored; what no longer fits is left out."""
    for place, kept in enumerate(waiting):
        decided = kept.plan(suite)
        if not isinstance(decided, Refusal):
            suite = carried(suite, decided, kept.stamp, place)
    return suite


def carried(suite: Suite, decided: Decided, stamp: e.Stamp, place: int = 0) -> Suite:
    """Return the suite after a touch that is not stored yet."""
    for recorded in _as_if_recorded(decided, stamp, place):
        suite = suite_after(suite, recorded)
    return suite


def chairs_of(before: Suite, after: Suite, decided: Decided) -> frozenset[str]:
    """Return the chairs a touch is about."""
    found = (suite.sessions.get(decided.session) for suite in (before, after))
    marked = (event.chair for event in decided.events if isinstance(event, e.MarkMade))
    return frozenset(chair for chair in (*(s.chair for s in found if s), *marked) if chair)


def _as_if_recorded(decided: Decided, stamp: e.Stamp, place: int) -> Iterator[e.Recorded]:
    for write in decided.writes:
        for version, event in enumerate(write.events, write.after_version + 1):
            yield e.Recorded(
                id=f"{stamp.touch}.{version}",
                origin="",
                origin_seq=_AHEAD + place,
                stream=write.stream,
                version=version,
                stamp=stamp,
                event=event,
            )
