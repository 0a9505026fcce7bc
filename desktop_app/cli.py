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
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

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
if TYPE_CHECKING:
    Commands = argparse._SubParsersAction["_Parser"]
    Actions = argparse._SubParsersAction[argparse.ArgumentParser]

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
    parser = _Parser(
        prog="chairtime",
        description="Exact infusion times at the chair, coded lines with a reason for each.",
    )
    parser.add_argument("--version", action="version", version=f"chairtime {__version__}")
    parser.add_argument("--data-dir", type=Path, metavar="DIR", help=_FOLDER)
    parser.add_argument("--demo", action="store_true", help="open a suite in mid-morning on throw-away data")
    parser.set_defaults(module="window", lasting=True)
    if not with_commands:
        return parser
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    daily = (_code, _play, _log, _sessions, _day, _register, _export, _downtime, _import)
    shown = (*daily, _settings, _people, _profile, _layout, _keys, _verify, _backups, _doctor, _demo)
    for add in (*shown, _keyring_child):
        add(commands)
    return parser


_FOLDER = "the data folder (default: this user's own)"


def _folder(parser: argparse.ArgumentParser, text: str = _FOLDER) -> None:
    """Let a command name the folder; what stands before the command holds where it does not."""
    parser.add_argument("--data-dir", type=Path, metavar="DIR", help=text, default=argparse.SUPPRESS)


def _journal(parser: argparse.ArgumentParser) -> None:
    """Let a command name the folder, and who signs in to it."""
    _folder(parser)
    parser.add_argument("--as", dest="as_name", default="", metavar="NAME", help="who signs in")
    text = "a file whose first line is the passphrase (default: asked for where the folder is locked)"
    parser.add_argument("--passphrase-file", type=Path, metavar="FILE", help=text)


def _command(
    commands: Commands, name: str, text: str, module: str = "", *, lasting: bool = False
) -> argparse.ArgumentParser:
    """Add a command; ``lasting`` when it may have changed something before its answer is lost."""
    parser = commands.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".")
    parser.set_defaults(module=module or name, lasting=lasting)
    return parser


def _code(commands: Commands) -> None:
    parser = _command(commands, "code", "code a visit: lines, reasons, findings")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="one case in, one answer out")
    form.add_argument("--jsonl", action="store_true", help="a case a line in, an answer a line out")
    form.add_argument("--markdown", action="store_true", help="a page for a document")
    parser.add_argument("--profile", default="", metavar="NAME", help="the payer (default: Medicare's)")
    _folder(parser, "code by the rules and tables of this data folder too (default: the program's own alone)")
    parser.add_argument("file", metavar="FILE", help="the case file, or - for standard input")


def _play(commands: Commands) -> None:
    parser = _command(commands, "play", "play a touch script into a data folder", lasting=True)
    _journal(parser)
    parser.add_argument(
        "script", metavar="SCRIPT", help="the script, a touch a line, or - for standard input"
    )


def _log(commands: Commands) -> None:
    parser = _command(commands, "log", "print every event, oldest first", "reading")
    _journal(parser)
    parser.add_argument("--json", action="store_true", help="a JSON object a line")
    parser.set_defaults(what="log")


def _sessions(commands: Commands) -> None:
    parser = _command(
        commands, "sessions", "print every session with its case and its coded lines", "reading"
    )
    _journal(parser)
    parser.add_argument("--json", action="store_true", help="a JSON object a line")
    parser.set_defaults(what="sessions")


def _day(commands: Commands) -> None:
    text = "print where each session of a day stands, what earlier days left over, and the totals"
    parser = _command(commands, "day", text)
    _journal(parser)
    parser.add_argument("date", nargs="?", default="", metavar="YYYY-MM-DD", help="(default: today)")
    parser.add_argument("--json", action="store_true", help="a JSON object a line; the last one is the day's")


