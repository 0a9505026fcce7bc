"""Five hundred power cuts of the very engine the program uses: nothing answered is lost, nothing damaged."""

from __future__ import annotations

import secrets
from pathlib import Path

import pytest

from tests.stress.power_cuts import Recorded, cut_many_times, kill_then_cut, record_day

TOUCHES = 700
CUTS = 500


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Recorded:
    return record_day(tmp_path_factory.mktemp("day") / "data", TOUCHES)


def test_five_hundred_power_cuts_lose_and_damage_nothing(day: Recorded, tmp_path: Path) -> None:
    seed = secrets.randbits(32)
    found = cut_many_times(day, CUTS, tmp_path, seed)
    assert found.cuts == CUTS
    assert found.is_well, f"seed {seed}: {found}"
    assert any((op.what, op.file) == ("write", "chairtime.db") for op in day.ops), "no checkpoint was seen"


def test_a_kill_and_a_power_cut_right_after_the_next_start_lose_nothing_that_was_shown(
    day: Recorded, tmp_path: Path
) -> None:
    seed = secrets.randbits(32)
    found = kill_then_cut(day, 100, tmp_path, seed)
    assert found.cuts == 100
    assert found.is_well, f"seed {seed}: {found}"


@pytest.mark.parametrize("pragma", ["synchronous = NORMAL", "synchronous = OFF"])
def test_the_same_cuts_see_what_a_worse_setting_loses(tmp_path: Path, pragma: str) -> None:
    day = record_day(tmp_path / "data", TOUCHES // 4, [pragma])
    found = cut_many_times(day, 100, tmp_path, seed=1)
    assert found.lost > 10, found
