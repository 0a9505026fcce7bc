"""Who sees whole MRNs by a command is told to the journal; where that cannot be, the command says so."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import pytest

from desktop_app.app import open_parts
from desktop_app.commands import looks as looks_of_commands
from desktop_app.core import events as e
from desktop_app.core.ports import Write
from desktop_app.store.exclusive import FolderLock
from desktop_app.store.folder import LOCK_NAME
from desktop_app.store.places import default_place
from tests.commands.program import content
from tests.commands.staff import PASSPHRASES, play, run, told, unlock
from tests.commands.touches import SEAT, START
from tests.store.examples import NINE, stamp


@pytest.fixture
def data(staffed: Path) -> Path:
    """Return a folder with people and a session."""
    assert play(staffed, "BN", {**SEAT, "session": "visit"}, START).status == 0
    return staffed


def looks(data: Path) -> list[tuple[str, str, str]]:
    """Return who looked at what, and where."""
    views = [one.event for one in told(data) if isinstance(one.event, e.RecordViewed)]
    return [(view.person, view.session, view.where) for view in views]


@pytest.mark.parametrize(
    ("words", "look"),
    [
        (("history", "visit"), ("CB", "visit", "history")),
        (("history", "--mrn", SEAT["mrn"], "--json"), ("CB", "visit", "history")),
        (("history", "--find", "x"), ("CB", "", "history --find")),
        (("sessions",), ("CB", "", "sessions")),
        (("log", "--json"), ("CB", "", "log")),
        (("day", "2026-03-02"), ("CB", "", "day 2026-03-02")),
        (("downtime", "--from", "2026-03-02T08:00"), ("CB", "", "downtime")),
    ],
)
def test_a_look_by_a_command_is_an_event_and_so_is_who_signed_in(
    data: Path, words: tuple[str, ...], look: tuple[str, str, str]
) -> None:
    before = len(told(data))
    done = run(data, "CB", *words)
    assert (done.status, done.err) == (0, "")
    assert looks(data) == [look]
    assert [(one.event.KIND, one.stamp.actor) for one in told(data)[before:]] == [
        ("signed-in", "CB"),
        ("record-viewed", "CB"),
    ]


def test_what_names_no_patient_is_no_look(data: Path) -> None:
    before = content(data)
    assert run(data, "AK", "log").status == 0
    assert run(data, "AK", "downtime", "--list").status == 0
    assert content(data) == before


def test_what_cannot_be_given_is_no_look(data: Path) -> None:
    before = content(data)
    done = run(data, "CB", "history", "visit", "--to", data.parent / "x.txt")
    assert (done.status, done.sentence) == (2, f"{data.parent / 'x.txt'} should end in .pdf or .json.")
    assert content(data) == before


def test_beside_a_window_the_look_is_not_recorded_and_the_command_says_so(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looks_of_commands, "BETWEEN_S", 0)
    with open_parts(data, rules_later=True, unlock=unlock):
        done = run(data, "CB", "history", "visit")
        assert (done.status, looks(data)) == (0, [])
    assert done.sentence == (
        f"This look is not recorded: Another Chairtime already works in the data folder {data}."
    )
    assert "R.M." in done.out


def test_a_command_that_tells_its_own_look_meanwhile_is_waited_for(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = FolderLock(data / LOCK_NAME)
    monkeypatch.setattr(time, "sleep", lambda _seconds: lock.release())
    assert (run(data, "CB", "sessions").err, looks(data)) == ("", [("CB", "", "sessions")])


def test_a_backup_is_only_read_and_nothing_in_it_changes(data: Path) -> None:
    assert run(data, "AK", "backup").status == 0
    (kept,) = default_place(data).glob("journal-*/0*")
    backup = Path(shutil.copytree(kept, data.parent / "copy"))
    done = run(backup, "CB", "sessions")
    assert done.sentence == "This look is not recorded: a backup is only read."
    (data.parent / "AK").write_text("none of their sentences\n", encoding="utf-8")
    assert run(backup, "AK", "log").status == 2
    assert {**content(backup), "x": b""}.keys() - {"chairtime.db-shm", "chairtime.db-wal"} == {
        *content(kept),
        "x",
    }


def test_a_file_that_says_backup_in_a_folder_somebody_worked_in_hides_no_look_and_no_try(data: Path) -> None:
    (data / "manifest.json").write_text("", encoding="utf-8")
    assert run(data, "CB", "sessions").err == ""
    assert looks(data) == [("CB", "", "sessions")]
    (data.parent / "BN").write_text("none of their sentences\n", encoding="utf-8")
    assert run(data, "BN", "verify").status == 2
    assert (data / "tries.txt").exists()
    assert run(data, "AK", "verify").out.startswith("The journal is whole")


def test_a_backup_with_a_damaged_manifest_is_only_read_too(data: Path) -> None:
    assert run(data, "AK", "backup").status == 0
    (kept,) = default_place(data).glob("journal-*/0*")
    (kept / "manifest.json").write_text("", encoding="utf-8")
    backup = Path(shutil.copytree(kept, data.parent / "copy"))
    assert run(backup, "CB", "sessions").sentence == "This look is not recorded: a backup is only read."
    assert (backup / "chairtime.db").read_bytes() == (kept / "chairtime.db").read_bytes()
    assert not (backup / "chairtime.lock").exists()


def test_in_a_folder_that_is_read_only_the_command_says_so(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda *_, **__: False)
    done = run(data, "CB", "sessions")
    assert done.sentence.startswith(f"This look is not recorded: The data folder {data} is read-only.")
    assert "R.M." in done.out


def test_failed_tries_are_told_before_the_look(data: Path) -> None:
    (data.parent / "BN").write_text("none of their sentences\n", encoding="utf-8")
    assert run(data, "BN", "sessions").status == 2
    (data.parent / "BN").write_text(PASSPHRASES["BN"], encoding="utf-8")
    before = len(told(data))
    assert run(data, "BN", "sessions").status == 0
    assert [one.event.KIND for one in told(data)[before:]] == ["sign-in-failed", "signed-in", "record-viewed"]


@pytest.mark.parametrize(
    "words", [("sessions",), ("settings", "suite-name", "Here")], ids=lambda words: words[0]
)
def test_a_command_that_takes_up_the_emergency_file_says_so(data: Path, words: tuple[str, ...]) -> None:
    with open_parts(data, rules_later=True, unlock=unlock) as parts:
        parts.folder.may_renew = False
        mark = e.MarkMade(at_us=NINE, mark="m1")
        write = Write(e.SUITE_STREAM, len(parts.folder.journal.load(e.SUITE_STREAM)), (mark,))
        assert parts.emergency.keep("touch", [write], stamp("touch"))
    done = run(data, "AK" if words[0] == "settings" else "CB", *words)
    assert (done.status, done.sentence[:43]) == (0, "1 touch that waited is saved now: mark made")
    assert "touches-taken-up" in [one.event.KIND for one in told(data)]


def test_a_new_data_key_that_is_due_waits_for_who_does_not_read_beside_it(data: Path) -> None:
    with open_parts(data, rules_later=True, unlock=unlock) as parts:
        parts.folder.sign_in.renew_data_key()
        parts.folder.may_renew = False
    salt = (data / "chairtime.db").read_bytes()[:16]
    assert (run(data, "CB", "sessions").err, looks(data)) == ("", [("CB", "", "sessions")])
    assert (data / "chairtime.db").read_bytes()[:16] == salt
    assert run(data, "AK", "settings", "suite-name", "Here").status == 0
    assert (data / "chairtime.db").read_bytes()[:16] != salt
