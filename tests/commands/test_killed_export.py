"""``export`` killed for real: each line goes out once, whether billing came by meanwhile or not."""

from __future__ import annotations

import secrets
from pathlib import Path

from tests.commands.killed_export import VISITS, Exports


def test_an_export_killed_at_any_moment_loses_no_line_and_sends_none_twice(tmp_path: Path) -> None:
    exports = Exports(tmp_path, secrets.randbits(32))
    assert exports.lines.total() == 2 * VISITS
    for number in range(15):
        exports.kill_one(number)
