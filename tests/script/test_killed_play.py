"""A few kills at random moments; ``tests/stress`` has a thousand."""

from __future__ import annotations

from pathlib import Path

from tests.stress.killed_play import kill_many_times


def test_a_killed_program_has_kept_every_touch_it_answered(tmp_path: Path) -> None:
    assert kill_many_times(5, tmp_path, seed=20_260_302) > 0
