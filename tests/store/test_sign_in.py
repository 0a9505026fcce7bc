"""Who has a passphrase opens the folder; who had one does not; and nobody's secret is ever told."""

from __future__ import annotations

import shutil
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from threading import Barrier, BrokenBarrierError

import pytest

from desktop_app.core.ports import JournalError, MustWait, SecretRefused
from desktop_app.store.database import DatabaseKey
from desktop_app.store.faults import FolderLocked, FolderNotWritable, KeyFileUnusable, WrongSecret
from desktop_app.store.folder import KEYS_NAME, Folder
from desktop_app.store.key_file import KeyFile
from desktop_app.store.keys import (
    RECOVERY,
    Keys,
    Opened,
    SealedKeys,
    Slot,
    read_key_file,
    read_keys,
    write_keys,
)
from desktop_app.store.locked import Locked
from desktop_app.store.opening import open_folder
from desktop_app.store.slots import open_slot
from desktop_app.store.tries import FailedTry
from desktop_app.store.verify import verify
from tests.fakes import FakeClock
from tests.store.examples import made_folder, open_here, put, started
from tests.store.people import AK, BN, kept_recovery_key, open_as, protected_folder

pytestmark = pytest.mark.usefixtures("cheap_secrets")


def sealed(path: Path) -> SealedKeys:
    found = read_key_file(path / KEYS_NAME)
    assert isinstance(found, SealedKeys)
    return found


def opens(path: Path, name: str, passphrase: str) -> bool:
    try:
        open_as(path, name, passphrase).close()
    except WrongSecret:
        return False
    return True


def with_recovery_key(path: Path, typed: str) -> Folder:
    return open_folder(path, clock=FakeClock(), unlock=lambda locked: locked.with_recovery_key(typed))


def test_each_of_two_people_opens_the_folder_with_their_own_passphrase(tmp_path: Path) -> None:
    protected_folder(tmp_path)
    for name, passphrase in (("AK", AK), ("BN", BN)):
        folder = open_as(tmp_path, name, passphrase)
        assert folder.opened_by == name
        assert folder.opened == Opened(name, "passphrase")
        assert len(folder.journal.load("session/a")) == 2
        assert not folder.is_anybodys
        assert folder.sign_in.names() == ("AK", "BN")
        folder.close()
    assert not opens(tmp_path, "AK", BN)


def test_a_folder_without_people_is_anybodys(tmp_path: Path) -> None:
    folder = open_here(tmp_path)
    assert folder.is_anybodys
    assert folder.opened == Opened()
    assert not folder.sign_in.is_needed
    assert folder.sign_in.names() == ()
    assert folder.failed_tries == ()
    folder.close()


@pytest.mark.parametrize("read_only", [False, True])
def test_nobody_gets_in_without_signing_in(tmp_path: Path, *, read_only: bool) -> None:
    protected_folder(tmp_path)
    with pytest.raises(FolderLocked, match=f"^The data folder {tmp_path} is locked; sign in to open it.$"):
        open_folder(tmp_path, read_only=read_only)
    open_as(tmp_path).close()


def test_a_locked_folder_says_who_can_open_it(tmp_path: Path) -> None:
    protected_folder(tmp_path)
    seen: list[Locked] = []

    def look(locked: Locked) -> None:
        seen.append(locked)
        raise FolderLocked("Not today.")

    with pytest.raises(FolderLocked, match="Not today"):
        open_folder(tmp_path, unlock=look)  # type: ignore[arg-type]  # it gives no key
    assert seen[0].names == ("AK", "BN")
    assert (seen[0].has_recovery_key, seen[0].has_keyring, seen[0].with_keyring()) == (False, False, None)
    with pytest.raises(WrongSecret, match="no recovery key"):
        seen[0].with_recovery_key("x")
    with pytest.raises(WrongSecret, match="Nobody of that name"):
        seen[0].with_passphrase("XY", AK)
    with pytest.raises(WrongSecret, match="Nobody of that name"):
        seen[0].with_passphrase("", AK)


