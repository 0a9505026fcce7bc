"""A new data key, killed before every file, every statement and at any moment: the folder always opens."""

from __future__ import annotations

import json
import secrets
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from desktop_app.store.verify import verify
from tests.store.examples import put, seated
from tests.store.people import BN, CHEAP, open_as, protected_folder

ROOT = Path(__file__).resolve().parents[2]
KILLS = 50
SESSIONS = 400


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Makes a folder of two people, and lets a guess cost little."""
    monkeypatch.setattr("desktop_app.store.slots.COST", CHEAP)
    return protected_folder(tmp_path / "source")


def test_a_kill_before_any_step_leaves_a_folder_that_opens_twice(source: Path, tmp_path: Path) -> None:
    work = tmp_path / "work"
    work.mkdir()
    line = [sys.executable, "-m", "tests.store.killed_rekey", str(source), str(work), "all"]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=True)
    told = [json.loads(text) for text in done.stdout.splitlines()]
    assert {one["left"] for one in told if isinstance(one, dict)} == {""}
    assert sum(isinstance(one, str) for one in told) > 50
    assert "execute PRAGMA cipher_integrity_check" in told


def test_fifty_kills_at_any_moment_lose_nothing(source: Path) -> None:
    folder = open_as(source)
    for number in range(SESSIONS):
        put(folder.journal, f"session/{number}", seated())
    head = folder.journal.head()
    folder.close()
    salts = set()
    for _ in range(KILLS):
        kill_while_renewing(source, after_s=secrets.randbelow(400) / 1000)
        found = open_as(source, "BN", BN)
        assert found.journal.head() == head
        assert verify(found.journal, found.known_head) is None
        found.close()
        salts.add((source / "chairtime.db").read_bytes()[:16])
    assert len(salts) > KILLS // 3


def kill_while_renewing(folder: Path, after_s: float) -> None:
    """Start a program that renews for ever and kill it some time after its first new key."""
    line = [sys.executable, "-m", "tests.stress.endless_rekey", str(folder)]
    with subprocess.Popen(line, cwd=ROOT, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout
        assert program.stdout.readline() == "renewed\n"
        with suppress(subprocess.TimeoutExpired):
            program.wait(after_s)
        program.kill()
