"""The real program, run as a person or another program runs it: a process, its answers, its status."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
MOST_SECONDS = 120

Json = dict[str, Any]


@dataclass(frozen=True)
class Done:
    """What a run left behind."""

    status: int
    out: str
    err: str

    @property
    def answers(self) -> list[Json]:
        """Every line of standard output as JSON."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def sentence(self) -> str:
        """The one sentence on standard error, without the program's name."""
        (line,) = self.err.splitlines()
        assert line.startswith("chairtime: ")
        assert line.endswith(".")
        return line.removeprefix("chairtime: ")


def command(*arguments: object) -> list[str]:
    """Return the command line of the program."""
    return [sys.executable, "-m", "desktop_app", *map(str, arguments)]


def surroundings(home: Path | None = None) -> dict[str, str]:
    """Return the environment of a run: no display, and a home of its own where one is given."""
    env = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    return env if home is None else env | {"HOME": str(home), "XDG_DATA_HOME": str(home / "share")}


def chairtime(*arguments: object, given: str | bytes = b"", home: Path | None = None) -> Done:
    """Run the program to its end."""
    done = subprocess.run(
        command(*arguments),
        input=given.encode() if isinstance(given, str) else given,
        capture_output=True,
        cwd=ROOT,
        env=surroundings(home),
        timeout=MOST_SECONDS,
        check=False,
    )
    return Done(done.returncode, done.stdout.decode(), done.stderr.decode())


def start(*arguments: object) -> subprocess.Popen[str]:
    """Start the program and leave it running, its streams open as text."""
    return subprocess.Popen(
        command(*arguments),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        bufsize=1,
        cwd=ROOT,
        env=surroundings(),
    )


NOBODY = 65534
AS_NOBODY = f"""
import os, resource, sys
from desktop_app import cli
from desktop_app.commands import import_tables, play, reading
from desktop_app.rulebook_files import load_standard
load_standard()
os.setgroups([])
os.setgid({NOBODY})
os.setuid({NOBODY})
sys.exit(cli.main(sys.argv[1:]))
"""
"""Loads the program and then gives up every right, so that file modes count for root's tests too."""


RUN_BEFORE = """
import contextlib, io
from desktop_app import cli
with contextlib.redirect_stdout(io.StringIO()):
    cli.main({words})
"""
"""Runs a command while everything can still be loaded, so that the like of it can be run afterwards."""


def chairtime_without_rights(
    *arguments: object, given: str = "", before: Iterable[object] | None = None
) -> Done:
    """Run the program as a user whom file modes can stop: nobody, where the tests run as root.

    ``before`` is a command that loads what this one needs and is not loaded with the program.
    """
    if sys.platform == "win32" or os.getuid() != 0:
        return chairtime(*arguments, given=given)
    loading = RUN_BEFORE.format(words=[str(word) for word in before]) if before else ""
    line = [sys.executable, "-c", loading + AS_NOBODY, *map(str, arguments)]
    done = subprocess.run(
        line, input=given, capture_output=True, cwd=ROOT, text=True, timeout=MOST_SECONDS, check=False
    )
    return Done(done.returncode, done.stdout, done.stderr)


def script(*touches: Mapping[str, object]) -> str:
    """Return touches as a script, a line each."""
    return "".join(json.dumps(touch) + "\n" for touch in touches)


def play(folder: Path, *touches: Mapping[str, object]) -> Done:
    """Play touches into a data folder."""
    return chairtime("play", "--data-dir", folder, "-", given=script(*touches))


def log(folder: Path) -> list[Json]:
    """Return every event of a data folder."""
    return chairtime("log", "--data-dir", folder, "--json").answers


def sessions(folder: Path) -> list[Json]:
    """Return every session of a data folder."""
    return chairtime("sessions", "--data-dir", folder, "--json").answers


def codes(lines: Iterable[Json]) -> list[tuple[str, int]]:
    """Return the codes and units of some lines."""
    return [(line["code"], line["units"]) for line in lines]


def content(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder by its name; nothing for a folder that is not there."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
