"""The disk fills up between a batch's name and its record: what is said is what is true."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from desktop_app.app import open_parts
from desktop_app.cli import main
from desktop_app.commands.billing import WindowBilling
from desktop_app.core import events as e
from desktop_app.core.day import IN_DOUBT_WORDS, Standing
from desktop_app.core.ports import NotSaved, Write
from desktop_app.exchange.steps import at_once
from desktop_app.store.journal import SqlJournal
from desktop_app.ui.export.ports import Wanted
from tests.commands.program import chairtime, log, play, script, sessions
from tests.commands.touches import VISIT


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Makes a data folder with one signed session."""
    play(tmp_path / "data", *VISIT)
    return tmp_path / "data"


@pytest.fixture
def no_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes the disk full, for this process, whenever a batch is to be recorded as sent."""
    taken = SqlJournal.append

    def append(self: SqlJournal, writes: Sequence[Write], stamp: e.Stamp) -> tuple[e.Recorded, ...]:
        if any(isinstance(event, e.BatchSent) for write in writes for event in write.events):
            raise NotSaved("The database took nothing: the disk is full.")
        return taken(self, writes, stamp)

    monkeypatch.setattr(SqlJournal, "append", append)


def written_in(out: Path) -> str:
    """Return the sentence that is true of the one batch in a folder."""
    (batch,) = out.iterdir()
    return (
        f"Batch {batch.name} is written in {out}, but that it was sent is not recorded yet; "
        "it will be at the next start. Do not delete it."
    )


def check_that_the_next_start_records_it(data: Path, out: Path) -> None:
    """Start the program anew, which has room."""
    assert "batch-sent" not in [event["kind"] for event in log(data)]
    done = chairtime("export", "--data-dir", data, "--to", out)
    assert (done.status, done.sentence) == (2, "There is nothing to send: no signed line is unsent.")
    assert sessions(data)[0]["state"] == "sent"
    assert len(list(out.iterdir())) == 1


@pytest.mark.usefixtures("no_room")
def test_the_command_says_that_the_batch_is_written(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert main(["export", "--data-dir", str(data), "--to", str(out)]) == 1
    said = capsys.readouterr()
    assert said.out.endswith(": 1 session, 2 lines.\n")
    assert said.err == f"chairtime: {written_in(out)}\n"
    check_that_the_next_start_records_it(data, out)


@pytest.mark.usefixtures("no_room")
def test_the_script_is_answered_that_the_batch_is_written(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, touches = tmp_path / "out", tmp_path / "touches.jsonl"
    touches.write_text(script({"do": "export", "to": str(out)}), encoding="utf-8")
    assert main(["play", "--data-dir", str(data), str(touches)]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["ok"], answer["events"], answer["note"]) == (True, ["batch-prepared"], written_in(out))
    check_that_the_next_start_records_it(data, out)


@pytest.mark.usefixtures("no_room")
def test_the_window_is_told_that_the_batch_is_written_and_opens_again_while_the_disk_is_full(
    data: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    with open_parts(data) as parts:
        billing = WindowBilling(parts)
        ready = tuple(session.id for session in parts.exporter.ready(parts.desk.shelf.unsettled()))
        wanted = Wanted(sessions=ready, formats=("csv",), layout="")
        assert at_once(billing.sends.sending(wanted, out)).note == written_in(out)
    with open_parts(data) as parts:
        assert parts.exporter.ready(parts.desk.shelf.unsettled()) == ()
        (left,) = WindowBilling(parts).days(parts.coder.told).leftovers(date(2100, 1, 1), date(2100, 1, 1))
        assert (left.standing, left.why) == (Standing.BLOCKED, IN_DOUBT_WORDS)
        assert WindowBilling(parts).sent_batches() == []
    check_that_the_next_start_records_it(data, out)
