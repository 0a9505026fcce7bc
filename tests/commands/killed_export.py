"""The real ``export`` in every format, killed for real, and what must be true after the next one.

Some sessions went out before and were put right, others are new, so that lines are charged, replaced and
taken back. A receiver of each format keeps books of what lies in the folder or was taken by billing.
"""

from __future__ import annotations

import hashlib
import json
import random
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from desktop_app.app import open_parts
from desktop_app.cli import main
from desktop_app.exchange.formats import FORMATS
from desktop_app.exchange.ledger import BatchState
from desktop_app.exchange.naming import hidden
from tests.commands.program import ROOT, command, log, start, surroundings
from tests.exchange.month import corrections, visits
from tests.exchange.receivers import RECEIVERS, Books
from tests.exchange.sent_month import play, prepare, run

SENT_BEFORE, SIGNED = 10, 18
"""The first sessions of the month went out and were put right; those up to the second number are new."""
ALL_FORMATS = [word for name in FORMATS for word in ("--format", name)]

Heard = dict[str, tuple[Counter[str], Books]]
"""By format: how often each line was said, and what is in force."""

Sign = Callable[[Path], bool]
SIGNS: dict[str, Sign] = {
    "from the start": Path.is_dir,
    "while it is written": lambda out: any(out.iterdir()),
    "while it is read back": lambda out: any(path.stat().st_size for path in out.glob(".*/lines.xlsx")),
    "around the rename": lambda out: any(out.glob(".*/manifest.json")),
    "after the rename": lambda out: any(out.glob("[!.]*")),
}
"""What to wait for in the folder before the moment of a kill."""

DIES_AT_STEP = """
import os, signal, sys
from desktop_app import cli
from desktop_app.store.journal import SqlJournal
folder, left = os.path.realpath(sys.argv.pop(1)), int(sys.argv.pop(1))
heard = {"open", "os.mkdir", "os.rename", "os.remove", "os.rmdir"}
def step(name):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
    print(name, file=sys.stderr, flush=True)
def hear(event, arguments):
    path = arguments[0] if arguments else ""
    if event in heard and isinstance(path, str) and path.startswith(folder):
        mode = arguments[1] if event == "open" and arguments[1] else ""
        step(f"{event} {mode}{' ' if mode else ''}{os.path.basename(path)}")
append = SqlJournal.append
def told(*arguments):
    step("tell")
    done = append(*arguments)
    step("told")
    return done
SqlJournal.append = told
sys.addaudithook(hear)
sys.exit(cli.main(sys.argv[1:]))
"""
"""Runs the program, names each step it takes in the folder and in the journal, and dies before one."""


