"""A few power cuts and full disks; ``tests/stress`` has hundreds."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.stress.engine_disk import engine_disk
from tests.stress.full_disk import FullFrom, check_all_there, play_session
from tests.stress.power_cuts import cut_many_times, kill_then_cut, record_day

TOUCHES = 40


def test_a_few_power_cuts_lose_nothing_and_are_seen_to_lose_with_a_worse_setting(tmp_path: Path) -> None:
    day = record_day(tmp_path / "day", TOUCHES)
    assert cut_many_times(day, 8, tmp_path, seed=1).is_well
    assert kill_then_cut(day, 3, tmp_path, seed=1).is_well
    worse = record_day(tmp_path / "worse", TOUCHES, ["synchronous = NORMAL"])
    assert cut_many_times(worse, 8, tmp_path, seed=1).lost > 0


@pytest.mark.parametrize("number", [3, 70, 90])
def test_a_disk_that_is_full_at_some_write_loses_no_touch(tmp_path: Path, number: int) -> None:
    full = FullFrom(number)
    with engine_disk() as disk:
        play_session(tmp_path / "data", disk, full)
    assert full.refused
    check_all_there(tmp_path / "data")
