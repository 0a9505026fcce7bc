"""Every file of charge messages of the demo month stands every check, and its totals are the CSV's."""

from __future__ import annotations

import csv
from collections import Counter

import pytest

from desktop_app.core.events import VOID_MARK
from desktop_app.exchange.hl7 import FILE_NAME
from desktop_app.exchange.hl7_checks import faults_of_file
from desktop_app.exchange.ledger import Batch
from tests.exchange.hl7_files import charges_in, messages_in, text_in
from tests.exchange.hl7_validators import by_hl7apy, faults_by_hl7apy, hl7_accepts, read_by_hl7
from tests.exchange.month import REPLACED, TAKEN_BACK, correct, signed_month
from tests.exchange.signed import exported

BATCHES = ("first", "corrections", "again")
Units = Counter[tuple[str, str]]


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Batch]:
    folder = tmp_path_factory.mktemp("month")
    suite = signed_month()
    first = exported(suite.exporter().export(suite.sessions, folder, ("csv", "hl7")))
    correct(suite)
    second = exported(suite.exporter().export(suite.sessions, folder, ("csv", "hl7")))
    third = exported(suite.exporter().export(suite.sessions, folder, ("csv", "hl7"), again=True))
    return dict(zip(BATCHES, (first, second, third), strict=True))


def csv_rows(batch: Batch) -> list[dict[str, str]]:
    with (batch.folder / "lines.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def units_of_csv(batch: Batch) -> Units:
    told: Units = Counter()
    for row in csv_rows(batch):
        told["CD" if row["action"] == "void" else "CG", row["code"]] += int(row["units"])
    return told


def credited_for_others(batch: Batch) -> Units:
    """Return the units that are credited because a corrected line takes their place."""
    voided = {row["line"] for row in csv_rows(batch) if row["action"] == "void"}
    told: Units = Counter()
    for message in messages_in(batch.folder):
        for charge, _ in charges_in(message):
            if charge[6] == "CD" and charge.part(2) not in voided:
                told["CD", charge.part(7)] += int(charge[10])
    return told


@pytest.mark.parametrize("batch", BATCHES)
def test_every_message_of_the_month_stands_hl7apy_at_its_strictest(
    month: dict[str, Batch], batch: str
) -> None:
    assert faults_by_hl7apy(month[batch].folder / FILE_NAME) == []


@pytest.mark.parametrize("batch", BATCHES)
def test_hl7_reads_every_message_of_the_month(month: dict[str, Batch], batch: str) -> None:
    path = month[batch].folder / FILE_NAME
    assert hl7_accepts(path)
    assert len(read_by_hl7(path)) == len(month[batch].sessions)


@pytest.mark.parametrize("batch", BATCHES)
def test_every_file_of_the_month_stands_our_own_checks(month: dict[str, Batch], batch: str) -> None:
    assert faults_of_file(month[batch].folder / FILE_NAME) == []


@pytest.mark.parametrize("batch", BATCHES)
def test_lines_and_units_of_each_code_are_those_of_the_csv(month: dict[str, Batch], batch: str) -> None:
    by_others: Units = Counter()
    ids = []
    for message in read_by_hl7(month[batch].folder / FILE_NAME):
        for charge in message.segments("FT1"):
            by_others[str(charge[6]), str(charge[25][0][0])] += int(str(charge[10]))
            ids.append(str(charge[2]))
    by_others.subtract(credited_for_others(month[batch]))
    assert +by_others == units_of_csv(month[batch])
    assert set(ids) >= {row["line"] for row in csv_rows(month[batch])}


def test_the_first_batch_has_the_csvs_lines_and_no_other(month: dict[str, Batch]) -> None:
    messages = by_hl7apy(month["first"].folder / FILE_NAME)
    charges = [group.ft1 for message in messages for group in message.dft_p03_financial]
    assert [c.ft1_2.value for c in charges] == [row["line"] for row in csv_rows(month["first"])]


def test_after_the_corrections_the_receivers_books_hold_what_is_in_force(month: dict[str, Batch]) -> None:
    """Charges less credits of both batches: the lines that nobody took back, each once."""
    books: dict[str, int] = {}
    for batch in ("first", "corrections"):
        for message in messages_in(month[batch].folder):
            for charge, said in charges_in(message):
                if charge[6] == "CG":
                    books[charge.part(2)] = int(charge[10])
                else:
                    assert books.pop(said["replaces"]) == int(charge[10])
    rows = [*csv_rows(month["first"]), *csv_rows(month["corrections"])]
    gone = {name for row in rows for name in row["replaces"].split()}
    in_force = {r["line"]: int(r["units"]) for r in rows if r["action"] != "void" and r["line"] not in gone}
    assert books == in_force


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
