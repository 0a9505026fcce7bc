"""``export`` that dies at its rename, in every format: each line goes out once; see the stress tests too."""

from __future__ import annotations

from pathlib import Path

from tests.commands.killed_export import Exports
from tests.exchange.kinds import READ_BY_BILLING

READ_BACK = {
    "open r lines.csv",
    "open r lines.xlsx",
    "open r claims-837p.x12",
    "open r charges.hl7",
    "open r charges.fhir.json",
}


def last(steps: list[str], name: str) -> int:
    """Return the place, from 1, of the last step of a name."""
    return len(steps) - steps[::-1].index(name)


def test_an_export_that_dies_around_its_rename_loses_no_line_and_sends_none_twice(tmp_path: Path) -> None:
    exports = Exports(tmp_path)
    steps = exports.steps()
    read_back = [place for place, name in enumerate(steps, start=1) if name in READ_BACK]
    assert len(read_back) > len(READ_BY_BILLING)
    renamed = next(place for place, name in enumerate(steps, start=1) if name.startswith("os.rename"))
    assert read_back[-1] < last(steps[:renamed], "told") < renamed < last(steps, "tell")
    for place in (renamed, renamed + 1):
        exports.die_at(place, is_taken=place > renamed)
    assert exports.outcomes == {"hidden": 1, "visible": 1}
