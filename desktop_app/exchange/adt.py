"""Reads a file of ADT messages (HL7 v2, A01, A04, A08) into what they tell of patients.

As the standard has it, an empty field leaves what is known, and ``""`` takes it away. Of a message with a
fault nothing is taken. Which field stands where::

    PID  3 MRN  5 name  7 birth date  8 sex  11 address  18 visit number
    PV1  7 attending provider  19 visit number  44 day of the visit
    DG1  3 diagnosis  15 its priority
    IN1  3, 4 payer  8 group  14 authorisation  15 filing  16 to 18, 43 insured person  36 member id
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from desktop_app.core.people import NOTHING_KNOWN, Address, Insured, Provider, Relation, Sex
from desktop_app.core.recordable import as_line
from desktop_app.core.registration import npi_fault
from desktop_app.exchange.hl7_reader import ReadMessage, ReadSegment, parsed
from desktop_app.exchange.registrations import Facts, Registrations, Wrong
from desktop_app.exchange.shapes import day_in

EVENTS = ("A01", "A04", "A08")
CHARSETS = {
    "": "utf-8",
    "UNICODE UTF-8": "utf-8",
    "ASCII": "ascii",
    "8859/1": "latin-1",
    "8859/15": "iso8859-15",
}
FILINGS = frozenset(
    "11 12 13 14 15 16 17 AM BL CH CI DS FI HM LM MA MB MC OF TV VA WC ZZ".split()  # noqa: SIM905 - a list to read
)
"""The claim filing indicators of X12; another word in IN1-15 is a plan type of the sender's own."""
ICD_10_CM = frozenset({"", "I10", "I10C", "I10CM", "10", "ICD10", "ICD10CM", "ICD-10", "ICD-10-CM"})
MOST_SEGMENTS = 1_000
LONGEST_SEGMENT = 65_536
"""Many times what a registration takes; a message of more would be looked through for minutes."""
MOST_REPETITIONS = 50
"""How many of a field's repetitions are looked at: identifiers, names, ways to name a provider."""
_LONGEST_KIND = 20
_DELETED = '""'
_FRAMES = b"\x0b\x1c"
_LAST = 9_999
"""Behind every diagnosis that says which it is; no message has as many."""
_MOST_DIGITS = 4
_RELATIONS = {
    "SEL": Relation.SELF,
    "SPO": Relation.SPOUSE,
    **dict.fromkeys(("CHD", "PAR", "FTH", "MTH", "GRD"), Relation.CHILD),
}
"""Read from either side: nobody is insured through their own child."""


def is_hl7(content: bytes) -> bool:
    """Whether a file begins as messages do."""
    return content.lstrip(b"\xef\xbb\xbf" + _FRAMES + b"\r\n \t")[:3] in {b"MSH", b"FHS", b"BHS"}


def read_adt(content: bytes, today: date) -> Registrations:
    """Return what a file of messages tells, in its order."""
    found = Registrations()
    lines = [line.strip(_FRAMES) for line in re.split(rb"[\r\n]+", content.removeprefix(b"\xef\xbb\xbf"))]
    begins = [at for at, line in enumerate(lines) if line.startswith(b"MSH")]
    for number, (first, end) in enumerate(pairwise([*begins, len(lines)]), start=1):
        facts = Facts(f"message {number}", today)
        if (message := _decoded(lines[first:end], facts)) is None:
            found.faults += facts.faults
        elif (kind := _kind(message)) in {f"ADT^{event}" for event in EVENTS}:
            _read(message, facts)
            found.take(facts, day_in(message.first("PV1")[44][:8]))
        else:
            found.passed_over[kind] += 1
        found.require_no_more()
    return found


