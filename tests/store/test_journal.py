"""What the journal on disk does beyond the contract: it refuses change and survives a full disk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.core import events as e
from desktop_app.core.ports import JournalError, NotSaved, Write
from desktop_app.store.database import SqlError
from desktop_app.store.folder import Folder
from desktop_app.store.journal import SqlJournal
from tests.fakes import InMemoryJournal
from tests.store.examples import made_folder, open_here, put, raw_database, seated, session, stamp, started


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Folder]:
    opened = open_here(tmp_path / "data")
    yield opened
    opened.close()


@pytest.fixture
def journal(folder: Folder) -> SqlJournal:
    return folder.journal


def test_events_are_there_after_closing_and_opening_again(tmp_path: Path) -> None:
    first = open_here(tmp_path)
    session(first.journal, "a", started())
    kept, head = first.journal.load("session/a"), first.journal.head()
    first.close()
    second = open_here(tmp_path)
    assert second.journal.load("session/a") == kept
    assert second.journal.head() == head
    second.close()


def test_the_chain_goes_on_where_it_stood(tmp_path: Path) -> None:
    made_folder(tmp_path, events=3)
    folder = open_here(tmp_path)
    (stored,) = put(folder.journal, "suite", e.MarkMade(at_us=1, mark="m"))
    assert stored.origin_seq == 4
    folder.close()


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE event SET actor = 'someone else'", "an event is never changed"),
        ("DELETE FROM event", "an event is never removed"),
    ],
)
def test_the_database_itself_refuses_to_change_an_event(tmp_path: Path, statement: str, words: str) -> None:
    database = raw_database(made_folder(tmp_path))
    with pytest.raises(SqlError, match=words):
        database.execute(statement)
    database.close()


def test_an_event_cannot_be_replaced_by_way_of_a_conflict(tmp_path: Path) -> None:
    database = raw_database(made_folder(tmp_path))
    names = [row[1] for row in database.execute("PRAGMA table_info(event)")]
    columns = ", ".join(names)
    with pytest.raises(SqlError, match="an event is never removed"):
        database.execute(f"INSERT OR REPLACE INTO event ({columns}) SELECT {columns} FROM event LIMIT 1")  # noqa: S608
    database.close()


def limit_pages(database_owner: Folder, *, more: int) -> None:
    """Let the database grow by so many pages and no further, as a disk with little room does."""
    run = database_owner.journal._run  # noqa: SLF001 - the disk of the machine cannot be filled
    (pages,) = run("PRAGMA page_count").fetchone()
    run(f"PRAGMA max_page_count = {pages + more}")


def fill(journal: SqlJournal) -> NotSaved:
    """Append until the disk takes no more, and return what is said then."""
    for n in range(1, 500):
        try:
            journal.append([Write("session/a", n, (started(str(n)),))], stamp())
        except NotSaved as error:
            return error
    pytest.fail("the disk never filled up")


def test_a_full_disk_loses_nothing_and_the_same_touch_is_taken_once_there_is_room(folder: Folder) -> None:
    journal = folder.journal
    put(journal, "session/a", seated())
    limit_pages(folder, more=2)
    error = fill(journal)
    kept, head = journal.load("session/a"), journal.head()
    assert str(error) == "The database took nothing: the disk is full."

    touch = [Write("session/a", len(kept), (started("again"), started("and again")))]
    with pytest.raises(NotSaved):
        journal.append(touch, stamp())
    assert (journal.load("session/a"), journal.head()) == (kept, head)

    limit_pages(folder, more=1000)
    stored = journal.append(touch, stamp())
    assert journal.load("session/a") == kept + stored
    assert stored[0].previous_hash == head


def test_a_touch_while_another_connection_writes_is_refused_and_can_be_repeated(
    tmp_path: Path, folder: Folder
) -> None:
    folder.journal._run("PRAGMA busy_timeout = 10")  # noqa: SLF001 - two seconds are long in a test
    other = raw_database(tmp_path / "data")
    other.execute("BEGIN IMMEDIATE")
    touch = [Write("session/a", 0, (seated(),))]
    with pytest.raises(NotSaved, match="another program holds it"):
        folder.journal.append(touch, stamp())
    other.execute("ROLLBACK")
    other.close()
    assert len(folder.journal.append(touch, stamp())) == 1


@pytest.mark.parametrize(
    "event",
    [e.MarkMade(at_us=2**70, mark="m"), e.MarkMade(at_us=1, mark="\ud800")],
    ids=["a number too large", "half a character"],
)
def test_what_no_database_can_hold_is_refused_with_a_sentence(journal: SqlJournal, event: e.Event) -> None:
    half_a_character = "suite\ud800" if event.at_us == 1 else "suite"
    with pytest.raises(JournalError, match="none that can be stored"):
        journal.append([Write(half_a_character, 0, (event,))], stamp())
    assert list(journal.since(0)) == []


def test_an_event_out_of_place_takes_nothing_with_it(journal: SqlJournal) -> None:
    with pytest.raises(ValueError, match="comes before the patient was seated"):
        put(journal, "session/a", e.SessionEnded(at_us=1))
    assert list(journal.since(0)) == []


def test_both_journals_make_the_same_chain_of_the_same_touches(journal: SqlJournal) -> None:
    memory = InMemoryJournal(origin=journal.origin)
    journal._names = type(memory._names)("event")  # noqa: SLF001 - the names are part of the hash
    for each in (journal, memory):
        session(each, "a", started())
    assert journal.head() == memory.head()


def test_an_old_session_is_read_by_its_index_and_not_by_searching(folder: Folder) -> None:
    asked: list[str] = []
    connection = folder.journal._connection  # noqa: SLF001 - to see the questions it asks
    connection.set_trace_callback(asked.append)
    session(folder.journal, "a", started(), e.SessionEnded(at_us=1))
    folder.journal.open_sessions()
    connection.set_trace_callback(None)
    plans = [
        plan for question in asked if question.startswith("SELECT") for plan in plan_of(folder, question)
    ]
    assert plans
    assert [plan for plan in plans if plan.startswith("SCAN") and "session_open" not in plan] == []


def plan_of(folder: Folder, question: str) -> list[str]:
    run = folder.journal._run  # noqa: SLF001 - as above
    return [row[3] for row in run(f"EXPLAIN QUERY PLAN {question}").fetchall()]
