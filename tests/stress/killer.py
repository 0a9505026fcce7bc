"""A process that has the program loaded, and starts and kills it: ``python -m tests.stress.killer``.

Each line on standard input says where to play which script, where its answers go, and after how many
seconds it is killed, from its start or from its first answer; the answer is its exit status, below zero for
a kill. A fork of what is loaded is at work within a few milliseconds, so that a thousand kills take minutes.
Where no system call forks, each start is a new process.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, NoReturn

from desktop_app import cli
from desktop_app.commands import play
from desktop_app.rulebook_files import load_standard

LOADED = (play, load_standard())


def main() -> None:
    """Serve every order until there is none any more."""
    start = fork_and_kill if hasattr(os, "fork") else start_and_kill
    for line in sys.stdin:
        print(start(**json.loads(line)), flush=True)  # noqa: T201 - its answers go to standard output


def fork_and_kill(words: list[str], answers: str, seconds: float, *, answered: bool) -> int:
    """Run the program with these words in a fork of this process and kill it; return its status."""
    pid = os.fork()
    if pid == 0:
        _play(words, answers)
    if answered:
        _wait_for_answer(Path(answers))
    time.sleep(seconds)
    os.kill(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status)


def _wait_for_answer(answers: Path) -> None:
    latest = time.monotonic() + _LONGEST_S
    while not (answers.exists() and answers.stat().st_size) and time.monotonic() < latest:
        time.sleep(_A_MOMENT_S)


def _play(words: list[str], answers: str) -> NoReturn:
    handle = os.open(answers, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.dup2(handle, sys.stdout.fileno())
    status = cli.main(words)
    sys.stdout.flush()
    os._exit(status)


def start_and_kill(words: list[str], answers: str, seconds: float, *, answered: bool) -> int:
    """Run the program in a new process and kill it; return its status."""
    command = [sys.executable, "-m", "desktop_app", *words]
    with Path(answers).open("wb") as out, subprocess.Popen(command, stdout=out) as program:
        if answered:
            _wait_for_answer(Path(answers))
        try:
            return program.wait(seconds if answered else seconds + _LOADING_S)
        except subprocess.TimeoutExpired:
            program.kill()
    return -1


_LOADING_S = 1.0
_LONGEST_S = 60.0
_A_MOMENT_S = 0.001


class Killer:
    """The process as its user sees it."""

    def __init__(self, root: Path) -> None:
        command = [sys.executable, "-m", "tests.stress.killer"]
        self._process: subprocess.Popen[str] = subprocess.Popen(
            command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def kill(
        self, words: list[str], answers: Path, seconds: float, *, answered: bool
    ) -> list[dict[str, Any]]:
        """Start the program, kill it so many seconds later, and return what it had answered by then.

        They are counted from its first answer where that is ``answered``, else from its start.
        """
        assert self._process.stdin
        assert self._process.stdout
        answers.unlink(missing_ok=True)
        order = {"words": words, "answers": str(answers), "seconds": seconds, "answered": answered}
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        status = int(self._process.stdout.readline())
        assert status < 0, f"the program came to its end before it was killed: {answers.read_text()}"
        said = answers.read_bytes() if answers.exists() else b""
        return [json.loads(line) for line in said.split(b"\n")[:-1]]

    def close(self) -> None:
        """Let the process end."""
        self._process.communicate()


if __name__ == "__main__":
    main()