def _decoded(lines: list[bytes], facts: Facts) -> ReadMessage | None:
    """Return a message by the character set it says; None, and a fault, where that cannot be."""
    rest = [line for line in lines if line and line[:3] not in {b"FHS", b"BHS", b"BTS", b"FTS"}]
    if len(rest) > MOST_SEGMENTS or max(map(len, rest)) > LONGEST_SEGMENT:
        most = f"of at most {MOST_SEGMENTS:,} segments, each of at most {LONGEST_SEGMENT:,} bytes"
        facts.wrong("the message", f"it should be {most}")
        return None
    (head,) = parsed([rest[0].decode("latin-1")])
    charset = CHARSETS.get(head[18].split(head.signs[2])[0])
    if charset is None:
        facts.wrong("MSH-18", f"the character set {head[18]} cannot be read")
        return None
    try:
        return ReadMessage(list(parsed([line.decode(charset) for line in rest], charset)))
    except UnicodeDecodeError:
        facts.wrong("MSH-18", f"the message is not written in {head[18] or 'UTF-8'}")
        return None


def _kind(message: ReadMessage) -> str:
    head = message.head
    said = "^".join(filter(None, (head.part(9), head.part(9, 2) or message.first("EVN").part(1))))
    return as_line(said, _LONGEST_KIND)


def _read(message: ReadMessage, facts: Facts) -> None:
    facts.is_of(_mrn(message.first("PID")), "PID-3")
    for at in _FIELDS:
        read = message.first(at.segment)
        if read[at.number]:
            _say(facts, at, read)
    _diagnoses(message.every("DG1"), facts)
    if message.every("IN1"):
        _insured(message, facts)


class At(NamedTuple):
    """Which field of the registration stands where, and how it is read."""

    segment: str
    number: int
    name: str
    read: Callable[[ReadSegment, int], object]


def _say(facts: Facts, at: At, read: ReadSegment) -> None:
    where = f"{at.segment}-{at.number}"
    try:
        gone = read[at.number] == _DELETED
        value = getattr(NOTHING_KNOWN, at.name) if gone else at.read(read, at.number)
    except Wrong as fault:
        facts.wrong(where, str(fault))
        return
    if gone or value not in (None, ""):
        facts.say(where, at.name, value)


def _mrn(read: ReadSegment) -> str:
    """Return the medical record number: of several identifiers the one that says so, else the first."""
    every = _every(read, 3)
    kinds = {read.part(3, 5, repetition=n): n for n in reversed(every)}
    return read.part(3, repetition=kinds.get("MR", 0)).strip()


def _every(read: ReadSegment, number: int) -> range:
    return range(min(len(read.repetitions(number)), MOST_REPETITIONS))


def _text(read: ReadSegment, number: int) -> str:
    return _written(read.part(number))


def _written(text: str) -> str:
    return "" if text == _DELETED else text


def _family(read: ReadSegment, number: int) -> str:
    return _written(read.part(number, repetition=_legal(read, number)))


def _given(read: ReadSegment, number: int) -> str:
    return _written(read.part(number, 2, repetition=_legal(read, number)))


def _legal(read: ReadSegment, number: int) -> int:
    """Return which of several names is the legal one: the one that says so, else the first."""
    every = _every(read, number)
    return next((n for n in every if read.part(number, 7, repetition=n) == "L"), 0)


def _day(read: ReadSegment, number: int) -> date:
    day = day_in(read.part(number)[:8])
    if day is None:
        raise Wrong(f"{read.part(number)} is no date such as 19601231")
    return day


def _sex(read: ReadSegment, number: int) -> Sex:
    said = read.part(number).upper()
    if said not in set("AFMNOU"):
        raise Wrong(f"{said} is no sex of the standard: F, M, O, U, A or N")
    return Sex(said) if said in set(Sex) else Sex.UNKNOWN


def _address(read: ReadSegment, number: int) -> Address:
    street = ", ".join(filter(None, (_text(read, number), _written(read.part(number, 2)))))
    city, state, zip_code = (_written(read.part(number, n)) for n in (3, 4, 5))
    return Address(street=street, city=city, state=state, zip_code=zip_code)


