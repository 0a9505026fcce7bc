"""``chairtime code --jsonl`` as another program uses it: lines in by one pipe, answers out by another."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import Any, Generic, TypeVar

from tests.commands.program import ROOT, command, surroundings
from tests.stress.generated_cases import Json, cases
from tests.stress.mangled_cases import Mangled, mangled

Meant = TypeVar("Meant")
SAMPLES = 200
WARM = 0.05
"""The part of a run in which memory is still being taken up for the first time."""
MIB = 1024 * 1024
CONTRADICTIONS = {"minute-counted-twice", "add-on-without-primary"}


@dataclass
class Run:
    """What a run of the program came to."""

    status: int = -1
    errors: bytes = b""
    answers: int = 0
    seconds: float = 0.0
    resident: list[int] = field(default_factory=list)
    """The program's memory in bytes, sampled evenly over the run; empty where the system does not tell."""

    @property
    def growth(self) -> int:
        """By how many bytes the second half went beyond the first."""
        half = len(self.resident) // 2
        first = self.resident[int(half * WARM) : half]
        return max(self.resident[half:]) - max(first) if first else 0

    def __str__(self) -> str:
        """Return the run as one line for a person."""
        most = f", {max(self.resident) / MIB:.0f} MiB at most" if self.resident else ""
        return f"{self.answers} answers, {self.answers / self.seconds:.0f} a second{most}"


@dataclass(frozen=True)
class Asked(Generic[Meant]):
    """A line, and what its answer is held against."""

    line: bytes
    meant: Meant


def piped(asked: Iterable[Asked[Meant]], count: int, check: Callable[[int, Json, Meant], None]) -> Run:
    """Send ``count`` lines through the program and check each answer as it comes."""
    run, open_ones = Run(), SimpleQueue[Meant]()
    every = max(1, count // SAMPLES)
    with _program() as process:
        assert process.stdin is not None
        assert process.stdout is not None
        Thread(target=_send, args=(process.stdin, asked, open_ones), daemon=True).start()
        began = time.monotonic()
        for line in process.stdout:
            run.answers += 1
            check(run.answers, json.loads(line), open_ones.get_nowait())
            if run.answers % every == 0:
                run.resident += _resident(process.pid)
        run.seconds = time.monotonic() - began
        run.status, run.errors = process.wait(), process.stderr.read() if process.stderr else b""
    return run


@contextmanager
def _program() -> Iterator[subprocess.Popen[bytes]]:
    pipes: Any = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    process = subprocess.Popen(command("code", "--jsonl", "-"), cwd=ROOT, env=surroundings(), **pipes)
    try:
        with process:
            yield process
    finally:
        process.kill()


def _send(pipe: Any, asked: Iterable[Asked[Meant]], open_ones: SimpleQueue[Meant]) -> None:  # noqa: ANN401
    try:
        for item in asked:
            open_ones.put(item.meant)
            pipe.write(item.line + b"\n")
        pipe.close()
    except BrokenPipeError:
        pass  # the reader says what is missing


def _resident(pid: int) -> list[int]:
    """Return the memory a process holds, in bytes; nothing where the system has no such file."""
    status = Path(f"/proc/{pid}/status")
    if not status.is_file():
        return []
    return [int(line.split()[1]) * 1024 for line in status.read_text().splitlines() if "VmRSS" in line]


def code_generated(count: int, seed: int) -> Run:
    """Code so many generated cases, and check that no answer contradicts itself or its case."""
    asked = (Asked(json.dumps(case).encode(), case) for case in cases(count, seed))
    return piped(asked, count, check_answer)


def check_answer(number: int, answer: Json, case: Json) -> None:
    """Check one answer: its place, its reasons, every service told, and no rule against another."""
    told = f"answer {number}: {answer}\nto {json.dumps(case)}"
    assert answer.get("error") is None, told
    assert answer["id"] == case["id"], told
    ids = {service.get("id", str(place)) for place, service in enumerate(case["services"], 1)}
    on_lines = {name for line in answer["lines"] for name in line["services"]}
    assert on_lines | {item["service"] for item in answer["not_billed"]} == ids, told
    assert not CONTRADICTIONS & {finding["name"] for finding in answer["findings"]}, told
    for item in (*answer["lines"], *answer["not_billed"]):
        assert item["why"].endswith("."), told
        assert item["rules"], told
    assert all(line["units"] >= 1 for line in answer["lines"]), told


def refuse_mangled(count: int, seed: int) -> Run:
    """Send so many spoilt cases, and check that each is refused with one sentence that names the fault."""
    asked = (Asked(item.line, item) for item in mangled(count, seed))
    return piped(asked, count, check_refusal)


def check_refusal(number: int, answer: Json, item: Mangled) -> None:
    """Check one refusal: one sentence, the line's number, and the words that name the fault."""
    told = f"answer {number}: {str(answer)[:300]}\nto {item.line[:300]!r}, which is wrong in {item.names}"
    assert set(answer) == {"id", "error"}, told
    sentence = answer["error"]
    assert sentence.startswith(f"Line {number}: "), told
    assert item.names in sentence, told
    assert sentence.endswith("."), told
    assert "\n" not in sentence, told
    assert "Traceback" not in sentence, told
    assert len(sentence) < 500, told
