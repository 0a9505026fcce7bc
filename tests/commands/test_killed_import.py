from __future__ import annotations

from pathlib import Path

from tests.commands.killed_import import Imports


def test_a_killed_import_leaves_the_old_table_or_the_new_one(tmp_path: Path) -> None:
    imports = Imports(tmp_path, seed=3)
    for number in range(6):
        imports.kill_one(number)
    assert sum(imports.outcomes.values()) == 6
    assert imports.outcomes["old"] > 0
