"""Talking to the person at the terminal, and running commands in their sight."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
"""The project's own folder."""


class Stopped(Exception):
    """A chore cannot go on; ``str`` says why, and what to do, in plain words."""


def say(text: str) -> None:
    """Print a line now, before anything a command prints later."""
    print(text, flush=True)


def call(
    command: Sequence[str | Path], *, extra: Mapping[str, str] | None = None, inside: Path | None = None
) -> int:
    """Run a command in a folder (the person's own unless given) and return its exit status."""
    environment = {**os.environ, **(extra or {})}
    return subprocess.run(
        [str(part) for part in command], env=environment, cwd=inside, check=False
    ).returncode


def call_quietly(command: Sequence[str | Path], *, extra: Mapping[str, str] | None = None) -> tuple[int, str]:
    """Run a command and return its exit status and everything it printed."""
    done = subprocess.run(
        [str(part) for part in command],
        env={**os.environ, **(extra or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    return done.returncode, done.stdout
