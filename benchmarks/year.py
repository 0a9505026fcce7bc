"""A year of 12,000 sessions sent in one go, against writing the same rows with ``csv`` alone.

The year is the demo month over and over, each time under ids of its own, made as they are asked
for: what is told is what the export takes and keeps, not what a year of sessions weighs. Each
measure is a process of its own, with the program's own journal on disk. The plain writing is done
in the same run, a session behind the other, so that whatever else the machine does falls on both.

``python -m benchmarks year`` sends a table as text; ``python -m benchmarks year xlsx hl7`` sends as
these formats, one after the other.
"""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from desktop_app.commands.drawing import are_drawn, be_able_to_draw
from desktop_app.core.decisions import Refusal
from desktop_app.core.session import Session
from desktop_app.exchange.batch import Exporter
from desktop_app.exchange.cells import Cells
from desktop_app.exchange.ledger import Batch
from desktop_app.exchange.rows import rows_of
from desktop_app.exchange.sending import STANDARD
from desktop_app.exchange.steps import Step
from desktop_app.store.clock import SystemClock
from desktop_app.store.identities import TimeOrderedIdentities
from desktop_app.store.opening import open_folder
from tests.exchange.month import PRACTICE, signed_month

SESSIONS, FIRST = 12_000, 3_000
_FEW = 200


@cache
def _month() -> tuple[Session, ...]:
    return signed_month().sessions


def year(sessions: int) -> Iterator[Session]:
    """Yield so many signed sessions, each made when it is asked for."""
    month = _month()
    for number in range(sessions):
        again, place = divmod(number, len(month))
        yield _renamed(month[place], f"y{again:02}")


def _renamed(session: Session, mark: str) -> Session:
    """Return a session as another one: its id, and those of its lines, begin with a mark."""
    signatures = tuple(
        replace(one, lines=tuple(replace(line, id=f"{mark}-{line.id}") for line in one.lines))
        for one in session.signatures
    )
    return replace(session, id=f"{mark}-{session.id}", signatures=signatures)


class _Timed:
    """Gives sessions, writes their rows plainly, and knows how long both took."""

    def __init__(self, sessions: int, path: Path) -> None:
        self.made_s = self.plain_s = 0.0
        self._sessions = year(sessions)
        self._path = path
        self._cells = Cells(STANDARD, PRACTICE.charges)

    def __iter__(self) -> Iterator[Session]:
        with self._path.open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out)
            while True:
                began = time.perf_counter()
                session = next(self._sessions, None)
                if session is None:
                    return
                cells = [self._cells.texts(row) for row in rows_of(session, ())]
                made = time.perf_counter()
                writer.writerows(cells)
                self.plain_s += time.perf_counter() - made
                self.made_s += time.perf_counter() - began
                yield session


def _peak_mb() -> int:
    """Return the most memory this process has had, in megabytes; 0 where the system does not say."""
    try:
        import resource  # noqa: PLC0415 - Windows has none
    except ImportError:
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak // (1024 * 1024 if sys.platform == "darwin" else 1024)


def _exporter(folder: Path, name: str) -> Exporter:
    if are_drawn([name]):
        be_able_to_draw()
    opened = open_folder(folder / "data")
    exporter = Exporter(opened.journal, SystemClock(), TimeOrderedIdentities(), "MB")
    exporter.practice = PRACTICE
    return exporter


def measure(name: str, sessions: int) -> dict[str, Any]:
    """Send so many sessions as a format and return what it took."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "out").mkdir()
        _month()
        exporter, given = _exporter(folder, name), _Timed(sessions, folder / "plain.csv")
        before_mb, began = _peak_mb(), time.perf_counter()
        batch, longest = _taken(exporter.exporting(given, folder / "out", (name,)), given)
        took = time.perf_counter() - began - given.made_s
    return {
        "lines": len(batch.lines), "took": took, "plain": given.plain_s, "before": before_mb,
        "peak": _peak_mb(), "longest": longest,
    }  # fmt: skip


def _taken(steps: Generator[Step, None, Batch | Refusal], given: _Timed) -> tuple[Batch, float]:
    """Take every step; return the batch, and how long the longest step took without what it was given."""
    longest = 0.0
    while True:
        began, made_s = time.perf_counter(), given.made_s
        try:
            next(steps)
        except StopIteration as end:
            if isinstance(end.value, Refusal):
                raise SystemExit(end.value.text) from None
            return end.value, max(longest, time.perf_counter() - began)
        longest = max(longest, time.perf_counter() - began - (given.made_s - made_s))


def cancel(name: str, sessions: int) -> dict[str, Any]:
    """Give a batch up half way, and once more while it is read back; return how long each took."""
    took: dict[str, Any] = {}
    for when in ("written", "read back"):
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place)
            (folder / "out").mkdir()
            steps = _exporter(folder, name).exporting(year(sessions), folder / "out", (name,))
            for step in steps:
                if _is_half(step, sessions) if when == "written" else step.file and 2 * step.done > step.of:
                    break
            began = time.perf_counter()
            steps.close()
            took[when] = time.perf_counter() - began
            took["left"] = took.get("left", 0) + len(list((folder / "out").iterdir()))
    return took


def _is_half(step: Step, sessions: int) -> bool:
    return 2 * step.done >= sessions and not step.file


def _in_its_own_process(what: str, name: str, sessions: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.year", what, name, str(sessions)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)  # noqa: S603 - this Python
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def _print(name: str) -> None:
    _in_its_own_process("measure", name, _FEW)  # what is loaded for the first time is loaded now
    few, all_of_it = (_in_its_own_process("measure", name, count) for count in (FIRST, SESSIONS))
    given_up = _in_its_own_process("cancel", name, FIRST)
    lines, took, plain = all_of_it["lines"], all_of_it["took"], all_of_it["plain"]
    print(f"{name}: {SESSIONS:,} sessions, {lines:,} lines, in {took:.1f} s")
    print(f"  lines a second             {lines / took:8,.0f}")
    print(f"  csv alone, the same rows   {plain:8.2f} s")
    print(f"  ratio                      {took / plain:8.1f}")
    print(f"  memory before              {all_of_it['before']:5} MB")
    print(f"  peak, {FIRST:,} sessions       {few['peak']:5} MB")
    print(f"  peak, {SESSIONS:,} sessions      {all_of_it['peak']:5} MB")
    print(f"  longest step               {all_of_it['longest'] * 1000:8.0f} ms")
    print(f"  given up while written     {given_up['written'] * 1000:8.1f} ms")
    print(f"  given up while read back   {given_up['read back'] * 1000:8.1f} ms")
    print(f"  left behind                {given_up['left']:5} (aim: 0)")


def main(*formats: str) -> None:
    """Print what a year takes in each of some formats; as text where none is named."""
    for name in formats or ("csv",):
        _print(name)


if __name__ == "__main__":
    _WHAT = {"measure": measure, "cancel": cancel}
    if len(sys.argv) > 1 and sys.argv[1] in _WHAT:
        print(json.dumps(_WHAT[sys.argv[1]](sys.argv[2], int(sys.argv[3]))))
    else:
        main(*sys.argv[1:])
