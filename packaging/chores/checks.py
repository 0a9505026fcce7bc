"""``test``, ``lint``, ``stress`` and ``bench``: whether the program is right, and how fast."""

from __future__ import annotations

import os
from pathlib import Path

from chores import environment
from chores.terminal import ROOT, Stopped, call, say

TYPED = ("desktop_app", "packaging", "tests", "benchmarks")
MOST_WORKERS = 4
HEADLESS = {"QT_QPA_PLATFORM": "offscreen"}


def lint(_: list[str]) -> int:
    """Check style, layout and types; return how many of the three failed."""
    return _lint(environment.ready(environment.DEV))


def test(arguments: list[str]) -> int:
    """Lint, then run the tests on a few processes; return 0 only if both are clean."""
    python = environment.ready_for_qt(environment.DEV)
    faults = _lint(python)
    workers = min(os.cpu_count() or 1, MOST_WORKERS)
    return _in_project([python, "-m", "pytest", "-n", str(workers), *arguments]) or faults


def stress(arguments: list[str]) -> int:
    """Run the tests that take long on purpose."""
    python = environment.ready_for_qt(environment.DEV)
    return _in_project([python, "-m", "pytest", *arguments, "tests/stress"])


def bench(arguments: list[str]) -> int:
    """Run the benchmarks."""
    if not (ROOT / "benchmarks" / "__main__.py").is_file():
        raise Stopped("There are no benchmarks yet.")
    python = environment.ready_for_qt(environment.DEV)
    return _in_project([python, "-m", "benchmarks", *arguments])


def _lint(python: Path) -> int:
    typed = [name for name in TYPED if any((ROOT / name).glob("**/*.py"))]
    checks = {
        "ruff check": ["ruff", "check", "."],
        "ruff format": ["ruff", "format", "--check", "."],
        "mypy": ["mypy", *typed],
    }
    failed = [what for what, command in checks.items() if _in_project([python, "-m", *command])]
    for what in failed:
        say(f"{what} found faults.")
    return len(failed)


def _in_project(command: list[str | Path]) -> int:
    return call(command, extra=HEADLESS, inside=ROOT)
