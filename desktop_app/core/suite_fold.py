"""How each event changes the suite, whichever stream it stands in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from desktop_app.core import events as e
from desktop_app.core.fold import evolve
from desktop_app.core.locked_days import evolve_day, state_of
from desktop_app.core.suite import Suite, evolve_suite

_ALONE: dict[str, Callable[[Suite, e.Recorded], Suite]] = {
    e.SUITE_STREAM: evolve_suite,
    e.CLOCK_STREAM: Suite.with_clock,
    e.PEOPLE_STREAM: Suite.with_people,
    e.EMERGENCY_STREAM: Suite.with_access,
}
"""The streams of which there is one."""


def suite_after(suite: Suite, recorded: e.Recorded) -> Suite:
    """Return the suite after one more event, whatever it is of; that somebody looked changes nothing."""
    if recorded.stream in _ALONE:
        return _ALONE[recorded.stream](suite, recorded)
    if recorded.stream.startswith(e.DAY_STREAM_PREFIX):
        day = date.fromisoformat(recorded.stream.removeprefix(e.DAY_STREAM_PREFIX))
        return suite.with_day(evolve_day(state_of(suite, day), recorded))
    if recorded.stream.startswith(e.ACCESS_STREAM_PREFIX):
        return suite.with_access(recorded)
    if recorded.stream.startswith(e.VIEWS_STREAM_PREFIX):
        return suite
    was = suite.sessions.get(recorded.stream.removeprefix(e.SESSION_STREAM_PREFIX))
    return suite.with_session(evolve(was, recorded))
