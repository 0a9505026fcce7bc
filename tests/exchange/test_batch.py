"""A batch is whole or nothing, each line goes out once, and the ledger knows."""

from __future__ import annotations

import csv
import errno
import hashlib
import json
import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.core.decisions import Refusal
from desktop_app.core.ports import NotSaved
from desktop_app.exchange import batch as batch_module
from desktop_app.exchange import draft as draft_module
from desktop_app.exchange.csv_file import CSV
from desktop_app.exchange.formats import FORMATS
from desktop_app.exchange.ledger import BatchState
from desktop_app.exchange.place import GrowingFile
from desktop_app.exchange.steps import Step, at_once
from tests.exchange.signed import (
    FillingJournal,
    SuiteOfChairs,
    exported,
    hidden_in,
    kinds,
    line,
    refused,
    visible,
)


@pytest.fixture
def suite() -> SuiteOfChairs:
    return SuiteOfChairs()


def lines_in(folder: Path) -> list[dict[str, str]]:
    with (folder / "lines.csv").open(newline="", encoding="utf-8") as content:
        return list(csv.DictReader(content))


def test_a_batch_holds_every_signed_line_and_a_manifest(suite: SuiteOfChairs, tmp_path: Path) -> None:
    suite.signed("s1", line("s1.1.01"), line("s1.1.02", code="96415", units=2))
    suite.signed("s2")
    batch = exported(suite.exporter().export(suite.sessions, tmp_path))
    assert visible(tmp_path) == ["chairtime-2026-03-02-A"]
    assert hidden_in(tmp_path) == []
    assert batch.folder == tmp_path.resolve() / "chairtime-2026-03-02-A"
    assert visible(batch.folder) == ["lines.csv", "manifest.json"]
    assert [row["line"] for row in lines_in(batch.folder)] == ["s1.1.01", "s1.1.02", "s2.1.01"]
    assert batch.state is BatchState.SENT
    assert kinds(suite) == ["batch-prepared", "batch-sent"]


def test_the_manifest_adds_up(suite: SuiteOfChairs, tmp_path: Path) -> None:
    suite.signed("s1", line("s1.1.01"), line("s1.1.02", code="96415", units=2))
    head = suite.journal.head()
    batch = exported(suite.exporter().export(suite.sessions, tmp_path))
    told = json.loads((batch.folder / "manifest.json").read_text(encoding="utf-8"))
    raw = (batch.folder / "lines.csv").read_bytes()
    assert told["name"] == batch.name
    assert told["journal_head"] == head
    assert told["rulebooks"] == ["2026.1"]
    assert told["counts"] == {"sessions": 1, "lines": 2, "new": 2}
    assert told["totals"] == {"units": 3, "units_by_code": {"96413": 1, "96415": 2}}
    assert told["files"] == [{"name": "lines.csv", "rows": 2, "sha256": hashlib.sha256(raw).hexdigest()}]
    assert told["made_at"] == "2026-03-02T12:00:00-05:00"
    assert told["made_by"] == "MB"


def test_what_was_sent_is_not_sent_again(suite: SuiteOfChairs, tmp_path: Path) -> None:
    suite.signed("s1")
    exporter = suite.exporter()
    exporter.export(suite.sessions, tmp_path)
    assert (
        refused(exporter.export(suite.sessions, tmp_path))
        == "there is nothing to send: no signed line is unsent"
    )
    assert visible(tmp_path) == ["chairtime-2026-03-02-A"]
    suite.signed("s2")
    second = exported(exporter.export(suite.sessions, tmp_path))
    assert second.name == "chairtime-2026-03-02-B"
    assert [row["line"] for row in lines_in(second.folder)] == ["s2.1.01"]


def test_sent_again_when_asked_and_the_file_says_so(suite: SuiteOfChairs, tmp_path: Path) -> None:
    suite.signed("s1")
    suite.exporter().export(suite.sessions, tmp_path)
    second = exported(suite.exporter().export(suite.sessions, tmp_path, again=True))
    assert second.again
    assert [row["sent_before"] for row in lines_in(second.folder)] == ["yes"]
    assert json.loads((second.folder / "manifest.json").read_text(encoding="utf-8"))["again"]


