"""Who is who on a claim: submitter, receiver, biller, insured, payer and patient: loops 1000A to 2010CA."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from desktop_app.core.people import Address, Insured, Provider, Registration, Relation, Sex
from desktop_app.exchange.claims import Claim
from desktop_app.exchange.sending import Practice
from desktop_app.exchange.x12_text import Segment, day, exactly, name

NOT_KNOWN = "ZZ"
"""The guide's claim filing indicator where the kind of insurance is not known."""
_MEDICARE = {"medicare-physician": "MB", "medicare-facility": "MA"}
"""The indicator that follows from a profile that was chosen for the session: Medicare Part B, Part A."""
_RELATIONS = {Relation.SPOUSE: "01", Relation.CHILD: "19", Relation.OTHER: "G8"}

LONGEST_FAMILY, LONGEST_GIVEN = 60, 35
_LONGEST_STREET, _LONGEST_CITY, _LONGEST_ID, _LONGEST_REFERENCE, _LONGEST_FILING = 55, 30, 80, 50, 2


def filing(claim: Claim) -> str:
    """Return the claim filing indicator: as registered, else Medicare's where its profile was chosen."""
    return claim.registration.filing or _MEDICARE.get(claim.session.profile, NOT_KNOWN)


def sender_and_receiver(practice: Practice) -> Iterator[Segment]:
    """Yield who submits and who receives (1000A, 1000B)."""
    submitter = exactly("submitter id", practice.submitter_id, _LONGEST_ID)
    receiver = exactly("receiver id", practice.receiver_id, _LONGEST_ID)
    yield "NM1", "41", "2", _practice_name(practice), "", "", "", "", "46", submitter
    yield "PER", "IC", name("contact in the settings", practice.contact, 60), "TE", practice.phone
    named = name("receiver in the settings", practice.receiver, 60)
    yield (
        "NM1",
        "40",
        "2",
        named,
        "",
        "",
        "",
        "",
        "46",
        receiver,
    )


def billing_provider(practice: Practice) -> Iterator[Segment]:
    """Yield who bills (2000A, 2010AA): the one billing provider of a transaction."""
    yield "HL", "1", "", "20", "1"
    if practice.taxonomy:
        yield "PRV", "BI", "PXC", practice.taxonomy
    yield "NM1", "85", "2", _practice_name(practice), "", "", "", "", "XX", practice.npi
    address = Address(
        street=practice.street, city=practice.city, state=practice.state, zip_code=practice.zip_code
    )
    yield from _address(address, " in the settings")
    yield "REF", "EI", practice.tax_id


def subscriber(claim: Claim, number: int) -> Iterator[Segment]:
    """Yield the insured person and the payer (2000B), and the patient where that is another (2000C).

    The loop of the insured person gets this number; the patient's the next.
    """
    known = claim.registration
    other = insured_of(claim)
    is_patient = other is None
    yield "HL", str(number), "1", "22", "0" if is_patient else "1"
    group = exactly("group number", known.group, _LONGEST_REFERENCE)
    kind = exactly("claim filing code", filing(claim), _LONGEST_FILING)
    yield "SBR", "P", "18" if is_patient else "", group, "", "", "", "", "", kind
    yield from _insured(known, other)
    payer = name("payer", known.payer, 60)
    yield "NM1", "PR", "2", payer, "", "", "", "", "PI", exactly("payer id", known.payer_id, _LONGEST_ID)
    if other is not None:
        yield "HL", str(number + 1), str(number), "23", "0"
        yield "PAT", _RELATIONS[other.relation]
        yield "NM1", "QC", "1", *_name_of(known.family, known.given)
        yield from _address(known.address or Address())
        yield from _demographics(known.birth_date, known.sex)


def insured_of(claim: Claim) -> Insured | None:
    """Return whose insurance pays, where that is not the patient."""
    insured = claim.registration.insured
    return None if insured is None or insured.relation is Relation.SELF else insured


def levels(claim: Claim) -> int:
    """Return how many hierarchical levels a claim's people take."""
    return 1 if insured_of(claim) is None else 2


def person(code: str, provider: Provider, role: str) -> Segment:
    """Return a provider by what the guide calls the part they had, with the NPI."""
    named = _name_of(provider.family, provider.given, f"{role}'s ")
    return ("NM1", code, "1", *named, *[""] * (5 - len(named)), "XX", provider.npi)


def _insured(known: Registration, other: Insured | None) -> Iterator[Segment]:
    family, given = (other.family, other.given) if other else (known.family, known.given)
    member = exactly("member id", known.member_id, _LONGEST_ID)
    whose = "insured person's " if other else ""
    yield "NM1", "IL", "1", *_name_of(family, given, whose), "", "", "", "MI", member
    if other is None:
        yield from _address(known.address or Address())
        yield from _demographics(known.birth_date, known.sex)


def _practice_name(practice: Practice) -> str:
    return name("name in the settings", practice.name, LONGEST_FAMILY)


def _name_of(family: str, given: str, whose: str = "") -> tuple[str, str]:
    return name(f"{whose}last name", family, LONGEST_FAMILY), name(f"{whose}first name", given, LONGEST_GIVEN)


def _address(address: Address, where: str = "") -> Iterator[Segment]:
    street = name(f"street{where}", address.street, _LONGEST_STREET)
    city = name(f"city{where}", address.city, _LONGEST_CITY)
    yield "N3", street
    yield "N4", city, address.state, address.zip_code


def _demographics(born: date | None, sex: Sex | None) -> Iterator[Segment]:
    yield "DMG", "D8", day(born) if born else "", (sex or Sex.UNKNOWN).value
