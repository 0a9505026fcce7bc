"""A session's superbill: who, when, what was given, drawn and in a table; each line with its reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from desktop_app.core.moments import local_time, time_words
from desktop_app.core.orders import Order, Setting
from desktop_app.core.people import Address, Provider, Registration, Sex
from desktop_app.core.session import Session, Signature
from desktop_app.core.told import day_words, dotted
from desktop_app.exchange.bill import Bill
from desktop_app.exchange.paper import (
    Block,
    Column,
    FactGroup,
    Facts,
    Heading,
    Notice,
    Paper,
    Table,
    TableRow,
    Words,
)
from desktop_app.exchange.sending import Practice
from desktop_app.exchange.superbill_lines import lines_of, sources_of
from desktop_app.exchange.superbill_services import Given, services_table, timeline_of

UnitMinutes = Callable[[Session, Order], tuple[int, ...]]
"""The minutes of running at which an infusion's units change."""

TITLE = "Superbill"
_SETTINGS = {Setting.FACILITY: "hospital", Setting.PHYSICIAN: "office"}
_SEXES = {Sex.FEMALE: "female", Sex.MALE: "male", Sex.UNKNOWN: "not known"}
_SIGNED = (
    Column("Version", 40),
    Column("Signed", 170),
    Column("By", 60),
    Column("Lines", 34, right=True),
    Column("Coded by"),
)
_DOT_AFTER = 3


def superbill(bill: Bill, practice: Practice, unit_minutes: UnitMinutes, *, foot: str) -> Paper:
    """Return the superbill of a session; what is at the foot of each page is said besides its ids."""
    session = bill.session
    version = f"Version {bill.version}" if bill.version else "Not signed"
    ids = f"Session {session.id} · {version[:1].lower()}{version[1:]}"
    return Paper(
        title=TITLE,
        sender=sender_of(practice),
        under_title=(day_words(bill.day), version),
        blocks=tuple(_blocks(bill, practice, unit_minutes)),
        running=" · ".join((TITLE, day_words(bill.day), version, _whose(session))),
        foot=f"{ids} · {foot}",
    )


def _whose(session: Session) -> str:
    return f"MRN {session.mrn}" if session.mrn else dotted(session.initials)


def sender_of(practice: Practice) -> tuple[str, ...]:
    """Return who bills, a line each."""
    ids = (f"NPI {practice.npi}" * bool(practice.npi), f"Tax id {practice.tax_id}" * bool(practice.tax_id))
    where = Address(
        street=practice.street, city=practice.city, state=practice.state, zip_code=practice.zip_code
    )
    lines = (practice.name, *address_lines(where), practice.phone, " · ".join(filter(None, ids)))
    return tuple(filter(None, lines)) or ("",)


def address_lines(where: Address) -> tuple[str, ...]:
    """Return a postal address, a line each."""
    zip_code = "-".join(filter(None, (where.zip_code[:5], where.zip_code[5:])))
    city = ", ".join(filter(None, (where.city, f"{where.state} {zip_code}".strip())))
    return tuple(filter(None, (where.street, city)))


def _blocks(bill: Bill, practice: Practice, unit_minutes: UnitMinutes) -> Iterator[Block]:
    given = _given(bill, unit_minutes)
    yield from map(Notice, bill.notices)
    yield Facts((_patient(bill), _visit(bill), _payer(bill.session.registration)))
    drawn = timeline_of(given)
    if drawn is not None:
        yield Heading("Timeline")
        yield drawn
    yield Heading("Lines")
    yield from lines_of(bill, practice)
    yield from _listed("Not billed", bill.not_billed)
    yield from _listed("Findings", bill.findings)
    if given.services:
        yield Heading("Given")
        yield services_table(given)
    struck = [f"{one.order.drug}: {one.void_reason}" for one in bill.session.services if one.void_reason]
    yield from _listed("Struck out", struck)
    yield from _signatures(bill)
    yield from sources_of(bill.lines)