def test_a_correction_goes_out_with_the_ids_it_replaces(suite: SuiteOfChairs, tmp_path: Path) -> None:
    suite.signed("s1")
    suite.exporter().export(suite.sessions, tmp_path)
    suite.correct("s1", line("s1.2.01", units=2))
    batch = exported(suite.exporter().export(suite.sessions, tmp_path))
    (row,) = lines_in(batch.folder)
    assert (row["line"], row["action"], row["replaces"]) == ("s1.2.01", "replace", "s1.1.01")


def test_a_correction_to_nothing_takes_the_lines_back_once(suite: SuiteOfChairs, tmp_path: Path) -> None:
    suite.signed("s1")
    suite.exporter().export(suite.sessions, tmp_path)
    suite.correct("s1")
    batch = exported(suite.exporter().export(suite.sessions, tmp_path))
    told = json.loads((batch.folder / "manifest.json").read_text(encoding="utf-8"))
    assert [(row["line"], row["action"]) for row in lines_in(batch.folder)] == [("s1.1.01.void", "void")]
    assert told["totals"]["units"] == 0
    assert isinstance(suite.exporter().export(suite.sessions, tmp_path), Refusal)


def test_the_ready_sessions_are_those_with_something_to_send(suite: SuiteOfChairs, tmp_path: Path) -> None:
    first = suite.signed("s1")
    suite.exporter().export([first], tmp_path)
    second = suite.signed("s2")
    assert suite.exporter().ready(suite.sessions) == (second,)


def test_an_export_of_nothing_is_one_sentence_and_no_folder(suite: SuiteOfChairs, tmp_path: Path) -> None:
    assert (
        refused(suite.exporter().export((), tmp_path)) == "there is nothing to send: no signed line is unsent"
    )
    assert (visible(tmp_path), hidden_in(tmp_path)) == ([], [])


def test_a_missing_folder_is_one_sentence(suite: SuiteOfChairs, tmp_path: Path) -> None:
    suite.signed("s1")
    gone = tmp_path / "gone"
    assert (
        refused(suite.exporter().export(suite.sessions, gone))
        == f"the folder {gone} is not there; nothing was sent: connect its drive, or choose another folder"
    )
    assert kinds(suite) == []


def test_what_is_taken_away_while_it_is_written_is_one_sentence(suite: SuiteOfChairs, tmp_path: Path) -> None:
    suite.signed("s1")
    suite.signed("s2")
    steps = suite.exporter().exporting(suite.sessions, tmp_path)
    next(steps)
    shutil.rmtree(tmp_path / hidden_in(tmp_path)[0])
    assert refused(at_once(steps)) == (
        f"what was being written in {tmp_path} was taken away; nothing was sent: try once more"
    )
    assert (visible(tmp_path), hidden_in(tmp_path), kinds(suite)) == ([], [], [])


def test_a_file_instead_of_a_folder_is_one_sentence(suite: SuiteOfChairs, tmp_path: Path) -> None:
    suite.signed("s1")
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert "is no folder; nothing was sent" in refused(
        suite.exporter().export(suite.sessions, tmp_path / "file")
    )


def test_an_unknown_format_is_one_sentence(suite: SuiteOfChairs, tmp_path: Path) -> None:
    suite.signed("s1")
    outcome = suite.exporter().export(suite.sessions, tmp_path, ("csv", "fax"))
    assert refused(outcome) == f"there is no format “fax”, only {', '.join(FORMATS)}"
    assert (
        refused(suite.exporter().export(suite.sessions, tmp_path, ()))
        == "no format was chosen; nothing was sent"
    )


