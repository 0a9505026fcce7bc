"""The pages on security name tests that exist, and every item of the law."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
PAGES = tuple((HERE.parent / "docs").glob("security*.md"))
ITEMS = (
    "(a)(1)", "(a)(2)(i)", "(a)(2)(ii)", "(a)(2)(iii)", "(a)(2)(iv)", "(b)", "(c)(1)", "(c)(2)", "(d)",
    "(e)(1)", "(e)(2)(i)", "(e)(2)(ii)",
)  # fmt: skip
"""The standards and specifications of 45 CFR 164.312, in their order."""


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_test_that_a_page_names_is_there(page: Path) -> None:
    named = re.findall(r"`([\w/]*test_\w+\.py)`", page.read_text(encoding="utf-8"))
    assert named
    assert [name for name in named if not (HERE / name).is_file()] == []


def test_every_item_of_the_law_has_an_answer_a_test_and_what_is_left() -> None:
    text = (HERE.parent / "docs/security.md").read_text(encoding="utf-8")
    table = text.split("## What the law lists")[1].split("\n## ")[0]
    rows = [cells(line) for line in table.splitlines() if line.startswith("| (")]
    assert [row[0].split()[0] for row in rows] == list(ITEMS)
    assert all(len(row) == 4 and row[1] and row[3] for row in rows)
    assert [row[0].split()[0] for row in rows if "test_" not in row[2]] == ["(e)(2)(ii)"]


def test_each_of_those_who_may_want_in_is_answered() -> None:
    text = (HERE.parent / "docs/security.md").read_text(encoding="utf-8")
    table = text.split("## Who may want in")[1].split("\n## ")[0]
    rows = [cells(line) for line in table.splitlines() if line.startswith("| ")][1:]
    assert all(len(row) == 4 and all(row) for row in rows)
    told = " ".join(row[0].casefold() for row in rows)
    for who in ("lost laptop", "curious colleague", "backup", "administrator who tampers", "malicious file"):
        assert who in told
