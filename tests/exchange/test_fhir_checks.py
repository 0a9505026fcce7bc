"""A bundle that was changed anywhere is found out, by us where the validators are blind."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.exchange.fhir import FILE_NAME
from desktop_app.exchange.fhir_checks import Expected, faults_of_file
from desktop_app.exchange.fhir_visit import Visit
from desktop_app.exchange.place import GrowingFile
from tests.exchange.claim_files import SENDING, rows_of_number
from tests.exchange.fhir_files import write_bundle
from tests.exchange.fhir_mutations import MUTATIONS
from tests.exchange.fhir_validators import refused_by, who_refuses
from tests.exchange.month import PRACTICE, correction_rows, signed_month
from tests.exchange.signed import refused as why_refused


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A bundle with waste, NDCs, a pause, two diagnoses, and a correction."""
    folder = tmp_path_factory.mktemp("good")
    return write_bundle(folder, *map(rows_of_number, (1, 7)), correction_rows()[0])


def put(folder: Path, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / FILE_NAME
    path.write_bytes(text.encode("utf-8"))
    return path


@pytest.fixture(scope="module")
def refused(good: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """Returns by the name of a change who found it; node is started once for all of them."""
    folder = tmp_path_factory.mktemp("changed")
    return dict(zip(*_changed(good, folder), strict=True))


def _changed(good: str, folder: Path) -> tuple[list[str], Iterable[set[str]]]:
    names, paths = [], []
    for place, (name, pattern, instead, _) in enumerate(MUTATIONS):
        text, count = re.subn(pattern, instead, good, count=1, flags=re.DOTALL)
        assert count == 1, name
        assert text != good, name
        names.append(name)
        paths.append(put(folder / str(place), text))
    return names, who_refuses(paths)


def test_the_bundle_that_is_changed_below_is_right_before(good: str, tmp_path: Path) -> None:
    assert refused_by(put(tmp_path, good)) == set()


@pytest.mark.parametrize(("name", "by"), [(m[0], m[3]) for m in MUTATIONS], ids=[m[0] for m in MUTATIONS])
def test_what_was_changed_is_found(refused: dict[str, set[str]], name: str, by: set[str]) -> None:
    assert refused[name] == by


def test_what_is_missing_as_a_whole_is_found_by_what_was_to_be_written(tmp_path: Path) -> None:
    sending = replace(SENDING, practice=PRACTICE)
    write_bundle(tmp_path, rows_of_number(1))
    expected = Expected()
    expected.add(Visit(rows_of_number(1), sending))
    assert faults_of_file(tmp_path / FILE_NAME, expected) == []
    expected.add(Visit(rows_of_number(2), sending))
    said = faults_of_file(tmp_path / FILE_NAME, expected)
    assert {"it has 1 sessions, of 2", "it has 1 claims, of 2"} <= set(said)
    assert "it has 0 units of J9263 as billable, of 300" in said
    assert any(fault.startswith("its claims ask for") for fault in said)


def test_a_bundle_that_does_not_stand_its_check_is_not_sent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def spoil(self: GrowingFile, rows: int) -> object:
        self._out.seek(900)
        self._out.write(b'"')
        return finish(self, rows)

    finish = GrowingFile.finish
    monkeypatch.setattr(GrowingFile, "finish", spoil)
    month = signed_month(2)
    said = why_refused(month.exporter().export(month.sessions, tmp_path, ("fhir",)))
    assert said.startswith("charges.fhir.json did not stand its own check: it is no JSON")
    assert list(tmp_path.iterdir()) == []


def test_a_fault_says_where_it_is(good: str, tmp_path: Path) -> None:
    (fault,) = faults_of_file(put(tmp_path, good.replace('"O\'Sample"', '""')))
    assert fault == "entry 1 (Patient): it has an element that says nothing"
    said = faults_of_file(put(tmp_path, good.replace('"Z51.11"', '"Z51.12"', 1)))
    assert "session month-002-1: a claim has other diagnoses than the visit" in said


def test_a_byte_that_is_no_utf_8_is_found(good: str, tmp_path: Path) -> None:
    path = put(tmp_path, good)
    path.write_bytes(path.read_bytes().replace(b"O'Sample", b"O\xffSample"))
    assert faults_of_file(path)[-1] == "it has a byte that is no UTF-8"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "{}",
        "[]",
        "null",
        '{"entry":[]}',
        '{"entry":[1,{},null]}',
        '{"entry":{}}',
        "{1:2}",
        '{"a" 1}',
        "{} {}",
    ],
)
def test_a_file_of_anything_else_is_refused(tmp_path: Path, text: str) -> None:
    assert faults_of_file(put(tmp_path, text)) != []
