"""The system's keyring is asked in a process of its own, in little time, and not where there is none."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringError, PasswordDeleteError

from desktop_app.core.ports import SecretRefused
from desktop_app.store import keyring_backend, system_keyring
from desktop_app.store.database import DatabaseKey
from desktop_app.store.folder import KEYS_NAME
from desktop_app.store.keys import Opened, SealedKeys, read_key_file
from desktop_app.store.locked import Locked
from desktop_app.store.opening import open_folder
from tests.fakes import FakeClock
from tests.store.examples import open_here
from tests.store.people import AK, open_as, protected_folder

KEY = DatabaseKey(b"k" * 32, b"s" * 16)
CHILD = """
import pathlib, sys
kept = pathlib.Path(sys.argv[1]) / sys.argv[3]
if sys.argv[2] == "get":
    print(kept.read_text() if kept.exists() else "")
elif sys.argv[2] == "put":
    kept.write_text(sys.stdin.read())
else:
    kept.unlink(missing_ok=True)
"""
"""Stands in for the program's own process, and for a keyring that answers."""


ADDRESS = "DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere"


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(*ADDRESS)


@pytest.fixture
def ring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Makes a keyring that answers, in a process of its own, and returns where it keeps what it is given."""
    kept = tmp_path / "ring"
    kept.mkdir()
    monkeypatch.setenv(*ADDRESS)
    monkeypatch.setattr(system_keyring, "_program", lambda: [sys.executable, "-c", CHILD])
    monkeypatch.setattr(system_keyring, "CHILD", str(kept))
    return kept


def test_a_key_is_kept_given_back_and_forgotten(ring: Path) -> None:
    assert system_keyring.kept_key(KEY.salt) is None
    assert system_keyring.keep_key(KEY)
    assert system_keyring.kept_key(KEY.salt) == KEY.key
    assert system_keyring.forget_key(KEY.salt)
    assert system_keyring.kept_key(KEY.salt) is None
    assert list(ring.iterdir()) == []


@pytest.mark.parametrize("answer", ["no key", "ab" * 31, ""])
def test_what_is_no_key_is_none(ring: Path, answer: str) -> None:
    (ring / KEY.salt.hex()).write_text(answer)
    assert system_keyring.kept_key(KEY.salt) is None


@pytest.mark.usefixtures("bus")
@pytest.mark.parametrize("program", ["raise SystemExit(2)", "import time; time.sleep(60)"])
def test_a_keyring_that_fails_or_hangs_is_none_in_time(monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    monkeypatch.setattr(system_keyring, "_program", lambda: [sys.executable, "-c", program])
    monkeypatch.setattr(system_keyring, "LONGEST_S", 0.5)
    began = time.monotonic()
    assert system_keyring.kept_key(KEY.salt) is None
    assert not system_keyring.keep_key(KEY)
    assert time.monotonic() - began < 10


@pytest.mark.usefixtures("bus")
def test_a_program_that_cannot_be_run_is_no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_keyring, "_program", lambda: ["/nowhere/chairtime"])
    assert system_keyring.kept_key(KEY.salt) is None


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a keyring needs no bus")
def test_without_a_bus_nothing_is_even_started(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setattr(system_keyring, "_program", lambda: pytest.fail("a process was wanted"))
    assert system_keyring.kept_key(KEY.salt) is None
    monkeypatch.delenv("XDG_RUNTIME_DIR")
    assert system_keyring.kept_key(KEY.salt) is None


@pytest.mark.skipif(sys.platform != "linux", reason="on a desktop the real keyring would answer")
def test_the_programs_own_process_says_that_there_is_none() -> None:
    env = os.environ | {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere"}
    line = [*system_keyring._program(), system_keyring.CHILD, "get", KEY.salt.hex()]  # noqa: SLF001 - as it is run
    done = subprocess.run(line, capture_output=True, text=True, check=False, env=env)  # noqa: S603 - our own
    assert done.returncode == 2
    assert done.stderr == "chairtime: There is no keyring here that answers without asking.\n"
    assert done.stdout == ""


class Ring(KeyringBackend):
    """A keyring in memory."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[str, str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get(f"{service}/{username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[f"{service}/{username}"] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop(f"{service}/{username}", None) is None:
            raise PasswordDeleteError


def test_the_child_speaks_to_the_systems_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    ring = Ring()
    monkeypatch.setattr(keyring_backend, "backend", lambda: ring)
    assert keyring_backend.answer("get", "ab", "") == ""
    assert keyring_backend.answer("put", "ab", "cd") == ""
    assert keyring_backend.answer("get", "ab", "") == "cd"
    assert ring.kept == {"chairtime/ab": "cd"}
    assert keyring_backend.answer("forget", "ab", "") == ""
    assert keyring_backend.answer("forget", "ab", "") == ""


def test_a_keyring_that_refuses_counts_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken(Ring):
        def get_password(self, service: str, username: str) -> str | None:
            raise KeyringError(service, username)

    monkeypatch.setattr(keyring_backend, "backend", Broken)
    with pytest.raises(keyring_backend.NoKeyring):
        keyring_backend.answer("get", "ab", "")


@pytest.mark.usefixtures("cheap_secrets", "ring")
def test_a_folder_comes_up_by_the_keyring_and_nobody_has_signed_in(tmp_path: Path) -> None:
    data = protected_folder(tmp_path / "data")
    folder = open_as(data)
    assert folder.sign_in.use_keyring(on=True)
    folder.close()
    again = open_folder(data, clock=FakeClock(), unlock=lambda locked: locked.with_keyring() or KEY)
    assert again.opened == Opened("", "keyring")
    assert again.opened_by == ""
    again.close()


@pytest.mark.usefixtures("cheap_secrets")
def test_a_new_data_key_takes_the_formers_place_in_the_keyring(tmp_path: Path, ring: Path) -> None:
    folder = open_as(protected_folder(tmp_path / "data"))
    folder.sign_in.use_keyring(on=True)
    (former,) = (file.name for file in ring.iterdir())
    folder.sign_in.renew_data_key()
    folder.close()
    (kept,) = (file.name for file in ring.iterdir())
    assert kept != former
    found = read_key_file(tmp_path / "data" / KEYS_NAME)
    assert isinstance(found, SealedKeys)
    assert kept == found.salts[0].hex()


@pytest.mark.usefixtures("cheap_secrets")
def test_a_keyring_that_holds_another_key_opens_nothing(tmp_path: Path, ring: Path) -> None:
    data = protected_folder(tmp_path / "data")
    folder = open_as(data)
    folder.sign_in.use_keyring(on=True)
    folder.close()
    (kept,) = ring.iterdir()
    kept.write_text("00" * 32)

    def unlock(locked: Locked) -> DatabaseKey:
        assert locked.has_keyring
        assert locked.with_keyring() is None
        return locked.with_passphrase("AK", AK)

    open_folder(data, clock=FakeClock(), unlock=unlock).close()


@pytest.mark.usefixtures("cheap_secrets", "ring")
def test_it_is_turned_off_again(tmp_path: Path) -> None:
    folder = open_as(protected_folder(tmp_path / "data"))
    assert folder.sign_in.use_keyring(on=True)
    assert folder.sign_in.use_keyring(on=False)
    folder.close()
    found = read_key_file(tmp_path / "data" / KEYS_NAME)
    assert isinstance(found, SealedKeys)
    assert not found.keyring


def test_a_folder_that_is_anybodys_has_no_use_for_it(tmp_path: Path) -> None:
    folder = open_here(tmp_path)
    with pytest.raises(SecretRefused, match="would protect nothing"):
        folder.sign_in.use_keyring(on=True)
    folder.close()
