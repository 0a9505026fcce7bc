"""The pages about the script and the export name what there is, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

from desktop_app.exchange.columns import FURTHER_NAMES, NAMES
from desktop_app.exchange.layout import KEYS
from desktop_app.layout_files import ready_layouts
from desktop_app.script.words import WORDS
from tests.ui.test_clock_scenarios import SCENARIOS

DOCS = Path(__file__).parent.parent.parent / "docs"


def named_in_first_column(page: str, heading: str) -> set[str]:
    """Return the names in backticks in the first column of the tables under a heading."""
    section = (DOCS / page).read_text(encoding="utf-8").split(f"\n## {heading}\n")[1].split("\n## ")[0]
    firsts = [row.split("|")[1] for row in section.splitlines() if row.startswith("|")]
    return {name for cell in firsts for name in re.findall(r"`([^`]+)`", cell)}


def test_the_page_of_the_script_names_every_word() -> None:
    assert named_in_first_column("touch-script.md", "Words") == set(WORDS)


def test_the_page_of_the_export_names_every_column() -> None:
    named = named_in_first_column("export.md", "lines.csv") | {"modifier_2", "modifier_3"}
    assert named == set(NAMES)


def test_the_page_of_the_export_names_every_layout_its_keys_and_its_further_columns() -> None:
    assert named_in_first_column("export.md", "Layouts") == {*ready_layouts(), *KEYS, *FURTHER_NAMES}


def test_the_page_of_the_clocks_tells_every_scenario_its_minutes_and_what_is_on_record() -> None:
    section = (
        (DOCS / "clocks.md").read_text(encoding="utf-8").split("\n## What can happen\n")[1].split("\n## ")[0]
    )
    rows = [
        [cell.strip(" `") for cell in row.strip("|").split("|")] for row in section.splitlines() if "`" in row
    ]
    told = {row[0]: row[2:] for row in rows if len(row) > 1}
    assert told.keys() == {scenario.name for scenario in SCENARIOS}
    for scenario in SCENARIOS:
        minutes, _, recorded, *_ = told[scenario.name]
        assert minutes.split(", of")[0] == f"{scenario.minutes:,}"
        assert re.findall(r"clock-[a-z-]+", recorded) == list(scenario.kinds)
        assert recorded.endswith(", bar") is scenario.is_told