@pytest.mark.parametrize(
    ("code", "says"),
    [
        (errno.ENOSPC, "is full; nothing was sent: make room there, or choose another folder"),
        (errno.EROFS, "nobody may write to"),
        (errno.EACCES, "nobody may write to"),
        (errno.ENOENT, "was taken away; nothing was sent: try once more"),
        (errno.EIO, "did not work (input/output error); nothing was sent"),
    ],
)
@pytest.mark.parametrize(
    ("where", "broken"),
    [(GrowingFile, "write"), (draft_module, "sync_folder"), (batch_module, "reveal")],
    ids=["write", "sync", "reveal"],
)
def test_a_disk_that_fails_leaves_nothing_behind(
    suite: SuiteOfChairs,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    code: int,
    says: str,
    where: object,
    broken: str,
) -> None:
    def fail(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    suite.signed("s1")
    with monkeypatch.context() as disk:
        disk.setattr(where, broken, fail)
        assert says in refused(suite.exporter().export(suite.sessions, tmp_path))
    assert (visible(tmp_path), hidden_in(tmp_path)) == ([], [])
    assert suite.exporter().sent() == frozenset()
    assert exported(suite.exporter().export(suite.sessions, tmp_path)).state is BatchState.SENT


def test_a_full_disk_in_the_middle_of_a_file_leaves_nothing_behind(
    suite: SuiteOfChairs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    suite.signed("s1")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    assert "is full" in refused(suite.exporter().export(suite.sessions, tmp_path))
    assert (visible(tmp_path), hidden_in(tmp_path), kinds(suite)) == ([], [], [])


def test_a_text_that_is_no_text_is_refused_with_a_sentence(suite: SuiteOfChairs, tmp_path: Path) -> None:
    suite.signed("s1", line("s1.1.01", why="half \ud800"))
    said = "0004821 in chair 1 has a text that cannot be written as UTF-8; nothing was sent"
    assert refused(suite.exporter().export(suite.sessions, tmp_path)) == said
    assert hidden_in(tmp_path) == []


def test_a_journal_that_does_not_take_the_intent_leaves_nothing_behind(tmp_path: Path) -> None:
    journal = FillingJournal()
    suite = SuiteOfChairs(journal)
    suite.signed("s1")
    journal.room_for = 0
    with pytest.raises(NotSaved):
        suite.exporter().export(suite.sessions, tmp_path)
    assert (visible(tmp_path), hidden_in(tmp_path)) == ([], [])


def test_what_another_workstation_is_writing_is_left_alone(suite: SuiteOfChairs, tmp_path: Path) -> None:
    suite.signed("s1")
    theirs = tmp_path / ".chairtime-2026-03-02-A.00000000.partial"
    theirs.mkdir()
    exported(suite.exporter().export(suite.sessions, tmp_path))
    assert hidden_in(tmp_path) == [theirs.name]


def test_a_name_that_is_taken_in_the_folder_is_passed_over(suite: SuiteOfChairs, tmp_path: Path) -> None:
    suite.signed("s1")
    (tmp_path / "chairtime-2026-03-02-A").mkdir()
    assert exported(suite.exporter().export(suite.sessions, tmp_path)).name == "chairtime-2026-03-02-B"


def test_a_name_is_not_used_twice_even_when_its_folder_was_moved(
    suite: SuiteOfChairs, tmp_path: Path
) -> None:
    suite.signed("s1")
    first = exported(suite.exporter().export(suite.sessions, tmp_path))
    first.folder.rename(tmp_path / "imported")
    suite.signed("s2")
    assert exported(suite.exporter().export(suite.sessions, tmp_path)).name == "chairtime-2026-03-02-B"


def test_an_export_given_up_half_way_leaves_nothing_and_sends_nothing(
    suite: SuiteOfChairs, tmp_path: Path
) -> None:
    suite.signed("s1")
    suite.signed("s2")
    exporter = suite.exporter()
    steps = exporter.exporting(suite.sessions, tmp_path)
    assert next(steps) == Step(1)
    assert len(hidden_in(tmp_path)) == 1
    steps.close()
    assert (visible(tmp_path), hidden_in(tmp_path), kinds(suite)) == ([], [], [])
    assert exported(exporter.export(suite.sessions, tmp_path)).sessions == ("s1", "s2")


def test_a_format_that_cannot_take_a_session_sends_nothing_and_names_each(
    suite: SuiteOfChairs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    strict = replace(CSV, lacks=lambda rows, _: "has no payer" if rows[0].session.mrn != "77" else "")
    monkeypatch.setitem(FORMATS, "csv", lambda: strict)
    suite.signed("s1", mrn="11")
    suite.signed("s2", mrn="77")
    suite.signed("s3", mrn="33")
    said = refused(suite.exporter().export(suite.sessions, tmp_path))
    assert said == "11 in chair 1 has no payer; 33 in chair 3 has no payer; nothing was sent"
    assert (visible(tmp_path), hidden_in(tmp_path), kinds(suite)) == ([], [], [])