def _register(commands: Commands) -> None:
    text = "take patient, visit, diagnoses and payer from a registration system, by MRN"
    parser = _command(commands, "register", text, lasting=True)
    _journal(parser)
    parser.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")
    parser.add_argument(
        "file", metavar="FILE", help="HL7 ADT messages (A01, A04, A08) or CSV, or - for standard input"
    )


def _export(commands: Commands) -> None:
    parser = _command(commands, "export", "write the signed lines that were not sent yet", lasting=True)
    _journal(parser)
    parser.add_argument("--to", required=True, metavar="FOLDER", help="where the batch folder goes")
    parser.add_argument("--date", metavar="YYYY-MM-DD", help="only sessions of this date of service")
    parser.add_argument(
        "--session", action="append", default=[], metavar="ID", help="only this session; may be repeated"
    )
    form = "csv (default), xlsx, x12, hl7, fhir, superbill or day; may be repeated"
    parser.add_argument("--format", action="append", default=[], metavar="NAME", help=form)
    layout = "the columns and form of csv and xlsx (default: complete)"
    parser.add_argument("--layout", default="", metavar="NAME", help=layout)
    parser.add_argument(
        "--again",
        action="store_true",
        help="send lines of that --date or --session that were sent before, and say so in the file",
    )


def _downtime(commands: Commands) -> None:
    text = "stamp a downtime of the record system beside, and list what to enter there afterwards"
    parser = _command(commands, "downtime", text, lasting=True)
    _journal(parser)
    what = parser.add_mutually_exclusive_group()
    what.add_argument(
        "--open", nargs="?", const="", metavar="SYSTEM", help="a downtime begins at this moment, and of what"
    )
    what.add_argument("--end", action="store_true", help="the downtime is over at this moment")
    what.add_argument("--list", action="store_true", help="show the downtimes there were")
    what.add_argument(
        "--from",
        dest="since",
        metavar="TIME",
        help="list from 2026-03-02T10:05 on (default: the last downtime)",
    )
    parser.add_argument("--to", dest="until", metavar="TIME", help="list up to this time (default: now)")
    parser.add_argument(
        "--into", dest="to_folder", type=Path, metavar="FOLDER", help="write the list as PDF and CSV"
    )


def _import(commands: Commands) -> None:
    from desktop_app.coding.tables import TableKind  # noqa: PLC0415 - the window comes up without

    text = "import tables of CMS (HCPCS, NDC crosswalk, MUE, add-on, PTP edits), or your own charges"
    parser = _command(commands, "import", text, "import_tables", lasting=True)
    _folder(parser)
    parser.add_argument(
        "file", nargs="*", metavar="FILE", help="a file as downloaded: .zip, .xlsx, .csv or .txt"
    )
    parser.add_argument(
        "--kind", choices=[*TableKind], help="what the files must be; else their content says it"
    )
    parser.add_argument("--from", dest="since", metavar="YYYY-MM-DD", help="from when the files hold")
    parser.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")
    parser.add_argument(
        "--shrink", action="store_true", help="let files end more than a quarter of a table, as they say"
    )
    alone = parser.add_mutually_exclusive_group()
    alone.add_argument("--list", action="store_true", help="show which tables are there, and of which file")
    alone.add_argument("--forget", choices=[*TableKind], metavar="KIND", help="take one table back")
    alone.add_argument(
        "--remember-ndc", metavar="NDC", help="let ten digits stand for this NDC, given with its hyphens"
    )


def _settings(commands: Commands) -> None:
    parser = _command(commands, "settings", "print the settings, or change one", lasting=True)
    _journal(parser)
    parser.add_argument("key", nargs="?", metavar="KEY")
    parser.add_argument("value", nargs="?", metavar="VALUE")


def _people(commands: Commands) -> None:
    from desktop_app.commands.people_words import add_actions  # noqa: PLC0415 - the window comes up without

    parser = _command(commands, "people", "list, name, change and remove who works here", lasting=True)
    actions = parser.add_subparsers(title="what to do", metavar="ACTION", required=True)
    add_actions(partial(_action, actions, place=_journal))