def _provider(read: ReadSegment, number: int) -> Provider:
    """Return a provider; of several ways to name one, the one with an NPI."""
    every = _every(read, number)
    chosen = next((n for n in every if _is_npi(read, number, n)), 0)
    npi = read.part(number, repetition=chosen) if _is_npi(read, number, chosen) else ""
    family, given = (read.part(number, n, repetition=chosen) for n in (2, 3))
    return Provider(family=_written(family), given=_written(given), npi=npi)


def _is_npi(read: ReadSegment, number: int, repetition: int) -> bool:
    """Whether an identifier says that it is an NPI, or says nothing and has the shape of one."""
    said = [read.part(number, n, repetition=repetition).upper() for n in (8, 9, 13)]
    if any(said):
        return "NPI" in said
    return not npi_fault(read.part(number, repetition=repetition))


def _filing(read: ReadSegment, number: int) -> str:
    said = read.part(number).strip().upper()
    return said if said in FILINGS else ""


def _payer_of_plan(read: ReadSegment, number: int) -> str:
    return _written(read.part(number, 2))


def _diagnoses(every: list[ReadSegment], facts: Facts) -> None:
    """Note the diagnoses by their priority, else in the order in which they stand."""
    codes = []
    for read in sorted(every, key=_priority):
        where = f"DG1-3 of DG1 {as_line(read[1], _LONGEST_KIND) or read.place}"
        if read.part(3, 3).upper() not in ICD_10_CM:
            facts.wrong(where, f"{read.part(3, 3)} is no list of ICD-10-CM codes")
        elif read.part(3):
            facts.say(where, "diagnoses", (read.part(3),))
            codes.append(read.part(3))
    if codes and not facts.faults:
        facts.say("DG1-3", "diagnoses", tuple(codes))


def _priority(read: ReadSegment) -> int:
    said = read[15]
    is_number = said.isascii() and said.isdigit() and len(said) <= _MOST_DIGITS
    return (int(said) or _LAST) if is_number else _LAST


def _insured(message: ReadMessage, facts: Facts) -> None:
    """Note whose insurance pays, where that is not the patient."""
    read, other_side = message.first("IN1"), message.first("IN2").part(72)
    said = other_side or read.part(17)
    family, given = _family(read, 16), _given(read, 16)
    if not said:
        patient = message.first("PID")
        if family and (family, given) != (_family(patient, 5), _given(patient, 5)):
            facts.wrong("IN1-17", "it does not say what the insured person is to the patient")
        return
    relation = _RELATIONS.get(said.upper(), Relation.OTHER)
    if relation is Relation.SELF:
        facts.say("IN1-17", "insured", None)
        return
    try:
        born = _day(read, 18) if read[18] not in {"", _DELETED} else None
        sex = _sex(read, 43) if read[43] not in {"", _DELETED} else None
    except Wrong as fault:
        facts.wrong("IN1-18 or IN1-43", str(fault))
        return
    facts.say(
        "IN1-16",
        "insured",
        Insured(relation=relation, family=family, given=given, birth_date=born, sex=sex),
    )


_FIELDS = (
    At("PID", 5, "family", _family),
    At("PID", 5, "given", _given),
    At("PID", 7, "birth_date", _day),
    At("PID", 8, "sex", _sex),
    At("PID", 11, "address", _address),
    At("PID", 18, "account", _text),
    At("PV1", 19, "account", _text),
    At("PV1", 7, "ordering", _provider),
    At("PV1", 7, "rendering", _provider),
    At("IN1", 2, "payer", _payer_of_plan),
    At("IN1", 4, "payer", _text),
    At("IN1", 3, "payer_id", _text),
    At("IN1", 8, "group", _text),
    At("IN1", 14, "authorisation", _text),
    At("IN1", 15, "filing", _filing),
    At("IN1", 49, "member_id", _text),
    At("IN1", 36, "member_id", _text),
)
"""Where two places tell one thing, the later of them holds."""
