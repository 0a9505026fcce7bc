"""What can be wrong with one claim, or one segment, that validators do not see."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from desktop_app.core.registration import diagnosis_fault, npi_fault
from desktop_app.exchange.claim_reader import Read, ReadClaim
from desktop_app.exchange.shapes import cents_in, code_faults, day_in, ndc_faults, quantity_faults, whole_in
from desktop_app.exchange.x12_text import COMPONENT, EXTENDED, REPETITION

PROFESSIONAL, INSTITUTIONAL = "005010X222A1", "005010X223A2"
_MOST_LINES = {PROFESSIONAL: 50, INSTITUTIONAL: 999}
_ALLOWED = EXTENDED | {COMPONENT, REPETITION}
_SHAPES = {
    "N4": ((2, r"[A-Z]{2}", "state"), (3, r"[0-9]{5}(?:[0-9]{4})?", "ZIP code")),
    "PRV": ((3, r"[0-9A-Z]{10}", "taxonomy code"),),
    "PER": ((4, r"[0-9]{10}", "telephone number"),),
}


def segment_faults(read: Read) -> Iterator[str]:
    """Yield what is wrong with a segment by itself."""
    where = f"segment {read.place} ({read.tag})"
    text = "".join(read.parts)
    if not _ALLOWED.issuperset(text):
        yield f"{where}: it has a character a claim cannot hold, {min(set(text) - _ALLOWED)!r}"
    if len(read.parts) > 1 and not read.parts[-1]:
        yield f"{where}: it ends with an empty element"
    for element, shape, what in _SHAPES.get(read.tag, ()):
        if not re.fullmatch(shape, read[element]):
            yield f"{where}: {read[element] or 'nothing'} is no {what}"
    if read.tag == "NM1" and read[8] == "XX" and (fault := npi_fault(read[9])):
        yield f"{where}: {fault}"
    if read.tag == "REF" and read[1] == "EI" and not re.fullmatch(r"[0-9]{9}", read[2]):
        yield f"{where}: {read[2]} is no tax number"


def claim_faults(claim: ReadClaim, version: str) -> Iterator[str]:
    """Yield what is wrong with a claim of a guide's version."""
    for check in _CHECKS:
        for fault in check(claim, version):
            yield f"claim {claim.begin[1]}: {fault}"


def service_of(read: Read) -> tuple[str, int, int]:
    """Return code, units and cents of a service line; 0 for what is no number."""
    procedure, charge, units = (1, 2, 4) if read.tag == "SV1" else (2, 3, 5)
    code = (*read.of(procedure), "", "")[1]
    return code, whole_in(read[units]) or 0, cents_in(read[charge]) or 0


def _total(claim: ReadClaim, version: str) -> Iterator[str]:
    total = cents_in(claim.begin[2])
    at = 2 if version == PROFESSIONAL else 3
    amounts = [cents_in(read[at]) for read in _each(claim, "SV1", "SV2")]
    if total is None or None in amounts:
        yield "a charge is no amount in dollars and cents"
    elif total != sum(amount for amount in amounts if amount is not None):
        yield "its lines do not make its total"


def _lines(claim: ReadClaim, version: str) -> Iterator[str]:
    if not claim.lines:
        yield "it has no line"
    if len(claim.lines) > _MOST_LINES.get(version, 0):
        yield f"it has {len(claim.lines)} lines"
    service = "SV1" if version == PROFESSIONAL else "SV2"
    for number, line in enumerate(claim.lines, start=1):
        if line[0][1] != str(number):
            yield f"line {line[0][1]} should be {number}"
        tags = [(read.tag, read[1]) if read.tag in {"DTP", "REF"} else (read.tag, "") for read in line]
        for needed in ((service, ""), ("DTP", "472"), ("REF", "6R")):
            if tags.count(needed) != 1:
                yield f"line {number} has {tags.count(needed)} {' '.join(needed).strip()} segments"


def _services(claim: ReadClaim, _version: str) -> Iterator[str]:
    for read in _each(claim, "SV1", "SV2"):
        at = 1 if read.tag == "SV1" else 2
        kind, code, *rest = (*read.of(at), "", "")
        modifiers = [text for text in rest[:4] if text]
        if kind != "HC":
            yield f"{kind or 'nothing'} is no list of codes"
        yield from code_faults(code, modifiers)
        if read[at + 2] != "UN" or whole_in(read[at + 3]) is None:
            yield f"the units of {code} are no whole number"
        if read.tag == "SV2" and not re.fullmatch(r"0[0-9]{3}", read[1]):
            yield f"{read[1] or 'nothing'} is no revenue code"


