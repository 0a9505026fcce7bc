"""Backups of a folder that people sign in to: each opens with the passphrases of its day."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from desktop_app.commands.rescue import FolderRescue
from desktop_app.store.backup import AT_ONCE, Source, make_backup
from desktop_app.store.database import DatabaseKey
from desktop_app.store.faults import DatabaseDamaged, WrongSecret
from desktop_app.store.folder import DATABASE_NAME, KEYS_NAME, TRIES_NAME
from desktop_app.store.locked import Locked
from desktop_app.store.places import default_place
from desktop_app.store.still import AskedKeys
from desktop_app.store.tries import NoTries
from desktop_app.store.verify import verify
from tests.commands.program import Done, chairtime, content
from tests.fakes import FakeClock
from tests.store.damages import PAGE, change
from tests.store.examples import put, seated
from tests.store.people import AK, CHEAP, open_as, protected_folder, signing_in


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Makes a locked folder with a backup, two events after it, and a file with the passphrase."""
    path = protected_folder(tmp_path_factory.mktemp("locked") / "data")
    folder = open_as(path)
    make_backup(Source(path, folder.database_key), default_place(path), FakeClock(), AT_ONCE)
    put(folder.journal, "session/b", seated())
    put(folder.journal, "session/c", seated())
    folder.close()
    (path.parent / "passphrase").write_text(f"{AK}\n", encoding="utf-8")
    return path


@pytest.fixture
def path(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made.parent, tmp_path, dirs_exist_ok=True)
    return tmp_path / "data"


def run(path: Path, *words: object) -> Done:
    name, *others = words
    secret = ("--as", "AK", "--passphrase-file", path.parent / "passphrase")
    return chairtime(name, "--data-dir", path, *secret, *others)


def events(path: Path) -> int:
    folder = open_as(path, read_only=True)
    try:
        assert verify(folder.journal, folder.known_head) is None
        return folder.journal.count()
    finally:
        folder.close()


def no_head(path: Path) -> None:
    change(path / DATABASE_NAME, 0, bytes(PAGE))


def test_the_commands_sign_in_and_refuse_where_nobody_does(path: Path) -> None:
    assert chairtime("backup", "--data-dir", path).status == 2
    assert "is made and checked" in run(path, "backup").out
    assert run(path, "backup", "--check").status == 0
    assert chairtime("backup", "--data-dir", path, "--list").status == 0
    backup, _ = sorted(default_place(path).glob("journal-*/0*"))
    unsigned = chairtime("backup", "--data-dir", path, "--check")
    assert (unsigned.status, unsigned.out) == (2, "")
    file = path.parent / "passphrase"
    verified = chairtime("verify", "--data-dir", backup, "--as", "AK", "--passphrase-file", file)
    assert verified.out.startswith("The backup is whole: ")


def test_a_damaged_journal_comes_back_with_what_followed_and_stays_locked(path: Path) -> None:
    before = events(path)
    no_head(path)
    done = run(path, "restore", "newest")
    assert done.status == 0, done.err
    assert "2 newer from the file that was here" in done.out
    assert events(path) == before + 1
    assert chairtime("log", "--data-dir", path).status == 2


def test_a_missing_key_file_is_that_of_the_backup(path: Path) -> None:
    before = events(path)
    (path / KEYS_NAME).unlink()
    assert run(path, "restore", "newest").status == 0
    assert events(path) == before + 1


def test_a_backup_from_before_a_new_key_opens_with_its_own(path: Path) -> None:
    folder = open_as(path)
    folder.sign_in.renew_data_key()
    folder.close()
    no_head(path)
    done = run(path, "restore", "newest")
    assert done.status == 0, done.err
    assert events(path) >= 4


def test_the_rescue_window_asks_once_who_is_there(path: Path) -> None:
    no_head(path)
    rescue = FolderRescue(path, DatabaseDamaged("It is damaged."), signing_in("AK", AK))
    rescue.sign_in()
    found = rescue.find()
    assert found is not None
    assert "and 2 newer from the damaged file" in found.back
    assert "2 newer from" in rescue.restore(found.name)
    assert events(path) == 4 + 1


