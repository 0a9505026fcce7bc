"""Sessions are found by words, in memory and on disk alike; on disk by lists that whoever looks makes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop_app.core import events as e
from desktop_app.core.moments import HOUR_US, HowKnown
from desktop_app.core.ports import Journal
from desktop_app.core.record.chronicle import Record, chronicle_of
from desktop_app.core.record.stored import hash_of, is_whole
from desktop_app.core.record.wanted import Found, read_wanted
from desktop_app.store.backup import snapshot_of
from desktop_app.store.finding import PAGE
from desktop_app.store.folder import Folder, open_folder
from tests.fakes import InMemoryJournal
from tests.store.examples import (
    NINE,
    VANCOMYCIN,
    ended,
    open_here,
    prepared,
    put,
    raw_database,
    seated,
    signed,
    started,
)

DAY_US = 24 * HOUR_US


class Both(Journal, Record):
    """A journal that can be looked back at."""


@pytest.fixture(params=["memory", "disk"])
def journal(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Both]:
    if request.param == "memory":
        yield InMemoryJournal()  # type: ignore[misc]  # it is both
        return
    folder = open_here(tmp_path / "data")
    yield folder.journal  # type: ignore[misc]  # it is both
    folder.close()


def look(record: Record, text: str, most: int = 50) -> Found:
    steps = record.looking(read_wanted(text), most)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            found: Found = end.value
            return found


def names(record: Record, text: str) -> list[str]:
    return [one.session for one in look(record, text).listed]


def visit(journal: Journal, name: str, *events: e.Event, day: int = 0, mrn: str = "0004821") -> None:
    first = replace(seated(chair="4", at_us=NINE + day * DAY_US), mrn=mrn)
    for event in (first, *events):
        put(journal, e.session_stream(name), event)


def clinic(journal: Journal) -> None:
    """Three days: a corrected one that was sent, one with another drug and no stop seen, one undone."""
    corrected = e.MomentCorrected(
        at_us=NINE, service="1", what="start", from_us=NINE, to_us=NINE - 1, to_how=HowKnown.PUMP, reason="x"
    )
    iron = replace(VANCOMYCIN, drug="iron sucrose")
    unseen = e.StopNotWitnessed(at_us=NINE, service="1", reason="nobody was there")
    visit(journal, "a", started(), corrected, ended(), signed("a.1.1"))
    visit(journal, "b", e.ServiceStarted(at_us=NINE, service="1", order=iron), unseen, day=1, mrn="0009940")
    visit(journal, "c", day=2, mrn="0007777")
    put(journal, "session/c", e.TouchUndone(at_us=NINE, touch="session/c 0"))
    put(journal, e.EXPORT_STREAM, replace(prepared("batch-17", "a.1.1"), sessions=("a",)))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ["c", "b", "a"]),
        ("vanc", ["a"]),
        ("iron", ["b"]),
        ("9940", ["b"]),
        ("r.m.", ["c", "b", "a"]),
        ("by:rn", ["c", "b", "a"]),
        ("96365", ["a"]),
        ("batch-17", ["a"]),
        ("chair 4", ["c", "b", "a"]),
        ("chair 5", []),
        ("corrected", ["a"]),
        ("not witnessed", ["b"]),
        ("taken back", ["c"]),
        ("2026-03-03", ["b"]),
        ("2026-03-02..2026-03-03", ["b", "a"]),
        ("2026-03 corrected vanc rn", ["a"]),
        ("corrected iron", []),
        ("%", []),
        ("'", []),
        ("...", []),
    ],
)
def test_several_words_narrow_what_is_found_newest_first(journal: Both, text: str, found: list[str]) -> None:
    clinic(journal)
    assert names(journal, text) == found


def test_of_many_the_newest_are_listed_and_all_are_counted(journal: Both) -> None:
    clinic(journal)
    found = look(journal, "r.m.", most=2)
    assert ([one.session for one in found.listed], found.count) == (["c", "b"], 3)
    assert (found.listed[1].mrn, found.listed[1].day) == ("0009940", "2026-03-03")


def test_whoever_was_seated_under_a_wrong_mrn_is_found_by_it(journal: Both) -> None:
    visit(journal, "a", e.PatientIdentified(at_us=NINE, mrn="0001111", initials="XY", reason="wristband"))
    assert names(journal, "0004821") == names(journal, "0001111") == names(journal, "xy") == ["a"]


def test_what_is_recorded_after_a_search_is_found_by_the_next(journal: Both) -> None:
    clinic(journal)
    assert names(journal, "held") == []
    put(journal, "session/a", e.SessionHeld(at_us=NINE, reason="wait"))
    assert names(journal, "held") == ["a"]


def test_stored_events_carry_what_their_hash_covers(journal: Both) -> None:
    clinic(journal)
    (first, second, *_) = journal.stored("session/a")
    assert is_whole(first)
    assert is_whole(second)
    assert second.previous_hash == first.hash == hash_of(first.previous_hash, first.row)
    assert not is_whole(replace(second, actor="someone else"))
    assert journal.stored("session/nobody") == ()
    assert [one.kind for one in journal.naming(e.EXPORT_STREAM, '"a"')] == ["batch-prepared"]


def test_the_history_of_a_session_is_the_same_in_memory_and_on_disk(journal: Both) -> None:
    clinic(journal)
    told = chronicle_of(journal, "a").told
    assert [one.stored.kind for one in told][-2:] == ["session-signed", "batch-prepared"]
    assert all(one.is_whole for one in told)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Folder]:
    opened = open_here(tmp_path / "data")
    yield opened
    opened.close()


def rows(folder: Folder, table: str) -> int:
    database = raw_database(folder.path)
    (count,) = database.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608 - a name of ours
    database.close()
    return int(count)


def test_no_touch_writes_the_words_sessions_are_found_by(folder: Folder) -> None:
    clinic(folder.journal)
    assert rows(folder, "found_in") == rows(folder, "found_until") == 0
    look(folder.journal, "")
    assert rows(folder, "found_in") > 0
    assert rows(folder, "found_until") == 1


def test_the_words_are_taken_a_page_at_a_step(folder: Folder) -> None:
    for number in range(3):
        marks = [e.NoteAdded(at_us=NINE, text=f"note {number}.{at}") for at in range(PAGE - 1)]
        put(folder.journal, f"session/{number}", seated(), *marks)
    steps = folder.journal.looking(read_wanted("note"), 50)
    assert [(step.events, step.of) for step in steps] == [(n * PAGE, 3 * PAGE) for n in (1, 2, 3)]
    assert list(folder.journal.looking(read_wanted("note"), 50)) == []


def test_a_search_that_is_given_up_keeps_what_it_has_read(folder: Folder) -> None:
    for number in range(3):
        put(folder.journal, f"session/{number}", seated(), *[started(str(n)) for n in range(PAGE - 1)])
    steps = folder.journal.looking(read_wanted("vanc"), 50)
    next(steps)
    steps.close()
    assert [step.of for step in folder.journal.looking(read_wanted("vanc"), 50)][-1] == 2 * PAGE
    assert names(folder.journal, "vanc") == ["2", "1", "0"]


def test_a_folder_that_is_only_read_finds_the_same_and_is_not_changed(folder: Folder) -> None:
    clinic(folder.journal)
    look(folder.journal, "")
    put(folder.journal, "session/b", e.SessionHeld(at_us=NINE, reason="wait"))
    before = rows(folder, "found_in")
    reading = open_folder(folder.path, read_only=True)
    assert names(reading.journal, "held") == ["b"]
    put(folder.journal, "session/a", e.SessionHeld(at_us=NINE, reason="wait"))
    assert names(reading.journal, "held") == ["b", "a"]
    assert names(reading.journal, "held 9940") == ["b"]
    reading.close()
    assert rows(folder, "found_in") == before


def test_the_words_are_compared_with_what_the_events_make(folder: Folder) -> None:
    clinic(folder.journal)
    look(folder.journal, "")
    assert folder.journal.false_list() == ""
    database = raw_database(folder.path)
    database.execute("UPDATE found_word SET word = 'iron lung' WHERE word = 'iron sucrose'")
    database.close()
    assert "iron lung" in folder.journal.false_list()
    folder.journal.rebuild()
    assert folder.journal.false_list() == ""
    assert names(folder.journal, "iron") == ["b"]


def test_days_are_those_of_the_seating(folder: Folder) -> None:
    clinic(folder.journal)
    listed = look(folder.journal, "2026-03-04").listed
    assert [date.fromisoformat(one.day) for one in listed] == [date(2026, 3, 4)]


def test_a_search_alone_is_nothing_a_backup_is_made_for(folder: Folder) -> None:
    clinic(folder.journal)
    database = raw_database(folder.path)
    before = snapshot_of(database)
    look(folder.journal, "vanc")
    assert snapshot_of(database) == before
    database.close()
