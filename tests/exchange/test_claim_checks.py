"""A file of claims that was changed anywhere is found out, by us where the validators are blind."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from desktop_app.exchange.claim_checks import Expected, faults_of_file
from desktop_app.exchange.claims import claims_of
from tests.exchange.claim_files import PROFESSIONAL, rows_of_number, write_claims
from tests.exchange.claim_mutations import MUTATIONS
from tests.exchange.month import PRACTICE
from tests.exchange.validators import who_refuses


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Claims of both kinds: waste, NDCs, two diagnoses, an insured person who is not the patient."""
    folder = tmp_path_factory.mktemp("good")
    return write_claims(folder, *map(rows_of_number, (0, 1, 2, 8, 4)))


def test_the_files_that_are_changed_below_are_right_before(good: dict[str, str], tmp_path: Path) -> None:
    for name, text in good.items():
        path = tmp_path / name
        path.write_text(text, encoding="ascii")
        assert who_refuses(path) == set()


@pytest.mark.parametrize(
    ("file", "pattern", "instead", "by"), [m[1:] for m in MUTATIONS], ids=[m[0] for m in MUTATIONS]
)
def test_what_was_changed_is_found(
    good: dict[str, str], tmp_path: Path, file: str, pattern: str, instead: str, by: set[str]
) -> None:
    text, count = re.subn(pattern, instead, good[file], count=1)
    assert count == 1
    assert text != good[file]
    path = tmp_path / file
    path.write_text(text, encoding="utf-8")
    assert who_refuses(path, by | {"ours"}) == by


def test_what_is_missing_as_a_whole_is_found_by_what_was_to_be_written(tmp_path: Path) -> None:
    rows = rows_of_number(1)
    text = write_claims(tmp_path, rows)[PROFESSIONAL]
    expected = Expected("005010X222A1")
    for claim in claims_of(rows, PRACTICE):
        expected.add(claim)
    assert faults_of_file(tmp_path / PROFESSIONAL, expected) == []
    expected.add(claims_of(rows_of_number(2), PRACTICE)[0])
    said = " ".join(faults_of_file(tmp_path / PROFESSIONAL, expected))
    assert "it has 1 claims, of 2" in said
    assert "units of J9263, of 300" in said
    assert text


def test_a_fault_says_where_it_is(good: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / PROFESSIONAL
    path.write_text(
        re.sub(r"(CLM\*[^*]*\*)[0-9.]+", r"\g<1>1", good[PROFESSIONAL], count=1), encoding="ascii"
    )
    assert faults_of_file(path) == ["claim month-002-1: its lines do not make its total"]


def test_a_file_of_anything_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / PROFESSIONAL
    for text in ("", "ISA", "no claims at all" * 20):
        path.write_text(text, encoding="ascii")
        assert faults_of_file(path) != []