def test_a_reader_signs_in_too_and_disturbs_nobody(tmp_path: Path) -> None:
    writer = open_as(protected_folder(tmp_path))
    reader = open_as(tmp_path, "BN", BN, read_only=True)
    assert reader.opened_by == "BN"
    assert len(reader.journal.load("session/a")) == 2
    reader.close()
    put(writer.journal, "session/a", started("2"))
    writer.close()


def test_the_first_passphrase_gives_the_folder_a_new_data_key(tmp_path: Path) -> None:
    before = read_keys(made_folder(tmp_path) / KEYS_NAME).database
    folder = open_here(tmp_path)
    head = folder.journal.head()
    folder.sign_in.enrol("AK", AK)
    assert before.key.hex() not in (tmp_path / KEYS_NAME).read_text()
    assert folder.sign_in.is_new_key_due
    folder.close()
    assert before.salt not in sealed(tmp_path).salts
    again = open_as(tmp_path)
    assert again.journal.head() == head
    assert not again.sign_in.is_new_key_due
    assert verify(again.journal, again.known_head) is None
    again.close()


def test_an_open_key_is_overwritten_where_it_lay(tmp_path: Path) -> None:
    made_folder(tmp_path)
    former = (tmp_path / KEYS_NAME).open("rb")
    folder = open_here(tmp_path)
    folder.sign_in.enrol("AK", AK)
    with former:
        assert set(former.read()) == {0}
    folder.close()


def test_somebody_taken_out_opens_it_no_more_not_even_with_the_old_key_file(tmp_path: Path) -> None:
    data = protected_folder(tmp_path / "data")
    shutil.copy(data / KEYS_NAME, tmp_path / "old.json")
    folder = open_as(data)
    folder.sign_in.set_pin("BN", "4829")
    folder.sign_in.revoke("BN")
    assert not folder.sign_in.check("BN", "4829")
    folder.close()
    assert opens(data, "AK", AK)
    assert sealed(data).names == ("AK",)
    shutil.copy(tmp_path / "old.json", data / KEYS_NAME)
    with pytest.raises(Exception, match="is not the database that the key file belongs to"):
        open_as(data, "BN", BN)


def test_who_is_enrolled_again_has_no_pin_of_before(tmp_path: Path) -> None:
    folder = open_as(protected_folder(tmp_path))
    folder.sign_in.set_pin("BN", "4829")
    folder.sign_in.revoke("BN")
    folder.sign_in.enrol("BN", BN)
    assert not folder.sign_in.has_pin("BN")
    folder.close()
    assert opens(tmp_path, "BN", BN)


def test_the_last_passphrase_stays(tmp_path: Path) -> None:
    folder = open_as(protected_folder(tmp_path))
    kept_recovery_key(folder)
    folder.sign_in.revoke("BN")
    with pytest.raises(SecretRefused, match="AK is the last one"):
        folder.sign_in.revoke("AK")
    folder.close()


def test_a_changed_passphrase_replaces_the_former(tmp_path: Path) -> None:
    folder = open_as(protected_folder(tmp_path))
    folder.sign_in.change("AK", "a third long sentence")
    folder.close()
    assert not opens(tmp_path, "AK", AK)
    assert opens(tmp_path, "AK", "a third long sentence")
    assert sealed(tmp_path).names == ("AK", "BN")


@pytest.mark.parametrize(
    ("name", "passphrase", "words"),
    [
        ("AK", BN, "AK has a passphrase already"),
        ("ak", BN, "AK has a passphrase already"),
        ("CD", "short", "10 characters or more"),
        ("", BN, "1 to 12 characters"),
        ("thirteen signs", BN, "1 to 12 characters"),
        (" CD", BN, "1 to 12 characters"),
        ("C\nD", BN, "1 to 12 characters"),
    ],
)
def test_what_cannot_be_taken_is_refused_and_nothing_changes(
    tmp_path: Path, name: str, passphrase: str, words: str
) -> None:
    folder = open_as(protected_folder(tmp_path))
    before = (tmp_path / KEYS_NAME).read_bytes()
    with pytest.raises(SecretRefused, match=words):
        folder.sign_in.enrol(name, passphrase)
    assert (tmp_path / KEYS_NAME).read_bytes() == before
    folder.close()


