"""What can be wrong with one FHIR resource by itself that validators do not see."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal

from desktop_app.core.registration import diagnosis_fault, npi_fault
from desktop_app.exchange.fhir_charges import BILLABLE, IN_ERROR
from desktop_app.exchange.fhir_claims import ACTIVE, CANCELLED
from desktop_app.exchange.fhir_codes import CPT, HCPCS, ICD_10, NDC, NPI
from desktop_app.exchange.fhir_reader import found, number, word, words
from desktop_app.exchange.fhir_text import OWN, fault_of_text
from desktop_app.exchange.shapes import code_faults, ndc_faults, quantity_faults, whole_in

_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?[+-][0-9]{2}:[0-9]{2}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_PLACE = re.compile(r"[0-9]{2}")
_BILL_TYPE = re.compile(r"0[0-9]{2}[178]")
_GIVEN_AS = frozenset({"completed", "stopped", "in-progress", IN_ERROR})
_KINDS = frozenset({"professional", "institutional"})


def element_fault(element: object) -> str:
    """Return what is wrong with anything in a resource by itself; nothing where all is right."""
    if isinstance(element, str) and element:
        fault = fault_of_text(element)
        return f"it has a text {fault}" if fault else ""
    if element is None or (isinstance(element, str | dict | list) and not element):
        return "it has an element that says nothing"
    return ""


def resource_faults(resource: object) -> Iterator[str]:
    """Yield what is wrong with a resource of its kind."""
    yield from _numbers(resource)
    for check in _CHECKS.get(word(resource, "resourceType"), ()):
        yield from check(resource)


def moment_in(text: str) -> datetime | None:
    """Return a time with its offset; None for what is none."""
    try:
        return datetime.fromisoformat(text) if _MOMENT.fullmatch(text) else None
    except ValueError:
        return None


def day_of(text: str) -> date | None:
    """Return the day of a date or of a time with its offset; None for what is neither."""
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        return None
    when = moment_in(text)
    return when.date() if when else None


def cents_in(value: Decimal | None) -> int | None:
    """Return an amount as cents; None for what is none."""
    if value is None or value < 0 or value != value.quantize(Decimal("0.01")):
        return None
    return int(value * 100)


def coded_in(element: object, *names: str, system: str) -> list[str]:
    """Return the codes of one list at the end of a way."""
    return [word(one, "code") for one in found(element, *names, "coding") if word(one, "system") == system]


def procedure_in(element: object, *names: str) -> list[str]:
    """Return the codes of CPT and HCPCS at the end of a way, in their order."""
    every = found(element, *names, "coding")
    return [word(one, "code") for one in every if word(one, "system") in {CPT, HCPCS}]


def line_of(charge: object) -> tuple[str, tuple[str, ...], Decimal | None]:
    """Return what a ChargeItem bills: its code, the modifiers, the units."""
    code, *modifiers = procedure_in(charge, "code") or [""]
    return code, tuple(modifiers), number(charge, "quantity", "value")


def item_of(item: object) -> tuple[str, tuple[str, ...], Decimal | None]:
    """Return what an item of a Claim bills, in the same form."""
    code = "".join(procedure_in(item, "productOrService"))
    return code, tuple(procedure_in(item, "modifier")), number(item, "quantity", "value")


def _numbers(resource: object) -> Iterator[str]:
    for one in found(resource, "identifier"):
        if word(one, "system") == NPI and (fault := npi_fault(word(one, "value"))):
            yield fault
    if word(resource, "resourceType") in {"Organization", "Practitioner"} and not (
        words(resource, "identifier", "value") or found(resource, "name")
    ):
        yield "it has neither a name nor a number"


def _patient(resource: object) -> Iterator[str]:
    born = word(resource, "birthDate")
    if born and (not _DAY.fullmatch(born) or day_of(born) is None):
        yield f"{born} is no birth date"
    if word(resource, "gender") not in {"", "female", "male", "unknown"}:
        yield f"{word(resource, 'gender')} is no gender"


def _period(resource: object, *names: str) -> Iterator[str]:
    start, end = word(resource, *names, "start"), word(resource, *names, "end")
    first, last = moment_in(start), moment_in(end)
    if first is None or (end and last is None):
        yield f"{start or 'nothing'} to {end or 'nothing'} is no stretch of time with its offset"
    elif last is not None and last < first:
        yield "it stops before it starts"


def _encounter(resource: object) -> Iterator[str]:
    yield from _period(resource, "period")
    if not word(resource, "identifier", "value"):
        yield "it does not name its session"


def _condition(resource: object) -> Iterator[str]:
    yield from _diagnosis(resource, "code")


def _diagnosis(element: object, *names: str) -> Iterator[str]:
    for code in coded_in(element, *names, system=ICD_10):
        if fault := diagnosis_fault(code.replace(".", "")):
            yield fault


def _given(resource: object) -> Iterator[str]:
    what = "performed" if word(resource, "resourceType") == "Procedure" else "effective"
    if found(resource, f"{what}Period"):
        yield from _period(resource, f"{what}Period")
    elif moment_in(word(resource, f"{what}DateTime")) is None:
        yield "it does not say when it was"
    if word(resource, "status") not in _GIVEN_AS:
        yield f"{word(resource, 'status') or 'nothing'} does not say whether it was given"
    for ndc in coded_in(resource, "medicationCodeableConcept", system=NDC):
        yield from ndc_faults(ndc)
    for pause in found(resource, "extension"):
        if word(pause, "url") == f"{OWN}pause":
            yield from _period(pause, "extension", "valuePeriod")


def _dosage(resource: object) -> Iterator[str]:
    if not (found(resource, "dosage", "dose") or found(resource, "dosage", "rateQuantity")):
        yield "it says how it was given, and neither how much nor how fast"
    for name in ("dose", "rateQuantity"):
        if found(resource, "dosage", name, "unit") and number(resource, "dosage", name, "value") is None:
            yield f"its {name} is no number"


def _charge(resource: object) -> Iterator[str]:
    code, modifiers, units = line_of(resource)
    if word(resource, "status") not in {BILLABLE, IN_ERROR}:
        yield f"{word(resource, 'status') or 'nothing'} does not say whether it is billed"
    if not word(resource, "identifier", "value"):
        yield "it has no line id"
    yield from code_faults(code, modifiers)
    if len(found(resource, "code", "coding")) != 1 + len(modifiers):
        yield f"{code} has a code of another list"
    if whole_in(str(units)) is None:
        yield f"the units of {code} are no whole number"
    if found(resource, "priceOverride") and cents_in(number(resource, "priceOverride", "value")) is None:
        yield f"{code} has a price that is no amount"
    yield from _diagnosis(resource, "reason")
    yield from _product(resource)
    if found(resource, "occurrencePeriod"):
        yield from _period(resource, "occurrencePeriod")
    elif day_of(word(resource, "occurrenceDateTime")) is None:
        yield f"{code} has no day or time of the calendar"


def _product(charge: object) -> Iterator[str]:
    said = coded_in(charge, "productCodeableConcept", system=NDC)
    for ndc in said:
        yield from ndc_faults(ndc)
    for one in found(charge, "extension"):
        if word(one, "url") == f"{OWN}ndc-quantity":
            yield from _quantity(one, "valueQuantity")
            if not said:
                yield "it has a quantity without an NDC"


def _quantity(element: object, *names: str) -> Iterator[str]:
    value = number(element, *names, "value")
    yield from quantity_faults("" if value is None else f"{value:f}", word(element, *names, "unit"))


def _coverage(resource: object) -> Iterator[str]:
    own = word(resource, "relationship", "coding", "code") == "self"
    if own != (word(resource, "subscriber", "reference") == word(resource, "beneficiary", "reference")):
        yield "who is insured and what the patient is to them do not fit"


def _claim(resource: object) -> Iterator[str]:
    status, kind = word(resource, "status"), word(resource, "type", "coding", "code")
    if status not in {ACTIVE, CANCELLED} or kind not in _KINDS:
        yield f"{status or 'nothing'} and {kind or 'nothing'} are no status and kind of a claim"
    hospital = word(resource, "subType", "coding", "code")
    if (kind == "institutional") != bool(hospital) or (hospital and not _BILL_TYPE.fullmatch(hospital)):
        yield f"{hospital or 'nothing'} is no type of bill of {kind or 'a claim'}"
    if status == CANCELLED and found(resource, "related"):
        yield "it is cancelled and takes the place of another"
    if not found(resource, "item"):
        yield "it asks for nothing"
    for name in ("item", "diagnosis", "careTeam", "insurance"):
        counted = [number(one, "sequence") for one in found(resource, name)]
        if counted != list(map(Decimal, range(1, len(counted) + 1))):
            yield f"its {name} are not counted from 1"
    yield from _diagnosis(resource, "diagnosis", "diagnosisCodeableConcept")
    yield from _amounts(resource)
    for item in found(resource, "item"):
        yield from _item(resource, item)


def _item(claim: object, item: object) -> Iterator[str]:
    code, modifiers, units = item_of(item)
    yield from code_faults(code, modifiers)
    if whole_in(str(units)) is None:
        yield f"the units of {code} are no whole number"
    if day_of(word(item, "servicedDate")) is None:
        yield f"{code} has no day of the calendar"
    place = word(item, "locationCodeableConcept", "coding", "code")
    if place and not _PLACE.fullmatch(place):
        yield f"{place} is no place of service"
    for name, listed in (("diagnosisSequence", "diagnosis"), ("careTeamSequence", "careTeam")):
        pointed, known = found(item, name), found(claim, listed, "sequence")
        if len(set(map(str, pointed))) < len(pointed) or any(one not in known for one in pointed):
            yield f"{code} points at a {listed} that is not listed, or at one twice"
        if known and not pointed:
            yield f"{code} points at no {listed}"
    for ndc in coded_in(item, "detail", "productOrService", system=NDC):
        yield from ndc_faults(ndc)
    if found(item, "detail", "quantity"):
        yield from _quantity(item, "detail", "quantity")


def _amounts(claim: object) -> Iterator[str]:
    """Yield where amounts are none, units do not make them, or they do not make the total."""
    total = 0
    for item in found(claim, "item"):
        each, net = (cents_in(number(item, name, "value")) for name in ("unitPrice", "net"))
        code, _, units = item_of(item)
        if found(item, "net") and (each is None or net is None or net != each * (units or 0)):
            yield f"the units of {code} do not make its amount"
        total += net or 0
    if found(claim, "total") and cents_in(number(claim, "total", "value")) != total:
        yield "its items do not make its total"


def _provenance(resource: object) -> Iterator[str]:
    if moment_in(word(resource, "recorded")) is None:
        yield "it does not say when it was signed"
    said = {word(one, "what", "identifier", "system") for one in found(resource, "entity")}
    if not {f"{OWN}journal-head", f"{OWN}rulebook"} <= said:
        yield "it does not say on which journal and which rules it stands"


_CHECKS: dict[str, tuple[Callable[[object], Iterator[str]], ...]] = {
    "Organization": (),
    "Practitioner": (),
    "Location": (),
    "RelatedPerson": (_patient,),
    "Patient": (_patient,),
    "Coverage": (_coverage,),
    "Encounter": (_encounter,),
    "Condition": (_condition,),
    "MedicationAdministration": (_given, _dosage),
    "Procedure": (_given,),
    "ChargeItem": (_charge,),
    "Claim": (_claim,),
    "Provenance": (_provenance,),
}
KNOWN = frozenset(_CHECKS)
"""The kinds of resources a file of ours holds."""
