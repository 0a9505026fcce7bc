"""A name typed in other letters is the one that is kept: no passphrase opens nothing at the lock."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from desktop_app.app import Parts, open_parts
from desktop_app.core.access import Role
from tests.commands.staff import CHEAP, PASSPHRASES, run, unlock
from tests.commands.test_people import chairtime
from tests.core.staffed import name_person

NEW = "a sentence of today"
Given = Callable[..., str]


@contextmanager
def opened(data: Path) -> Iterator[Parts]:
    """Open the folder as AK and leave its key as it is."""
    with open_parts(data, rules_later=True, unlock=unlock) as parts:
        parts.folder.may_renew = False
        yield parts


@pytest.fixture
def given(staffed: Path) -> Given:
    """Runs a command as AK that asks for a new passphrase; returns what it printed."""
    (staffed.parent / "new").write_text(NEW, encoding="utf-8")

    def run_here(*words: str) -> str:
        done = run(staffed, "AK", *words, "--new-passphrase-file", staffed.parent / "new")
        assert (done.status, done.err) == (0, "")
        return done.out

    return run_here


def test_the_first_passphrase_is_the_persons_who_was_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop_app.store.slots.COST", CHEAP)
    data, file = tmp_path / "data", tmp_path / "new"
    file.write_text(PASSPHRASES["AK"], encoding="utf-8")
    with open_parts(data, rules_later=True) as parts:
        name_person(parts.desk, "AK", Role.ADMINISTRATOR)
    done = chairtime(
        *("keys", "protect", "ak", "--as", "AK", "--data-dir", data), "--new-passphrase-file", file
    )
    assert (done.status, done.err) == (0, "")
    assert "AK opens it" in done.out
    with opened(data) as parts:
        assert parts.folder.sign_in.names() == ("AK",)
        assert parts.folder.sign_in.check("AK", PASSPHRASES["AK"])


def test_one_more_passphrase_is_the_persons_who_was_named(staffed: Path, given: Given) -> None:
    with opened(staffed) as parts:
        name_person(parts.desk, "DE", Role.NURSE)
    assert given("keys", "add", "de") == "DE can open the folder.\n"
    with opened(staffed) as parts:
        assert parts.folder.sign_in.check("DE", NEW)


def test_a_passphrase_is_changed_and_taken_away_however_its_name_is_typed(
    staffed: Path, given: Given
) -> None:
    assert given("keys", "change", "bn") == "BN has a new passphrase.\n"
    with opened(staffed) as parts:
        assert parts.folder.sign_in.check("BN", NEW)
    assert run(staffed, "AK", "keys", "remove", "bn").out.startswith("BN cannot open the folder any more")
    with opened(staffed) as parts:
        assert "BN" not in parts.folder.sign_in.names()


def test_who_does_not_work_here_any_more_opens_nothing_however_the_name_is_typed(staffed: Path) -> None:
    left = partial(run, staffed, "AK", "people", "remove")
    assert left("bn").status == 0
    with opened(staffed) as parts:
        assert parts.folder.sign_in.names() == ("AK", "CB")
        assert parts.desk.suite.people.names == ("AK", "CB")
