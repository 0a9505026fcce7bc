"""Every file of claims of the demo month stands every check, and its totals are the CSV's."""

from __future__ import annotations

import csv
from collections import Counter

import pytest

from desktop_app.exchange.claim_checks import faults_of_file
from desktop_app.exchange.ledger import Batch
from tests.exchange.claim_files import INSTITUTIONAL, PROFESSIONAL, segments
from tests.exchange.month import REPLACED, TAKEN_BACK
from tests.exchange.sent_month import BATCHES
from tests.exchange.validators import pyx12_accepts, x12sdk_reads

FILES = [(batch, file) for batch in BATCHES for file in (PROFESSIONAL, INSTITUTIONAL)]


def text_of(batch: Batch, file: str) -> str:
    return (batch.folder / file).read_text(encoding="ascii")


@pytest.mark.parametrize(("batch", "file"), FILES)
def test_every_file_of_the_month_stands_pyx12(month: dict[str, Batch], batch: str, file: str) -> None:
    assert pyx12_accepts(month[batch].folder / file)


@pytest.mark.parametrize(("batch", "file"), FILES)
def test_every_file_of_the_month_stands_x12sdk(month: dict[str, Batch], batch: str, file: str) -> None:
    assert x12sdk_reads(month[batch].folder / file)


@pytest.mark.parametrize(("batch", "file"), FILES)
def test_every_file_of_the_month_stands_our_own_checks(
    month: dict[str, Batch], batch: str, file: str
) -> None:
    assert faults_of_file(month[batch].folder / file) == []


@pytest.mark.parametrize("batch", BATCHES)
def test_lines_and_units_of_the_claims_are_those_of_the_csv(month: dict[str, Batch], batch: str) -> None:
    units: Counter[str] = Counter()
    lines = 0
    for file in (PROFESSIONAL, INSTITUTIONAL):
        text = text_of(month[batch], file)
        services = [("SV1", 1, 4), ("SV2", 2, 5)]
        for tag, procedure, count in services:
            for segment in segments(text, tag):
                units[segment[procedure].split(":")[1]] += int(segment[count])
                lines += 1
    with (month[batch].folder / "lines.csv").open(newline="", encoding="utf-8") as file_:
        rows = list(csv.DictReader(file_))
    told: Counter[str] = Counter()
    for row in rows:
        told[row["code"]] += int(row["units"])
    assert (units, lines) == (told, len(rows))


def test_line_ids_are_those_of_the_csv(month: dict[str, Batch]) -> None:
    both = text_of(month["first"], PROFESSIONAL) + text_of(month["first"], INSTITUTIONAL)
    ids = {segment[2] for segment in segments(both, "REF") if segment[1] == "6R"}
    assert ids == set(month["first"].lines)


def test_corrections_replace_and_take_back_the_first_claims(month: dict[str, Batch]) -> None:
    first = {
        segment[1]
        for file in (PROFESSIONAL, INSTITUTIONAL)
        for segment in segments(text_of(month["first"], file), "CLM")
    }
    found: Counter[str] = Counter()
    for file in (PROFESSIONAL, INSTITUTIONAL):
        text = text_of(month["corrections"], file)
        corrected = [segment[2] for segment in segments(text, "REF") if segment[1] == "F8"]
        assert set(corrected) <= first
        claims = segments(text, "CLM")
        assert len(corrected) == len(claims)
        for claim, named in zip(claims, corrected, strict=True):
            frequency = claim[5].split(":")[2]
            found[frequency] += 1
            session, _, version = claim[1].rpartition("-")
            assert (session, "1") == tuple(named.rpartition("-")[::2])
            assert version == {"7": "2", "8": "1"}[frequency]
    assert found == {"7": len(REPLACED), "8": len(TAKEN_BACK)}


def test_what_is_sent_once_more_says_so(month: dict[str, Batch]) -> None:
    purposes = {
        batch: {segment[2] for segment in segments(text_of(month[batch], PROFESSIONAL), "BHT")}
        for batch in BATCHES
    }
    assert purposes == {"first": {"00"}, "corrections": {"00"}, "again": {"18"}}


def test_no_two_files_have_one_control_number(month: dict[str, Batch]) -> None:
    numbers = [segments(text_of(month[batch], file), "ISA")[0][13] for batch, file in FILES]
    assert len(set(numbers)) == len(FILES)
    assert sorted(numbers) == [f"{number:09}" for number in range(1, 7)]
