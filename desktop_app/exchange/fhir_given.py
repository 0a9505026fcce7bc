"""What was given and done in a FHIR file: MedicationAdministration, and Procedure for what gives no drug."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from desktop_app.coding.ndc import NdcFault, resolve
from desktop_app.core.orders import Order, Route
from desktop_app.core.recordable import DRUG_CODE, is_amount, rate_fault
from desktop_app.core.service import RateStep, Service, ServiceState
from desktop_app.exchange.fhir_codes import NDC, billed
from desktop_app.exchange.fhir_text import (
    TERMS,
    Resource,
    coded,
    coding,
    extension,
    not_known,
    own,
    part,
    quantity,
)
from desktop_app.exchange.fhir_visit import Visit

PROCEDURES = frozenset({Route.PUMP_REFILL, Route.DECLOT, Route.PORT_FLUSH, Route.FLUSH, Route.OBSERVATION})
"""What is done at the access or beside it, and gives no drug."""
_ROUTES = f"{TERMS}v2-0162"
_WAYS = {
    Route.IV_INFUSION: ("IV", "infusion"),
    Route.IV_PUSH: ("IV", "push"),
    Route.IM: ("IM", "injection"),
    Route.SC: ("SC", "injection"),
    Route.SC_INFUSION: ("SC", "infusion"),
    Route.IA_INFUSION: ("IA", "infusion"),
    Route.IA_PUSH: ("IA", "push"),
    Route.ORAL: ("PO", ""),
}
"""The way into the body, in HL7's short list of routes, and how it is given."""
_IN_UCUM = {"mg": "mg", "mcg": "ug", "g": "g", "mL": "mL", "mEq": "meq"}
"""The units of doses that mean one thing only. ``units`` does not: each drug has its own."""


def given(visit: Visit) -> Iterator[Resource]:
    """Yield everything that was given or done, billed or not."""
    for service in visit.services:
        yield _procedure(visit, service) if _is_procedure(service) else _giving(visit, service)


def told_as(visit: Visit, service: Service) -> Resource:
    """Return a reference to what a service is told as."""
    return visit.refer("Procedure" if _is_procedure(service) else "MedicationAdministration", service.id)


def _is_procedure(service: Service) -> bool:
    return service.order.route in PROCEDURES


def _giving(visit: Visit, service: Service) -> Resource:
    order, voided = service.order, service.void_reason
    return {
        **visit.ours("MedicationAdministration", service.id),
        "extension": [*_pauses(visit, service), *_rates(visit, service.rates)],
        "identifier": [own("service", f"{visit.session.id}/{service.id}")],
        "status": _status(service),
        "statusReason": [coded("", "", voided)],
        "medicationCodeableConcept": _drug(order),
        "subject": visit.patient,
        "context": visit.encounter(order.encounter),
        **_when(visit, service, "effective"),
        "reasonReference": _reasons(visit, service),
        "note": _notes(visit, service),
        "dosage": _dosage(service),
    }


def _procedure(visit: Visit, service: Service) -> Resource:
    order = service.order
    return {
        **visit.ours("Procedure", service.id),
        "extension": _pauses(visit, service),
        "identifier": [own("service", f"{visit.session.id}/{service.id}")],
        "status": _status(service),
        "statusReason": coded("", "", service.void_reason),
        "code": coded("", "", order.drug or order.route.value),
        "subject": visit.patient,
        "encounter": visit.encounter(order.encounter),
        **_when(visit, service, "performed"),
        "reasonReference": _reasons(visit, service),
        "note": _notes(visit, service),
    }


def _status(service: Service) -> str:
    if service.void_reason:
        return "entered-in-error"
    if service.is_open:
        return "in-progress"
    return "stopped" if service.order.stopped_early else "completed"


def _drug(order: Order) -> Resource:
    dose = order.dose
    code = dose.hcpcs if dose and DRUG_CODE.fullmatch(dose.hcpcs) else ""
    ndc = _ndc(dose.ndc) if dose else ""
    return {"coding": [coding(NDC, ndc), billed(code)], "text": order.drug or order.route.value}


def _ndc(said: str) -> str:
    """Return the 11 digits of what was recorded as an NDC; nothing where it leaves that open."""
    try:
        return resolve(said) if said else ""
    except NdcFault:
        return ""


def _when(visit: Visit, service: Service, what: str) -> Resource:
    """Return from when to when it ran, or when it was given.

    Without an end a period goes on. What nobody saw stop has one, and it is not known.
    """
    if service.start is None:
        return {}
    if not service.order.runs:
        return {f"{what}DateTime": visit.at(service.start.at_us)}
    unseen = service.state is ServiceState.NOT_WITNESSED
    ran = visit.period(service.start, service.stop)
    return {f"{what}Period": {**ran, **({"_end": not_known()} if unseen else {})}}


def _reasons(visit: Visit, service: Service) -> list[Resource]:
    """Return the diagnoses it was given for, where that was said; each as a reference."""
    known = visit.known
    said = next((pointer.diagnoses for pointer in known.pointers if pointer.service == service.id), ())
    codes = [known.diagnoses[place - 1] for place in said if place <= len(known.diagnoses)]
    return [visit.refer("Condition", code) for code in codes]


def _notes(visit: Visit, service: Service) -> list[Resource]:
    return [
        {"authorString": note.at.by, "time": visit.at(note.at.at_us), "text": note.text}
        for note in visit.session.notes
        if note.service == service.id and note.text
    ]


def _dosage(service: Service) -> Resource:
    """Return how it was given and how much; FHIR asks for an amount or a rate where it is told how."""
    order = service.order
    route, way = _WAYS.get(order.route, ("", ""))
    first = _rate(service.rates[0].rate_ml_h) if service.rates else {}
    rate = quantity(_sound(order.rate_ml_h), "mL/h", "mL/h") or first
    amount = _amount(order)
    return {
        "site": coded("", "", order.site),
        "route": coded(_ROUTES, route),
        "method": coded("", "", way),
        "dose": amount or ({} if rate else not_known()),
        "rateQuantity": rate,
    }


def _amount(order: Order) -> Resource:
    dose = order.dose
    if dose and (amount := _sound(dose.amount)) is not None:
        return quantity(amount, dose.unit, _IN_UCUM.get(dose.unit, ""))
    if dose and dose.units is not None:
        return quantity(dose.units, "billing units")
    return quantity(_sound(order.volume_ml), "mL", "mL")


def _sound(value: Decimal | None) -> Decimal | None:
    """Return an amount; None for what is none, which a journal of old may hold."""
    return value if value is not None and is_amount(value) else None


def _rate(said: str) -> Resource:
    """Return a rate; nothing for a text that is none."""
    return {} if rate_fault(said) else quantity(Decimal(said), "mL/h", "mL/h")


def _pauses(visit: Visit, service: Service) -> list[Resource]:
    """Return each stretch in which it stood still; FHIR's own elements have no place for them."""
    return [
        extension(
            "pause",
            extension=[
                part("period", valuePeriod=visit.period(pause.since, pause.until or service.stop)),
                *([part("reason", valueString=pause.reason)] if pause.reason else []),
            ],
        )
        for pause in service.pauses
    ]


def _rates(visit: Visit, steps: Sequence[RateStep]) -> list[Resource]:
    """Return each change to a rate that is one; a dosage holds the first."""
    return [
        extension(
            "rate-step",
            extension=[
                part("at", valueDateTime=visit.at(step.at.at_us)),
                part("rate", valueQuantity=_rate(step.rate_ml_h)),
            ],
        )
        for step in steps
        if _rate(step.rate_ml_h)
    ]
