"""The project's own Python environment in ``.venv``: made once, renewed when a lock changes.

Debian's python3 comes with the venv module but without ensurepip, so that an environment
would have no pip; the missing package is installed where that is allowed, and named where not.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import sys
import venv
from collections.abc import Iterable
from pathlib import Path

from chores import system_packages
from chores.terminal import ROOT, Stopped, call, call_quietly, say

VENV = ROOT / ".venv"
MADE = VENV / ".made"
LOCKS = ROOT / "packaging"

RUN = "requirements.lock"
DEV = "requirements-dev.lock"
BUILD = "requirements-build.lock"
LOCKER = "requirements-locker.lock"

PIP = ("-m", "pip", "--disable-pip-version-check", "--no-input", "-qq")
AS_LOCKED = ("--require-hashes", "--no-deps", "--only-binary", ":all:")
"""A lock names every package. Left to find dependencies, pip asks for the newest ``coverage[toml]``
although ``coverage`` is pinned, and refuses its own choice on the day a newer release is out."""


def interpreter() -> Path:
    """Return the environment's Python, whether or not it is there yet."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def ready(*locks: str) -> Path:
    """Return the environment's Python, with these locks and the project itself installed."""
    ready_without_project(*locks)
    _install_project()
    return interpreter()


def ready_without_project(*locks: str) -> Path:
    """Return the environment's Python with these locks alone; what builds the project may be missing."""
    if not _is_made():
        system_packages.provide(_packages_to_make_it())
        _make()
    for lock in locks:
        _install_lock(LOCKS / lock)
    return interpreter()


def ready_for_qt(*locks: str, also: Iterable[str] = ()) -> Path:
    """Return what ``ready`` does, once the system has what Qt needs, and further packages."""
    to_make_it = [] if _is_made() else _packages_to_make_it()
    system_packages.provide(sorted({*to_make_it, *system_packages.for_window(), *also}))
    system_packages.need_what_draws()
    return ready(*locks)


def _is_made() -> bool:
    starts = interpreter().exists() and call_quietly([interpreter(), "-c", ""])[0] == 0
    return starts and _marked(MADE, sys.version)


def _packages_to_make_it() -> list[str]:
    """Return the package that holds ensurepip on Debian, or nothing where this Python has it."""
    return [] if importlib.util.find_spec("ensurepip") else [f"python3.{sys.version_info.minor}-venv"]


def _make() -> None:
    importlib.invalidate_caches()
    if not importlib.util.find_spec("ensurepip"):
        raise Stopped("This Python has no ensurepip module, so .venv cannot be made.")
    say("Making .venv")
    venv.create(VENV, with_pip=True, clear=True, symlinks=os.name != "nt")
    MADE.write_text(sys.version, encoding="utf-8")


def _install_lock(lock: Path) -> None:
    if holds(lock):
        return
    say(f"Installing {lock.relative_to(ROOT)}")
    if call([interpreter(), *PIP, "install", *AS_LOCKED, "-r", lock]):
        raise Stopped(f"The packages in {lock.relative_to(ROOT)} could not be installed; see above.")
    stamp(lock)


def holds(lock: Path) -> bool:
    """Return whether the environment has what this very lock says."""
    return _marked(_stamp_of(lock), _digest(lock))


def stamp(lock: Path) -> None:
    """Note that the environment has what a lock says."""
    _stamp_of(lock).write_text(_digest(lock), encoding="utf-8")


def _stamp_of(lock: Path) -> Path:
    return VENV / f".{lock.name}"


def _install_project() -> None:
    """Put the ``chairtime`` command and the project's folder into the environment."""
    stamp = VENV / ".project"
    mark = _digest(ROOT / "pyproject.toml") + str(ROOT)
    if _marked(stamp, mark):
        return
    options = ("install", "--no-deps", "--no-build-isolation", "--no-index", "--editable", ROOT)
    if call([interpreter(), *PIP, *options]):
        raise Stopped("The project could not be installed into .venv; see above.")
    stamp.write_text(mark, encoding="utf-8")


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _marked(stamp: Path, mark: str) -> bool:
    """Return whether a stamp was left by the very same thing."""
    return stamp.is_file() and stamp.read_text(encoding="utf-8") == mark
