"""A hundred kills at random moments: nothing that was answered is lost."""

from __future__ import annotations

import secrets
from pathlib import Path

from tests.stress.killed_play import kill_many_times


def test_a_hundred_kills_lose_no_answered_touch(tmp_path: Path) -> None:
    seed = secrets.randbits(32)
    kept = kill_many_times(100, tmp_path, seed)
    assert kept > 1000, f"seed {seed}: hardly anything was played before the kills"
