"""What the journal remembers of the sessions touched last is what the disk has, whatever fails."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.core import events as e
from desktop_app.core.fold import evolve
from desktop_app.core.ports import NotSaved, Write
from desktop_app.core.session import Session
from desktop_app.store import followed
from desktop_app.store.faults import DatabaseGone
from desktop_app.store.followed import Followed
from tests.store.examples import ended, open_here, put, session, signed, stamp, started


def moved(chair: str) -> e.ChairChanged:
    return e.ChairChanged(at_us=started().at_us, chair=chair)


def test_a_touch_that_was_not_stored_is_not_in_the_list_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = open_here(tmp_path)
    session(folder.journal, "a", started())

    def gone() -> None:
        raise DatabaseGone("The database is gone.")

    with monkeypatch.context() as patch:
        patch.setattr(folder._standing, "require", gone)  # noqa: SLF001 - it fails after all was written
        with pytest.raises(NotSaved):
            folder.journal.append([Write("session/a", 2, (moved("9"),))], stamp())
    put(folder.journal, "session/a", ended())
    (listed,) = folder.journal.unsettled()
    assert listed.chair == "4"
    assert folder.journal.false_list() == ""
    folder.close()


def test_more_sessions_than_are_remembered_are_listed_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(followed, "MOST", 2)
    folder = open_here(tmp_path)
    for name in "abcd":
        session(folder.journal, name, started())
    for name in "abcd":
        put(folder.journal, f"session/{name}", moved("9"), ended())
        put(folder.journal, f"session/{name}", signed(f"{name}.1"))
    assert [(one.chair, one.lines) for one in folder.journal.unsettled()] == [("9", 1)] * 4
    assert folder.journal.false_list() == ""
    folder.close()


def test_an_undone_touch_is_followed_back(tmp_path: Path) -> None:
    folder = open_here(tmp_path)
    session(folder.journal, "a", started())
    put(folder.journal, "session/a", moved("9"), touch="t")
    put(folder.journal, "session/a", e.TouchUndone(at_us=1, touch="t"))
    put(folder.journal, "session/a", ended())
    assert [one.chair for one in folder.journal.unsettled()] == ["4"]
    assert folder.journal.false_list() == ""
    folder.close()


def test_a_session_that_was_followed_is_not_read_from_the_disk_again(tmp_path: Path) -> None:
    folder = open_here(tmp_path)
    read: list[str] = []

    def history(stream: str) -> tuple[e.Recorded, ...]:
        read.append(stream)
        return folder.journal.load(stream)

    sessions = Followed(history)
    session(folder.journal, "a", started("1"), ended())
    for recorded in folder.journal.load("session/a"):
        sessions.note(recorded)
    found = sessions.session("session/a")
    assert found is not None
    assert found.ended is not None
    assert read == []
    assert sessions.session("session/b") is None
    assert read == ["session/b"]
    folder.close()


def test_what_is_caught_up_on_behind_the_touches_is_not_folded_again_in_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = open_here(tmp_path)
    session(folder.journal, "a", started())
    put(folder.journal, "session/a", started("2"), started("3"))
    folder.upkeep.do_due()
    folded: list[str] = []

    def evolved(before: Session | None, recorded: e.Recorded) -> Session:
        folded.append(recorded.event.KIND)
        return evolve(before, recorded)

    monkeypatch.setattr(followed, "evolve", evolved)
    put(folder.journal, "session/a", ended())
    assert folded == ["session-ended"]
    assert folder.journal.false_list() == ""
    folder.close()
