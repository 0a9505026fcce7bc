"""Where the journal stands is signed, by keys that each sign once."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from desktop_app.store.chain import link
from desktop_app.store.folder import Folder
from desktop_app.store.signed_head import (
    SignedHead,
    as_plain,
    fingerprint,
    is_signed,
    new_key,
    read_plain,
    sign,
)
from desktop_app.store.verify import verify
from desktop_app.store.verify_heads import fault_of_noted, first_bad_head
from tests.store.examples import ended, made_folder, open_here, put, raw_database, session, signed, started

_GUARDS = ("event_is_never_changed", "event_is_never_removed", "signed_head_is_never_changed")


def heads(folder: Folder) -> list[int]:
    return [head.seq for head in folder.heads.all()]


def test_a_head_is_signed_when_a_hundred_events_came(tmp_path: Path) -> None:
    folder = open_here(made_folder(tmp_path))
    first = heads(folder)
    for number in range(2, 102):
        put(folder.journal, "session/a", started(f"more {number}"))
        folder.heads.sign_due()
    assert (first, heads(folder)) == ([3], [3, 103])
    folder.close()


def test_a_head_is_signed_once_a_session_is_and_again_at_quit(tmp_path: Path) -> None:
    folder = open_here(tmp_path)
    session(folder.journal, "a", started(), ended(), signed("a.1"))
    folder.heads.sign_due()
    folder.heads.sign_due()
    assert heads(folder) == [4]
    session(folder.journal, "b")
    folder.heads.sign_due()
    folder.close()
    folder = open_here(tmp_path)
    assert heads(folder) == [4, 5]
    folder.close()
    folder = open_here(tmp_path)
    assert heads(folder) == [4, 5]
    assert first_bad_head(folder) == ""
    folder.close()


def test_no_start_and_no_touch_loads_what_signs(tmp_path: Path) -> None:
    made_folder(tmp_path)
    program = (
        "import sys; from pathlib import Path; from tests.store.examples import open_here, put, started;"
        "folder = open_here(Path(sys.argv[1])); put(folder.journal, 'session/a', started('9'));"
        "print('cryptography' in sys.modules); folder.close(); print('cryptography' in sys.modules)"
    )
    done = subprocess.run(  # noqa: S603 - this Python
        [sys.executable, "-c", program, tmp_path], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["False", "True"]


def test_a_key_signs_once_and_the_next_one_is_named_by_it(tmp_path: Path) -> None:
    folder = open_here(made_folder(tmp_path))
    kept = raw_database(tmp_path).execute("SELECT private FROM signing_key").fetchone()[0]
    put(folder.journal, "session/a", started("9"))
    folder.heads.sign()
    first, second = folder.heads.all()
    assert first.next == second.public != first.public
    assert folder.heads.first_key() == first.public
    assert raw_database(tmp_path).execute("SELECT private FROM signing_key").fetchall() != [(kept,)]
    folder.close()


def rewritten(path: Path, number: int) -> Folder:
    """Rewrite an event and all that follow, as who holds the data key can, and open the folder.

    The guards are made again afterwards, so that nothing but a signed head can tell.
    """
    folder = open_here(path)
    database = raw_database(path)
    guards = database.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for guard in _GUARDS:
        database.execute(f"DROP TRIGGER {guard}")
    rows = list(folder.journal.rows(number - 1))
    previous = rows[0].previous_hash
    for row in rows:
        anew = row._replace(actor="X.X.", previous_hash=previous)
        previous = link(previous, anew[:-2])
        values = (anew.actor, anew.previous_hash, previous, row.origin_seq)
        database.execute(
            "UPDATE event SET actor = ?, previous_hash = ?, hash = ? WHERE origin_seq = ?", values
        )
    for (statement,) in guards:
        if any(guard in statement for guard in _GUARDS):
            database.execute(statement)
    database.close()
    return folder


def test_a_chain_that_was_hashed_anew_from_somewhere_on_does_not_fit_its_signed_heads(tmp_path: Path) -> None:
    folder = rewritten(made_folder(tmp_path, events=12), 7)
    assert verify(folder.journal) is None
    assert folder.journal.misshape() == ""
    assert first_bad_head(folder) == (
        "the signed head of event 12 is of another event than the one that stands there"
    )
    folder.close()


def sign_anew(path: Path, folder: Folder, private: bytes) -> None:
    """Put a signature of another key under the head that is there, and keep one that follows on it."""
    (head,) = folder.heads.all()
    following, following_public = new_key()
    row = next(folder.journal.rows(head.seq - 1))
    false = sign(private, origin=head.origin, seq=head.seq, link=row.hash, following=following_public)
    database = raw_database(path)
    database.execute("DROP TRIGGER signed_head_is_never_changed")
    database.execute(
        "UPDATE signed_head SET hash = ?, public = ?, next = ?, signature = ?",
        (false.hash, false.public, false.next, false.signature),
    )
    database.execute("UPDATE signing_key SET private = ?", (following,))
    database.close()


def test_a_chain_signed_anew_by_who_holds_the_data_key_has_another_fingerprint(tmp_path: Path) -> None:
    made_folder(tmp_path, events=12)
    before = open_here(tmp_path)
    first, noted = before.heads.first_key(), before.heads.last()
    before.close()
    folder = rewritten(tmp_path, 7)
    # The key at hand is the one that signs next: those that signed before are gone.
    (private,) = raw_database(tmp_path).execute("SELECT private FROM signing_key").fetchone()
    sign_anew(tmp_path, folder, private)
    assert first_bad_head(folder) == ""
    second = folder.heads.first_key()
    assert first
    assert noted
    assert second
    assert fingerprint(first) != fingerprint(second)
    assert "was signed with a key of another journal" in fault_of_noted(folder, noted)
    folder.close()


@pytest.mark.parametrize("key", ["whole", "odd", "gone"])
def test_heads_that_were_taken_off_the_end_are_missed_by_the_key_that_is_left(
    tmp_path: Path, key: str
) -> None:
    folder = open_here(made_folder(tmp_path))
    put(folder.journal, "session/a", started("9"))
    folder.heads.sign()
    assert first_bad_head(folder) == ""
    database = raw_database(tmp_path)
    database.execute("DROP TRIGGER signed_head_is_never_removed")
    database.execute("DELETE FROM signed_head WHERE place & 0xFF = 4")
    if key == "odd":
        database.execute("UPDATE signing_key SET private = x'00'")
    if key == "gone":
        database.execute("DELETE FROM signing_key")
    database.close()
    assert first_bad_head(folder) == (
        "the key that signs next is not the one that the signed head of event 3 names"
    )
    folder.close()


def test_a_head_of_a_key_that_nothing_names_is_noticed(tmp_path: Path) -> None:
    folder = open_here(made_folder(tmp_path))
    raw_database(tmp_path).execute("UPDATE signing_key SET private = ?", (new_key()[0],))
    put(folder.journal, "session/a", started("9"))
    folder.heads.sign()
    assert first_bad_head(folder) == (
        "the signed head of event 4 is signed with a key that the head before it does not name"
    )
    folder.close()


@pytest.mark.parametrize("part", ["origin", "seq", "hash", "public", "next", "signature"])
def test_a_signature_covers_all_that_a_head_says(tmp_path: Path, part: str) -> None:
    folder = open_here(made_folder(tmp_path))
    (head,) = folder.heads.all()
    folder.close()
    assert is_signed(head)
    was = getattr(head, part)
    other: Any = "x" if part == "origin" else 2 if part == "seq" else bytes([was[0] ^ 1, *was[1:]])
    assert not is_signed(replace(head, **{part: other}))


def test_a_noted_head_says_whether_the_journal_still_holds_it(tmp_path: Path) -> None:
    folder = open_here(made_folder(tmp_path, events=12))
    noted = read_plain(as_plain(only(folder)))
    assert noted is not None
    assert fault_of_noted(folder, noted) == ""
    forged = replace(noted, hash=bytes(32))
    assert "signature that does not hold" in fault_of_noted(folder, forged)
    folder.close()
    folder = rewritten(tmp_path, 7)
    assert fault_of_noted(folder, noted) == "event 12 is not the one that was noted"
    folder.close()


def only(folder: Folder) -> SignedHead:
    (head,) = folder.heads.all()
    return head


@pytest.mark.parametrize("raw", [None, [], {}, {"origin": "x"}, {"origin": "x", "event": "1"}])
def test_what_is_no_head_is_read_as_none(raw: object) -> None:
    assert read_plain(raw) is None


def test_a_journal_without_events_has_no_head(tmp_path: Path) -> None:
    folder = open_here(tmp_path)
    assert folder.heads.sign() is None
    assert folder.heads.first_key() is None
    folder.close()


def test_what_the_disk_does_not_take_is_signed_with_the_next_touch(tmp_path: Path) -> None:
    folder = open_here(tmp_path)
    folder.journal._run("PRAGMA busy_timeout = 1")  # noqa: SLF001 - two seconds are long in a test
    session(folder.journal, "a", started(), ended(), signed("a.1"))
    holder = raw_database(tmp_path)
    holder.execute("BEGIN IMMEDIATE")
    folder.heads.sign_due()
    holder.close()
    folder.heads.sign_due()
    assert heads(folder) == []
    session(folder.journal, "b")
    folder.heads.sign_due()
    assert heads(folder) == [5]
    folder.close()
