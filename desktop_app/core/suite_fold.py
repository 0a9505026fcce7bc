"""How each event changes the suite, whichever stream it stands in."""

from __future__ import annotations

from datetime import date

from desktop_app.core import events as e
from desktop_app.core.fold import evolve
from desktop_app.core.locked_days import evolve_day, state_of
from desktop_app.core.suite import Suite, evolve_suite


def suite_after(suite: Suite, recorded: e.Recorded) -> Suite:
    """Return the suite after one more event, whatever it is of; that somebody looked changes nothing."""
    if recorded.stream == e.SUITE_STREAM:
        return evolve_suite(suite, recorded)
    if recorded.stream.startswith(e.DAY_STREAM_PREFIX):
        day = date.fromisoformat(recorded.stream.removeprefix(e.DAY_STREAM_PREFIX))
        return suite.with_day(evolve_day(state_of(suite, day), recorded))
    if recorded.stream == e.PEOPLE_STREAM:
        return suite.with_people(recorded)
    if recorded.stream == e.EMERGENCY_STREAM or recorded.stream.startswith(e.ACCESS_STREAM_PREFIX):
        return suite.with_access(recorded)
    if recorded.stream.startswith(e.VIEWS_STREAM_PREFIX):
        return suite
    was = suite.sessions.get(recorded.stream.removeprefix(e.SESSION_STREAM_PREFIX))
    return suite.with_session(evolve(was, recorded))
