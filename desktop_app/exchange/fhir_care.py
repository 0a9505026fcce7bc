"""Where and when a patient was here, and for what, in a FHIR file: Location, Encounter, Condition."""

from __future__ import annotations

from collections.abc import Iterator

from desktop_app.core.people import Provider
from desktop_app.exchange.fhir_codes import PLACES, diagnosis
from desktop_app.exchange.fhir_text import TERMS, Resource, coded, coding, own
from desktop_app.exchange.fhir_visit import Visit

_GAVE_IT = coded(f"{TERMS}v3-ParticipationType", "PPRF", "rendering")
_ORDERED_IT = coded("", "", "ordering")


def care(visit: Visit) -> Iterator[Resource]:
    """Yield the place, each encounter, and each diagnosis."""
    yield _place(visit)
    for name in visit.encounters:
        yield _encounter(visit, name)
    for code in visit.known.diagnoses:
        yield _condition(visit, code)


def _place(visit: Visit) -> Resource:
    chair, kind = visit.session.chair, visit.place_of_service
    return {
        **visit.shared("Location", chair, kind),
        "name": f"Chair {chair}",
        "mode": "instance",
        "type": [coded(PLACES, kind)],
        "managingOrganization": visit.organization,
    }


def _encounter(visit: Visit, name: str) -> Resource:
    known = visit.known
    return {
        **visit.ours("Encounter", name),
        "identifier": [own("encounter", f"{visit.session.id}-{name}")],
        "status": "finished",
        "class": coding(f"{TERMS}v3-ActCode", "AMB"),
        "subject": visit.patient,
        "participant": [
            *_participant(visit, known.ordering, _ORDERED_IT),
            *_participant(visit, known.rendering, _GAVE_IT),
        ],
        "period": visit.period(visit.session.seated, visit.session.ended),
        "diagnosis": [
            {"condition": visit.refer("Condition", code), "rank": rank}
            for rank, code in enumerate(known.diagnoses, start=1)
        ],
        "account": [visit.account],
        "location": [{"location": visit.place}],
        "serviceProvider": visit.organization,
    }


def _participant(visit: Visit, who: Provider | None, role: Resource) -> list[Resource]:
    return [{"type": [role], "individual": visit.provider(who)}] if who else []


def _condition(visit: Visit, code: str) -> Resource:
    return {
        **visit.ours("Condition", code),
        "category": [coded(f"{TERMS}condition-category", "encounter-diagnosis")],
        "code": diagnosis(code),
        "subject": visit.patient,
        "encounter": visit.encounter(visit.encounters[0]),
    }
