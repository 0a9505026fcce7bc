"""Every file of charge messages of the demo month stands every check, and has the CSV's lines."""

from __future__ import annotations

import csv
from collections import Counter

import pytest

from desktop_app.core.events import VOID_MARK
from desktop_app.exchange.hl7 import FILE_NAME
from desktop_app.exchange.hl7_checks import faults_of_file
from desktop_app.exchange.ledger import Batch
from tests.exchange.hl7_files import charges_in, messages_in, text_in
from tests.exchange.hl7_validators import faults_by_hl7apy, read_by_hl7
from tests.exchange.month import REPLACED, TAKEN_BACK
from tests.exchange.sent_month import BATCHES

ONE_IN = {"first": 3, "corrections": 1, "again": 9}
"""hl7apy takes its time: of what is sent it reads one in so many; ``stress`` has it read all."""


def csv_rows(batch: Batch) -> list[dict[str, str]]:
    with (batch.folder / "lines.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("batch", BATCHES)
def test_every_message_of_the_month_stands_hl7apy_at_its_strictest(
    month: dict[str, Batch], batch: str
) -> None:
    assert faults_by_hl7apy(month[batch].folder / FILE_NAME, ONE_IN[batch]) == []


@pytest.mark.parametrize("batch", BATCHES)
def test_hl7_reads_every_message_of_the_month_with_the_csvs_lines(
    month: dict[str, Batch], batch: str
) -> None:
    messages = read_by_hl7(month[batch].folder / FILE_NAME)
    assert len(messages) == len(month[batch].sessions)
    lines = [str(charge[2]) for message in messages for charge in message.segments("FT1")]
    said = [row["line"] for row in csv_rows(month[batch])]
    assert [line for line in lines if line in set(said)] == said
    assert all(line.endswith(VOID_MARK) for line in set(lines) - set(said))
    assert batch != "first" or lines == said


@pytest.mark.parametrize("batch", BATCHES)
def test_every_file_of_the_month_stands_our_own_checks(month: dict[str, Batch], batch: str) -> None:
    assert faults_of_file(month[batch].folder / FILE_NAME) == []


def test_corrections_credit_the_first_lines_by_their_ids(month: dict[str, Batch]) -> None:
    first = set(month["first"].lines)
    kinds: Counter[bool] = Counter()
    for message in messages_in(month["corrections"].folder):
        charges = charges_in(message)
        credits_ = [(charge.part(2), said["replaces"]) for charge, said in charges if charge[6] == "CD"]
        assert credits_
        assert {named for _, named in credits_} <= first
        assert all(name == named + VOID_MARK for name, named in credits_)
        kinds[len(credits_) == len(charges)] += 1
    assert kinds == {True: len(TAKEN_BACK), False: len(REPLACED)}


def test_what_is_sent_once_more_says_so(month: dict[str, Batch]) -> None:
    ends = {batch: text_in(month[batch].folder).split("\rBTS|")[1].split("|")[1] for batch in BATCHES}
    assert ends == {"first": "", "corrections": "", "again": "holds lines that were sent before"}
    for message in messages_in(month["again"].folder):
        assert all(said["sent_before"] == "yes" for _, said in charges_in(message))


def test_no_two_messages_have_one_id(month: dict[str, Batch]) -> None:
    ids = [message.head[10] for batch in BATCHES for message in messages_in(month[batch].folder)]
    assert len(set(ids)) == len(ids)
    assert max(map(len, ids)) <= 20
