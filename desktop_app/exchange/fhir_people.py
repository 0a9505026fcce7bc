"""Who is who in a FHIR file: Patient, Practitioner, Organization, RelatedPerson, Coverage."""

from __future__ import annotations

from collections.abc import Iterator

from desktop_app.core.people import Address, Insured, Provider, Relation, Sex
from desktop_app.exchange.fhir_codes import FILING, NPI, TAX_ID, TAXONOMY
from desktop_app.exchange.fhir_text import TERMS, Resource, coded, id_of
from desktop_app.exchange.fhir_visit import Visit, address, of_practice, of_provider
from desktop_app.exchange.sending import Practice

_KIND_OF_ID = f"{TERMS}v2-0203"
_ROLES = f"{TERMS}v3-RoleCode"
_GENDERS = {Sex.FEMALE: "female", Sex.MALE: "male", Sex.UNKNOWN: "unknown"}
_INSURED_IS = {
    Relation.SPOUSE: coded(_ROLES, "SPS"),
    Relation.CHILD: coded(_ROLES, "PRN"),
    Relation.OTHER: coded("", "", "other"),
}
"""What the insured person is to the patient: a child's insured person is the parent."""


def people(visit: Visit) -> Iterator[Resource]:
    """Yield who was treated, who bills, who ordered and gave the care, and who pays.

    The patient comes first: here a session's resources begin.
    """
    yield _patient(visit)
    yield from _practice(visit.practice)
    for who in dict.fromkeys(filter(None, (visit.known.ordering, visit.known.rendering))):
        yield _practitioner(visit, who)
    if visit.known.has_payer:
        yield from _payer(visit)
        yield from _insured(visit)
        yield _coverage(visit)


def other_insured(visit: Visit) -> Insured | None:
    """Return whose insurance pays, where that is not the patient."""
    insured = visit.known.insured
    return None if insured is None or insured.relation is Relation.SELF else insured


def payer(visit: Visit) -> Resource:
    """Return a reference to who pays; its name stands for it where only a member id is known."""
    known = visit.known
    if known.payer or known.payer_id:
        return visit.refer_shared("Organization", known.payer_id, known.payer)
    return {"display": "not known"}


def _patient(visit: Visit) -> Resource:
    known, session = visit.known, visit.session
    return {
        **visit.ours("Patient"),
        "identifier": [_number("MR", session.mrn)],
        "name": [_name(known.family, known.given) or {"text": session.initials}],
        "gender": _GENDERS[known.sex] if known.sex else "",
        "birthDate": known.birth_date.isoformat() if known.birth_date else "",
        "address": [address(known.address)],
    }


def _practice(practice: Practice) -> Iterator[Resource]:
    known = of_practice(practice)
    if not known:
        return
    where = Address(
        street=practice.street, city=practice.city, state=practice.state, zip_code=practice.zip_code
    )
    yield {
        "resourceType": "Organization",
        "id": id_of("Organization", *known),
        "identifier": [_numbered(NPI, practice.npi), _numbered(TAX_ID, practice.tax_id)],
        "type": [coded(TAXONOMY, practice.taxonomy)],
        "name": practice.name,
        "telecom": [{"system": "phone", "value": practice.phone} if practice.phone else {}],
        "address": [address(where if where != Address() else None)],
        "contact": [{"name": {"text": practice.contact}}],
    }


def _practitioner(visit: Visit, who: Provider) -> Resource:
    return {
        **visit.shared("Practitioner", *of_provider(who)),
        "identifier": [_numbered(NPI, who.npi)],
        "name": [_name(who.family, who.given)],
    }


def _payer(visit: Visit) -> Iterator[Resource]:
    known = visit.known
    if known.payer or known.payer_id:
        yield {
            **visit.shared("Organization", known.payer_id, known.payer),
            "identifier": [{"value": known.payer_id}],
            "type": [coded(f"{TERMS}organization-type", "pay")],
            "name": known.payer,
        }


def _insured(visit: Visit) -> Iterator[Resource]:
    if insured := other_insured(visit):
        yield {
            **visit.ours("RelatedPerson"),
            "patient": visit.patient,
            "relationship": [_INSURED_IS[insured.relation]],
            "name": [_name(insured.family, insured.given)],
            "gender": _GENDERS[insured.sex] if insured.sex else "",
            "birthDate": insured.birth_date.isoformat() if insured.birth_date else "",
        }


def _coverage(visit: Visit) -> Resource:
    known, other = visit.known, other_insured(visit)
    group = {"type": coded(f"{TERMS}coverage-class", "group"), "value": known.group}
    relation = other.relation if other else Relation.SELF
    return {
        **visit.ours("Coverage"),
        "status": "active",
        "type": coded(FILING, known.filing),
        "subscriber": visit.refer("RelatedPerson") if other else visit.patient,
        "subscriberId": known.member_id,
        "beneficiary": visit.patient,
        "relationship": coded(f"{TERMS}subscriber-relationship", relation.value),
        "payor": [payer(visit)],
        "class": [group] if known.group else [],
    }


def _name(family: str, given: str) -> Resource:
    return {"family": family, "given": [given]} if family or given else {}


def _number(kind: str, value: str) -> Resource:
    return {"type": coded(_KIND_OF_ID, kind), "value": value} if value else {}


def _numbered(system: str, value: str) -> Resource:
    return {"system": system, "value": value} if value else {}
