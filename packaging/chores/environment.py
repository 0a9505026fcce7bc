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

PIP = ("-m", "pip", "--disable-pip-version-check", "--no-input", "--quiet")


def interpreter() -> Path:
    """Return the environment's Python, whether or not it is there yet."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def ready(*locks: str) -> Path:
    """Return the environment's Python, with these locks and the project itself installed."""
    _make_if_needed()
    for lock in locks:
        _install_lock(LOCKS / lock)
    _install_project()
    return interpreter()


def _make_if_needed() -> None:
    if _marked(MADE, sys.version) and call_quietly([interpreter(), "-c", ""])[0] == 0:
        return
    _need_ensurepip()
    say("Making .venv")
    venv.create(VENV, with_pip=True, clear=True, symlinks=os.name != "nt")
    MADE.write_text(sys.version, encoding="utf-8")


def _need_ensurepip() -> None:
    """Install the system's package with ensurepip, or stop with its name."""
    if importlib.util.find_spec("ensurepip"):
        return
    package = f"python3.{sys.version_info.minor}-venv"
    if system_packages.is_debian():
        system_packages.install([package])
        importlib.invalidate_caches()
    if not importlib.util.find_spec("ensurepip"):
        raise Stopped(f"This Python has no ensurepip module. Debian and Ubuntu keep it in {package}.")


def _install_lock(lock: Path) -> None:
    stamp = VENV / f".{lock.name}"
    mark = _digest(lock)
    if _marked(stamp, mark):
        return
    say(f"Installing {lock.relative_to(ROOT)}")
    if call([interpreter(), *PIP, "install", "--require-hashes", "--only-binary", ":all:", "-r", lock]):
        raise Stopped(f"The packages in {lock.relative_to(ROOT)} could not be installed; see above.")
    stamp.write_text(mark, encoding="utf-8")


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
