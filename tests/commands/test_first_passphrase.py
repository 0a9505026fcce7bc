"""The first passphrase from a terminal: never without a recovery key, and never one that nobody has seen."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app import cli
from desktop_app.core.ports import JournalError
from desktop_app.store.folder import DATABASE_NAME, KEYS_NAME
from desktop_app.store.keys import Cost, Keys, read_key_file
from desktop_app.store.sign_in import FolderSignIn
from tests.commands.test_keys import AK, RECOVERY_KEY
from tests.store.examples import open_here

Out = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder that anybody may open, in which a guess costs little; beside it a passphrase."""
    monkeypatch.setattr("desktop_app.store.slots.COST", Cost(memory_kib=64, passes=1, lanes=1))
    monkeypatch.delenv("CHAIRTIME_PASSPHRASE_FILE", raising=False)
    monkeypatch.chdir(tmp_path)
    Path("ak").write_text(f"{AK}\n")
    open_here(Path("data")).close()
    return Path("data")


def run(words: str, capsys: Out) -> tuple[int, str, str]:
    status = cli.main([*words.split(), "--data-dir", "data"])
    done = capsys.readouterr()
    return status, done.out, done.err


def is_open(folder: Path) -> bool:
    return isinstance(read_key_file(folder / KEYS_NAME), Keys)


def test_the_recovery_key_is_printed_before_anything_is_locked(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: Out
) -> None:
    printed: list[str] = []

    def cut_off(*_: object) -> None:
        printed.append(capsys.readouterr().out)
        raise KeyboardInterrupt

    monkeypatch.setattr(FolderSignIn, "protect", cut_off)
    assert run("keys protect AK --new-passphrase-file ak", capsys)[0] != 0
    assert RECOVERY_KEY.search(printed[0])
    assert is_open(folder)


def test_a_key_that_could_not_be_kept_is_said_to_open_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: Out
) -> None:
    def full(*_: object) -> None:
        raise JournalError("The disk is full.")

    monkeypatch.setattr(FolderSignIn, "protect", full)
    status, out, err = run("keys protect AK --new-passphrase-file ak", capsys)
    assert (status, err) == (
        2,
        "chairtime: The disk is full. The recovery key that was printed opens nothing.\n",
    )
    assert RECOVERY_KEY.search(out)
    assert is_open(folder)


def test_where_nobody_is_named_it_is_said_what_that_means(capsys: Out) -> None:
    status, out, _ = run("keys protect AK --new-passphrase-file ak", capsys)
    assert status == 0
    assert "The folder is locked: AK opens it, and the recovery key does." in out
    assert "Nobody is named here yet, so whoever opens the folder may do everything." in out


@pytest.mark.parametrize("name", ["\N{CYRILLIC SMALL LETTER A}K", "../../x", "emergency 1"])
def test_a_name_that_could_never_be_a_persons_gets_no_passphrase(
    folder: Path, name: str, capsys: Out
) -> None:
    status = cli.main(["keys", "protect", name, "--new-passphrase-file", "ak", "--data-dir", "data"])
    done = capsys.readouterr()
    assert (status, done.out) == (2, "")
    assert "short name has Latin letters" in done.err or "cannot be anybody's name here" in done.err
    assert is_open(folder)


def test_a_folder_without_a_recovery_key_is_said_to_be_one(folder: Path, capsys: Out) -> None:
    opened = open_here(folder)
    opened.sign_in.enrol("AK", AK)
    opened.close()
    assert (
        "There is no recovery key: whoever forgets the last passphrase has lost the journal."
        in (run("keys list", capsys)[1])
    )
    status, out, _ = run("doctor", capsys)
    assert status == 1
    assert "WRONG recovery    there is none" in out
    assert run("keys recovery --as AK --passphrase-file ak", capsys)[0] == 0
    assert "ok    recovery    a recovery key opens the folder" in run("doctor", capsys)[1]


def test_a_journal_without_its_key_file_is_no_folder_without_a_journal(folder: Path, capsys: Out) -> None:
    (folder / KEYS_NAME).unlink()
    assert (folder / DATABASE_NAME).exists()
    status, _, err = run("keys list", capsys)
    assert status == 2
    assert "keys.json is missing; put it back from a copy" in err
