"""What a FHIR R4 file is written in: resources as JSON, their ids, and the small types they share.

FHIR knows no empty value: what is empty is not said. The pen leaves it out, in one place. It writes
numbers as they are, digit for digit, and every text exactly; what no FHIR text may hold is refused.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from uuid import UUID, uuid5

from desktop_app.core.moments import local_time
from desktop_app.exchange.sending import CannotBeSent

Resource = dict[str, object]
"""A resource, or a part of one, by the names of its elements."""

OWN = "urn:chairtime:"
"""Begins the names of what the program itself names: systems of identifiers, extensions."""
TERMS = "http://terminology.hl7.org/CodeSystem/"
"""Begins the names of the lists of codes that belong to FHIR."""
UNITS = "http://unitsofmeasure.org"
ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
LONGEST_TEXT = 1_048_576
"""The most characters of a text in FHIR."""

_NAMESPACE = UUID("f80e66fb-8a18-4d2e-a6f6-bcdb162a052e")
"""Makes ids of ours from ours alone. Never changed: an id is for ever."""
_QUOTED = json.JSONEncoder(ensure_ascii=False).encode
_HALF = re.compile("[\ud800-\udfff]")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
"""What no FHIR text may hold: of the characters below a space only tab and line ends."""
_CALLED = {
    "family": "last name",
    "given": "first name",
    "line": "street",
    "city": "city",
    "subscriberId": "member id",
    "preAuthRef": "authorisation",
}


class _Unsayable(Exception):
    """A text that FHIR cannot hold: what is wrong with it, and on which way it was found."""

    def __init__(self, fault: str) -> None:
        super().__init__(fault)
        self.fault = fault
        self.way: list[str] = []


def id_of(kind: str, *of: str) -> str:
    """Return the id of a resource of a kind: of the same things always the same."""
    return str(uuid5(_NAMESPACE, json.dumps([kind, *of])))


def address_of(resource_id: str) -> str:
    """Return how an entry of the file is called, and so how another refers to it."""
    return f"urn:uuid:{resource_id}"


def reference(kind: str, *of: str) -> Resource:
    """Return a reference to a resource of this file, by what its id is made of."""
    return {"reference": address_of(id_of(kind, *of)), "type": kind}


def coding(system: str, code: str) -> Resource:
    """Return a code with the list it is of; nothing for none."""
    return {"system": system, "code": code} if code else {}


def coded(system: str, code: str, text: str = "") -> Resource:
    """Return a concept by its code; nothing where there is neither code nor text."""
    return {"coding": [coding(system, code)], "text": text}


def own(name: str, value: str) -> Resource:
    """Return an identifier that the program gives out; nothing for none."""
    return {"system": OWN + name, "value": value} if value else {}


def quantity(value: Decimal | int | None, unit: str, code: str = "") -> Resource:
    """Return an amount in a unit, with the unit's code in UCUM where it has one; nothing for none."""
    if value is None:
        return {}
    return {"value": value, "unit": unit, **({"system": UNITS, "code": code} if code else {})}


def money(cents: int) -> Resource:
    """Return an amount of money."""
    return {"value": Decimal(cents).scaleb(-2), "currency": "USD"}


def moment(at_us: int, zone: str) -> str:
    """Return an instant exactly, as the clock on the wall showed it, with its offset."""
    return local_time(at_us, zone).isoformat()


def extension(name: str, **value: object) -> Resource:
    """Return an extension of the program's own with its value, or with its parts as ``extension``."""
    return {"url": OWN + name, **value}


def part(name: str, **value: object) -> Resource:
    """Return a part of an extension."""
    return {"url": name, **value}


def not_known() -> Resource:
    """Return what stands where FHIR asks for a value that nobody said."""
    return {"extension": [{"url": ABSENT, "valueCode": "unknown"}]}


def written(resource: Resource) -> str:
    """Return a resource as JSON. Raises CannotBeSent for a text FHIR cannot hold, naming what it is."""
    try:
        return _object(resource)
    except _Unsayable as fault:
        name = _CALLED.get(fault.way[-1], f"text in {resource['resourceType']}.{'.'.join(fault.way)}")
        raise CannotBeSent(f"has a {name} {fault.fault}") from None


def _said(value: object) -> str:
    """Return a value as JSON; nothing for one that is not to be said."""
    if isinstance(value, str):
        return _text(value) if value else ""
    if isinstance(value, Mapping):
        return _object(value)
    if isinstance(value, Sequence):
        every = ",".join(filter(None, map(_said, value)))
        return f"[{every}]" if every else ""
    if value is None:
        return ""
    return f"{value:f}" if isinstance(value, Decimal) else json.dumps(value)


def _object(elements: Mapping[str, object]) -> str:
    """Return an element of elements; nothing where none of them is said."""
    every = []
    for name, value in elements.items():
        try:
            said = _said(value)
        except _Unsayable as fault:
            fault.way.insert(0, name)
            raise
        if said:
            every.append(f'"{name}":{said}')
    return f"{{{','.join(every)}}}" if every else ""


def _text(value: str) -> str:
    if fault := fault_of_text(value):
        raise _Unsayable(fault)
    return _QUOTED(value)


def fault_of_text(value: str) -> str:
    """Return why FHIR has no place for a text, as the end of a sentence; nothing where it has."""
    found = _FORBIDDEN.search(value)
    if found and _HALF.match(found[0]):
        return "that is no text: half of a character"
    if found:
        return f"with the character U+{ord(found[0]):04X}, which FHIR has no place for"
    if len(value) > LONGEST_TEXT:
        return f"of more than {LONGEST_TEXT:,} characters, the most FHIR holds"
    return ""
