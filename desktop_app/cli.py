"""The command line: which command, with what. Each command is a file in ``commands``.

Exit status: 0 done; 1 the run went through but something in it was refused or wrong;
2 nothing could be done, one sentence on standard error says why.
"""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import NoReturn

from desktop_app import __version__
from desktop_app.coding.refusals import RulebookError
from desktop_app.commands.aside import keep_memory_in
from desktop_app.commands.streams import (
    CutShort,
    NothingDone,
    OutputLost,
    output_kept,
    plain,
    require_output,
    speak_utf8,
)
from desktop_app.core.ports import JournalError
from desktop_app.core.recordable import as_line
from desktop_app.store.faults import NotClosedWell

Command = Callable[[argparse.Namespace], int]
_FOLDER = "the data folder (default: this user's own)"
OK = 0
SOMETHING_WRONG = 1
NOTHING_DONE = 2
INTERRUPTED = 130
_LONGEST_SENTENCE = 4_000


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status; a fault is one sentence on standard error."""
    speak_utf8()
    keep_memory_in()
    chosen = argparse.Namespace(lasting=False)
    try:
        with output_kept():
            words = sys.argv[1:] if arguments is None else arguments
            _parser(with_commands=not _opens_window(words)).parse_args(words, chosen)
            return _run(chosen)
    except KeyboardInterrupt:
        return INTERRUPTED
    except OutputLost as fault:
        return _failed(fault, SOMETHING_WRONG if chosen.lasting else NOTHING_DONE)
    except (CutShort, NotClosedWell) as fault:
        return _failed(fault, SOMETHING_WRONG)
    except (JournalError, NothingDone, RulebookError, ImportError, OSError) as fault:
        return _failed(fault, NOTHING_DONE)
    except Exception as fault:  # noqa: BLE001 - what Python would print of it may name a patient
        from desktop_app.commands.crash_report import tell  # noqa: PLC0415 - hardly any run has one

        tell(fault, getattr(chosen, "data_dir", None))
        return SOMETHING_WRONG if chosen.lasting else NOTHING_DONE


def _run(chosen: argparse.Namespace) -> int:
    """Import a command when it is chosen, and run it: ``code`` needs no window, the window no terminal."""
    if chosen.module != "window":
        require_output()
    return _command_in(f"desktop_app.commands.{chosen.module}")(chosen)


def _command_in(module: str) -> Command:
    """Import a command. What is loaded stays, so nothing of it is looked at for garbage, now or later."""
    gc.disable()
    try:
        command: Command = import_module(module).run
    finally:
        gc.freeze()
        gc.enable()
    return command


def _failed(fault: Exception, status: int) -> int:
    if sys.stderr is not None:
        with suppress(OSError):
            print(f"chairtime: {as_line(_sentence(fault), _LONGEST_SENTENCE)}", file=sys.stderr, flush=True)
    return status


def _sentence(fault: Exception) -> str:
    if isinstance(fault, ImportError):
        return f"A part of the program cannot be loaded: {fault}."
    if isinstance(fault, OSError):
        return f"{fault.filename} cannot be used: {plain(fault)}."
    return str(fault)


class _Parser(argparse.ArgumentParser):
    """Says what is wrong with a command line in one sentence."""

    def error(self, message: str) -> NoReturn:
        """Print the sentence and leave with status 2."""
        raise NothingDone(f"{message[:1].upper()}{message[1:]}; `{self.prog} --help` says more.")


def _opens_window(words: Sequence[str]) -> bool:
    """Say whether a command line surely names no command: the window waits for no other's words."""
    left = iter(words)
    for word in left:
        if word == "--data-dir":
            next(left, "")
        elif word != "--demo":
            return False
    return True


def _parser(*, with_commands: bool) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = _Parser(
        prog="chairtime",
        description="Exact infusion times at the chair, coded lines with a reason for each.",
    )
    parser.add_argument("--version", action="version", version=f"chairtime {__version__}")
    parser.add_argument("--data-dir", type=Path, metavar="DIR", help=_FOLDER)
    parser.add_argument("--demo", action="store_true", help="open a suite in mid-morning on throw-away data")
    parser.set_defaults(module="window", lasting=True)
    if not with_commands:
        return parser
    # The words of the commands are read only where one is asked for: the window waits for none of them.
    from desktop_app.commands.arguments import add_commands  # noqa: PLC0415

    add_commands(parser.add_subparsers(title="commands", metavar="COMMAND"))
    return parser
