"""A hundred kills of an import: the old table or the new one, and never anything between."""

from __future__ import annotations

import secrets
from pathlib import Path

from tests.commands.killed_import import Imports


def test_a_hundred_killed_imports_leave_the_old_table_or_the_new_one(tmp_path: Path) -> None:
    imports = Imports(tmp_path, secrets.randbits(32))
    for number in range(100):
        imports.kill_one(number)
    assert min(imports.outcomes["old"], imports.outcomes["new"]) > 5, imports.outcomes
