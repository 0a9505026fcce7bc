"""The locks say to the byte what is installed, on every system, and name no index."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
LOCKS = sorted((ROOT / "packaging").glob("*.lock"))
PLATFORMS = {"linux", "windows", "macos on arm", "macos on intel"}


def pins(lock: Path) -> dict[str, tuple[str, list[str]]]:
    """Return each name in a lock with its release and its hashes."""
    text = lock.read_text(encoding="utf-8").replace("\\\n", " ")
    found = {}
    for line in text.splitlines():
        name, version = re.match(r"([a-z0-9-]+)==(\S+)", line).groups()  # type: ignore[union-attr]
        found[name] = (version, re.findall(r"--hash=sha256:([0-9a-f]{64})", line))
    return found


def names(requirements: list[str]) -> set[str]:
    """Return the names as a lock spells them: small, and a hyphen for a dot."""
    return {re.split(r"[<>=~\[; ]", line)[0].lower().replace(".", "-") for line in requirements}


def wanted(source: Path) -> set[str]:
    lines = source.read_text(encoding="utf-8").splitlines()
    return names([line for line in lines if line and not line.startswith(("#", "-"))])


def test_there_is_a_lock_for_running_checking_building_and_locking() -> None:
    assert {lock.stem for lock in LOCKS} == {
        "requirements",
        "requirements-build",
        "requirements-dev",
        "requirements-locker",
    }


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_no_lock_names_an_index(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    assert "http" not in text
    assert "index" not in text


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_release_in_a_lock_has_its_hashes(lock: Path) -> None:
    assert [name for name, (_, hashes) in pins(lock).items() if not hashes] == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_everything_wanted_is_in_its_lock(lock: Path) -> None:
    assert wanted(lock.with_suffix(".in")) <= set(pins(lock))


@pytest.mark.parametrize("name", ["pyside6-essentials", "shiboken6", "sqlcipher3"])
def test_a_compiled_package_is_locked_for_every_system(name: str) -> None:
    _, hashes = pins(ROOT / "packaging" / "requirements.lock")[name]
    assert len(hashes) >= len(PLATFORMS)


def test_the_locks_agree_on_every_release() -> None:
    releases: dict[str, set[str]] = {}
    for lock in LOCKS:
        for name, (version, _) in pins(lock).items():
            releases.setdefault(name, set()).add(version)
    assert {name: versions for name, versions in releases.items() if len(versions) > 1} == {}


def test_what_the_package_depends_on_is_what_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    needs = names(project["project"]["dependencies"]) | names(project["build-system"]["requires"])
    assert wanted(ROOT / "packaging" / "requirements.in") == needs
