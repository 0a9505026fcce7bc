"""Answers that do not arrive: a closed pipe, a full disk behind standard output, none at all."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.commands.program import ROOT, Done, command, log, play, script, surroundings
from tests.commands.touches import SEAT, START, STOP, VISIT

NO_SPACE = "The answers cannot be written: no space left on device."
NOBODY = "Nobody reads the answers any more, so the run has ended."

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="these descriptors are of POSIX systems")


def with_output(output: int, *arguments: object, given: str = "") -> Done:
    """Run the program with a descriptor as its standard output, and close that here."""
    done = subprocess.run(
        command(*arguments),
        input=given.encode(),
        stdout=output,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env=surroundings(),
        check=False,
    )
    os.close(output)
    return Done(done.returncode, "", done.stderr.decode())


def full() -> int:
    if not Path("/dev/full").exists():
        pytest.skip("only Linux has a device that is always full")
    return os.open("/dev/full", os.O_WRONLY)


def closed_pipe() -> int:
    read, write = os.pipe()
    os.close(read)
    return write


@pytest.mark.parametrize(("output", "said"), [(full, NO_SPACE), (closed_pipe, NOBODY)])
@pytest.mark.parametrize("what", [("log", "--json"), ("sessions",), ("verify",)], ids=lambda what: what[0])
def test_a_reading_command_says_that_its_answer_is_lost(
    tmp_path: Path, what: tuple[str, ...], output: Callable[[], int], said: str
) -> None:
    play(tmp_path, *VISIT)
    done = with_output(output(), what[0], "--data-dir", tmp_path, *what[1:])
    assert done.status == 2
    assert done.sentence == said


@pytest.mark.parametrize(("output", "said"), [(full, NO_SPACE), (closed_pipe, NOBODY)])
def test_the_touch_whose_answer_is_lost_is_the_last_that_is_played(
    tmp_path: Path, output: Callable[[], int], said: str
) -> None:
    given = script(SEAT, START, STOP)
    done = with_output(output(), "play", "--data-dir", tmp_path, "-", given=given)
    assert done.status == 1
    assert done.sentence == said
    assert [event["kind"] for event in log(tmp_path)] == ["patient-seated"]
    assert play(tmp_path, START, STOP).status == 0


def without(stream: int, *arguments: object) -> Done:
    """Run the program with one of its streams closed before it starts."""
    line = [sys.executable, "-c", _CLOSE_FIRST, str(stream), *command(*arguments)]
    done = subprocess.run(line, capture_output=True, cwd=ROOT, env=surroundings(), check=False)
    return Done(done.returncode, done.stdout.decode(), done.stderr.decode())


_CLOSE_FIRST = "import os, sys; os.close(int(sys.argv[1])); os.execv(sys.argv[2], sys.argv[2:])"


def test_nothing_is_played_where_nobody_can_be_answered(tmp_path: Path) -> None:
    (tmp_path / "script").write_text(json.dumps(SEAT), encoding="utf-8")
    done = without(1, "play", "--data-dir", tmp_path / "data", tmp_path / "script")
    assert done.status == 2
    assert done.sentence == "There is no standard output to write answers to."
    done = without(0, "play", "--data-dir", tmp_path / "data", "-")
    assert done.status == 2
    assert done.sentence == "There is no standard input to read."
    assert not (tmp_path / "data").exists()


def test_a_fault_that_nobody_can_read_still_has_its_status(tmp_path: Path) -> None:
    done = without(2, "log", "--data-dir", tmp_path)
    assert (done.status, done.out, done.err) == (2, "", "")
