"""How each event changes the suite, whichever stream it stands in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from desktop_app.core import events as e
from desktop_app.core.clock_log import fold_clock
from desktop_app.core.fold import evolve
from desktop_app.core.locked_days import evolve_day, state_of
from desktop_app.core.outages import fold_outages
from desktop_app.core.suite import Suite, evolve_suite, fold_marks


def suite_after(suite: Suite, recorded: e.Recorded) -> Suite:
    """Return the suite after one more event of a session, a mark, a day or the clocks."""
    if recorded.stream == e.SUITE_STREAM:
        return evolve_suite(suite, recorded)
    if recorded.stream == e.CLOCK_STREAM:
        return suite.with_clock(recorded)
    if recorded.stream.startswith(e.DAY_STREAM_PREFIX):
        day = date.fromisoformat(recorded.stream.removeprefix(e.DAY_STREAM_PREFIX))
        return suite.with_day(evolve_day(state_of(suite, day), recorded))
    was = suite.sessions.get(recorded.stream.removeprefix(e.SESSION_STREAM_PREFIX))
    return suite.with_session(evolve(was, recorded))


def with_own_streams(suite: Suite, history: Sequence[e.Recorded], of_clocks: Sequence[e.Recorded]) -> Suite:
    """Return the suite with what its own stream and that of the clocks say, oldest first."""
    return replace(
        suite,
        marks=MappingProxyType(fold_marks(history)),
        outages=MappingProxyType(fold_outages(history)),
        marks_version=len(history),
        clock=fold_clock(of_clocks),
    )
