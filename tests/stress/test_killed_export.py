"""Two hundred kills of an export: no line is lost and none goes out twice."""

from __future__ import annotations

import secrets
from pathlib import Path

from tests.commands.killed_export import Exports


def test_two_hundred_killed_exports_lose_no_line_and_send_none_twice(tmp_path: Path) -> None:
    exports = Exports(tmp_path, secrets.randbits(32))
    for number in range(200):
        exports.kill_one(number)
    assert min(exports.outcomes[found] for found in ("nothing", "hidden", "visible")) > 5, exports.outcomes
