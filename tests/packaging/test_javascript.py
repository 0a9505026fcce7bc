"""What checks the program in JavaScript is locked to the byte, and installed once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from chores import environment, javascript
from chores.terminal import ROOT, Stopped

LOCK: dict[str, Any] = json.loads(javascript.LOCK.read_text(encoding="utf-8"))
PACKAGES: dict[str, dict[str, Any]] = {name: said for name, said in LOCK["packages"].items() if name}


def test_no_registry_is_named() -> None:
    assert "http" not in javascript.LOCK.read_text(encoding="utf-8")
    assert [name for name, said in PACKAGES.items() if "resolved" in said] == []


def test_every_package_has_its_hash_or_lies_in_one_that_has() -> None:
    hashed = {name for name, said in PACKAGES.items() if said.get("integrity", "").startswith("sha512-")}
    assert "node_modules/fhir" in hashed
    inside = PACKAGES.keys() - hashed
    assert all(PACKAGES[name]["inBundle"] and name.startswith("node_modules/fhir/") for name in inside)


def test_the_lock_is_of_what_is_wanted() -> None:
    wanted = json.loads((javascript.WANTED / "package.json").read_text(encoding="utf-8"))
    assert LOCK["packages"][""]["dependencies"] == wanted["dependencies"]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[tuple[list[str], dict[str, str], Path]]:
    """Returns what npm would have been asked, with the environment and the folder; it does nothing."""
    commands: list[tuple[list[str], dict[str, str], Path]] = []

    def call(command: list[str | Path], *, extra: dict[str, str], inside: Path) -> int:
        commands.append(([str(part) for part in command], extra, inside))
        return int("fails" in str(command[0]))

    monkeypatch.setattr(javascript, "call", call)
    monkeypatch.setattr(environment, "VENV", tmp_path)
    return commands


def test_it_is_installed_once_as_the_lock_says_and_runs_nothing_of_its_own(
    asked: list[tuple[list[str], dict[str, str], Path]], tmp_path: Path
) -> None:
    javascript.install(Path("python"))
    javascript.install(Path("python"))
    ((command, extra, inside),) = asked
    assert ("ci" in command, "--ignore-scripts" in command) == (True, True)
    assert (extra, inside) == ({"NODE_USE_SYSTEM_CA": "1"}, tmp_path / "javascript")
    assert (inside / "package-lock.json").read_bytes() == javascript.LOCK.read_bytes()


def test_a_failed_install_is_said_and_tried_again(
    asked: list[tuple[list[str], dict[str, str], Path]],
) -> None:
    for _ in range(2):
        with pytest.raises(Stopped, match=r"The packages in packaging.javascript.package-lock.json"):
            javascript.install(Path("fails"))
    assert len(asked) == 2


@pytest.mark.parametrize(("upgrade", "word"), [(False, "install"), (True, "update")])
def test_the_lock_is_written_without_a_registry(
    asked: list[tuple[list[str], dict[str, str], Path]], word: str, *, upgrade: bool
) -> None:
    javascript.lock(Path("python"), upgrade=upgrade)
    ((command, _, inside),) = asked
    assert {word, "--package-lock-only", "--omit-lockfile-registry-resolved"} <= set(command)
    assert inside == ROOT / "packaging" / "javascript"
