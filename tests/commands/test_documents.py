"""The pages for people are true to the program: its keys, its colours, its commands, its settings."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from desktop_app.coding.protocol_text import read_protocol
from desktop_app.store.settings import SETTINGS
from desktop_app.ui.board.card_view import TONES
from desktop_app.ui.sheets.keys_sheet import AT_THE_END_OF_DAY, IN_THE_HISTORY, IN_THE_REVIEW, KEYS
from tests.commands.program import ROOT, chairtime

COLOURS = {
    "ink_2": "grey",
    "due": "blue",
    "run": "green",
    "pause": "amber",
    "alert": "red",
    "done": "violet",
}
"""What people call the tokens of the theme."""


def rows(page: str, heading: str, level: str = "##") -> list[tuple[str, ...]]:
    """Return the rows of the first table under a heading of a page, without its head."""
    text = (ROOT / page).read_text(encoding="utf-8")
    section = text.split(f"\n{level} {heading}\n")[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines[2:]]


def named(page: str, heading: str, pattern: str) -> set[str]:
    """Return what a pattern finds in the first column of a table."""
    return {name for first, *_ in rows(page, heading) for name in re.findall(pattern, first)}


def test_the_nurses_page_has_every_key_with_its_words() -> None:
    assert rows("docs/for-nurses.md", "Keys") == list(KEYS)


def test_the_billers_page_has_every_key_of_the_review_with_its_words() -> None:
    assert rows("docs/for-billers.md", "Keys in the review", "###") == list(IN_THE_REVIEW)
    assert rows("docs/for-billers.md", "Keys at the end of the day", "###") == list(AT_THE_END_OF_DAY)
    assert rows("docs/for-billers.md", "Asked years later", "###")[: len(IN_THE_HISTORY)] == list(
        IN_THE_HISTORY
    )


def test_the_nurses_page_has_the_colour_of_each_state() -> None:
    told = [colour for colour, _, _ in rows("docs/for-nurses.md", "What the colours mean")]
    assert told == [COLOURS[tone] for tone in TONES.values()]


def test_the_page_for_it_has_every_setting_with_its_default_and_its_words() -> None:
    told = rows("docs/for-it.md", "Settings")
    assert told == [(f"`{s.key}`", s.default, s.text) for s in SETTINGS.values()]


@pytest.mark.parametrize("page", ["README.md", "docs/for-it.md"])
def test_every_command_is_on_the_page(page: str) -> None:
    listed = re.findall(r"^    (\w+) ", chairtime("--help").out, flags=re.MULTILINE)
    told = {
        match for command, *_ in rows(page, "Commands") for match in re.findall(r"`chairtime (\w+)", command)
    }
    assert len(listed) == len(set(listed))
    assert told == set(listed)


def test_the_files_of_the_data_folder_are_told(tmp_path: Path) -> None:
    told = {
        name for cell, _ in rows("docs/for-it.md", "The data folder") for name in re.findall(r"`(.+?)`", cell)
    }
    assert chairtime("settings", "--data-dir", tmp_path, "chairs", "12").status == 0
    made = {path.name for path in tmp_path.iterdir()}
    assert made <= told
    after_a_fault = {"keys.json.damaged", "keys.json.kept", "tries.txt", "chairtime.db.new", "crash-reports"}
    of_backups = {"backups.json", "quarantine", "restoring", "restore.json"}
    of_backups |= {"restoring.refused", "restore.json.refused"}
    of_the_window = {"look.json", "tables"}
    assert told - made == {
        "chairtime.db-wal",
        "chairtime.db-shm",
        *of_the_window,
        *after_a_fault,
        *of_backups,
    }


def test_the_protocol_on_the_page_for_it_can_be_used_as_it_stands() -> None:
    page = (ROOT / "docs/for-it.md").read_text(encoding="utf-8")
    text = page.split("```toml\n[[protocol]]")[1].split("```")[0]
    protocol = read_protocol("page", f"[[protocol]]{text}")
    assert [order.drug for order in protocol.services] == ["Iron sucrose", "flush"]
