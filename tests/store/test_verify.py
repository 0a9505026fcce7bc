"""Whatever is changed behind the program's back, verify names the first event that does not hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.store.chain import link
from desktop_app.store.faults import DatabaseDamaged
from desktop_app.store.folder import Folder
from desktop_app.store.keys import Head
from desktop_app.store.opening import open_folder
from desktop_app.store.verify import verify
from tests.store.examples import (
    abandon,
    ended,
    made_folder,
    open_here,
    prepared,
    put,
    raw_database,
    sent,
    session,
    signed,
    started,
)


def tamper(path: Path, *statements: str) -> None:
    """Change the database as somebody with the key and time could: drop the guards, then change."""
    database = raw_database(path)
    database.execute("DROP TRIGGER event_is_never_changed")
    database.execute("DROP TRIGGER event_is_never_removed")
    for statement in statements:
        database.execute(statement)
    database.close()


def grown(path: Path, events: int = 12) -> Folder:
    """Open a folder of so many events, with the guards dropped."""
    tamper(made_folder(path, events))
    return open_here(path)


def test_an_untouched_journal_is_whole(tmp_path: Path) -> None:
    folder = open_here(made_folder(tmp_path, events=12))
    assert verify(folder.journal, folder.known_head) is None
    folder.close()


def test_a_new_journal_is_whole(tmp_path: Path) -> None:
    folder = open_here(tmp_path)
    assert verify(folder.journal, folder.known_head) is None
    folder.close()


@pytest.mark.parametrize(
    ("change", "number", "why"),
    [
        ("UPDATE event SET actor = 'X.X.' WHERE origin_seq = 7", 7, "is not what was stored"),
        (
            "UPDATE event SET effective_us = effective_us - 60000000 WHERE origin_seq = 7",
            7,
            "is not what was stored",
        ),
        ("UPDATE event SET counting_us = 0 WHERE origin_seq = 7", 7, "is not what was stored"),
        (
            "UPDATE event SET body = replace(body, 'vanco', 'vamco') WHERE origin_seq = 8",
            8,
            "is not what was stored",
        ),
        ("UPDATE event SET stream = 'session/b' WHERE origin_seq = 12", 12, "is not what was stored"),
        ("UPDATE event SET hash = zeroblob(32) WHERE origin_seq = 3", 3, "is not what was stored"),
        ("DELETE FROM event WHERE origin_seq = 7", 7, "is missing"),
        ("DELETE FROM event WHERE origin_seq = 1", 1, "is missing"),
    ],
)
def test_a_changed_or_removed_event_is_named(tmp_path: Path, change: str, number: int, why: str) -> None:
    folder = grown(tmp_path)
    folder.journal._run(change)  # noqa: SLF001 - the fault is planted while the program runs
    bad = verify(folder.journal)
    assert bad is not None
    assert (bad.origin_seq, bad.why) == (number, why)
    assert bad.sentence.startswith(f"event {number} ")
    abandon(folder)


def hash_anew(folder: Folder, number: int) -> None:
    """Change who acted, and give the event the hash that fits the change."""
    row = next(folder.journal.rows(number - 1))._replace(actor="X.X.")
    anew = link(row.previous_hash, row[:-2])
    values = (row.actor, anew, number)
    run = folder.journal._run  # noqa: SLF001 - the fault is planted while the program runs
    run("UPDATE event SET actor = ?, hash = ? WHERE origin_seq = ?", values)


def test_an_event_that_was_hashed_anew_does_not_fit_the_next_one(tmp_path: Path) -> None:
    folder = grown(tmp_path)
    hash_anew(folder, 7)
    bad = verify(folder.journal)
    assert bad is not None
    assert (bad.origin_seq, bad.why) == (8, "does not follow the event before it")
    abandon(folder)


def test_a_last_event_that_was_hashed_anew_does_not_fit_the_head_that_was_kept(tmp_path: Path) -> None:
    folder = grown(tmp_path)
    hash_anew(folder, 12)
    assert verify(folder.journal) is None
    bad = verify(folder.journal, folder.known_head)
    assert bad is not None
    assert (bad.origin_seq, bad.why) == (12, "is not the event that was last written")
    abandon(folder)


def test_a_cut_off_end_is_noticed_by_the_head_that_was_kept(tmp_path: Path) -> None:
    tamper(made_folder(tmp_path, events=12), "DELETE FROM event WHERE origin_seq > 9")
    with pytest.raises(DatabaseDamaged, match=r"event 12 was written and is gone; this may be an older copy"):
        open_here(tmp_path)


def test_a_fault_near_the_end_is_noticed_at_the_start(tmp_path: Path) -> None:
    tamper(made_folder(tmp_path), "UPDATE event SET actor = 'X.X.' WHERE origin_seq = 2")
    with pytest.raises(DatabaseDamaged, match=r"is damaged: event 2 \(.*\) is not what was stored"):
        open_here(tmp_path)


def test_a_head_of_an_epoch_that_is_gone_is_missed(tmp_path: Path) -> None:
    folder = open_here(made_folder(tmp_path))
    bad = verify(folder.journal, Head("another epoch", 5, ""))
    assert bad is not None
    assert bad.why.startswith("was written and is gone")
    folder.close()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("UPDATE session SET settled = 1", "the list session is not what the events make of it, first at a"),
        ("DELETE FROM session", "the list session is not what the events make of it, first at a"),
        ("UPDATE signed_line SET batch = 'x'", "the list signed_line is not what the events make of it"),
        ("INSERT INTO batch VALUES ('b', 'sent', 'out', 1)", "the list batch is not what the events make"),
    ],
)
def test_a_list_that_does_not_follow_from_the_events_is_named(tmp_path: Path, change: str, said: str) -> None:
    folder = open_here(tmp_path)
    session(folder.journal, "a", started(), ended(), signed("a.1"))
    folder.close()
    database = raw_database(tmp_path)
    database.execute(change)
    database.close()
    reader = open_folder(tmp_path, read_only=True)
    assert said in reader.journal.false_list()
    reader.close()


def test_true_lists_are_found_true_beside_a_program_that_works(tmp_path: Path) -> None:
    folder = open_here(tmp_path)
    session(folder.journal, "a", started(), ended(), signed("a.1"))
    put(folder.journal, "exports", prepared("b", "a.1"), sent("b"))
    reader = open_folder(tmp_path, read_only=True)
    assert reader.journal.false_list() == ""
    session(folder.journal, "b")
    assert reader.journal.false_list() == ""
    reader.close()
    folder.close()