def _profile(commands: Commands) -> None:
    parser = _command(commands, "profile", "list, show, check and copy payer profiles", lasting=True)
    actions = parser.add_subparsers(title="what to do", metavar="ACTION", required=True)
    new = _action(actions, "new", "copy a profile into the data folder, to be changed there")
    new.add_argument("name", metavar="NAME", help="what the copy is called")
    new.add_argument("--from", dest="source", default="custom", metavar="PROFILE", help="(default: custom)")
    _action(actions, "list", "print the profiles there are")
    check = _action(actions, "check", "say whether a file can be used as a profile")
    check.add_argument("file", metavar="FILE")
    show = _action(actions, "show", "print what a profile's options come to, and who says so")
    show.add_argument("name", metavar="NAME")
    show.add_argument("--date", default="", metavar="YYYY-MM-DD", help="a date of service (default: today)")
    show.add_argument("--setting", choices=("facility", "physician"), help="(default: the profile's own)")


def _layout(commands: Commands) -> None:
    text = "list, show, check and copy layouts of tables for billing systems"
    parser = _command(commands, "layout", text, lasting=True)
    actions = parser.add_subparsers(title="what to do", metavar="ACTION", required=True)
    new = _action(actions, "new", "copy a layout into the data folder, to be changed there")
    new.add_argument("name", metavar="NAME", help="what the copy is called")
    new.add_argument(
        "--from", dest="source", default="complete", metavar="LAYOUT", help="(default: complete)"
    )
    _action(actions, "list", "print the layouts there are")
    check = _action(actions, "check", "say whether a file can be used as a layout")
    check.add_argument("file", metavar="FILE")
    show = _action(actions, "show", "print a layout's form and columns")
    show.add_argument("name", metavar="NAME")


def _action(
    actions: Actions, name: str, text: str, place: Callable[[argparse.ArgumentParser], None] = _folder
) -> argparse.ArgumentParser:
    parser = actions.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".")
    parser.set_defaults(what=name)
    place(parser)
    return parser


def _keys(commands: Commands) -> None:
    from desktop_app.commands.keys_words import add_actions  # noqa: PLC0415 - the window comes up without

    parser = _command(commands, "keys", "say who can open the data folder, and change it", lasting=True)
    actions = parser.add_subparsers(title="what to do", metavar="ACTION", required=True)

    add_actions(partial(_action, actions, place=_journal))


def _keyring_child(commands: Commands) -> None:
    """Add what the program alone runs; no help mentions it."""
    parser = commands.add_parser("keyring-child")
    parser.set_defaults(module="keyring_child", lasting=False)
    parser.add_argument("what", choices=("get", "put", "forget"))
    parser.add_argument("account")


def _verify(commands: Commands) -> None:
    parser = _command(commands, "verify", "check every event of the journal and name the first bad one")
    _journal(parser)
    parser.add_argument(
        "--fingerprint",
        nargs="?",
        const="",
        metavar="NOTED",
        help="only print the fingerprint of the journal's keys, or say whether it is the one noted",
    )
    parser.add_argument("--head", metavar="HEAD", help="a head noted elsewhere: its digits, or a file")
    parser.add_argument(
        "--manifest", metavar="FILE", help="a batch's manifest: does the journal hold its head"
    )
    parser.add_argument("--batch", metavar="FOLDER", help="a batch: are its files those that were sent")


def _backups(commands: Commands) -> None:
    from desktop_app.commands.backup_options import COMMANDS  # noqa: PLC0415 - as the keys

    for name, (text, add) in COMMANDS.items():
        parser = _command(commands, name, text, lasting=True)
        _journal(parser)
        add(parser)


def _doctor(commands: Commands) -> None:
    text = "say whether this computer and the data folder are fit for work, in lines for support"
    _folder(_command(commands, "doctor", text))


def _demo(commands: Commands) -> None:
    text = "play the demo day without a window: lines, batch, pictures"
    parser = _command(commands, "demo", text, lasting=True)
    parser.add_argument("--to", type=Path, default=Path("chairtime-demo"), metavar="FOLDER")
