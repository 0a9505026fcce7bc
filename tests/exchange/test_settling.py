"""Cut off, or failing after the rename: what the disk tells, what is recorded, what a person is told."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_app.core.decisions import Refusal
from desktop_app.core.ports import NotSaved, Write
from desktop_app.exchange import batch as batch_module
from desktop_app.exchange import draft as draft_module
from desktop_app.exchange.ledger import Batch, BatchState
from tests.exchange.signed import FillingJournal, SuiteOfChairs, exported, hidden_in, kinds, refused, visible
from tests.fakes import InMemoryJournal


@pytest.fixture
def suite() -> SuiteOfChairs:
    return SuiteOfChairs()


def written(outcome: Batch | Refusal) -> Batch:
    """Return a batch that must stand in its folder without a record that it was sent."""
    batch = exported(outcome)
    assert batch.state is BatchState.PREPARED
    assert batch.note == (
        f"Batch {batch.name} is written in {batch.folder.parent}, but that it was sent is not recorded yet; "
        "it will be at the next start. Do not delete it."
    )
    return batch


def test_a_disk_that_fails_after_the_rename_is_not_said_to_have_sent_nothing(
    suite: SuiteOfChairs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    suite.signed("s1")

    def fails_once_the_name_is_there(folder: Path) -> None:
        if visible(folder) == ["chairtime-2026-03-02-A"]:
            raise OSError(errno.EIO, os.strerror(errno.EIO))

    with monkeypatch.context() as disk:
        disk.setattr(batch_module, "sync_folder", fails_once_the_name_is_there)
        batch = written(suite.exporter().export(suite.sessions, tmp_path.resolve()))
    assert visible(tmp_path) == [batch.name]
    assert suite.exporter().ready(suite.sessions) == ()
    assert suite.exporter().settle() == ()
    assert [(b.state, b.note) for b in suite.exporter().batches()] == [(BatchState.SENT, "")]


def test_a_journal_that_does_not_take_the_record_is_not_said_to_have_sent_nothing(tmp_path: Path) -> None:
    journal = FillingJournal()
    suite = SuiteOfChairs(journal)
    suite.signed("s1")
    journal.room_for = 1
    exporter = suite.exporter()
    batch = written(exporter.export(suite.sessions, tmp_path))
    assert visible(tmp_path) == [batch.name]
    journal.room_for = 100
    assert "nothing to send" in refused(exporter.export(suite.sessions, tmp_path))
    assert exporter.sent() == {"s1.1.01"}


def test_a_rename_that_is_reported_as_failed_and_was_done_counts_as_done(
    suite: SuiteOfChairs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    suite.signed("s1")

    def done_but_reported_as_failed(partial: Path, final: Path) -> None:
        partial.rename(final)
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(batch_module, "reveal", done_but_reported_as_failed)
    assert exported(suite.exporter().export(suite.sessions, tmp_path)).is_sent


def test_a_place_that_goes_away_at_the_rename_leaves_the_batch_in_doubt(
    suite: SuiteOfChairs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    suite.signed("s1")
    drive, unplugged = tmp_path / "drive", tmp_path / "unplugged"
    drive.mkdir()

    def goes_away(_: Path, final: Path) -> None:
        final.parent.rename(unplugged)
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with monkeypatch.context() as disk:
        disk.setattr(batch_module, "reveal", goes_away)
        batch = exported(suite.exporter().export(suite.sessions, drive))
    assert batch.state is BatchState.PREPARED
    assert batch.note == (
        f"{batch.folder.parent} went away while batch {batch.name} was written, so it is not known whether "
        "it was sent; the next start looks again. Delete nothing there."
    )
    unplugged.rename(drive)
    assert exported(suite.exporter().export(suite.sessions, drive)).name == "chairtime-2026-03-02-B"
    assert (visible(drive), hidden_in(drive)) == (["chairtime-2026-03-02-B"], [])


def test_a_hidden_folder_goes_only_after_its_batch_was_told_to_be_abandoned(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    journal = FillingJournal()
    suite = SuiteOfChairs(journal)
    suite.signed("s1")
    journal.room_for = 1
    with monkeypatch.context() as disk:
        disk.setattr(batch_module, "reveal", fail)
        with pytest.raises(NotSaved):
            suite.exporter().export(suite.sessions, tmp_path)
    assert len(hidden_in(tmp_path)) == 1
    journal.room_for = 100
    assert exported(suite.exporter().export(suite.sessions, tmp_path)).lines == ("s1.1.01",)
    assert [b.state for b in suite.exporter().batches()] == [BatchState.ABANDONED, BatchState.SENT]


def test_what_tells_of_a_batch_in_doubt_is_not_cleared_away(
    suite: SuiteOfChairs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The drive comes back under another name: an export there must not take the sign away."""
    suite.signed("s1")
    drive, elsewhere = tmp_path / "drive", tmp_path / "elsewhere"
    drive.mkdir()
    with monkeypatch.context() as program:
        program.setattr(batch_module, "reveal", _cut_off)
        with pytest.raises(KeyboardInterrupt):
            suite.exporter().export(suite.sessions, drive)
    drive.rename(elsewhere)
    suite.signed("s2")
    assert exported(suite.exporter().export(suite.sessions, elsewhere)).lines == ("s2.1.01",)
    assert len(hidden_in(elsewhere)) == 1
    elsewhere.rename(drive)
    assert exported(suite.exporter().export(suite.sessions, drive)).lines == ("s1.1.01",)


