"""A file of charge messages that was changed anywhere is found out, by us where the validators are blind."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.exchange.hl7 import FILE_NAME
from desktop_app.exchange.hl7_charges import charges_of
from desktop_app.exchange.hl7_checks import Expected, faults_of_file
from tests.exchange.claim_files import SENDING, rows_of_number
from tests.exchange.hl7_files import write_charges
from tests.exchange.hl7_mutations import MUTATIONS
from tests.exchange.hl7_validators import who_refuses
from tests.exchange.month import PRACTICE, correction_rows


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Messages with waste, NDCs, two diagnoses, another insured person, and a correction."""
    folder = tmp_path_factory.mktemp("good")
    return write_charges(folder, *map(rows_of_number, (0, 1, 8, 16)), correction_rows()[0])


def put(folder: Path, text: str) -> Path:
    path = folder / FILE_NAME
    path.write_bytes(text.encode("utf-8"))
    return path


def test_the_file_that_is_changed_below_is_right_before(good: str, tmp_path: Path) -> None:
    assert who_refuses(put(tmp_path, good)) == set()


@pytest.mark.parametrize(
    ("pattern", "instead", "by"), [m[1:] for m in MUTATIONS], ids=[m[0] for m in MUTATIONS]
)
def test_what_was_changed_is_found(
    good: str, tmp_path: Path, pattern: str, instead: str, by: set[str]
) -> None:
    text, count = re.subn(pattern, instead, good, count=1, flags=re.DOTALL)
    assert count == 1
    assert text != good
    assert who_refuses(put(tmp_path, text), by | {"ours"}) == by


def test_a_byte_that_is_no_utf_8_is_found(good: str, tmp_path: Path) -> None:
    path = put(tmp_path, good)
    path.write_bytes(path.read_bytes().replace("José".encode(), "José".encode("latin-1")))
    assert any("no UTF-8" in fault for fault in faults_of_file(path))


def test_what_is_missing_as_a_whole_is_found_by_what_was_to_be_written(tmp_path: Path) -> None:
    sending = replace(SENDING, practice=PRACTICE)
    write_charges(tmp_path, rows_of_number(1))
    expected = Expected()
    expected.add(charges_of(rows_of_number(1), sending))
    assert faults_of_file(tmp_path / FILE_NAME, expected) == []
    expected.add(charges_of(rows_of_number(2), sending))
    said = " ".join(faults_of_file(tmp_path / FILE_NAME, expected))
    assert "it has 1 messages, of 2" in said
    assert "it has 0 units of J9263 as CG, of 300" in said
    assert "it charges" in said


def test_a_fault_says_where_it_is(good: str, tmp_path: Path) -> None:
    path = put(tmp_path, good.replace("10120.00&USD", "1.00&USD"))
    (fault,) = faults_of_file(path)
    assert re.fullmatch(r"message [0-9a-f]{12}-2: the units of J9271 do not make its total", fault)


@pytest.mark.parametrize("text", ["", "MSH", "no messages at all\r", "MSH|^~\\&|x\r"])
def test_a_file_of_anything_else_is_refused(tmp_path: Path, text: str) -> None:
    assert faults_of_file(put(tmp_path, text)) != []
