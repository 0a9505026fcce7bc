"""The drill damages copies, never the folder, and tells truly whether everything came back."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

import pytest

from desktop_app.commands import drill
from desktop_app.commands.damages import DAMAGES
from desktop_app.store import restore
from desktop_app.store.backup import AT_ONCE, Source, make_backup
from desktop_app.store.salvage import Salvaged
from tests.commands.program import chairtime, content, play
from tests.commands.touches import VISIT
from tests.fakes import FakeClock
from tests.store.examples import open_here, session, started


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Makes a data folder with some events in it."""
    opened = open_here(tmp_path / "data")
    session(opened.journal, "a", *(started(str(n)) for n in range(60)))
    opened.close()
    return tmp_path / "data"


def run(folder: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    status = drill.run(Namespace(data_dir=folder, to=None))
    return status, capsys.readouterr().out


def test_everything_that_can_be_comes_back_from_more_than_ten_damages(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    play(folder, *VISIT)
    before = content(folder)
    done = chairtime("drill", "--data-dir", folder)
    assert (done.status, done.err) == (0, ""), done.out
    assert len(DAMAGES) > 10
    assert all(damage.name in done.out for damage in DAMAGES)
    assert done.out.splitlines()[-1] == f"Everything that could be saved was, in all {len(DAMAGES)}."
    assert content(folder) == before


def test_a_program_that_no_longer_salvages_fails_the_drill(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(restore, "salvage", lambda *_: Salvaged([], []))
    status, said = run(folder, capsys)
    assert status == 1
    assert "Less came back than there was to save: a byte flipped in the middle; a page of zeros;" in said


def test_a_program_that_no_longer_notices_fails_the_drill(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drill, "why_refused", lambda _: "")
    status, said = run(folder, capsys)
    assert status == 1
    assert "the damage was not noticed" in said


def test_a_journal_that_holds_less_than_its_last_backup_is_noticed_at_the_start(folder: Path) -> None:
    opened = open_here(folder)
    before = {path: path.read_bytes() for path in folder.iterdir()}
    session(opened.journal, "b")
    place = folder.parent / "drive"
    make_backup(Source(folder, opened.database_key), place, FakeClock(), AT_ONCE)
    opened.close()
    assert chairtime("backup", "--data-dir", folder, "--to", place).status == 0
    for path, whole in before.items():
        path.write_bytes(whole)
    said = chairtime("log", "--data-dir", folder).sentence
    assert said.endswith("chairtime.db holds 61 events, though 62 were backed up.")
