"""``chairtime downtime``: stamp when the record system went away and came back, and list what was done."""

from __future__ import annotations

from argparse import Namespace
from contextlib import closing
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from desktop_app.app import Parts
from desktop_app.commands.attending import working
from desktop_app.commands.drawing import be_able_to_draw
from desktop_app.commands.looks import showing
from desktop_app.commands.outage_list import file_name, stretch_of, told_in
from desktop_app.commands.page import Page, add_row, table_of
from desktop_app.commands.practice import practice_of
from desktop_app.commands.streams import NothingDone, plain
from desktop_app.commands.unlocking import open_to_read
from desktop_app.core.decisions import Refusal, When
from desktop_app.core.events import SUITE_STREAM
from desktop_app.core.moments import instant_us, local_time, time_words
from desktop_app.core.outages import Outage, fold_outages, in_order
from desktop_app.core.plans import Plan, beginning_downtime, ending_downtime
from desktop_app.core.told import count_words, day_words, drug_words, known_words
from desktop_app.exchange.downtime_csv import downtime_csv
from desktop_app.exchange.downtime_list import PatientDone
from desktop_app.exchange.downtime_paper import NOTHING, Stretch, downtime_paper, time_of
from desktop_app.store.clock import SystemClock
from desktop_app.store.durable_file import write_durably
from desktop_app.store.folder import Folder

NONE_YET = "No downtime was stamped; give --from and --to, or begin one with --open."


def run(arguments: Namespace) -> int:
    """Stamp, or list. Raises NothingDone with one sentence."""
    if arguments.open is not None or arguments.end:
        return _stamp(arguments)
    # The list of downtimes names nobody; what was charted in one is told with whole MRNs.
    if arguments.list:
        with closing(open_to_read(arguments)) as folder:
            _print_outages(folder)
    else:
        with showing(arguments) as shown:
            stretch = _stretch(shown.folder, arguments)
            shown.look_through("downtime")
            _tell(shown.folder, stretch, arguments.to_folder)
    return 0


def _stamp(arguments: Namespace) -> int:
    """Record that a downtime begins or is over, at this moment, and say so."""
    with working(arguments) as parts:
        when, zone = parts.desk.now(), parts.folder.settings.get("zone")
        outcome = parts.desk.take(_plan(parts, arguments, when, zone))
        if isinstance(outcome, Refusal):
            raise NothingDone(f"{outcome.text[:1].upper()}{outcome.text[1:]}.")
        what = "begins" if arguments.open is not None else "is over"
        print(f"Downtime {what} at {time_words(when.at_us, zone)}.")
    return 0


def _plan(parts: Parts, arguments: Namespace, when: When, zone: str) -> Plan:
    if arguments.end:
        return ending_downtime(when, zone=zone)
    return beginning_downtime(when, outage=parts.names.new(), system=arguments.open, zone=zone)


def _outages(folder: Folder) -> tuple[Outage, ...]:
    return in_order(fold_outages(folder.journal.load(SUITE_STREAM)))


def _stretch(folder: Folder, arguments: Namespace) -> Stretch:
    zone = folder.settings.get("zone")
    now_us = SystemClock(lambda: zone).now().wall_us
    if arguments.since or arguments.until:
        from_us = _instant(arguments.since, zone) if arguments.since else 0
        to_us = _instant(arguments.until, zone) if arguments.until else now_us
        if not arguments.since or from_us > to_us:
            raise NothingDone("A list needs a --from, and a --to after it.")
        return Stretch(from_us=from_us, to_us=to_us, zone=zone)
    outages = _outages(folder)
    if not outages:
        raise NothingDone(NONE_YET)
    return stretch_of(outages[-1], now_us, zone)


def _instant(text: str, zone: str) -> int:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise NothingDone(f"{text} is no time such as 2026-03-02T10:05.") from None
    return instant_us(at if at.tzinfo else at.replace(tzinfo=ZoneInfo(zone)))


def _tell(folder: Folder, stretch: Stretch, to_folder: Path | None) -> None:
    told = told_in(folder.journal, stretch)
    if to_folder is None:
        _print_list(stretch, told)
        return
    paper = to_folder / f"{file_name(stretch)}.pdf"
    try:
        _write(folder, stretch, told, paper)
    except OSError as fault:
        raise NothingDone(f"The list cannot be written into {to_folder}: {plain(fault)}.") from fault
    entries = sum(len(one.done) for one in told)
    print(
        f"{paper} and .csv: {count_words(len(told), 'patient', 'patients')}, "
        f"{count_words(entries, 'entry', 'entries')}."
    )


def _write(folder: Folder, stretch: Stretch, told: tuple[PatientDone, ...], paper: Path) -> None:
    be_able_to_draw()
    from desktop_app.exchange.pdf_document import pdf_of  # noqa: PLC0415 - a list on the screen draws nothing

    now = local_time(SystemClock(lambda: stretch.zone).now().wall_us, stretch.zone)
    foot = f"Made {now:%Y-%m-%d %H:%M:%S} · journal head {folder.journal.head()}"
    made = downtime_paper(stretch, told, practice_of(folder.settings, folder.path), foot=foot)
    written = pdf_of([made], title=paper.stem, key=paper.stem, made_at=now)
    write_durably(paper, written.data)
    write_durably(paper.with_suffix(".csv"), downtime_csv(stretch, told))


def _print_list(stretch: Stretch, told: tuple[PatientDone, ...]) -> None:
    page = Page()
    if not told:
        page.print(NOTHING)
    for one in told:
        session = one.session
        table = table_of(
            "Time", "What", "Drug, dose", "Details", "How known, by",
            title=f"{session.initials} · MRN {session.mrn} · chair {session.chair}",
        )  # fmt: skip
        for done in one.done:
            drug = drug_words(done.service.order) if done.service else ""
            rate = f"{done.rate_ml_h} mL/h" if done.rate_ml_h else ""
            details = " · ".join(filter(None, (rate, done.detail)))
            known = known_words(done.at) if done.at else ""
            add_row(table, time_of(done, session, stretch), done.action, drug, details, known)
        page.print(table)


def _print_outages(folder: Folder) -> None:
    zone = folder.settings.get("zone")
    table = table_of("Began", "Over", "What")
    for outage in _outages(folder):
        over = _when(outage.over.at_us, zone) if outage.over else "not yet"
        add_row(table, _when(outage.begun.at_us, zone), over, outage.system)
    Page().print(table)


def _when(at_us: int, zone: str) -> str:
    return f"{day_words(local_time(at_us, zone).date())} {time_words(at_us, zone)}"
