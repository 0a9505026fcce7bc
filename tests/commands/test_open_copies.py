"""Copies from before the first passphrase: named until they are gone, and nothing else goes with them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_app import cli
from desktop_app.store.keys import Cost, read_keys
from desktop_app.store.open_copies import copies_in_the_open, destroy, is_ours
from tests.commands.program import script
from tests.commands.touches import VISIT

DESTROY = "keys protect AK --passphrase-file ak --destroy-open-copies"

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the program on a data folder; a guess costs little. Beside it lies a file with a passphrase."""
    monkeypatch.setattr("desktop_app.store.slots.COST", Cost(memory_kib=64, passes=1, lanes=1))
    monkeypatch.delenv("CHAIRTIME_PASSPHRASE_FILE", raising=False)
    monkeypatch.chdir(tmp_path)
    Path("ak").write_text("four words in a row\n")
    Path("touches").write_text(script(*VISIT))

    def run_here(words: str) -> tuple[int, str, str]:
        before, _, after = words.partition(" | ")
        status = cli.main([*before.split(), "--data-dir", "data", *after.split()])
        done = capsys.readouterr()
        return status, done.out, done.err

    return run_here


def from_before(run: Run) -> tuple[Path, Path]:
    """Make a backup and a quarantined journal, then protect the folder; return where those two lie."""
    run("play | touches")
    run("backup")
    run("restore newest")
    status, out, _ = run("keys protect AK --new-passphrase-file ak")
    assert status == 0
    (quarantined,) = Path("data/quarantine").iterdir()
    (backup,) = Path("data-backups").glob("journal-*/0*")
    assert [line.strip() for line in out.splitlines() if line.startswith("    ")][1:] == sorted(
        [str(backup.resolve()), str(quarantined)]
    )
    assert "reads the record without any" in out
    return quarantined, backup


def test_what_opens_without_the_passphrase_is_named_until_it_is_gone(run: Run) -> None:
    quarantined, backup = from_before(run)
    status, out, _ = run("doctor")
    assert status == 1
    assert "WRONG copies      2 copies of the record open without a passphrase" in out
    shutil.rmtree(quarantined)
    assert "WRONG copies      1 copy of the record opens without a passphrase" in run("doctor")[1]
    shutil.rmtree(backup)
    assert "ok    copies      none that opens without a passphrase was found" in run("doctor")[1]


def test_what_opens_without_the_passphrase_is_destroyed_when_asked(run: Run) -> None:
    quarantined, backup = from_before(run)
    assert run("backup --passphrase-file ak")[0] == 0
    status, out, _ = run(DESTROY)
    assert status == 0
    assert out.count("destroyed: ") == 2
    assert not quarantined.exists()
    assert not backup.exists()
    assert run(DESTROY)[1] == "No copy that opens without a passphrase was found.\n"
    assert run("keys protect AK --new-passphrase-file ak --passphrase-file ak")[0] != 0


def test_the_only_backup_is_not_destroyed(run: Run) -> None:
    quarantined, backup = from_before(run)
    status, out, err = run(DESTROY)
    assert (status, out) == (2, "")
    assert (
        "Nothing was destroyed: there is no newer backup of this journal that a passphrase protects." in err
    )
    assert quarantined.is_dir()
    assert backup.is_dir()


def test_a_backup_that_holds_more_than_the_protected_one_is_not_destroyed(run: Run) -> None:
    _, backup = from_before(run)
    run("backup --passphrase-file ak")
    (protected,) = (path for path in backup.parent.glob("0*") if path != backup)
    (protected / "chairtime.db").unlink()
    assert run(DESTROY)[0] == 2
    assert backup.is_dir()


def other_folder(tmp_path: Path) -> Path:
    """Return the folder of another journal, in use and without a passphrase."""
    other = tmp_path / "all" / "other"
    assert cli.main(["play", "--data-dir", str(other), "touches"]) == 0
    return other


def test_only_what_the_program_put_there_is_destroyed_and_the_rest_is_named(run: Run, tmp_path: Path) -> None:
    quarantined, backup = from_before(run)
    run("backup --passphrase-file ak")
    other = other_folder(tmp_path)
    Path("data/keys.json.old").symlink_to(other / "keys.json")
    Path("data/keys.json.damaged").symlink_to(other / "keys.json")
    Path("data/restoring.refused").symlink_to(other)
    (quarantined.parent / "2026-03-02T170501Z").symlink_to(other)
    for papers in (backup.parent / "papers", quarantined.parent / "mine"):
        papers.mkdir()
        (papers / "thesis.txt").write_text("precious")
        (papers / "keys.json").write_text('{"key": "note"}')
    shutil.copytree(backup, backup.with_name("000077-2026-03-02T170501Z"))
    (backup.with_name("000077-2026-03-02T170501Z") / "letter.txt").write_text("precious")
    before = {path: path.read_bytes() for path in other.iterdir()}
    status, out, err = run(DESTROY)
    assert (status, out.count("destroyed: ")) == (2, 2)
    assert {path: path.read_bytes() for path in other.iterdir()} == before
    assert (backup.parent / "papers" / "thesis.txt").exists()
    assert (backup.with_name("000077-2026-03-02T170501Z") / "letter.txt").exists()
    assert (quarantined.parent / "mine" / "thesis.txt").read_text() == "precious"
    assert (quarantined.exists(), backup.exists()) == (False, False)
    for name in ("keys.json.old", "keys.json.damaged", "restoring.refused", "2026-03-02T170501Z", "papers"):
        assert name in err
    assert "7 of them perhaps something else, which Chairtime leaves to you" in run("doctor")[1]
    assert read_keys(other / "keys.json").head is not None


@pytest.mark.parametrize("way", ["quarantine", "shelf"])
def test_nothing_is_destroyed_by_way_of_a_link(run: Run, tmp_path: Path, way: str) -> None:
    quarantined, backup = from_before(run)
    place = quarantined.parent if way == "quarantine" else backup.parent
    place.rename(tmp_path / "elsewhere")
    place.symlink_to(tmp_path / "elsewhere")
    found = copies_in_the_open(tmp_path / "data")
    assert [is_ours(copy) for copy in found] == [True, False]
    with pytest.raises(PermissionError, match="look at it and destroy it by hand"):
        destroy(found[1])
    assert len([*(tmp_path / "elsewhere").glob("*/keys.json")]) == 1


def test_a_backup_whose_key_file_is_another_folders_is_left(run: Run, tmp_path: Path) -> None:
    _, backup = from_before(run)
    other = other_folder(tmp_path)
    (backup / "keys.json").unlink()
    (backup / "keys.json").hardlink_to(other / "keys.json")
    assert not is_ours(backup)
    (backup / "keys.json").unlink()
    (backup / "keys.json").symlink_to(other / "keys.json")
    assert not is_ours(backup)


def test_a_key_file_that_was_put_aside_is_destroyed_only_where_it_opens_nothing(
    run: Run, tmp_path: Path
) -> None:
    run("play | touches")
    aside = tmp_path / "data" / "keys.json.damaged"
    shutil.copy("data/keys.json", aside)
    assert not is_ours(aside)
    aside.write_text(aside.read_text()[:-9])
    assert is_ours(aside)
