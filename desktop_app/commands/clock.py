"""``chairtime clock``: what the clocks say, what happened to them, and the true time as somebody tells it."""

from __future__ import annotations

from argparse import Namespace
from contextlib import closing
from datetime import date

from desktop_app.commands.attending import working
from desktop_app.commands.clock_noted import behind_by, last_reading
from desktop_app.commands.clock_report import on_day, print_report
from desktop_app.commands.days import day_in
from desktop_app.commands.page import Page, add_row, table_of
from desktop_app.commands.streams import NothingDone
from desktop_app.commands.unlocking import open_to_read
from desktop_app.core.clock_log import ClockLog, fold_clock
from desktop_app.core.clock_words import instant_words, length_words, moved_words, told_words
from desktop_app.core.clocks import read_true_time, telling_true_time
from desktop_app.core.decisions import Refusal
from desktop_app.core.events import CLOCK_STREAM, ClockSeen
from desktop_app.core.jump_watch import parted_us
from desktop_app.core.moments import ClockReading, local_date
from desktop_app.core.steady import as_told, is_healthy, is_same_run
from desktop_app.store.clock import SystemClock
from desktop_app.store.folder import Folder

MOST_SHOWN = 20
NOT_A_TIME = "is no time such as 10:31:00 or 2026-03-02T10:31"
STEADY = "Nothing is on record: the clock was steady."
NOT_ON_RECORD = (
    "Nothing is on record of that yet: the window notes it where somebody is timed, and a command when it "
    "records something."
)


def run(arguments: Namespace) -> int:
    """Print the clocks' state or a day's report, or record the true time. Raises NothingDone."""
    if arguments.true:
        return _tell_true(arguments)
    with closing(open_to_read(arguments)) as folder:
        zone = folder.settings.get("zone")
        log = fold_clock(folder.journal.load(CLOCK_STREAM))
        now = SystemClock(lambda: zone).now()
        if arguments.report is None:
            _print_state(folder, log, now)
        else:
            print_report(folder, on_day(log, _day(arguments.report, now, zone), zone))
    return 0


def _print_state(folder: Folder, log: ClockLog, now: ClockReading) -> None:
    zone, page = folder.settings.get("zone"), Page()
    table = table_of("Clock", "Says")
    add_row(table, "on the wall", f"{instant_words(now.wall_us, zone)}, zone {now.zone}")
    add_row(table, "counting", f"{length_words(now.counting_us)} since the computer began to count")
    add_row(table, "start of the computer", now.boot)
    since, is_steady = _since(folder, now)
    add_row(table, "since the last record", since)
    told = as_told(log.told, now)
    if log.told is not None and told is not None:
        by = f"told by {log.told.by} ({log.told.known})"
        add_row(table, "true time", f"{instant_words(told.at_us, zone)}, {by}")
    page.print(table)
    happened = [recorded for recorded in log.entries if not isinstance(recorded.event, ClockSeen)]
    if not is_steady or not happened:
        page.print(STEADY if is_steady else NOT_ON_RECORD)
    if not happened:
        return
    table = table_of("Noted", "What", "Seen by", title="What happened to the clock")
    for recorded in happened[: -MOST_SHOWN - 1 : -1]:
        seen = log.seen(recorded.version)
        noted = instant_words(recorded.event.at_us, zone)
        add_row(table, noted, told_words(recorded.event, zone), seen.by if seen else "nobody")
    page.print(table)


def _since(folder: Folder, now: ClockReading) -> tuple[str, bool]:
    """Return how the wall kept to the counting clock since the journal's last event, and if it did."""
    before = last_reading(folder)
    if before is None:
        return "nothing is on record yet", True
    passed_us = now.counting_us - before.counting_us
    if not is_same_run(before, now):
        anew, by_us = "the computer was started anew", behind_by(before, now)
        if by_us:
            return f"{anew}, and the wall stands {length_words(by_us)} before that record", False
        return f"{anew}: nothing counted on from there", True
    parted = parted_us(before, now)
    if is_healthy(parted, passed_us):
        return f"steady over {length_words(passed_us)}", True
    return f"{moved_words(parted)} within {length_words(passed_us)}", False


def _tell_true(arguments: Namespace) -> int:
    with working(arguments, rules_later=True) as parts:
        desk, zone = parts.desk, parts.folder.settings.get("zone")
        when, reading = desk.now(), parts.clock.now()
        true_us = read_true_time(arguments.true, reading.wall_us, zone)
        if true_us is None:
            raise NothingDone(f"{arguments.true} {NOT_A_TIME}.")
        by = _by(parts.folder, arguments.by) or desk.actor
        plan = telling_true_time(when, reading, true_us, known=arguments.known, by=by)
        outcome = desk.take(plan)
        if isinstance(outcome, Refusal):
            raise NothingDone(f"{outcome.text[:1].upper()}{outcome.text[1:]}.")
        off = length_words(reading.wall_us - true_us)
        print(f"The true time {instant_words(true_us, zone)} is on record; the clock is off by {off}.")
    return 0


def _by(folder: Folder, named: str) -> str:
    """Return who is said to say so. Raises NothingDone for somebody else than who signed in."""
    if named and not folder.is_anybodys and named.casefold() != folder.opened_by.casefold():
        raise NothingDone(f"{folder.opened_by} opened this folder, so nothing is told by {named}.")
    return named


def _day(text: str, now: ClockReading, zone: str) -> date:
    return day_in(text, "2026-03-02") if text else local_date(now.wall_us, zone)
