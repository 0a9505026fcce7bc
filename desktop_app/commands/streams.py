"""What goes in and out of a command: the file or standard input it reads, the output it writes.

A pipe may close, a disk fill up and a file vanish while a command runs. Each of these ends in
one sentence; what a command has put on disk by then stays there.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO

STANDARD_INPUT = "-"
MEGABYTE = 1_000_000
LARGEST = 64 * MEGABYTE
"""A patient or a case takes a kilobyte or two; what is larger than this was chosen by mistake."""
LONGEST_LINE = 16 * MEGABYTE
"""A case with the most services it can have takes less than one."""


class NothingDone(Exception):
    """A command could not do its work; ``str`` is one sentence for a person."""


class CutShort(Exception):
    """A command gave only the first part of its answer; ``str`` is one sentence for a person."""


class OutputLost(Exception):
    """An answer could not be written; ``str`` is one sentence for a person."""


def speak_utf8() -> None:
    """Make standard output UTF-8 everywhere; what is no text at all is written as its escape."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")


def require_output() -> None:
    """Raise NothingDone when there is no standard output that could hold an answer."""
    if sys.stdout is None:
        raise NothingDone("There is no standard output to write answers to.")


@contextmanager
def output_kept() -> Iterator[None]:
    """Write out all that was printed at the end; raise OutputLost when it does not arrive.

    Standard output then leads nowhere, so that Python's own last flush has nothing to say.
    """
    try:
        try:
            yield
        finally:
            if sys.stdout is not None:
                sys.stdout.flush()
    except OSError as fault:
        if fault.filename is not None:
            raise
        _let_go()
        raise OutputLost(_why_lost(fault)) from fault


def _why_lost(fault: OSError) -> str:
    if isinstance(fault, BrokenPipeError):
        return "Nobody reads the answers any more, so the run has ended."
    return f"The answers cannot be written: {plain(fault)}."


def _let_go() -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def require_folder(named: Path | None) -> None:
    """Raise NothingDone where a folder was named that is none."""
    if named and not named.is_dir():
        raise NothingDone(f"There is no folder {named}.")


@contextmanager
def lines_of(name: str) -> Iterator[Iterator[bytes]]:
    """Open a file, or standard input for ``-``, and give its lines. Raises NothingDone, naming it.

    A line that cannot be read any more raises NothingDone too.
    """
    with ExitStack() as opened:
        yield _lines(_opened(name, opened), name)


def content_of(name: str, most: int = LARGEST) -> bytes:
    """Return all of a file, or of standard input for ``-``. Raises NothingDone, naming it, or its size."""
    with ExitStack() as opened:
        file = _opened(name, opened)
        try:
            content = file.read(most + 1)
        except OSError as fault:
            raise _unreadable(name, fault) from fault
    if len(content) > most:
        raise NothingDone(f"{shown(name)} is larger than {most // MEGABYTE} MB, the most that is read of it.")
    return content


def file_content(name: str) -> bytes:
    """Return all of a file that has to be one: a pipe that nobody writes to would keep us waiting."""
    if name != STANDARD_INPUT and Path(name).exists() and not Path(name).is_file():
        raise NothingDone(f"{name} cannot be read: it is no file.")
    return content_of(name)


def shown(name: str) -> str:
    """Return a file's name as it can stand in a sentence."""
    return "standard input" if name == STANDARD_INPUT else name


def plain(fault: OSError) -> str:
    """Return what the system says of a fault, as it can end a sentence."""
    said = fault.strerror or str(fault) or "unknown fault"
    return said[:1].lower() + said[1:]


def _opened(name: str, opened: ExitStack) -> BinaryIO:
    if name == STANDARD_INPUT:
        if sys.stdin is None:
            raise NothingDone("There is no standard input to read.")
        return sys.stdin.buffer
    try:
        return opened.enter_context(Path(name).open("rb"))
    except (OSError, ValueError) as fault:
        raise _unreadable(name, fault) from fault


def _lines(file: BinaryIO, name: str) -> Iterator[bytes]:
    try:
        while line := file.readline(LONGEST_LINE + 1):
            if len(line) > LONGEST_LINE:
                at = f"{shown(name)} has a line longer than {LONGEST_LINE // MEGABYTE} MB"
                raise CutShort(f"{at}; what stands before it was done, and nothing of it or after it.")
            yield line
    except OSError as fault:
        raise _unreadable(name, fault) from fault


def _unreadable(name: str, fault: OSError | ValueError) -> NothingDone:
    why = plain(fault) if isinstance(fault, OSError) else "that is no file name"
    return NothingDone(f"{shown(name)} cannot be read: {why}.")
