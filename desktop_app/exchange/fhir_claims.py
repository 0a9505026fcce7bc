"""What a payer is asked for in a FHIR file: a Claim, professional or institutional.

A claim is one Claim for ever. A correction says it once more, under its first id, as cancelled; the
claim that takes its place names it as the prior one.
"""

from __future__ import annotations

from collections.abc import Iterator

from desktop_app.core.events import SignedLine
from desktop_app.core.orders import Setting
from desktop_app.core.people import Provider
from desktop_app.exchange.claims import Claim, ClaimLine, Frequency, claim_id, claims_of
from desktop_app.exchange.fhir_charges import tags
from desktop_app.exchange.fhir_codes import BILL_TYPES, NDC, PLACES, REVENUE, billed, diagnosis, ndc_quantity
from desktop_app.exchange.fhir_text import TERMS, Resource, coded, extension, money, own
from desktop_app.exchange.fhir_visit import Visit
from desktop_app.exchange.rows import taken_back
from desktop_app.exchange.x12_claim import UNLISTED

ACTIVE, CANCELLED = "active", "cancelled"
_KINDS = {Setting.PHYSICIAN: "professional", Setting.FACILITY: "institutional"}


def claims_told(visit: Visit) -> tuple[Claim, ...]:
    """Return the claims of a session, where a payer was entered: those taken back before the new."""
    if not visit.known.has_payer:
        return ()
    practice = visit.practice
    due = claims_of(visit.rows, practice, uncharged=True)
    if all(claim.frequency is not Frequency.REPLACEMENT for claim in due):
        return due
    gone = tuple(taken_back(visit.rows[0]))
    return (*claims_of(gone, practice, uncharged=True), *due)


def claims(visit: Visit) -> Iterator[Resource]:
    """Yield each claim."""
    for claim in claims_told(visit):
        yield _claim(visit, claim)


def _claim(visit: Visit, claim: Claim) -> Resource:
    charged = all(line.is_charged for line in claim.lines)
    days = [line.line.date for line in claim.lines]
    return {
        **visit.ours("Claim", claim.id),
        "meta": tags(visit, again=claim.again),
        "identifier": [own("claim", claim.id)],
        "status": CANCELLED if claim.frequency is Frequency.VOID else ACTIVE,
        "type": coded(f"{TERMS}claim-type", _KINDS[claim.setting]),
        "subType": _bill_type(visit, claim),
        "use": "claim",
        "patient": visit.patient,
        "billablePeriod": {"start": min(days).isoformat(), "end": max(days).isoformat()},
        "created": _signed(visit, claim),
        "provider": visit.organization,
        "priority": coded(f"{TERMS}processpriority", "normal"),
        "related": _related(visit, claim),
        "facility": visit.place,
        "careTeam": _care_team(visit),
        "diagnosis": _diagnoses(visit),
        "insurance": [
            {
                "sequence": 1,
                "focal": True,
                "coverage": visit.refer("Coverage"),
                "preAuthRef": [claim.registration.authorisation],
            }
        ],
        "item": [_item(visit, claim, place, line) for place, line in enumerate(claim.lines, start=1)],
        "total": money(claim.cents) if charged else {},
    }


def _signed(visit: Visit, claim: Claim) -> str:
    """Return when the lines of a claim were signed: that stays, whatever becomes of the claim."""
    signatures = visit.session.signatures
    at = next((s.at for s in signatures if claim_id(visit.session, s) == claim.id), visit.signature.at)
    return visit.at(at.at_us)


def _bill_type(visit: Visit, claim: Claim) -> Resource:
    """Return a hospital's type of bill: what the practice begins it with, and what the claim is."""
    if claim.setting is not Setting.FACILITY:
        return {}
    return coded(BILL_TYPES, f"0{visit.practice.bill_type}{claim.frequency.value}")


def _related(visit: Visit, claim: Claim) -> list[Resource]:
    if claim.frequency is not Frequency.REPLACEMENT:
        return []
    prior = {**visit.refer("Claim", claim.corrects), "identifier": own("claim", claim.corrects)}
    return [{"claim": prior, "relationship": coded(f"{TERMS}ex-relatedclaimrelationship", "prior")}]


def _team(visit: Visit) -> list[tuple[Provider, str, str]]:
    known = visit.known
    said = (known.ordering, "other", "ordering"), (known.rendering, "primary", "rendering")
    return [(who, code, role) for who, code, role in said if who]


def _care_team(visit: Visit) -> list[Resource]:
    return [
        {
            "sequence": place,
            "provider": visit.provider(who),
            "role": coded(f"{TERMS}claimcareteamrole", code, role),
        }
        for place, (who, code, role) in enumerate(_team(visit), start=1)
    ]


def _diagnoses(visit: Visit) -> list[Resource]:
    principal = coded(f"{TERMS}ex-diagnosistype", "principal")
    return [
        {
            "sequence": place,
            "diagnosisCodeableConcept": diagnosis(code),
            "type": [principal] if place == 1 else [],
        }
        for place, code in enumerate(visit.known.diagnoses, start=1)
    ]


def _item(visit: Visit, claim: Claim, place: int, line: ClaimLine) -> Resource:
    said, listed = line.line, len(visit.known.diagnoses)
    told = "; ".join(said.drugs) if said.code in UNLISTED else ""
    return {
        "extension": [extension("line", valueIdentifier=own("line", said.id))],
        "sequence": place,
        "careTeamSequence": [number for number, _ in enumerate(_team(visit), start=1)],
        "diagnosisSequence": [number for number in line.pointers if number <= listed],
        "revenue": coded(REVENUE, line.revenue) if claim.setting is Setting.FACILITY else {},
        "productOrService": {"coding": [billed(said.code)], "text": told},
        "modifier": [{"coding": [billed(modifier)]} for modifier in said.modifiers],
        "servicedDate": said.date.isoformat(),
        "locationCodeableConcept": coded(PLACES, claim.place_of_service),
        "quantity": {"value": said.units},
        "unitPrice": money(line.cents // said.units) if line.is_charged else {},
        "net": money(line.cents) if line.is_charged else {},
        "encounter": [visit.encounter_of(said)],
        "detail": _product(said),
    }


def _product(line: SignedLine) -> list[Resource]:
    """Return the NDC of a line, and how much of it, as the one thing the line is made of."""
    if not line.ndc:
        return []
    quantity = ndc_quantity(line.ndc_quantity, line.ndc_unit)
    return [{"sequence": 1, "productOrService": coded(NDC, line.ndc), "quantity": quantity}]
