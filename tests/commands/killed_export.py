"""The real ``export``, killed at a random moment, and what must be true after the next one."""

from __future__ import annotations

import csv
import random
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from desktop_app.cli import main
from tests.commands.program import Json, play, sessions, start

SEATED = datetime.fromisoformat("2026-03-02T08:00")
VISITS = 60
MOMENTS: tuple[tuple[Callable[[Path], bool], float], ...] = (
    (Path.is_dir, 0.8),
    (lambda out: any(out.iterdir()), 0.1),
    (lambda out: any(out.glob("[!.]*")), 0.003),
)
"""Any moment of the run, of the writing, and right after the rename: what to wait for in the folder, and
within how many seconds after that the program is killed."""


class Exports:
    """A data folder with many signed lines, and copies of it in which an export is killed."""

    def __init__(self, folder: Path, seed: int) -> None:
        self._chance = random.Random(seed)  # noqa: S311 - moments, not secrets
        self._seed = seed
        self._folder = folder
        self._signed = folder / "signed"
        done = play(self._signed, *(touch for number in range(VISITS) for touch in _visit(number)))
        assert done.status == 0, done.out[-300:]
        told = (session["signed"][0]["lines"] for session in sessions(self._signed))
        self.lines = Counter(line["id"] for lines in told for line in lines)
        self.outcomes: Counter[str] = Counter()

    def kill_one(self, number: int) -> None:
        """Kill an export, let billing come by or not, and check what the next export makes of it.

        The rounds take the moments in turn; in three rounds of six billing takes what it sees.
        """
        here = self._folder / str(number)
        data, out, taken = here / "data", here / "out", here / "taken"
        shutil.copytree(self._signed, data)
        out.mkdir()
        taken.mkdir()
        self._export_and_kill(data, out, *MOMENTS[number % 3])
        self.outcomes[_found_in(out)] += 1
        if number % 6 < 3:
            _take(out, taken)
        statuses = [main(["export", "--data-dir", str(data), "--to", str(out)]) for _ in range(2)]
        assert lines_in(out) + lines_in(taken) == self.lines, f"seed {self._seed}, round {number}"
        assert statuses[-1] == 2, "something was still due"
        shutil.rmtree(here)

    def _export_and_kill(self, data: Path, out: Path, sign: Callable[[Path], bool], longest_s: float) -> None:
        """Wait for a sign in the folder, then a while that nobody knows, and kill the program."""
        with start("export", "--data-dir", data, "--to", out) as program:
            while program.poll() is None and not sign(out):
                pass
            with suppress(subprocess.TimeoutExpired):
                program.wait(self._chance.uniform(0, longest_s))
            program.kill()


def lines_in(folder: Path) -> Counter[str]:
    """Return how often each line stands in the batches that a person sees in a folder."""
    found: Counter[str] = Counter()
    for file in folder.glob("[!.]*/lines.csv"):
        with file.open(newline="", encoding="utf-8") as content:
            found.update(row["line"] for row in csv.DictReader(content))
    return found


def _found_in(out: Path) -> str:
    names = [path.name for path in out.iterdir()]
    return "nothing" if not names else "hidden" if names[0].startswith(".") else "visible"


def _take(out: Path, taken: Path) -> None:
    for batch in out.glob("[!.]*"):
        batch.rename(taken / batch.name)


def _visit(number: int) -> Iterator[Json]:
    """Yield a visit of two lines, signed."""
    name, seated = f"v{number}", SEATED + timedelta(minutes=number)
    order = {"service": "a", "drug": "vancomycin", "category": "therapeutic", "route": "iv-infusion"}
    seat = {"chair": str(number % 12 + 1), "mrn": name, "timezone": "UTC"}
    words: dict[str, Json] = {"seat": seat, "start": order, "stop": {"service": "a"}, "end": {}, "sign": {}}
    for do, minutes in zip(words, (0, 1, 141, 142, 143), strict=True):
        at = (seated + timedelta(minutes=minutes)).isoformat()
        yield {"do": do, "at": at, "session": name, **words[do]}