def test_nobody_unknown_is_changed_or_taken_out(tmp_path: Path) -> None:
    folder = open_as(protected_folder(tmp_path))
    with pytest.raises(SecretRefused, match="XY has no passphrase here"):
        folder.sign_in.change("XY", BN)
    with pytest.raises(SecretRefused, match="XY has no passphrase here"):
        folder.sign_in.revoke("XY")
    folder.close()


def test_the_recovery_key_opens_the_folder_and_names_nobody(tmp_path: Path) -> None:
    folder = open_as(protected_folder(tmp_path))
    printed = kept_recovery_key(folder)
    assert folder.sign_in.names() == ("AK", "BN")
    folder.close()
    again = with_recovery_key(tmp_path, printed.lower().replace("-", " "))
    assert again.opened == Opened("", "recovery-key")
    again.sign_in.change("AK", "a third long sentence")
    again.close()
    assert opens(tmp_path, "AK", "a third long sentence")


def test_a_new_recovery_key_ends_the_former(tmp_path: Path) -> None:
    folder = open_as(protected_folder(tmp_path))
    former, printed = kept_recovery_key(folder), kept_recovery_key(folder)
    assert folder.sign_in.is_new_key_due
    folder.close()
    with pytest.raises(WrongSecret, match="not the one in force"):
        with_recovery_key(tmp_path, former)
    with_recovery_key(tmp_path, printed).close()


def test_a_recovery_key_that_was_only_shown_opens_nothing_and_the_former_does(tmp_path: Path) -> None:
    folder = open_as(protected_folder(tmp_path))
    former, shown = kept_recovery_key(folder), folder.sign_in.draft_recovery_key()
    folder.close()
    with pytest.raises(WrongSecret, match="not the one in force"):
        with_recovery_key(tmp_path, shown)
    with_recovery_key(tmp_path, former).close()


def test_the_first_passphrase_and_the_recovery_key_are_written_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = open_here(tmp_path)
    written: list[tuple[str, ...]] = []
    put_keys = KeyFile.put

    def put_and_note(file: KeyFile, keys: Keys) -> None:
        written.append(tuple(slot.name for slot in keys.slots))
        put_keys(file, keys)

    monkeypatch.setattr(KeyFile, "put", put_and_note)
    printed = folder.sign_in.draft_recovery_key()
    folder.sign_in.protect("AK", AK, printed)
    assert written == [("AK", RECOVERY)]
    folder.close()
    assert opens(tmp_path, "AK", AK)
    with_recovery_key(tmp_path, printed).close()


@pytest.mark.parametrize(("name", "passphrase"), [("AK", "too short"), (" AK", AK)])
def test_neither_is_there_where_one_is_refused(tmp_path: Path, name: str, passphrase: str) -> None:
    folder = open_here(tmp_path)
    with pytest.raises(SecretRefused):
        folder.sign_in.protect(name, passphrase, folder.sign_in.draft_recovery_key())
    assert not folder.sign_in.is_needed
    assert not folder.sign_in.has_recovery_key
    folder.close()


def test_the_wrong_tries_of_one_keep_nobody_else_waiting(tmp_path: Path) -> None:
    folder = open_as(protected_folder(tmp_path))
    printed = kept_recovery_key(folder)
    folder.close()

    def unlock(locked: Locked) -> DatabaseKey:
        for _ in range(5):
            with pytest.raises(WrongSecret):
                locked.with_passphrase("BN", "some other words")
        with pytest.raises(MustWait):
            locked.with_passphrase("BN", BN)
        locked.with_recovery_key(printed)
        return locked.with_passphrase("AK", AK)

    open_folder(tmp_path, clock=FakeClock(), unlock=unlock).close()


