"""How many changed files are found, by whom: what docs/export.md says is what the tests do."""

from __future__ import annotations

from pathlib import Path

from desktop_app.exchange.formats import FORMATS
from tests.exchange.mutations import CHANGES, counted

PAGE = Path(__file__).resolve().parents[2] / "docs" / "export.md"


def test_every_format_has_files_that_were_changed() -> None:
    assert CHANGES.keys() == FORMATS.keys()
    assert min(len(finders) for _, finders in CHANGES.values()) > 15


def test_every_change_is_found_by_somebody() -> None:
    assert all(by for _, finders in CHANGES.values() for by in finders)


def test_the_page_has_the_numbers() -> None:
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    first = lines.index(counted()[0]) if counted()[0] in lines else 0
    assert lines[first : first + len(counted())] == counted()