class Exports:
    """A data folder with lines to send, and copies of it in which an export is killed."""

    def __init__(self, folder: Path, seed: int = 0) -> None:
        self._chance = random.Random(seed)  # noqa: S311 - moments, not secrets
        self._seed = seed
        self._folder = folder
        self._signed = folder / "signed"
        self.outcomes: Counter[str] = Counter()
        self._make_ready()
        whole = self._copy("whole")
        begun = time.monotonic()
        subprocess.run(command(*self._export(whole)), cwd=ROOT, env=surroundings(), check=True)
        self._longest_s = time.monotonic() - begun
        self.wanted = self._heard(whole)
        """What every receiver must have heard in the end: what an export that nobody kills says."""

    def _make_ready(self) -> None:
        (self._signed / "out").mkdir(parents=True)
        data = self._signed / "data"
        prepare(data)
        play(data, visits(range(SENT_BEFORE)))
        run(*self._export(self._signed))
        play(data, corrections(SENT_BEFORE))
        play(data, visits(range(SENT_BEFORE, SIGNED)))

    def kill_one(self, number: int) -> None:
        """Kill an export at a random moment, and check what becomes of it; the signs take turns."""
        sign = list(SIGNS.values())[number % len(SIGNS)]
        here = self._copy(str(number))
        longest = {Path.is_dir: self._longest_s * 1.1, SIGNS["while it is written"]: self._longest_s / 3}
        with start(*self._export(here)) as program:
            while program.poll() is None and not _seen(sign, here / "out"):
                pass
            with suppress(subprocess.TimeoutExpired):
                program.wait(self._chance.uniform(0, longest.get(sign, self._longest_s / 20)))
            program.kill()
        self._check(here, number, f"seed {self._seed}, round {number}")

    def steps(self) -> list[str]:
        """Return the names of the steps an export takes, in their order."""
        return self._run_until(self._copy("steps"), 0)

    def die_at(self, number: int, *, is_taken: bool) -> None:
        """Let an export die before the step of a number, from 1; billing takes what it sees, or not."""
        here = self._copy(f"step {number}")
        self._run_until(here, number)
        self._check(here, 0 if is_taken else 1, f"step {number}")

    def _run_until(self, here: Path, step: int) -> list[str]:
        line = [sys.executable, "-c", DIES_AT_STEP, str(here / "out"), str(step), *self._export(here)]
        done = subprocess.run(line, cwd=ROOT, env=surroundings(), capture_output=True, check=False, text=True)
        assert (done.returncode == 0) == (step == 0), done.stderr
        return done.stderr.splitlines()

    def _check(self, here: Path, number: int, where: str) -> None:
        """See that the old state is there or the whole batch, and that the next export sends what is left."""
        data, out = here / "data", here / "out"
        self.outcomes[_found_in(out)] += 1
        _check_that_each_is_whole(out)
        if number % 2 == 0:
            _take(out, here / "taken")
        if number % 4 < 2:
            _check_that_a_start_settles_all(data)
        statuses = [main(self._export(here)) for _ in range(2)]
        assert self._heard(here) == self.wanted, where
        assert statuses[-1] == 2, f"{where}: something was still due"
        assert not list(out.glob(".*")), where
        _check_that_each_fate_is_told(data)
        shutil.rmtree(here)

    def _copy(self, name: str) -> Path:
        here = self._folder / name
        shutil.copytree(self._signed, here)
        (here / "taken").mkdir()
        return here

    def _export(self, here: Path) -> list[str]:
        return ["export", "--data-dir", str(here / "data"), "--to", str(here / "out"), *ALL_FORMATS]

    def _heard(self, here: Path) -> Heard:
        batches = sorted([*here.glob("out/[!.]*"), *here.glob("taken/*")], key=lambda batch: batch.name)
        receivers = {name: RECEIVERS[name]() for name in FORMATS}
        for batch in batches:
            for receiver in receivers.values():
                receiver.take(batch)
        return {name: (receiver.heard, receiver.books) for name, receiver in receivers.items()}


def _seen(sign: Sign, out: Path) -> bool:
    """Say whether a sign is there; what goes away while it is looked at was there."""
    try:
        return sign(out)
    except FileNotFoundError:
        return True


def _found_in(out: Path) -> str:
    new = [path.name for path in out.iterdir() if not path.name.endswith("-A")]
    return "nothing" if not new else "hidden" if new[0].startswith(".") else "visible"


def _check_that_each_is_whole(out: Path) -> None:
    """See by its manifest that every batch a person sees has all its files, and each as it was written."""
    for batch in out.glob("[!.]*"):
        told = json.loads((batch / "manifest.json").read_bytes())["files"]
        found = {path.name: path.read_bytes() for path in batch.iterdir() if path.name != "manifest.json"}
        assert {name: hashlib.sha256(raw).hexdigest() for name, raw in found.items()} == {
            file["name"]: file["sha256"] for file in told
        }


def _check_that_a_start_settles_all(data: Path) -> None:
    """Start the program: it knows what became of each batch, and of what is given up nothing is left."""
    with open_parts(data) as parts:
        batches = parts.exporter.batches()
        assert {batch.state for batch in batches} <= {BatchState.SENT, BatchState.ABANDONED}
        given_up = [batch for batch in batches if batch.state is BatchState.ABANDONED]
        assert all(batch.reason for batch in given_up)
        assert not any(hidden(batch.folder, batch.origin).exists() for batch in given_up)


def _check_that_each_fate_is_told(data: Path) -> None:
    """See in the journal that every batch that was begun was sent or given up, and told to be."""
    told = [event for event in log(data) if event["kind"].startswith("batch-")]
    begun = [event["body"]["batch"] for event in told if event["kind"] == "batch-prepared"]
    ended = [event["body"]["batch"] for event in told if event["kind"] != "batch-prepared"]
    assert sorted(begun) == sorted(ended)


def _take(out: Path, taken: Path) -> None:
    for batch in out.glob("[!.]*"):
        batch.rename(taken / batch.name)
