"""A demo month: 200 signed sessions, played through the touch script and coded by the real coder.

Every format sends the same month, so that their totals can be held against each other. Nothing
in it is by chance: the same month comes each time. All people, numbers and NDCs are made up.

    signed_month()    the month at its end: all is signed, nothing was sent
    correct(month)    what was put right after the first batch went out
    visits(), corrections()    the touches of both, for a journal elsewhere
    first_rows(), correction_rows()    what is due of each session, before and after
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from desktop_app.app import session_coder
from desktop_app.coding.tables import TableRow, by_key
from desktop_app.commands.practice import usual_revenue
from desktop_app.core.desk import Desk
from desktop_app.core.orders import Setting
from desktop_app.core.registration import npi_fault
from desktop_app.core.session import Session
from desktop_app.exchange.batch import Exporter
from desktop_app.exchange.charges import Charges
from desktop_app.exchange.rows import Row, rows_of
from desktop_app.exchange.sending import Practice
from desktop_app.script.play import Defaults, play
from desktop_app.store.chain import EventRow
from tests.exchange.visits import VISITS, Given
from tests.fakes import NEW_YORK, FakeClock, InMemoryJournal, SequentialIdentities
from tests.script.house import Ledger

SESSIONS = 200
FIRST_DAY = date(2026, 3, 2)
REPLACED = tuple(range(3, SESSIONS, 19))
"""The sessions, by their numbers, of which a stop is corrected after they went out."""
TAKEN_BACK = tuple(range(8, SESSIONS, 48))
"""The sessions of which every service is struck out after they went out."""

CHARGED_FROM = date(2026, 1, 1)
_CHARGED = """
96360 96361 96365 96366 96367 96368 96372 96374 96375 96376 96409 96411 96413 96415 96416 96417
J0640 J0696 J0897 J1100 J1200 J1745 J1756 J2405 J2469 J3373 J3420 J3475 J7030 J9045 J9145 J9190
J9263 J9267 J9271 J9312
"""
CHARGES = Charges(
    by_key(
        TableRow((code,), (str(5 + int(code[-4:]) % 89 * 337), ""), CHARGED_FROM) for code in _CHARGED.split()
    ),
    usual_revenue(),
)
"""What a unit of each code costs; made up."""

PRACTICE = Practice(
    name="Example Infusion Center",
    npi="1234567893",
    tax_id="123456789",
    taxonomy="261QI0500X",
    street="100 Main Street",
    city="Springfield",
    state="IL",
    zip_code="627010001",
    contact="Mary Biller",
    phone="2175550100",
    submitter_id="SUB123",
    receiver="Example Clearinghouse",
    receiver_id="CLEAR01",
    charges=CHARGES,
)

_FAMILIES = ("Example", "O'Sample", "Núñez", "Test-Person", "Beispiel", "van Muster", "Ejemplo", "Esempio")
_GIVEN = ("Ada", "Max", "José", "Mary Ann", "Kim", "Noor", "Lee")
_PAYERS = (
    ("Example Medicare", "00952", ("MB", "MA")),
    ("Example Blue Plan", "54771", ("BL", "BL")),
    ("Example Health", "62308", ("CI", "CI")),
    ("Example Medicaid", "12345", ("MC", "MC")),
    ("Example Preferred", "60054", ("12", "12")),
)
_DIAGNOSES = (("K50.90",), ("C18.9", "Z51.11"), ("D50.9", "K90.9", "N18.4"), ("M05.79", "Z79.899"))
_RELATIONS = ("spouse", "child", "other")
_COMMERCIAL, _MEDICAID = 2, 3


def npi(number: int) -> str:
    """Return an NPI that fits its check digit, made of a number."""
    body = f"1{number:08}"
    return next(body + digit for digit in "0123456789" if not npi_fault(body + digit))


@dataclass
class Month:
    """The suite at the end of the month."""

    journal: InMemoryJournal
    clock: FakeClock
    names: SequentialIdentities
    desk: Desk

    @property
    def sessions(self) -> tuple[Session, ...]:
        """Every session, in the order they were seated."""
        found = (self.desk.session(name) for name in self.journal.all_sessions())
        return tuple(session for session in found if session is not None)

    def exporter(self) -> Exporter:
        """Return an exporter that sends for the practice."""
        exporter = Exporter(self.journal, self.clock, self.names, "MB")
        exporter.practice = PRACTICE
        return exporter

    def play(self, touches: Iterator[dict[str, Any]]) -> None:
        """Play touches, each of which must be taken."""
        defaults = Defaults(zone=NEW_YORK, setting=Setting.FACILITY)
        lines = (json.dumps(touch) for touch in touches)
        for answer in play(lines, self.desk, coder=session_coder(), billing=Ledger(), defaults=defaults):
            assert answer["ok"], answer


def signed_month(sessions: int = SESSIONS) -> Month:
    """Return the month, or its first sessions, all signed and nothing sent, on a journal of its own."""
    return _opened(_signed_journal(sessions))


def correct(month: Month) -> None:
    """Put right what was signed: some sessions get another stop, some turn out never to have happened."""
    month.play(corrections(len(month.sessions)))


def visits(numbers: Iterable[int] = range(SESSIONS)) -> Iterator[dict[str, Any]]:
    """Yield the touches of sessions, each from its seat to its signature."""
    for number in numbers:
        yield from _visit(number)


def corrections(below: int = SESSIONS) -> Iterator[dict[str, Any]]:
    """Yield the touches by which ``correct`` puts right what was signed, of the numbers below one."""
    for number in REPLACED:
        if number < below:
            yield from _corrected(number)
    for number in TAKEN_BACK:
        if number < below:
            yield from _struck_out(number)


@cache
def first_rows() -> tuple[tuple[Row, ...], ...]:
    """Return what each session has to send at first."""
    return tuple(rows_of(session, ()) for session in signed_month().sessions)


@cache
def correction_rows() -> tuple[tuple[Row, ...], ...]:
    """Return what the corrected sessions have to send after all went out once."""
    month = signed_month()
    correct(month)
    sent = {row.id for rows in first_rows() for row in rows}
    due = (rows_of(session, sent) for session in month.sessions)
    return tuple(rows for rows in due if rows)


def name_of(number: int) -> str:
    """Return the id of the session of that number, counted from 0."""
    return f"month-{number + 1:03}"


def registered(number: int) -> dict[str, Any]:
    """Return what billing knows of the patient of that number."""
    payer, payer_id, filing = _PAYERS[number % len(_PAYERS)]
    diagnoses = _DIAGNOSES[number % len(_DIAGNOSES)]
    pointers = [{"service": "a", "diagnoses": [2, 1]}] if len(diagnoses) > 1 and number % 3 else []
    return {
        "family": _FAMILIES[number % len(_FAMILIES)],
        "given": _GIVEN[number % len(_GIVEN)],
        "birth_date": (date(1936, 1, 15) + timedelta(days=number * 97)).isoformat(),
        "sex": "FMU"[number % 11 % 3],
        "address": {
            "street": f"{number + 1} Oak Street",
            "city": "Springfield",
            "state": "IL",
            "zip_code": "62704" if number % 2 else "627041234",
        },
        "account": f"V{number:06}" if number % 4 else "",
        "ordering": {"family": "Orderer", "given": "Olivia", "npi": npi(100 + number % 5)},
        "rendering": {"family": "Renderer", "given": "Ray", "npi": npi(200 + number % 3)},
        "diagnoses": list(diagnoses),
        "pointers": pointers,
        "payer": payer,
        "payer_id": payer_id,
        "filing": filing[_is_facility(number)] if number % 6 else "",
        "member_id": f"W{number:08}",
        "group": f"G{number % 7}" if number % 2 else "",
        "authorisation": f"AUTH{number:05}" if number % 3 == 0 else "",
    } | _insured(number)


def _insured(number: int) -> dict[str, Any]:
    """Return whose insurance pays where that is not the patient: one in eight, never Medicare's."""
    if number % 8 or number % len(_PAYERS) == 0:
        return {}
    insured = {"family": "Insured", "given": "Pat", "birth_date": "1960-02-29", "sex": "F"}
    return {"insured": insured | {"relation": _RELATIONS[number // 8 % len(_RELATIONS)]}}


def _is_facility(number: int) -> bool:
    return number % 5 in {0, 3} or number % 7 == 0


def _opened(rows: Sequence[EventRow]) -> Month:
    names = SequentialIdentities(f"month-{len(rows)}")
    journal = InMemoryJournal(names)
    journal._rows = list(rows)  # noqa: SLF001 - a copy of a journal, made in its own house
    clock = FakeClock("2026-03-31T20:00")
    chairs = tuple(map(str, range(1, 13)))
    return Month(
        journal, clock, names, Desk(journal=journal, clock=clock, names=names, chairs=chairs, actor="AK")
    )


@cache
def _signed_journal(sessions: int) -> tuple[EventRow, ...]:
    month = _opened(())
    month.play(visits(range(sessions)))
    return tuple(month.journal._rows)  # noqa: SLF001 - as above


def _begin(number: int) -> datetime:
    """Return when a patient is seated: ten a day on the days from Monday to Friday."""
    week, day = divmod(number // 10, 5)
    morning = datetime.combine(FIRST_DAY + timedelta(weeks=week, days=day), datetime.min.time())
    return morning + timedelta(hours=7, minutes=40 + number % 10 * 13, seconds=number % 60)


def _given(number: int) -> tuple[Given, ...]:
    return VISITS[number % len(VISITS)](number)


def _visit(number: int) -> Iterator[dict[str, Any]]:
    """Yield the touches of a session from its seat to its signature."""
    begun, who = _begin(number), {"session": name_of(number)}
    facility = _is_facility(number)
    yield who | {
        "do": "seat",
        "at": begun.isoformat(),
        "chair": str(number % 12 + 1),
        "mrn": f"{number + 4000:07}",
        "initials": f"{_GIVEN[number % len(_GIVEN)][0]}.{_FAMILIES[number % len(_FAMILIES)][0]}.",
        "setting": "facility" if facility else "physician",
        "place_of_service": "22" if facility else "11",
        "profile": "commercial" if number % len(_PAYERS) == _COMMERCIAL else "",
    }
    timed = [line for given in _given(number) for line in given.touches()]
    for minutes, touch in sorted(timed, key=lambda line: line[0]):
        counted = {"ndc_unit": "UN"} if "ndc" in touch and number % len(_PAYERS) == _MEDICAID else {}
        yield who | counted | touch | {"at": (begun + timedelta(minutes=minutes)).isoformat()}
    end = begun + timedelta(minutes=max(minutes for minutes, _ in timed) + 6)
    yield who | {"do": "end", "at": end.isoformat()}
    yield who | {"do": "register", "at": end.isoformat(), "patient": registered(number)}
    yield who | {"do": "sign", "at": (end + timedelta(minutes=9)).isoformat()}


def _corrected(number: int) -> Iterator[dict[str, Any]]:
    """Yield the touches by which the first service of a session gets another start, and is signed again."""
    who, later = {"session": name_of(number)}, "2026-03-31T16:00"
    given = _given(number)[0]
    start = (_begin(number) + timedelta(minutes=given.start - 3)).isoformat()
    yield who | {"do": "reopen", "at": later, "reason": "pump log read"}
    yield who | {
        "do": "correct",
        "at": later,
        "service": given.service,
        "what": "start",
        "to": start,
        "reason": "pump log",
    }
    yield who | {"do": "sign", "at": later}


def _struck_out(number: int) -> Iterator[dict[str, Any]]:
    """Yield the touches by which a session turns out never to have happened."""
    who, later = {"session": name_of(number)}, "2026-03-31T17:00"
    yield who | {"do": "reopen", "at": later, "reason": "charted for the wrong patient"}
    for given in _given(number):
        yield who | {"do": "void", "at": later, "service": given.service, "reason": "another patient's"}
    yield who | {"do": "sign", "at": later}
