"""``lock``: what the program is made with, to the byte, on every system.

Each ``.in`` file names what is wanted; the lock beside it names every package with the
hashes of its files for Linux, Windows and macOS. No lock names the index it came from.
What is of npm has a lock of its own, in ``packaging/javascript``.
"""

from __future__ import annotations

from chores import environment, javascript
from chores.environment import BUILD, DEV, LOCKER, LOCKS, RUN
from chores.terminal import Stopped, call, say

WANTED = {
    RUN: ["requirements.in"],
    DEV: ["requirements.in", "requirements-dev.in", "-c", RUN],
    BUILD: ["requirements.in", "requirements-build.in", "-c", DEV],
    LOCKER: ["requirements-locker.in"],
}
"""Each lock with its sources; a later lock takes the releases an earlier one chose."""

OPTIONS = (
    "--universal",
    "--python-version=3.11",
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--no-header",
    "--no-annotate",
    "--quiet",
)


def lock(arguments: list[str]) -> int:
    """Write every lock anew; further arguments, such as ``--upgrade``, go to the resolver."""
    python = environment.ready_without_project(LOCKER)
    for name, sources in WANTED.items():
        say(f"Writing packaging/{name}")
        files = [source if source.startswith("-") else LOCKS / source for source in sources]
        command = [python, "-m", "uv", "pip", "compile", *OPTIONS, *arguments, *files, "-o", LOCKS / name]
        if call(command):
            raise Stopped(f"packaging/{name} could not be written; see above.")
    # npm comes with what has just been locked.
    javascript.lock(environment.ready_without_project(DEV), upgrade="--upgrade" in arguments)
    return 0