def test_without_anybody_signing_in_no_backup_is_called_good(path: Path) -> None:
    no_head(path)
    rescue = FolderRescue(path, DatabaseDamaged("It is damaged."))
    rescue.sign_in()
    assert rescue.find() is None


def test_the_drill_runs_on_a_locked_folder_and_lays_its_key_down_nowhere(path: Path) -> None:
    done = run(path, "drill")
    assert done.status == 0, done.out + done.err


def test_a_wrong_passphrase_is_no_damage_of_a_backup_and_leaves_it_as_it_is(path: Path) -> None:
    (backup,) = default_place(path).glob("journal-*/0*")
    (path.parent / "wrong").write_text("none of their sentences\n", encoding="utf-8")
    before = content(backup)
    done = chairtime("verify", "--data-dir", backup, "--as", "AK", "--passphrase-file", path.parent / "wrong")
    assert (done.status, done.out) == (2, "")
    assert done.sentence == "That is not the passphrase of AK."
    assert content(backup) == before


def test_a_wrong_passphrase_is_no_damage_at_a_check_and_at_a_list_of_what_could_be_restored(
    path: Path,
) -> None:
    (path.parent / "passphrase").write_text("none of their sentences\n", encoding="utf-8")
    for words in (("backup", "--check"), ("restore", "--list")):
        done = run(path, *words)
        assert "not good" not in done.out + done.err
        assert "That is not the passphrase of AK." in done.out + done.err
    assert run(path, "backup", "--check").sentence == "That is not the passphrase of AK."


def test_older_backups_with_passphrases_of_their_day_count_as_no_wrong_tries(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop_app.store.slots.COST", CHEAP)
    folder, clock = open_as(path), FakeClock()
    for number in range(2):
        clock.advance(60)
        put(folder.journal, f"session/o{number}", seated())
        folder.sign_in.change("AK", f"a passphrase of day {number}")
        make_backup(Source(path, folder.database_key), default_place(path), clock, AT_ONCE)
    folder.sign_in.change("AK", "a passphrase of a later day")
    folder.sign_in.enrol("NU", "one who came later")
    folder.sign_in.renew_data_key()
    folder.close()
    (path.parent / "passphrase").write_text("a passphrase of a later day\n", encoding="utf-8")
    assert run(path, "backup").status == 0
    lines = run(path, "backup", "--check").out.splitlines()
    assert len(lines) == 4
    assert all("only its bytes are checked: That is not the passphrase of AK." in line for line in lines[1:])
    assert not (path / "tries.txt").exists()
    (path.parent / "passphrase").write_text("one who came later\n", encoding="utf-8")
    done = chairtime(
        "backup", "--check", "--data-dir", path, "--as", "NU", "--passphrase-file", path.parent / "passphrase"
    )
    assert done.status == 1
    assert done.out.count("only its bytes are checked: Nobody of that name has a passphrase here.") == 3


def test_a_key_file_that_was_refused_is_asked_for_once(path: Path) -> None:
    (backup,) = default_place(path).glob("journal-*/0*")
    copy = Path(shutil.copytree(backup, backup.with_name("000002-2026-11-21T010101Z")))
    asked: list[Path] = []

    def wrong(locked: Locked) -> DatabaseKey:
        asked.append(locked.path)
        return locked.with_passphrase("AK", "none of their sentences")

    keys = AskedKeys(wrong, NoTries(backup / TRIES_NAME, FakeClock()))
    for one in (backup, copy):
        with pytest.raises(WrongSecret):
            keys(one / KEYS_NAME)
    assert asked == [backup]


def test_an_older_backup_with_passphrases_of_its_own_day_is_not_called_bad(path: Path) -> None:
    folder = open_as(path)
    folder.sign_in.change("AK", "a passphrase of a later day")
    folder.sign_in.renew_data_key()
    folder.close()
    (path.parent / "passphrase").write_text("a passphrase of a later day\n", encoding="utf-8")
    assert run(path, "backup").status == 0
    done = run(path, "backup", "--check")
    newest, older = done.out.splitlines()
    assert newest.endswith("whole, every byte and every event.")
    assert older.endswith("not opened, so only its bytes are checked: That is not the passphrase of AK.")
    assert done.status == 1
