"""All formats say the same of the month, and the same as ``chairtime sessions``: to the line and the unit."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from desktop_app.exchange.formats import FORMATS
from tests.exchange.month import PRACTICE, REPLACED, SESSIONS, TAKEN_BACK, name_of
from tests.exchange.receivers import RECEIVERS, Books
from tests.exchange.sent_month import AGAIN, BATCHES, CORRECTIONS, FIRST, MARK, NOT_SENT, SentMonth

Told = Mapping[str, Mapping[str, Any]]
SENT = "month-"
"""Stands in every file that says of a session, and so shows that its words were found."""


def in_force(told: Told) -> Books:
    """Return what ``chairtime sessions`` says is billed, by session."""
    signed = {name: entry["signed"][-1]["lines"] for name, entry in told.items() if name not in NOT_SENT}
    return {
        name: sorted((line["code"], tuple(line["modifiers"]), line["units"]) for line in lines)
        for name, lines in signed.items()
        if lines
    }


def units_of(books: Books) -> Counter[tuple[str, tuple[str, ...]]]:
    """Return units by code and modifiers, over all sessions."""
    units: Counter[tuple[str, tuple[str, ...]]] = Counter()
    for code, modifiers, count in (line for lines in books.values() for line in lines):
        units[code, modifiers] += count
    return units


def test_every_format_has_somebody_who_reads_it() -> None:
    assert RECEIVERS.keys() == FORMATS.keys()


@pytest.mark.parametrize("name", FORMATS)
def test_each_session_is_billed_what_was_signed_after_every_batch(sent_month: SentMonth, name: str) -> None:
    receiver = RECEIVERS[name]()
    for batch in BATCHES:
        receiver.take(sent_month.batches[batch].folder)
        signed = in_force(sent_month.told[batch])
        assert receiver.books == signed
        assert units_of(receiver.books) == units_of(signed)


def test_what_is_signed_is_the_month(sent_month: SentMonth) -> None:
    first, corrected, again = (in_force(sent_month.told[batch]) for batch in BATCHES)
    assert len(first) == SESSIONS
    assert first.keys() - corrected.keys() == set(map(name_of, TAKEN_BACK))
    changed = {name for name in corrected if corrected[name] != first[name]}
    assert changed
    assert changed <= set(map(name_of, REPLACED))
    assert corrected == again
    assert sum(map(len, first.values())) > 4 * SESSIONS
    assert units_of(first).total() > 10_000


def test_the_manifest_adds_up_to_what_was_signed(sent_month: SentMonth) -> None:
    for batch in (FIRST, AGAIN):
        told = json.loads((sent_month.batches[batch].folder / "manifest.json").read_bytes())
        signed = in_force(sent_month.told[batch])
        by_code: Counter[str] = Counter()
        for (code, _), units in units_of(signed).items():
            by_code[code] += units
        assert told["totals"] == {"units": by_code.total(), "units_by_code": by_code}
        voids = told["counts"].get("void", 0)
        assert told["counts"]["lines"] == sum(map(len, signed.values())) + voids
        assert "not_in" not in told


def test_what_is_held_blocked_or_not_signed_is_in_no_file(sent_month: SentMonth) -> None:
    states = {name: sent_month.told[FIRST][name]["state"] for name in NOT_SENT}
    assert states == NOT_SENT
    for batch in sent_month.batches.values():
        assert not NOT_SENT.keys() & set(batch.sessions)
        for path in batch.folder.iterdir():
            words = words_in(path)
            assert MARK not in words, path.name
            assert path.name == "manifest.json" or SENT in words, path.name


def test_every_other_session_is_sent_and_no_batch_has_any_file_but_the_formats(sent_month: SentMonth) -> None:
    told = sent_month.told[FIRST]
    assert {name for name, entry in told.items() if entry["state"] == "sent"} == told.keys() - NOT_SENT.keys()
    assert set(sent_month.batches[CORRECTIONS].sessions) == set(map(name_of, (*REPLACED, *TAKEN_BACK)))
    assert len(sent_month.batches[AGAIN].sessions) == SESSIONS
    for batch in sent_month.batches.values():
        assert {file.name for file in batch.files} == {path.name for path in batch.folder.iterdir()}


def test_the_practice_on_the_disk_is_the_months(sent_month: SentMonth) -> None:
    practice = sent_month.practice()
    for name in ("name", "npi", "tax_id", "zip_code", "phone", "submitter_id", "receiver_id", "bill_type"):
        assert getattr(practice, name) == getattr(PRACTICE, name)


def words_in(path: Path) -> str:
    """Return everything a file says as text; a workbook with all its parts."""
    if path.suffix != ".xlsx":
        return path.read_text(encoding="utf-8")
    with ZipFile(path) as parts:
        return "".join(parts.read(name).decode("utf-8") for name in parts.namelist())
