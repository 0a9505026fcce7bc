"""The files of a batch that went out: what they are called, and whether they still stand as written."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.exchange.ledger import Batch
from desktop_app.exchange.sent_files import called, checking, checksum_of
from desktop_app.exchange.steps import at_once
from desktop_app.exchange.whole_folder import checksum
from tests.exchange.signed import SuiteOfChairs, exported


@pytest.fixture
def batch(tmp_path: Path) -> Batch:
    suite = SuiteOfChairs()
    suite.signed("s1")
    return exported(suite.exporter().export(suite.sessions, tmp_path, ("csv", "xlsx", "hl7", "fhir")))


def test_a_batch_is_called_by_what_its_files_are(batch: Batch) -> None:
    assert called(batch.files) == ("CSV", "Excel", "HL7", "FHIR")
    assert called(()) == ()


def test_its_checksum_is_that_of_its_manifest_as_it_lies_there(batch: Batch) -> None:
    assert checksum_of(batch.files) == checksum(batch.folder / "manifest.json")
    assert checksum_of(()) == ""


def test_files_that_stand_as_written_differ_in_nothing(batch: Batch) -> None:
    assert at_once(checking(batch)) == ""


@pytest.mark.parametrize("name", ["lines.csv", "lines.xlsx", "manifest.json"])
def test_a_file_that_was_changed_or_taken_away_is_named(batch: Batch, name: str) -> None:
    file = batch.folder / name
    content = file.read_bytes()
    file.write_bytes(content[:-1] + b"?")
    assert at_once(checking(batch)) == f"{name} is not as it was written"
    file.unlink()
    assert at_once(checking(batch)) == f"{name} is not there any more"
    file.write_bytes(content)
    assert at_once(checking(batch)) == ""


def test_a_file_that_cannot_be_read_says_so(batch: Batch) -> None:
    (batch.folder / "lines.csv").unlink()
    (batch.folder / "lines.csv").mkdir()
    assert at_once(checking(batch)).startswith("lines.csv cannot be read: ")
