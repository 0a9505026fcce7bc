"""The program at a terminal of its own, and a person who answers what it asks."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from select import select

from tests.commands.program import MOST_SECONDS, ROOT, surroundings

_AT_ITS_TERMINAL = """
import os, sys
os.close(os.open(os.ttyname(0), os.O_RDWR))
os.execv(sys.executable, [sys.executable, "-m", "desktop_app", *sys.argv[1:]])
"""
"""Takes the terminal for its own, as a shell does, and becomes the program."""


def has_terminals() -> bool:
    """Return whether a terminal can be had here: not on Windows, nor where no device for one is there."""
    try:
        import pty  # noqa: PLC0415 - Windows has no such module

        ends = pty.openpty()
    except (ImportError, OSError):
        return False
    for end in ends:
        os.close(end)
    return True


def talk(*arguments: object, answers: Sequence[tuple[str, str]]) -> tuple[int, str]:
    """Run the program, answer each prompt with a line, and return its status and all that was seen."""
    import pty  # noqa: PLC0415 - Windows has no such terminals

    person, terminal = pty.openpty()
    line = [sys.executable, "-c", _AT_ITS_TERMINAL, *map(str, arguments)]
    program = subprocess.Popen(
        line,
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        cwd=ROOT,
        env=surroundings(),
        start_new_session=True,
    )
    os.close(terminal)
    seen = ""
    try:
        for prompt, answer in answers:
            seen += _until(person, prompt)
            os.write(person, f"{answer}\n".encode())
        seen += _until(person, "")
        return program.wait(MOST_SECONDS), seen.replace("\r\n", "\n")
    finally:
        program.kill()
        program.wait()
        os.close(person)


def _until(person: int, prompt: str) -> str:
    """Read up to a prompt, or to the end where none is awaited."""
    seen = b""
    while not prompt or prompt.encode() not in seen:
        ready, _, _ = select([person], [], [], MOST_SECONDS)
        assert ready, f"{prompt!r} did not come, only {seen!r}"
        try:
            part = os.read(person, 1024)
        except OSError:  # what a terminal says on Linux once nobody is at its other end
            part = b""
        if not part:
            break
        seen += part
    assert prompt.encode() in seen, seen
    return seen.decode()
