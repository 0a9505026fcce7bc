"""The lists always equal what a rebuild from the events makes of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.core import events as e
from desktop_app.core.fold import fold
from desktop_app.core.ports import Journal
from desktop_app.store.folder import Folder
from tests.fakes import InMemoryJournal
from tests.store.examples import ended, open_here, prepared, put, seated, sent, session, signed, started

LISTS = ("session", "signed_line", "batch", "batch_line")

ACTS = (
    "seat",
    "start",
    "move",
    "hold",
    "release",
    "end",
    "sign",
    "sign nothing",
    "reopen",
    "undo",
    "prepare",
    "prepare voids",
    "send",
    "abandon",
)


def lists(folder: Folder) -> dict[str, list[tuple[object, ...]]]:
    run = folder.journal._run  # noqa: SLF001 - the lists as they lie in the file
    return {name: sorted(run(f"SELECT * FROM {name}").fetchall(), key=repr) for name in LISTS}  # noqa: S608


class Day:
    """Plays acts on sessions as they come, on any journal, leaving out what makes no sense."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._signed: dict[str, int] = {}
        self._lines: list[str] = []
        self._batches: list[str] = []
        self._made = 0

    def play(self, act: str, name: str) -> None:
        if act in ("prepare", "prepare voids", "send", "abandon"):
            self._export(act)
            return
        there = bool(self._journal.load(e.session_stream(name)))
        if there == (act == "seat"):
            return
        put(self._journal, e.session_stream(name), self._event(act, name), touch=f"t{len(self._lines)}{act}")

    def _event(self, act: str, name: str) -> e.Event:
        if act in ("sign", "sign nothing"):
            return self._sign(name, 2 if act == "sign" else 0)
        plain: dict[str, e.Event] = {
            "seat": seated(),
            "start": started("1"),
            "move": e.ChairChanged(at_us=1, chair="9"),
            "hold": e.SessionHeld(at_us=1, reason="waits for the order"),
            "release": e.HoldReleased(at_us=1),
            "end": ended(),
            "reopen": e.SessionReopened(at_us=1, reason="pump log"),
            "undo": e.TouchUndone(at_us=1, touch="the last"),
        }
        return plain[act]

    def _sign(self, name: str, count: int) -> e.Event:
        version = self._signed.get(name, 0) + 1
        self._signed[name] = version
        lines = [f"{name}.{version}.{n}" for n in range(count)]
        self._lines += lines
        return signed(*lines, version=version)

    def _export(self, act: str) -> None:
        if act in ("prepare", "prepare voids"):
            self._made += 1
            self._batches.append(f"b{self._made}")
            mark = e.VOID_MARK if act == "prepare voids" else ""
            lines = [line + mark for line in dict.fromkeys(self._lines[-3:])]
            put(self._journal, e.EXPORT_STREAM, prepared(self._batches[-1], *lines))
        elif self._batches:
            batch = self._batches.pop()
            dropped = e.BatchAbandoned(at_us=1, batch=batch, reason="the disk is full")
            put(self._journal, e.EXPORT_STREAM, sent(batch) if act == "send" else dropped)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(day=st.lists(st.tuples(st.sampled_from(ACTS), st.sampled_from("abc")), max_size=25))
def test_the_lists_equal_a_rebuild_and_the_journal_in_memory(
    tmp_path_factory: pytest.TempPathFactory, day: list[tuple[str, str]]
) -> None:
    folder, memory = open_here(tmp_path_factory.mktemp("day")), InMemoryJournal()
    on_disk, in_memory = Day(folder.journal), Day(memory)
    for act, name in day:
        on_disk.play(act, name)
        in_memory.play(act, name)
    written = lists(folder)
    assert folder.journal.open_sessions() == memory.open_sessions()
    assert folder.journal.all_sessions() == memory.all_sessions()
    assert folder.journal.unsigned_sessions() == memory.unsigned_sessions()
    assert folder.journal.unsettled() == memory.unsettled()
    folder.journal.rebuild()
    assert lists(folder) == written
    folder.close()


def test_a_row_says_what_the_folded_session_says(tmp_path: Path) -> None:
    folder = open_here(tmp_path)
    told = e.PatientIdentified(at_us=2, mrn="77", initials="A.B.", reason="wrong wristband")
    moved, held = e.ChairChanged(at_us=1, chair="7"), e.SessionHeld(at_us=2, reason="order")
    session(folder.journal, "a", moved, held)
    put(folder.journal, "session/a", told)
    folded = fold(folder.journal.load("session/a"))
    assert folded is not None
    (row,) = lists(folder)["session"]
    assert folded.mrn == "77"
    wanted = ("a", folded.stage.value, "7", folded.mrn, folded.initials, "2026-03-02", folded.seated.at_us)
    assert row == (*wanted, None, None, None, "order", 0)
    folder.close()


def test_lists_that_were_meddled_with_are_made_right_by_a_rebuild(tmp_path: Path) -> None:
    folder = open_here(tmp_path)
    session(folder.journal, "a", ended())
    written = lists(folder)
    folder.journal._run("UPDATE session SET settled = 1, chair = '99'")  # noqa: SLF001 - meddling
    assert lists(folder) != written
    folder.journal.rebuild()
    assert lists(folder) == written
    folder.close()


def test_a_start_or_a_stop_writes_its_event_and_nothing_else(tmp_path: Path) -> None:
    folder = open_here(tmp_path)
    session(folder.journal, "a")
    asked: list[str] = []
    connection = folder.journal._connection  # noqa: SLF001 - to see what it writes
    connection.set_trace_callback(asked.append)
    put(folder.journal, "session/a", started(), e.ServiceStopped(at_us=1, service="1"))
    connection.set_trace_callback(None)
    written = [
        question.split()[:3] for question in asked if question.split()[0] not in ("SELECT", "BEGIN", "COMMIT")
    ]
    assert written == [["INSERT", "INTO", "event"]] * 2
    folder.close()