def test_what_the_importer_took_before_the_next_start_is_sent_and_not_sent_twice(
    suite: SuiteOfChairs, tmp_path: Path
) -> None:
    suite.signed("s1")
    batch = exported(suite.exporter().export(suite.sessions, tmp_path))
    forgotten = _without_the_last_event(suite)
    shutil.rmtree(batch.folder)
    assert forgotten.exporter().settle() == ()
    (sent,) = forgotten.exporter().batches()
    assert (sent.state, sent.note) == (
        BatchState.SENT,
        "the folder was taken away before the batch was recorded as sent",
    )
    assert "nothing to send" in refused(forgotten.exporter().export(suite.sessions, tmp_path))


def test_a_batch_whose_place_cannot_be_reached_stays_in_doubt(suite: SuiteOfChairs, tmp_path: Path) -> None:
    suite.signed("s1")
    drive, other = tmp_path / "drive", tmp_path / "other"
    drive.mkdir()
    other.mkdir()
    batch = exported(suite.exporter().export(suite.sessions, drive))
    forgotten = _without_the_last_event(suite)
    drive.rename(tmp_path / "unplugged")
    assert [b.name for b in forgotten.exporter().settle()] == [batch.name]
    assert "is in doubt" in refused(forgotten.exporter().export(suite.sessions, other))
    (tmp_path / "unplugged").rename(drive)
    assert forgotten.exporter().settle() == ()
    assert [b.state for b in forgotten.exporter().batches()] == [BatchState.SENT]


def _change(file: Path) -> None:
    file.write_text("saved by a spreadsheet", encoding="utf-8")


def _turn_into_a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


@pytest.mark.parametrize("meddle", [_change, Path.unlink, _turn_into_a_folder])
def test_a_batch_whose_file_was_changed_before_the_next_start_is_sent_with_a_note(
    suite: SuiteOfChairs, tmp_path: Path, meddle: Callable[[Path], None]
) -> None:
    suite.signed("s1")
    batch = exported(suite.exporter().export(suite.sessions, tmp_path))
    forgotten = _without_the_last_event(suite)
    meddle(batch.folder / "lines.csv")
    assert "nothing to send" in refused(forgotten.exporter().export(suite.sessions, tmp_path))
    (sent,) = forgotten.exporter().batches()
    assert (sent.state, sent.note) == (
        BatchState.SENT,
        "lines.csv was changed or taken away before the batch was recorded as sent",
    )
    assert visible(tmp_path) == [batch.name]


def test_the_same_name_made_by_somebody_else_is_not_taken_for_the_batch(
    suite: SuiteOfChairs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    suite.signed("s1")
    with monkeypatch.context() as program:
        program.setattr(batch_module, "reveal", _cut_off)
        with pytest.raises(KeyboardInterrupt):
            suite.exporter().export(suite.sessions, tmp_path)
    theirs = tmp_path / "chairtime-2026-03-02-A" / "lines.csv"
    theirs.parent.mkdir()
    theirs.write_text("theirs", encoding="utf-8")
    assert exported(suite.exporter().export(suite.sessions, tmp_path)).lines == ("s1.1.01",)
    assert suite.exporter().batches()[0].state is BatchState.ABANDONED
    assert theirs.read_text(encoding="utf-8") == "theirs"


def test_a_power_cut_that_left_both_names_does_not_send_the_batch_again(
    suite: SuiteOfChairs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def leaves_both(partial: Path, final: Path) -> None:
        shutil.copytree(partial, final)
        raise KeyboardInterrupt

    suite.signed("s1")
    with monkeypatch.context() as program:
        program.setattr(batch_module, "reveal", leaves_both)
        with pytest.raises(KeyboardInterrupt):
            suite.exporter().export(suite.sessions, tmp_path)
    suite.exporter().settle()
    assert [batch.state for batch in suite.exporter().batches()] == [BatchState.SENT]


def test_the_hidden_name_is_durable_before_the_journal_is_told(
    suite: SuiteOfChairs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a power cut a missing hidden folder means that it was renamed."""
    suite.signed("s1")
    told: list[tuple[str, int]] = []

    def note(folder: Path) -> None:
        told.append((folder.name, len(kinds(suite))))

    monkeypatch.setattr(draft_module, "sync_folder", note)
    exported(suite.exporter().export(suite.sessions, tmp_path))
    assert (tmp_path.name, 0) in told


def _cut_off(*_: object) -> None:
    raise KeyboardInterrupt


def _without_the_last_event(suite: SuiteOfChairs) -> SuiteOfChairs:
    """Return the suite as a program finds it that was cut off before its last event."""
    journal = InMemoryJournal()
    for recorded in list(suite.journal.since(0))[:-1]:
        journal.append([Write(recorded.stream, recorded.version - 1, (recorded.event,))], recorded.stamp)
    return SuiteOfChairs(journal)
