"""The keyring of a Linux desktop, over a real bus: a key goes in and comes back, and nobody is asked."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from desktop_app.store.database import DatabaseKey
from desktop_app.store.system_keyring import LONGEST_S, forget_key, keep_key, kept_key

ROOT = Path(__file__).resolve().parents[2]
KEY = DatabaseKey(b"k" * 32, b"s" * 16)

pytestmark = pytest.mark.skipif(
    shutil.which("dbus-daemon") is None, reason="a bus of its own needs dbus-daemon, as desktops have it"
)


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Makes this the session of a bus of its own."""
    line = ["dbus-daemon", "--session", "--nofork", "--print-address"]
    with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as daemon:
        assert daemon.stdout
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", daemon.stdout.readline().strip())
        yield
        daemon.kill()


@contextmanager
def secret_service(*words: str) -> Iterator[list[str]]:
    """Run a secret service on the bus; at the end the list has what it was asked."""
    asked: list[str] = []
    line = [sys.executable, "-m", "tests.stress.secret_service", *words]
    with subprocess.Popen(line, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=os.environ) as service:
        assert service.stdout
        assert service.stdout.readline() == "ready\n"
        yield asked
        service.kill()
        asked += service.stdout.read().splitlines()


@pytest.mark.usefixtures("bus")
def test_a_key_goes_in_comes_back_and_is_forgotten() -> None:
    with secret_service() as asked:
        assert kept_key(KEY.salt) is None
        assert keep_key(KEY)
        assert kept_key(KEY.salt) == KEY.key
        assert kept_key(b"o" * 16) is None
        assert forget_key(KEY.salt)
        assert forget_key(KEY.salt)
        assert kept_key(KEY.salt) is None
    assert {"CreateItem", "GetSecret", "Delete"} <= set(asked)
    assert not {"Prompt", "CreateCollection"} & set(asked)


@pytest.mark.usefixtures("bus")
def test_a_locked_keyring_is_not_asked_to_unlock() -> None:
    with secret_service("locked") as asked:
        assert kept_key(KEY.salt) is None
        assert not keep_key(KEY)
    assert "Get" in asked
    assert not {"Unlock", "Prompt", "CreateItem"} & set(asked)


@pytest.mark.usefixtures("bus")
def test_a_bus_without_a_secret_service_is_no_keyring_at_once() -> None:
    began = time.monotonic()
    assert kept_key(KEY.salt) is None
    assert time.monotonic() - began < LONGEST_S
