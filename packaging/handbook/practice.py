"""What a practice has beside the program, for an example: rows it imported, a payer of its own.

The rows and payers are made up and stand in the handbook's text. They are read as the program
reads them from a data folder, so that an example with them is really run.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from desktop_app.coding.ndc import display
from desktop_app.coding.profile_text import load_profile
from desktop_app.coding.reasons import Coding
from desktop_app.coding.rulebook import Profile
from desktop_app.coding.sessions import SessionCoder
from desktop_app.coding.table_text import COLUMNS, Entry, digest, read_table
from desktop_app.coding.tables import TableKind, TableRow, Tables, by_key
from desktop_app.coding.visit import Visit, VisitService
from desktop_app.commands import coded_markdown as md
from desktop_app.core.events import Trouble
from desktop_app.core.moments import HOUR_US, HowKnown, Moment, instant_us
from desktop_app.core.orders import Setting
from desktop_app.core.service import Pause, Service
from desktop_app.core.session import Session, Stage, TimingNote
from desktop_app.rulebook_files import StandardRules, load_standard
from handbook.source import Example

RULES = load_standard()
NURSE = "AK"


def rules_of_practice(example: Example) -> StandardRules:
    """Return the program's rules with what the practice of an example added. Raises RulebookError."""
    rules = RULES
    if example.tables or example.ndcs:
        rules = replace(rules, rulebook=replace(rules.rulebook, tables=_tables(example)))
    if example.own_profile:
        own = own_profile(example)
        rules = replace(rules, profiles={**rules.profiles, own.name: own})
    return rules


def own_profile(example: Example) -> Profile:
    """Return the payer profile that stands in an example. Raises RulebookError."""
    return load_profile(f"{example.profile}.toml", example.own_profile, RULES.rulebook)


def _tables(example: Example) -> Tables:
    rows = {TableKind(kind): _rows(TableKind(kind), said) for kind, said in example.tables.items()}
    since = {kind: min(row.since for row in of_kind) for kind, of_kind in rows.items()}
    return Tables({kind: by_key(of_kind) for kind, of_kind in rows.items()}, since, example.ndcs)


def _rows(kind: TableKind, said: tuple[str, ...]) -> tuple[TableRow, ...]:
    text = "\n".join((",".join(_heads(kind)), *said)) + "\n"
    entry = Entry(file=kind, sha256=digest(text), rows=len(said), since="", sources=())
    return read_table(kind, kind, text, entry)


def _heads(kind: TableKind) -> tuple[str, ...]:
    keys, values = COLUMNS[kind]
    return (*keys, *values, "since", "until")


def imported(example: Example) -> Iterator[str]:
    """Yield the rows an example was coded with, as Markdown."""
    for kind, said in example.tables.items():
        yield f"Imported (`{kind}`, made-up rows):\n"
        yield from _table(TableKind(kind), said)
        yield ""
    for ten, ndc in example.ndcs.items():
        yield f"Remembered: {ten} stands for NDC {display(ndc)}.\n"


def _table(kind: TableKind, said: tuple[str, ...]) -> Iterator[str]:
    heads = _heads(kind)
    yield md.row(head.replace("_", " ") for head in heads)
    yield md.row("---" for _ in heads)
    yield from (md.row(row.split(",")) for row in said)


def by_session(visit: Visit, example: Example, rules: StandardRules) -> Coding:
    """Return the coding of a visit as the session it was timed in: its payer, and when it ended."""
    return SessionCoder(rules.rulebook, rules.profiles).as_recorded(_session(visit, example))


def _session(visit: Visit, example: Example) -> Session:
    end_us = _instant(example.ended, visit) if example.ended else None
    again_us = _instant(example.stopped_again, visit) if example.stopped_again else None
    moved_us = _instant(example.clock_set_back, visit) if example.clock_set_back else None
    return Session(
        id=visit.id,
        version=1,
        chair="1",
        mrn="",
        initials="",
        zone=visit.zone,
        setting=Setting(visit.setting),
        place_of_service=visit.place_of_service,
        profile=example.seated_with,
        options=visit.options,
        seated=_moment(min(service.start_us for service in visit.services)),
        services=tuple(_service(service, again_us) for service in visit.services),
        stage=Stage.OPEN if end_us is None else Stage.ENDED,
        ended=None if end_us is None else _moment(end_us),
        timing_notes=() if moved_us is None else (_set_back(moved_us),),
    )


def _instant(text: str, visit: Visit) -> int:
    return instant_us(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(visit.zone)))


def _set_back(at_us: int) -> TimingNote:
    return TimingNote(at_us, Trouble.JUMPED, from_us=at_us, to_us=at_us - HOUR_US)


def _service(service: VisitService, again_us: int | None) -> Service:
    return Service(
        id=service.id,
        order=service.order,
        start=_moment(service.start_us),
        stop=None if service.stop_us is None else _moment(service.stop_us),
        pauses=tuple(
            Pause(_moment(since), None if until is None else _moment(until), "")
            for since, until in service.pauses
        ),
        proposals=() if again_us is None else (_moment(again_us),),
    )


def _moment(at_us: int) -> Moment:
    return Moment(at_us, HowKnown.PRESSED, at_us, NURSE)