def _given(bill: Bill, unit_minutes: UnitMinutes) -> Given:
    running = {one.id for one in bill.session.open_services if one.order.runs}
    alone = [line for line in bill.lines if len(line.services) == 1 and line.services[0] in running]
    codes: dict[str, dict[str, None]] = {}
    for line in bill.lines:
        for service in line.services if line.kind == "administration" else ():
            codes.setdefault(service, {})["-".join((line.code, *line.modifiers))] = None
    return Given(
        session=bill.session,
        day=bill.day,
        computed={line.services[0]: line.stop_us for line in alone if line.stop_us is not None},
        codes={service: " ".join(found) for service, found in codes.items()},
        minutes_of=lambda order: unit_minutes(bill.session, order),
        now_us=bill.now_us,
    )


def _patient(bill: Bill) -> FactGroup:
    session, known = bill.session, bill.session.registration
    name = ", ".join(filter(None, (known.family, known.given)))
    return FactGroup(
        "Patient",
        (
            ("Name", name or dotted(session.initials)),
            ("MRN", session.mrn),
            ("Born", known.birth_date.isoformat() if known.birth_date else ""),
            ("Sex", _SEXES[known.sex] if known.sex else ""),
            ("Address", "\n".join(address_lines(known.address)) if known.address else ""),
            ("Visit number", known.account),
        ),
    )


def _visit(bill: Bill) -> FactGroup:
    session, known = bill.session, bill.session.registration
    seated = time_words(session.seated.at_us, session.zone)
    left = time_words(session.ended.at_us, session.zone) if session.ended else "still here"
    return FactGroup(
        "Visit",
        (
            ("Date", day_words(bill.day)),
            ("Seated, left", f"{seated}, {left}"),
            ("Times of", session.zone),
            ("Chair", session.chair),
            ("Billed by", _billed_by(bill)),
            ("Ordered by", _provider(known.ordering)),
            ("Given by", _provider(known.rendering)),
        ),
    )


def _billed_by(bill: Bill) -> str:
    place = f", place of service {bill.place_of_service}" if bill.place_of_service else ""
    return f"{_SETTINGS[bill.setting]}{place}"


def _payer(known: Registration) -> FactGroup:
    insured = known.insured
    who = ", ".join(filter(None, (insured.family, insured.given))) if insured else ""
    codes = (f"{place} {diagnosis_words(code)}" for place, code in enumerate(known.diagnoses, start=1))
    return FactGroup(
        "Payer and diagnoses",
        (
            ("Payer", known.payer),
            ("Payer id", known.payer_id),
            ("Member id", known.member_id),
            ("Group", known.group),
            ("Authorised", known.authorisation),
            ("Insured", f"{who} (patient is {insured.relation.value})" if insured else ""),
            ("Diagnoses", " · ".join(codes)),
        ),
    )


def _provider(provider: Provider | None) -> str:
    if provider is None:
        return ""
    name = ", ".join(filter(None, (provider.family, provider.given)))
    return "\n".join(filter(None, (name, f"NPI {provider.npi}" if provider.npi else "")))


def diagnosis_words(code: str) -> str:
    """Write a diagnosis with its dot: K50.90."""
    return ".".join(filter(None, (code[:_DOT_AFTER], code[_DOT_AFTER:])))


def _listed(title: str, told: tuple[str, ...] | list[str]) -> Iterator[Block]:
    if told:
        yield Heading(title)
        yield from (Words(f"{text[:1].upper()}{text[1:]}") for text in told)


def _signatures(bill: Bill) -> Iterator[Block]:
    session = bill.session
    yield Heading("Signatures")
    if not session.signatures:
        yield Words(f"Nobody has signed. Coded by rulebook {bill.rulebook}, profile {bill.profile}.")
        return
    columns = (
        Column("Version", 40),
        Column("Signed", 170),
        Column("By", 60),
        Column("Lines", 34, right=True),
    )
    rows = tuple(_signed(signature, session.zone) for signature in session.signatures)
    yield Table((*columns, Column("Coded by")), rows)
    for note in session.reopened:
        yield Words(f"Opened again {_when(note.at.at_us, session.zone)} by {note.at.by}: {note.text}")


def _signed(signature: Signature, zone: str) -> TableRow:
    cells = (
        str(signature.version),
        _when(signature.at.at_us, zone),
        signature.at.by,
        str(len(signature.lines)),
        f"rulebook {signature.rulebook}, profile {signature.profile}",
    )
    return TableRow(cells, f"journal head {signature.head}")


def _when(at_us: int, zone: str) -> str:
    day: date = local_time(at_us, zone).date()
    return f"{day_words(day)} {time_words(at_us, zone)}"
