"""What can be wrong with one charge message, or one segment, that validators do not see."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime

from desktop_app.core.events import VOID_MARK
from desktop_app.core.people import Sex
from desktop_app.core.registration import diagnosis_fault, npi_fault
from desktop_app.exchange.hl7_reader import HEADERS, ReadMessage, ReadSegment
from desktop_app.exchange.hl7_text import ENCODING, FIELD
from desktop_app.exchange.shapes import cents_in, code_faults, day_in, ndc_faults, quantity_faults, whole_in

CHARSET, STRUCTURE, VERSION = "UNICODE UTF-8", "DFT_P03", "2.5.1"
CHARGE, CREDITS = "CG", frozenset({"CD", "CR"})
"""What FT1-6 says: the standard calls a credit CD, many receivers CR."""
_ORDER = re.compile(r"MSH EVN PID PV1( FT1 NTE)+( DG1)*( IN1( IN2)?)?")
_ESCAPED = re.compile(r"\\(?:[FSTRE]|X(?:[0-9A-F]{2})+)\\")
_BREAKING = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\\]")
_MOMENT = re.compile(r"(?P<day>[0-9]{8})(?P<clock>[0-9]{6})(?P<offset>[+-][0-9]{4})")
_PROVIDERS = {"PV1": (7,), "FT1": (20, 21)}
_MOMENTS = {"MSH": (7,), "EVN": (2, 6), "PV1": (44, 45), "FT1": (5,), "FHS": (7,), "BHS": (7,)}


def segment_faults(read: ReadSegment) -> Iterator[str]:
    """Yield what is wrong with a segment by itself."""
    where = f"segment {read.place} ({read.name})"
    if read.name in HEADERS and read.signs != FIELD + ENCODING:
        yield f"{where}: it declares other separators"
    if _is_broken(read):
        yield f"{where}: it has a character that breaks a line or an escape, or is no UTF-8"
    if len(read.fields) > 1 and not read.fields[-1]:
        yield f"{where}: it ends with an empty field"
    for number in _MOMENTS.get(read.name, ()):
        if read[number] and moment_in(read[number]) is None:
            yield f"{where}: {read[number]} is no time"
    for number in _PROVIDERS.get(read.name, ()):
        npi = read.part(number)
        if npi and (fault := npi_fault(npi)):
            yield f"{where}: {fault}"


def _is_broken(read: ReadSegment) -> bool:
    """Whether a field has a sign that breaks a line, an escape that is none, or a byte that is no UTF-8."""
    first = 3 if read.name in HEADERS else 1
    return any(_BREAKING.search(_ESCAPED.sub("", field)) for field in read.fields[first:])


def message_faults(message: ReadMessage) -> Iterator[str]:
    """Yield what is wrong with a message."""
    for check in _CHECKS:
        yield from check(message)


def moment_in(text: str) -> datetime | None:
    """Return a time with its offset; None for what is none."""
    try:
        return datetime.strptime(text, "%Y%m%d%H%M%S%z") if _MOMENT.fullmatch(text) else None
    except ValueError:
        return None


def notes_of(note: ReadSegment) -> dict[str, str]:
    """Return what a note holds, by the names of the canonical table."""
    return {name: value for name, _, value in (text.partition("=") for text in note.texts(3))}


def _head(message: ReadMessage) -> Iterator[str]:
    head = message.head
    if (head[9], head[12], head[18]) != (f"DFT^P03^{STRUCTURE}", VERSION, CHARSET):
        yield "it does not say that it is a DFT^P03 of version 2.5.1 in UTF-8"
    if head[11] not in {"P", "T"}:
        yield f"{head[11] or 'nothing'} says not whether it is a test"
    names = " ".join(read.name for read in message.segments)
    if not _ORDER.fullmatch(names):
        yield f"its segments stand as {names}"


def _patient(message: ReadMessage) -> Iterator[str]:
    patient = message.first("PID")
    if not patient.part(3):
        yield "it has no MRN"
    if patient[7] and day_in(patient[7]) is None:
        yield f"{patient[7]} is no birth date"
    if patient[8] not in set(Sex):
        yield f"{patient[8] or 'nothing'} is no sex"
    if not message.first("PV1").part(50):
        yield "it does not name its session"


def _numbers(message: ReadMessage) -> Iterator[str]:
    for name in ("FT1", "DG1", "IN1"):
        for number, read in enumerate(message.every(name), start=1):
            if read[1] != str(number):
                yield f"{name} {read[1]} should be {number}"


def _diagnoses(message: ReadMessage) -> Iterator[str]:
    said = [read.part(3).replace(".", "") for read in message.every("DG1")]
    if len(set(said)) < len(said):
        yield "a diagnosis stands twice"
    yield from (fault for code in said if (fault := diagnosis_fault(code)))
    for read in message.every("FT1"):
        pointed = [read.part(19, repetition=n).replace(".", "") for n in range(len(read.repetitions(19)))]
        if len(set(pointed)) < len(pointed) or (said and not pointed):
            yield f"{read.part(7)} is for no diagnosis, or for one twice"
        yield from (
            f"{read.part(7)} is for {code}, which is not listed" for code in pointed if code not in said
        )


def _charges(message: ReadMessage) -> Iterator[str]:
    for read in message.every("FT1"):
        code = read.part(7)
        yield from code_faults(code, [read.part(26, repetition=n) for n in range(len(read.repetitions(26)))])
        if read[25] != read[7]:
            yield f"{code} stands beside {read.part(25) or 'no procedure'}"
        units = whole_in(read.part(10))
        if units is None:
            yield f"the units of {code} are no whole number"
        if read[11] or read[12]:
            total, each = cents_in(read.part(11)), cents_in(read.part(12))
            if total is None or each is None or total != each * (units or 0):
                yield f"the units of {code} do not make its total"


def _dates(message: ReadMessage) -> Iterator[str]:
    born = day_in(message.first("PID")[7])
    for read in message.every("FT1"):
        code, start, stop = read.part(7), read.part(4), read.part(4, 2)
        days = [day_of(text) for text in (start, stop) if text]
        if None in days or not start:
            yield f"{code} has no day or time of the calendar"
        elif born and any(when < born for when in days if when):
            yield "the patient is born after the service"
        elif stop and not _in_order(start, stop):
            yield f"{code} stops before it starts"


def day_of(text: str) -> date | None:
    """Return the day of a date or of a time with its offset; None for what is neither."""
    when = moment_in(text)
    return when.date() if when else day_in(text)


def _in_order(start: str, stop: str) -> bool:
    first, last = moment_in(start), moment_in(stop)
    return first is not None and last is not None and first <= last


def _products(message: ReadMessage) -> Iterator[str]:
    for charge, note in zip(message.every("FT1"), message.every("NTE"), strict=False):
        said = notes_of(note)
        quantity, unit = said.get("ndc_quantity", ""), said.get("ndc_unit", "")
        if charge[29]:
            yield from ndc_faults(charge.part(29))
        if quantity or unit:
            yield from quantity_faults(quantity, unit)
        if quantity and not charge[29]:
            yield f"{charge.part(7)} has a quantity without an NDC"


def _credits(message: ReadMessage) -> Iterator[str]:
    credited = set()
    for charge, note in zip(message.every("FT1"), message.every("NTE"), strict=False):
        said, kind, name = notes_of(note), charge.part(6), charge.part(2)
        replaced = said.get("replaces", "").split()
        if (kind in CREDITS) != (said.get("action") == "void") or kind not in {CHARGE, *CREDITS}:
            yield f"{name} says not whether it charges or credits"
        if kind in CREDITS and [name] != [first + VOID_MARK for first in replaced]:
            yield f"{name} does not name the line it credits"
        if kind in CREDITS:
            credited.update(replaced)
        elif bool(replaced) != (said.get("action") == "replace") or not credited.issuperset(replaced):
            yield f"{name} takes the place of lines that are not credited before it"


_CHECKS: tuple[Callable[[ReadMessage], Iterator[str]], ...] = (
    _head,
    _patient,
    _numbers,
    _diagnoses,
    _charges,
    _dates,
    _products,
    _credits,
)
