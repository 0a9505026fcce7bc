"""Each fault in a fork of its own: which of the tests that enter the function sees it."""

from __future__ import annotations

import gc
import json
import os
import resource
import signal
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from mutation.faults import Fault, faults_in
from mutation.record import Record
from mutation.swap import CannotBePlanted, Subject, forget

SEEN, NOT_SEEN, NOT_PLANTED = 0, 1, 2
WORDS = {SEEN: "seen", NOT_SEEN: "not seen", NOT_PLANTED: "cannot be planted"}
MOST_BYTES = 4 * 1024**3
"""The memory a fork may take: a fault may fill a list for ever."""
LEAST_SECONDS = 5
SLOWER = 10
"""How many times slower than the whole program a faulty one may be in a test before it counts as seen."""

Entered = dict[str, set[tuple[str, str]]]


@dataclass
class Baseline:
    """What the tests do without a fault: how long each takes, and which functions it enters."""

    seconds: dict[str, float] = field(default_factory=dict)
    entered: dict[str, set[tuple[str, str]]] = field(default_factory=dict)

    def tests_of(self, file: str, fault: Fault) -> list[str]:
        """Return the tests that could see a fault: its module's own first, then the fastest.

        Any could for a table.
        """
        names = self.entered.items()
        found = [name for name, places in names if not fault.function or (file, fault.function) in places]
        own = f"/test_{Path(file).name}::"
        return sorted(found, key=lambda name: (own not in name, self.seconds[name], name))


class Trials:
    """A pytest plugin that tries faults where pytest would run the tests."""

    def __init__(self, subjects: list[Subject], record: Record, workers: int, seconds: float) -> None:
        self._subjects = {subject.module.__name__: subject for subject in subjects}
        self._record = record
        self._workers = workers
        self._until = time.monotonic() + seconds
        self._failed = False
        self._items: dict[str, pytest.Item] = {}
        self._baseline = Baseline()
        self._running: dict[int, tuple[str, Fault]] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep in mind that a test failed."""
        self._failed = self._failed or report.failed

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Measure the tests without a fault, then try one fault after the other."""
        if session.testsfailed:
            raise session.Failed("the tests cannot be collected")
        self._items = {item.nodeid: item for item in session.items}
        self._baseline = self._measured()
        for subject in self._subjects.values():
            subject.look_for_functions()
        gc.freeze()
        for name, fault in [*self._open_faults()]:
            if time.monotonic() > self._until:
                break
            self._start(name, fault)
        while self._running:
            self._finish_one()
        self._record.save()
        return True

    def _open_faults(self) -> Iterator[tuple[str, Fault]]:
        """Yield every fault that has no answer yet; one that was not seen is tried again."""
        for name, subject in self._subjects.items():
            faults = faults_in(subject.tree)
            self._record.begin(name, faults)
            still_open = [fault for fault in faults if not self._record.is_seen(name, fault)]
            print(f"{name}: {len(still_open)} faults to try", flush=True)
            yield from ((name, fault) for fault in still_open)

    def _start(self, name: str, fault: Fault) -> None:
        if len(self._running) >= self._workers:
            self._finish_one()
        tests = self._baseline.tests_of(self._subjects[name].file, fault)
        if not tests:
            self._record.answer(name, fault, "no test enters it")
            return
        pid = os.fork()
        if pid == 0:
            self._try(self._subjects[name], fault, tests)
        self._running[pid] = name, fault

    def _finish_one(self) -> None:
        pid, status = os.wait()
        name, fault = self._running.pop(pid)
        answer = os.WEXITSTATUS(status) if os.WIFEXITED(status) else SEEN
        self._record.answer(name, fault, WORDS[answer])

    def _try(self, subject: Subject, fault: Fault, tests: list[str]) -> None:
        """Plant a fault and run tests until one fails. Leaves the process."""
        _be_alone()
        status = SEEN  # also where the module cannot even be loaded with the fault
        try:
            subject.plant(fault)
            if not self._one_fails(tests):
                status = NOT_SEEN
        except CannotBePlanted:
            status = NOT_PLANTED
        finally:
            os._exit(status)

    def _one_fails(self, tests: list[str]) -> bool:
        for name in tests:
            signal.setitimer(signal.ITIMER_REAL, LEAST_SECONDS + SLOWER * self._baseline.seconds[name])
            self._run(name)
            if self._failed:
                return True
        return False

    def _run(self, name: str) -> None:
        item = self._items[name]
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)

    def _measured(self) -> Baseline:
        """Run every test in a fork, each with an empty memory, and return what it saw."""
        read, write = os.pipe()
        if os.fork() == 0:
            os.close(read)
            self._measure(write)
        os.close(write)
        with os.fdopen(read, "rb") as answer:
            told = json.loads(answer.read() or b"{}")
        os.wait()
        if "failed" not in told or told["failed"]:
            raise pytest.UsageError(
                f"without a fault a test fails: {told.get('failed', 'the run ended early')}"
            )
        return Baseline(
            told["seconds"],
            {
                name: {(file, function) for file, function in places}
                for name, places in told["entered"].items()
            },
        )

    def _measure(self, write: int) -> None:
        _be_alone()
        told: dict[str, Any] = {"seconds": {}, "entered": {}, "failed": ""}
        try:
            files = {subject.file for subject in self._subjects.values()}
            for name in self._items:
                told["entered"][name], told["seconds"][name] = self._watched(name, files)
                if self._failed:
                    told["failed"] = name
                    break
            with os.fdopen(write, "wb") as answer:
                answer.write(json.dumps(told).encode())
        finally:
            os._exit(0)

    def _watched(self, name: str, files: set[str]) -> tuple[list[tuple[str, str]], float]:
        forget()
        entered: set[tuple[str, str]] = set()

        def watch(frame: FrameType, event: str, _: object) -> None:
            code = frame.f_code
            if event == "call" and code.co_filename in files:
                entered.add((code.co_filename, code.co_qualname.partition(".<locals>")[0]))

        began = time.monotonic()
        sys.setprofile(watch)
        try:
            self._run(name)
        finally:
            sys.setprofile(None)
        return sorted(entered), time.monotonic() - began


def _be_alone() -> None:
    """Print nothing, take no more than a share of the memory, and end where a clock that was set runs out."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
    signal.signal(signal.SIGALRM, signal.SIG_DFL)


def run_tests(tests: Iterable[str], without: Iterable[str], root: Path, trials: Trials) -> int:
    """Collect the tests but for some and hand them to the trials; return pytest's exit status."""
    off = ("no:xdist", "no:cacheprovider", "no:pytest_cov")
    plain = ["-q", "-s", "--no-header", *(word for name in off for word in ("-p", name))]
    left = [word for name in without for word in ("--deselect", name)]
    return int(pytest.main([*plain, "--rootdir", str(root), *left, *tests], plugins=[trials]))
