"""Two busy hours of forty chairs in the real window: nothing is missed and nothing grows.

How long a frame of them takes is told by ``python -m benchmarks board``, on a machine that does nothing else.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.core.session import Stage
from tests.stress.busy_suite import BusySuite, busy_window, sessions_of

TWO_HOURS = 2 * 60 * 60
MOST_GROWTH = 1.15
"""The patients of ninety more minutes may be kept; nothing else is."""
MOST_WIDGETS = 2
"""A signed session is a line on the review page."""


@pytest.mark.usefixtures("qapp")
def test_two_busy_hours_miss_no_touch_and_keep_nothing_they_are_done_with(tmp_path: Path) -> None:
    with busy_window(tmp_path / "data") as (window, parts, clock):
        played = BusySuite(window, parts, clock, seed=4).play(TWO_HOURS)
        signed = [session for session in sessions_of(parts) if session.stage is Stage.SIGNED]
    assert played.made > 400
    assert played.missed == 0
    assert len(signed) > 40
    assert len(played.frames_ms) == TWO_HOURS
    assert played.widgets[1] - played.widgets[0] <= len(signed) * MOST_WIDGETS
    assert played.blocks[1] <= played.blocks[0] * MOST_GROWTH
