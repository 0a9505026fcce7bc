"""``test``, ``lint``, ``coverage``, ``mutate``, ``stress``, ``bench``: whether the program is right."""

from __future__ import annotations

import os
from pathlib import Path

from chores import environment, javascript
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
    javascript.install(python)
    faults = _lint(python)
    workers = min(os.cpu_count() or 1, MOST_WORKERS)
    return _in_project([python, "-m", "pytest", "-n", str(workers), *arguments]) or faults


def stress(arguments: list[str]) -> int:
    """Run the tests that take long on purpose."""
    python = environment.ready_for_qt(environment.DEV)
    return _in_project([python, "-m", "pytest", *arguments, "tests/stress"])


def coverage(arguments: list[str]) -> int:
    """Run the coder's tests and fail where they leave a line or a branch of the coder untouched."""
    python = environment.ready_for_qt(environment.DEV)
    whole: tuple[str, ...] = (
        "--cov=desktop_app/coding",
        "--cov-branch",
        "--cov-report=term-missing",
        "--cov-fail-under=100",
    )
    workers = str(min(os.cpu_count() or 1, MOST_WORKERS))
    command: list[str | Path] = [
        python,
        "-m",
        "pytest",
        "-q",
        "-n",
        workers,
        *whole,
        *arguments,
        "tests/coding",
    ]
    return _in_project(command, CHAIRTIME_EXAMPLES="mutation")  # the same examples, so the same lines


def mutate(arguments: list[str]) -> int:
    """Plant faults in the coder, one at a time, and name those that no test sees."""
    python = environment.ready_for_qt(environment.DEV)
    return _in_project([python, ROOT / "packaging" / "mutate.py", *arguments])


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


def _in_project(command: list[str | Path], **extra: str) -> int:
    return call(command, extra=HEADLESS | extra, inside=ROOT)