def test_a_wrong_recovery_key_waits_by_itself(tmp_path: Path) -> None:
    folder = open_as(protected_folder(tmp_path))
    printed, wrong = kept_recovery_key(folder), folder.sign_in.draft_recovery_key()
    folder.close()

    def unlock(locked: Locked) -> DatabaseKey:
        for _ in range(5):
            with pytest.raises(WrongSecret):
                locked.with_recovery_key(wrong)
        with pytest.raises(MustWait):
            locked.with_recovery_key(printed)
        return locked.with_passphrase("AK", AK)

    open_folder(tmp_path, clock=FakeClock(), unlock=unlock).close()


def test_five_wrong_passphrases_let_wait_over_a_restart(tmp_path: Path) -> None:
    protected_folder(tmp_path)
    clock = FakeClock()
    for _ in range(5):
        with pytest.raises(WrongSecret):
            open_as(tmp_path, "AK", BN, clock=clock)
    clock.set_wall("2031-01-01T00:00")
    with pytest.raises(MustWait):
        open_as(tmp_path, "AK", AK, clock=clock)
    open_as(tmp_path, "BN", BN, clock=clock).close()
    clock.advance(us=30_000_000)
    open_as(tmp_path, "AK", AK, clock=clock).close()
    assert opens(tmp_path, "AK", AK)


def test_wrong_passphrases_are_told_to_whoever_opens_it_next(tmp_path: Path) -> None:
    protected_folder(tmp_path)
    clock = FakeClock()
    with pytest.raises(WrongSecret):
        open_as(tmp_path, "AK", BN, clock=clock)
    folder = open_as(tmp_path, "BN", BN, clock=clock)
    assert folder.failed_tries == (FailedTry("AK", clock.now().wall_us),)
    folder.forget_tries(folder.failed_tries)
    folder.close()
    again = open_as(tmp_path, "BN", BN, clock=clock)
    assert again.failed_tries == ()
    again.close()


def test_a_key_file_changed_by_somebody_without_its_key_is_noticed(tmp_path: Path) -> None:
    found = sealed(protected_folder(tmp_path))
    guessed = DatabaseKey(bytes(32), found.salts[0])
    write_keys(tmp_path / KEYS_NAME, Keys(guessed, None, found.slots))
    with pytest.raises(KeyFileUnusable, match="was changed by somebody without its key"):
        open_as(tmp_path)


def test_no_secret_stands_in_an_error_or_in_the_key_file(tmp_path: Path) -> None:
    protected_folder(tmp_path)
    with pytest.raises(WrongSecret) as caught:
        open_as(tmp_path, "AK", BN)
    assert BN not in str(caught.value)
    text = (tmp_path / KEYS_NAME).read_text() + (tmp_path / "tries.txt").read_text()
    assert AK not in text
    assert BN not in text


def test_who_only_reads_changes_no_secret(tmp_path: Path) -> None:
    reader = open_as(protected_folder(tmp_path), read_only=True)
    with pytest.raises(FolderNotWritable, match="is only read, so no secret of it changes"):
        _ = reader.sign_in
    reader.close()


def test_tries_that_are_made_at_once_wait_for_one_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = protected_folder(tmp_path / "data")
    all_at_once = Barrier(8)

    def together(slot: Slot, secret: str, salt: bytes) -> DatabaseKey:
        # Where one waits for the other they never meet, and the first one goes on alone.
        with suppress(BrokenBarrierError):
            all_at_once.wait(0.3)
        return open_slot(slot, secret, salt)

    monkeypatch.setattr("desktop_app.store.slots.open_slot", together)

    def tried(_: int) -> type[JournalError]:
        with pytest.raises((WrongSecret, MustWait)) as caught:
            open_as(path, "AK", "a guess like many", read_only=True)
        return caught.type

    with ThreadPoolExecutor(8) as pool:
        became = Counter(pool.map(tried, range(8)))
    assert became == {WrongSecret: 5, MustWait: 3}
    assert not (path / "tries.lock").exists()
