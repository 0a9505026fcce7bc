"""``test``, ``lint``, ``stress`` and ``bench``: whether the program is right, and how fast."""

from __future__ import annotations

import os
from pathlib import Path

from chores import environment, system_packages
from chores.terminal import ROOT, Stopped, call, say

TYPED = ("desktop_app", "packaging", "tests", "benchmarks")
MOST_WORKERS = 4
HEADLESS = {"QT_QPA_PLATFORM": "offscreen"}


def lint(_: list[str]) -> int:
    """Check style, layout and types; return how many of the three failed."""
    python = environment.ready(environment.DEV)
    typed = [name for name in TYPED if any((ROOT / name).glob("**/*.py"))]
    failed = [
        what
        for what, command in (
            ("ruff check", ["ruff", "check", "."]),
            ("ruff format", ["ruff", "format", "--check", "."]),
            ("mypy", ["mypy", *typed]),
        )
        if _in_project([python, "-m", *command])
    ]
    for what in failed:
        say(f"{what} found faults.")
    return len(failed)


def test(arguments: list[str]) -> int:
    """Lint, then run the tests on a few processes; return 0 only if both are clean."""
    system_packages.provide(system_packages.for_window())
    faults = lint([])
    workers = min(os.cpu_count() or 1, MOST_WORKERS)
    return _pytest(["-n", str(workers), *arguments]) or faults


def stress(arguments: list[str]) -> int:
    """Run the tests that take long on purpose."""
    system_packages.provide(system_packages.for_window())
    return _pytest([*arguments, "tests/stress"])


def bench(arguments: list[str]) -> int:
    """Run the benchmarks."""
    if not (ROOT / "benchmarks" / "__main__.py").is_file():
        raise Stopped("There are no benchmarks yet.")
    system_packages.provide(system_packages.for_window())
    return _in_project([environment.ready(environment.DEV), "-m", "benchmarks", *arguments])


def _pytest(arguments: list[str]) -> int:
    python = environment.ready(environment.DEV)
    return _in_project([python, "-m", "pytest", *arguments])


def _in_project(command: list[str | Path]) -> int:
    return call(command, extra=HEADLESS, inside=ROOT)