def _diagnoses(claim: ReadClaim, version: str) -> Iterator[str]:
    said = [(*read.of(at), "")[:2] for read in _each(claim, "HI") for at in range(1, len(read.parts))]
    principal = [code for kind, code in said if kind == "ABK"]
    listed = [code for kind, code in said if kind in {"ABK", "ABF"}]
    if len(principal) != 1 or listed[0] != principal[0]:
        yield "it does not have one principal diagnosis, in the first place"
    if len(set(listed)) < len(listed):
        yield "a diagnosis stands twice"
    yield from (fault for _, code in said if (fault := diagnosis_fault(code)))
    if version == PROFESSIONAL:
        yield from _pointers(claim, len(listed))


def _pointers(claim: ReadClaim, diagnoses: int) -> Iterator[str]:
    for read in _each(claim, "SV1"):
        code = next(iter(read.of(1)[1:]), "a line without a code")
        pointed = [text for text in read.of(7) if text]
        if not pointed or len(set(pointed)) < len(pointed):
            yield f"{code} points to no diagnosis, or to one twice"
        for text in pointed:
            if not 1 <= (whole_in(text) or 0) <= diagnoses:
                yield f"{code} points to diagnosis {text}, of {diagnoses}"


def _products(claim: ReadClaim, _version: str) -> Iterator[str]:
    for line in claim.lines:
        products = [read for read in line if read.tag == "LIN"]
        amounts = [read for read in line if read.tag == "CTP"]
        if len(products) != len(amounts) or len(products) > 1:
            yield f"line {line[0][1]} does not have one quantity for one NDC"
        for read in products:
            if read[2] != "N4":
                yield f"{read[2] or 'nothing'} says not that an NDC follows"
            yield from ndc_faults(read[3])
        for read in amounts:
            yield from quantity_faults(read[4], read[5])


def _dates(claim: ReadClaim, _version: str) -> Iterator[str]:
    born = [day_in(read[2]) for read in claim.people if read.tag == "DMG"]
    served = [day_in(read[3]) for line in claim.lines for read in line if read.tag == "DTP"]
    spans = [read[3].split("-") for read in claim.head if read.tag == "DTP" and read[2] == "RD8"]
    around = [day_in(text) for span in spans for text in span]
    if None in [*born, *served, *around] or any(len(span) != 2 for span in spans):  # noqa: PLR2004 - from, to
        yield "a date is none of the calendar"
        return
    days = sorted(when for when in served if when)
    if any(when and days and when > days[0] for when in born):
        yield "the patient is born after the service"
    if days and around and (around[0], around[-1]) != (days[0], days[-1]):
        yield "its lines do not lie between its statement dates"


def _frequency(claim: ReadClaim, version: str) -> Iterator[str]:
    place, kind, frequency = (*claim.begin.of(5), "", "", "")[:3]
    corrected = [read[2] for read in claim.head if read.tag == "REF" and read[1] == "F8"]
    if frequency not in {"1", "7", "8"}:
        yield f"{frequency or 'nothing'} says not whether it is new, a replacement or a void"
    if bool(corrected) != (frequency in {"7", "8"}) or not all(corrected):
        yield "it names a claim that it corrects, or none, against what it says to be"
    if kind != ("B" if version == PROFESSIONAL else "A") or not re.fullmatch(r"[0-9]{2}", place):
        yield f"{claim.begin[5]} is no place of service or type of bill of its guide"
    if len(claim.begin[1]) > 20:  # noqa: PLR2004 - the most the guides let a payer keep
        yield "its id has more than 20 characters"


def _people(claim: ReadClaim, version: str) -> Iterator[str]:
    roles = [read[1] for read in (*claim.people, *claim.head) if read.tag == "NM1"]
    patient_apart = any(read.tag == "HL" and read[3] == "23" for read in claim.people)
    for role in ("IL", "PR", "82" if version == PROFESSIONAL else "71", *(["QC"] if patient_apart else [])):
        if roles.count(role) != 1:
            yield f"it names {roles.count(role)} persons as {role}"
    relation = [read[2] for read in claim.people if read.tag == "SBR"]
    if relation != ["" if patient_apart else "18"]:
        yield "it does not say whether the patient is the insured person"
    below = [read[4] for read in claim.people if read.tag == "HL"]
    if below != (["1", "0"] if patient_apart else ["0"]):
        yield "its levels do not say who stands below whom"
    if sum(read.tag == "DMG" for read in claim.people) != 1:
        yield "it does not say when the patient was born"


def _each(claim: ReadClaim, *tags: str) -> Iterator[Read]:
    return (read for read in claim.every() if read.tag in tags)


_CHECKS: tuple[Callable[[ReadClaim, str], Iterator[str]], ...] = (
    _total,
    _lines,
    _services,
    _diagnoses,
    _products,
    _dates,
    _frequency,
    _people,
)
