"""Two hundred kills of an export in every format, and a death at every step it takes on the disk."""

from __future__ import annotations

import secrets
from pathlib import Path

from tests.commands.killed_export import Exports


def test_two_hundred_killed_exports_lose_no_line_and_send_none_twice(tmp_path: Path) -> None:
    exports = Exports(tmp_path, secrets.randbits(32))
    for number in range(200):
        exports.kill_one(number)
    assert min(exports.outcomes[found] for found in ("nothing", "hidden", "visible")) > 5, exports.outcomes


def test_an_export_that_dies_before_any_step_loses_no_line_and_sends_none_twice(tmp_path: Path) -> None:
    exports = Exports(tmp_path)
    steps = exports.steps()
    assert len(steps) > 30
    for place in range(1, len(steps) + 1):
        for is_taken in (False, True):
            exports.die_at(place, is_taken=is_taken)
    assert exports.outcomes["hidden"] > 20
