"""The words of every command: what each takes, and in which module it is done."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.commands.argument_kinds import (
    new_action,
    new_command,
    takes_folder,
    takes_journal,
)
from desktop_app.commands.arguments_of_trust import SHOWN, keyring_child

if TYPE_CHECKING:
    from desktop_app.commands.argument_kinds import Commands


def add_commands(commands: Commands) -> None:
    """Add every command, in the order in which they are listed."""
    history, clock, people, keys, *proofs = SHOWN
    daily = (_code, _play, _log, _sessions, history, _day, _register, _export, _downtime, clock, _import)
    kept = (_settings, people, _profile, _layout, keys, *proofs, _demo)
    for add in (*daily, *kept, keyring_child):
        add(commands)


def _code(commands: Commands) -> None:
    parser = new_command(commands, "code", "code a visit: lines, reasons, findings")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="one case in, one answer out")
    form.add_argument("--jsonl", action="store_true", help="a case a line in, an answer a line out")
    form.add_argument("--markdown", action="store_true", help="a page for a document")
    parser.add_argument("--profile", default="", metavar="NAME", help="the payer (default: Medicare's)")
    takes_folder(
        parser, "code by the rules and tables of this data folder too (default: the program's own alone)"
    )
    parser.add_argument("file", metavar="FILE", help="the case file, or - for standard input")


def _play(commands: Commands) -> None:
    parser = new_command(commands, "play", "play a touch script into a data folder", lasting=True)
    takes_journal(parser)
    parser.add_argument(
        "script", metavar="SCRIPT", help="the script, a touch a line, or - for standard input"
    )


def _log(commands: Commands) -> None:
    parser = new_command(commands, "log", "print every event, oldest first", "reading")
    takes_journal(parser)
    parser.add_argument("--json", action="store_true", help="a JSON object a line")
    parser.set_defaults(what="log")


def _sessions(commands: Commands) -> None:
    parser = new_command(
        commands, "sessions", "print every session with its case and its coded lines", "reading"
    )
    takes_journal(parser)
    parser.add_argument("--json", action="store_true", help="a JSON object a line")
    parser.set_defaults(what="sessions")


def _day(commands: Commands) -> None:
    text = "print where each session of a day stands, what earlier days left over, and the totals"
    parser = new_command(commands, "day", text)
    takes_journal(parser)
    parser.add_argument("date", nargs="?", default="", metavar="YYYY-MM-DD", help="(default: today)")
    parser.add_argument("--json", action="store_true", help="a JSON object a line; the last one is the day's")


def _register(commands: Commands) -> None:
    text = "take patient, visit, diagnoses and payer from a registration system, by MRN"
    parser = new_command(commands, "register", text, lasting=True)
    takes_journal(parser)
    parser.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")
    parser.add_argument(
        "file", metavar="FILE", help="HL7 ADT messages (A01, A04, A08) or CSV, or - for standard input"
    )


def _export(commands: Commands) -> None:
    parser = new_command(commands, "export", "write the signed lines that were not sent yet", lasting=True)
    takes_journal(parser)
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
    parser = new_command(commands, "downtime", text, lasting=True)
    takes_journal(parser)
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
    parser = new_command(commands, "import", text, "import_tables", lasting=True)
    takes_journal(parser)
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
    parser = new_command(commands, "settings", "print the settings, or change one", lasting=True)
    takes_journal(parser)
    parser.add_argument("key", nargs="?", metavar="KEY")
    parser.add_argument("value", nargs="?", metavar="VALUE")


def _profile(commands: Commands) -> None:
    parser = new_command(commands, "profile", "list, show, check and copy payer profiles", lasting=True)
    actions = parser.add_subparsers(title="what to do", metavar="ACTION", required=True)
    new = new_action(
        actions, "new", "copy a profile into the data folder, to be changed there", takes_journal
    )
    new.add_argument("name", metavar="NAME", help="what the copy is called")
    new.add_argument("--from", dest="source", default="custom", metavar="PROFILE", help="(default: custom)")
    new_action(actions, "list", "print the profiles there are")
    check = new_action(actions, "check", "say whether a file can be used as a profile")
    check.add_argument("file", metavar="FILE")
    show = new_action(actions, "show", "print what a profile's options come to, and who says so")
    show.add_argument("name", metavar="NAME")
    show.add_argument("--date", default="", metavar="YYYY-MM-DD", help="a date of service (default: today)")
    show.add_argument("--setting", choices=("facility", "physician"), help="(default: the profile's own)")


def _layout(commands: Commands) -> None:
    text = "list, show, check and copy layouts of tables for billing systems"
    parser = new_command(commands, "layout", text, lasting=True)
    actions = parser.add_subparsers(title="what to do", metavar="ACTION", required=True)
    new = new_action(actions, "new", "copy a layout into the data folder, to be changed there", takes_journal)
    new.add_argument("name", metavar="NAME", help="what the copy is called")
    new.add_argument(
        "--from", dest="source", default="complete", metavar="LAYOUT", help="(default: complete)"
    )
    new_action(actions, "list", "print the layouts there are")
    check = new_action(actions, "check", "say whether a file can be used as a layout")
    check.add_argument("file", metavar="FILE")
    show = new_action(actions, "show", "print a layout's form and columns")
    show.add_argument("name", metavar="NAME")


def _demo(commands: Commands) -> None:
    text = "play the demo day without a window: lines, batch, pictures"
    parser = new_command(commands, "demo", text, lasting=True)
    parser.add_argument("--to", type=Path, default=Path("chairtime-demo"), metavar="FOLDER")
