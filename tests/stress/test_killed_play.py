"""A thousand kills at random moments of a busy day: nothing that was answered is lost."""

from __future__ import annotations

import secrets
from pathlib import Path

import pytest

from tests.stress.killed_play import kill_many_times

PARTS = 4
KILLS = 1_000
FEWEST_TOUCHES_A_KILL = 4


@pytest.mark.parametrize("part", range(PARTS))
def test_a_thousand_kills_lose_no_answered_touch(tmp_path: Path, part: int) -> None:
    seed = secrets.randbits(32)
    answered = kill_many_times(KILLS // PARTS, tmp_path, seed)
    enough = FEWEST_TOUCHES_A_KILL * KILLS // PARTS
    assert answered > enough, f"seed {seed}, part {part}: hardly anything was played before the kills"
