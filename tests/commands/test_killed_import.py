"""``import`` that dies before any step it takes on disk; at random moments in the stress tests."""

from __future__ import annotations

from itertools import count
from pathlib import Path

from tests.commands.killed_import import Imports

FEW = 200
"""Pairs enough where the moment is a step and not a time."""


def test_an_import_that_dies_before_any_step_on_disk_leaves_the_old_table_or_the_new_one(
    tmp_path: Path,
) -> None:
    imports = Imports(tmp_path, seed=0, pairs=FEW)
    steps = next(step for step in count(1) if not imports.die_before_step(step))
    assert steps > 6, "a flush and a rename each for the table and the index, their folder, the old table"
    assert imports.outcomes["old"] > 2
    assert imports.outcomes["new"] > 2


def test_a_first_import_that_dies_before_any_step_on_disk_leaves_a_folder_that_can_be_used(
    tmp_path: Path,
) -> None:
    imports = Imports(tmp_path, seed=0, pairs=FEW)
    steps = next(step for step in count(1) if not imports.die_in_the_first(step))
    assert steps > 9, "a flush, a rename and the folder, for an empty index, the table and its index"
