"""The disk is full at every write of a session in turn: each touch says so, waits, and is lost at none."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from tests.stress.engine_disk import FLUSH_FAILED, FULL, engine_disk
from tests.stress.full_disk import CHANGES, FullFrom, check_all_there, play_session

FEWEST_WRITES = 30


@pytest.mark.parametrize(
    ("kinds", "code", "fewest", "reason"),
    [
        (CHANGES, FULL, FEWEST_WRITES, "the disk is full"),
        (("sync",), FLUSH_FAILED, 8, "the disk did not answer"),
    ],
    ids=["write", "flush"],
)
def test_a_full_disk_at_every_write_of_a_session_loses_no_touch(
    tmp_path: Path, kinds: tuple[str, ...], code: int, fewest: int, reason: str
) -> None:
    sentences: set[str] = set()
    with engine_disk() as disk:
        for number in itertools.count(1):
            path, full = tmp_path / str(number), FullFrom(number, kinds, code)
            said = play_session(path, disk, full)
            check_all_there(path)
            sentences.update(said)
            if not full.refused:
                break
    assert number > fewest
    assert f"The database took nothing: {reason}." in sentences
    assert all(sentence.endswith(".") for sentence in sentences if sentence)
