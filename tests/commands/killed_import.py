"""The real ``import``, killed at a random moment, and what must be true of the tables after it."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from desktop_app.cli import main
from desktop_app.coding.tables import EMPTY_TABLES, TableKind
from desktop_app.imported_tables import load_tables
from tests.cms.files import PTP_HEAD, put, tabbed
from tests.commands.program import ROOT, start, surroundings

PAIRS = 20_000
MOMENTS: tuple[tuple[Callable[[Path], bool], float], ...] = (
    (Path.is_dir, 1.5),
    (lambda tables: any(tables.glob("*.new")), 0.01),
    (lambda tables: len(list(tables.glob("*.csv"))) > 1, 0.003),
)
"""Any moment of the run, of the writing, and right after the new table stands beside the old one: what to
wait for in the folder, and within how many seconds after that the program is killed."""


DIES_BEFORE_STEP = """
import os, signal, sys
from desktop_app import cli
left = int(sys.argv.pop(1))
def counted(step):
    def take(*arguments, **named):
        global left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
        return step(*arguments, **named)
    return take
for name in ("fsync", "replace", "unlink"):
    setattr(os, name, counted(getattr(os, name)))
sys.exit(cli.main(sys.argv[1:]))
"""
"""Runs the program, and kills it before the step of that number: a flush, a rename or a removal."""


class Imports:
    """A data folder with a table of pairs, and copies of it in which an import of a newer one is killed."""

    def __init__(self, folder: Path, seed: int, pairs: int = PAIRS) -> None:
        self._pairs = pairs
        self._chance = random.Random(seed)  # noqa: S311 - moments, not secrets
        self._seed = seed
        self._folder = folder
        self._before = folder / "before"
        self._newer = put(folder, "newer.txt", _made_up("1", pairs))
        _import(self._before, put(folder, "older.txt", _made_up("0", pairs)))
        self.outcomes: Counter[str] = Counter()

    def die_before_step(self, step: int) -> bool:
        """Let an import die before one of its steps on disk; return whether it came that far."""
        data = self._folder / "steps"
        shutil.copytree(self._before, data)
        died = _dies(step, data, self._newer)
        self._check(data, f"step {step}")
        return died

    def die_in_the_first(self, step: int) -> bool:
        """Let the first import of all die before a step; the folder must be readable, with it or without."""
        data = self._folder / "first"
        died = _dies(step, data, self._newer)
        tables = load_tables(data)
        assert tables is EMPTY_TABLES or _indicators(data) == {"1": self._pairs}, f"step {step}"
        _import(data, self._newer)
        assert _indicators(data) == {"1": self._pairs}, f"step {step}"
        shutil.rmtree(data)
        return died

    def kill_one(self, number: int) -> None:
        """Kill an import, and check that the old table is there or the new one, whole."""
        data = self._folder / str(number)
        shutil.copytree(self._before, data)
        self._import_and_kill(data, *MOMENTS[number % len(MOMENTS)])
        self._check(data, f"seed {self._seed}, round {number}")

    def _check(self, data: Path, where: str) -> None:
        """See that one table is there, whole, and that the next import goes as if nothing had been."""
        indicators = _indicators(data)
        assert indicators in ({"0": self._pairs}, {"1": self._pairs}), where
        self.outcomes["new" if "1" in indicators else "old"] += 1
        _import(data, self._newer)
        assert _indicators(data) == {"1": self._pairs}, where
        assert len(list((data / "tables").iterdir())) == 3, "an index, a lock and the one table"
        shutil.rmtree(data)

    def _import_and_kill(self, data: Path, seen: Callable[[Path], bool], within: float) -> None:
        process = start(*_arguments(data, self._newer))
        while process.poll() is None and not seen(data / "tables"):
            pass
        with suppress(subprocess.TimeoutExpired):
            process.wait(self._chance.uniform(0, within))
        process.kill()
        process.communicate()


def _dies(step: int, data: Path, file: Path) -> bool:
    """Run an import that dies before a step; return whether it came that far."""
    line = [sys.executable, "-c", DIES_BEFORE_STEP, str(step), *_arguments(data, file)]
    done = subprocess.run(line, cwd=ROOT, env=surroundings(), capture_output=True, check=False)
    return done.returncode != 0


def _arguments(data: Path, file: Path) -> tuple[str, ...]:
    return "import", "--data-dir", str(data), "--kind", "ptp-hospital", str(file)


def _import(data: Path, file: Path) -> None:
    assert main(_arguments(data, file)) == 0


def _indicators(data: Path) -> dict[str, int]:
    rows = load_tables(data).by_kind[TableKind.PTP_HOSPITAL].values()
    return dict(Counter(row.value[0] for same in rows for row in same))


def _made_up(indicator: str, count: int) -> bytes:
    """Return so many pairs of made-up drug codes, all with one indicator."""
    pairs = ((f"J{number // 100:04}", f"Q{number % 100:04}") for number in range(count))
    return tabbed(PTP_HEAD, [[first, second, "", "20200101", "*", indicator, ""] for first, second in pairs])
