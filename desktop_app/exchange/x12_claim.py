"""A claim and its lines as segments: loops 2300 to 2420, professional (837P) and institutional (837I).

Of both guides only what an infusion needs is written. What the program does not know of a claim and
has to say is a constant here, so that it can be seen, and stands in docs/export.md.
"""

from __future__ import annotations

from collections.abc import Iterator

from desktop_app.core.orders import Setting
from desktop_app.core.people import Provider
from desktop_app.exchange.claims import Claim, ClaimLine, Frequency
from desktop_app.exchange.sending import CannotBeSent, Practice
from desktop_app.exchange.x12_parties import person
from desktop_app.exchange.x12_text import Segment, day, dollars, exactly, quantity, spelt

LONGEST_REFERENCE, LONGEST_LINE_ID, LONGEST_DESCRIPTION = 50, 30, 80
MOST_MODIFIERS = 4

UNLISTED = frozenset({"A9699", "C9399", "J3490", "J3590", "J7999", "J8499", "J8999", "J9999"})
"""Codes that say no drug, so that the line must: drugs without a code of their own (HCPCS)."""

SIGNED, ASSIGNED, BENEFITS, RELEASED = "Y", "A", "Y", "Y"
"""The provider's signature is on file, assignment is accepted, the payer pays the provider, and the
patient let billing say what it says."""
ELECTIVE, FROM_HOME, WENT_HOME = "3", "1", "01"
"""How a patient comes to a planned infusion, from where, and how they leave."""


def claim_segments(claim: Claim, practice: Practice) -> Iterator[Segment]:
    """Yield a claim with its lines. Raises CannotBeSent for what it cannot say."""
    if claim.setting is Setting.PHYSICIAN:
        yield from _professional(claim)
    else:
        yield from _institutional(claim, practice)
    for number, line in enumerate(claim.lines, start=1):
        yield "LX", str(number)
        yield _professional_line(line) if claim.setting is Setting.PHYSICIAN else _institutional_line(line)
        yield "DTP", "472", "D8", day(line.line.date)
        yield "REF", "6R", exactly("line id", line.id, LONGEST_LINE_ID)
        yield from _product(line)
        if claim.setting is Setting.PHYSICIAN:
            yield from _ordering(claim)


def attending(claim: Claim) -> Provider | None:
    """Return who answers for the care on a hospital's claim: who ordered it, else who gave it."""
    return claim.registration.ordering or claim.registration.rendering


def has_product(line: ClaimLine) -> bool:
    """Whether a line says its NDC: only with the quantity, which belongs to it."""
    return bool(line.line.ndc and line.line.ndc_unit and line.line.ndc_quantity)


def _professional(claim: Claim) -> Iterator[Segment]:
    place = claim.place_of_service, "B", claim.frequency.value
    yield "CLM", claim.id, dollars(claim.cents), "", "", place, SIGNED, ASSIGNED, BENEFITS, RELEASED
    yield from _references(claim)
    first, *others = claim.registration.diagnoses
    yield "HI", ("ABK", first), *(("ABF", code) for code in others)
    if rendering := claim.registration.rendering:
        yield person("82", rendering, "rendering provider")


def _institutional(claim: Claim, practice: Practice) -> Iterator[Segment]:
    kind = practice.bill_type, "A", claim.frequency.value
    yield "CLM", claim.id, dollars(claim.cents), "", "", kind, "", ASSIGNED, BENEFITS, RELEASED
    days = [line.line.date for line in claim.lines]
    yield "DTP", "434", "RD8", f"{day(min(days))}-{day(max(days))}"
    yield "CL1", ELECTIVE, FROM_HOME, WENT_HOME
    yield from _references(claim)
    first, *others = claim.registration.diagnoses
    yield "HI", ("ABK", first)
    yield "HI", ("APR", first)
    if others:
        yield "HI", *(("ABF", code) for code in others)
    if provider := attending(claim):
        yield person("71", provider, "attending provider")


def _references(claim: Claim) -> Iterator[Segment]:
    authorisation = claim.registration.authorisation
    if authorisation:
        yield "REF", "G1", exactly("authorisation", authorisation, LONGEST_REFERENCE)
    if claim.frequency is not Frequency.ORIGINAL:
        yield "REF", "F8", claim.corrects
    if claim.session.mrn:
        yield "REF", "EA", exactly("MRN", claim.session.mrn, LONGEST_REFERENCE)


def _procedure(line: ClaimLine) -> tuple[str, ...]:
    """Return the code with its modifiers, and what the drug is where the code does not say."""
    modifiers = line.line.modifiers
    if len(modifiers) > MOST_MODIFIERS:
        raise CannotBeSent(
            f"has {len(modifiers)} modifiers at {line.line.code}; a claim holds {MOST_MODIFIERS}"
        )
    said = ("HC", line.line.code, *modifiers)
    if line.line.code not in UNLISTED:
        return said
    told = spelt("; ".join(line.line.drugs))[:LONGEST_DESCRIPTION].strip()
    if line.line.drugs and not told:
        raise CannotBeSent(f"has a drug at {line.line.code} of whose name a claim can hold nothing")
    return (*said, *[""] * (MOST_MODIFIERS - len(modifiers)), told)


def _professional_line(line: ClaimLine) -> Segment:
    pointed = tuple(map(str, line.pointers))
    return "SV1", _procedure(line), dollars(line.cents), "UN", str(line.line.units), "", "", pointed


def _institutional_line(line: ClaimLine) -> Segment:
    return "SV2", line.revenue, _procedure(line), dollars(line.cents), "UN", str(line.line.units)


def _product(line: ClaimLine) -> Iterator[Segment]:
    said = line.line
    if has_product(line) and said.ndc_quantity is not None:
        yield "LIN", "", "N4", said.ndc
        yield "CTP", "", "", "", quantity(said.ndc_quantity), (said.ndc_unit,)


def _ordering(claim: Claim) -> Iterator[Segment]:
    """Yield who ordered a line, where that is not who gave the care."""
    ordering = claim.registration.ordering
    if ordering is not None and ordering != claim.registration.rendering:
        yield person("DK", ordering, "ordering provider")
