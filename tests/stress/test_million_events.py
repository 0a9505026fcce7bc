"""A million events: the journal opens, verifies, and its lists are those that a rebuild makes."""

from __future__ import annotations

from pathlib import Path

from desktop_app.app import open_parts
from desktop_app.store.opening import open_folder
from desktop_app.store.verify import verify
from desktop_app.store.verify_heads import first_bad_head
from tests.stress.grown_journal import RUNNING, grow

EVENTS = 1_000_000


def check_grown(path: Path, events: int) -> None:
    """Make a journal of so many events and look through all of it."""
    grow(path, events)
    with open_parts(path, rules_later=True) as parts:
        assert len(parts.desk.suite.sessions) == RUNNING
        assert parts.folder.journal.last()[0] > events * 0.95
    folder = open_folder(path, read_only=True)
    assert folder.journal.bad_page() == ""
    assert verify(folder.journal, folder.known_head) is None
    assert folder.journal.misshape() == ""
    assert first_bad_head(folder) == ""
    assert folder.journal.false_list() == ""
    assert len(folder.journal.unsettled()) == RUNNING
    folder.close()


def test_a_million_events_open_verify_and_list_as_a_rebuild_does(tmp_path: Path) -> None:
    check_grown(tmp_path / "data", EVENTS)
