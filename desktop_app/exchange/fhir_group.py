"""The resources of one session as they are read back: whether they fit each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import field

from desktop_app.core.values import dataclass
from desktop_app.exchange.fhir_charges import BILLABLE
from desktop_app.exchange.fhir_claims import ACTIVE
from desktop_app.exchange.fhir_codes import ICD_10
from desktop_app.exchange.fhir_faults import coded_in, day_of, element_fault, item_of, line_of
from desktop_app.exchange.fhir_reader import everything, found, word, words

_LEADS_TO = {
    "subject": {"Patient"},
    "patient": {"Patient"},
    "beneficiary": {"Patient"},
    "subscriber": {"Patient", "RelatedPerson"},
    "context": {"Encounter"},
    "encounter": {"Encounter"},
    "condition": {"Condition"},
    "reasonReference": {"Condition"},
    "coverage": {"Coverage"},
    "claim": {"Claim"},
    "service": {"MedicationAdministration", "Procedure"},
    "individual": {"Practitioner"},
    "actor": {"Practitioner"},
    "provider": {"Organization", "Practitioner"},
    "payor": {"Organization"},
    "performingOrganization": {"Organization"},
    "serviceProvider": {"Organization"},
    "managingOrganization": {"Organization"},
    "onBehalfOf": {"Organization"},
    "location": {"Location"},
    "facility": {"Location"},
}
"""To which kind of resource an element's reference leads; others may lead to any."""


@dataclass(slots=True)
class Group:
    """What stands between one patient and the next."""

    resources: dict[str, object] = field(default_factory=dict)
    """By what each is called in the file."""
    references: list[tuple[str, dict[str, object]]] = field(default_factory=list)
    """Everything in them that leads to another, with the name it stands under."""

    def add(self, url: str, resource: object) -> Iterator[str]:
        """Take a resource in; yield what is wrong with anything in it."""
        self.resources[url] = resource
        for name, one in everything(resource):
            if fault := element_fault(one):
                yield fault
            if isinstance(one, dict) and "reference" in one:
                self.references.append((name, one))

    def every(self, kind: str) -> list[object]:
        """Return the resources of one kind."""
        return [one for one in self.resources.values() if word(one, "resourceType") == kind]

    def faults(self, shared: Mapping[str, str]) -> Iterator[str]:
        """Yield what does not fit; ``shared`` are the kinds of what this session may refer to besides."""
        kinds = {**shared, **{url: word(one, "resourceType") for url, one in self.resources.items()}}
        for name, one in self.references:
            kind = kinds.get(str(one["reference"]), "")
            if not kind:
                yield f"its {name} leads nowhere"
            elif kind not in _LEADS_TO.get(name, {kind}) or word(one, "type") not in {"", kind}:
                yield f"its {name} leads to a {kind}"
        yield from self._dates()
        yield from self._diagnoses()
        yield from self._claims()
        yield from self._signed()

    def _dates(self) -> Iterator[str]:
        born = next(filter(None, (day_of(word(one, "birthDate")) for one in self.every("Patient"))), None)
        for charge in self.every("ChargeItem"):
            day = day_of(word(charge, "occurrencePeriod", "start") or word(charge, "occurrenceDateTime"))
            if born and day and day < born:
                yield "the patient is born after the service"

    def _diagnoses(self) -> Iterator[str]:
        listed = [code for one in self.every("Condition") for code in coded_in(one, "code", system=ICD_10)]
        if len(set(listed)) < len(listed):
            yield "a diagnosis stands twice"
        for charge in self.every("ChargeItem"):
            code, said = line_of(charge)[0], coded_in(charge, "reason", system=ICD_10)
            if len(set(said)) < len(said) or (listed and not said):
                yield f"{code} is for no diagnosis, or for one twice"
            yield from (f"{code} is for {one}, which is not listed" for one in said if one not in listed)
        for claim in self.every("Claim"):
            if coded_in(claim, "diagnosis", "diagnosisCodeableConcept", system=ICD_10) != listed:
                yield "a claim has other diagnoses than the visit"

    def _claims(self) -> Iterator[str]:
        """Yield where claims ask for other lines than those that are billed, or taken back."""
        claims = self.every("Claim")
        if not claims:
            return
        asked = Counter(
            (word(claim, "status") == ACTIVE, *item_of(item))
            for claim in claims
            for item in found(claim, "item")
        )
        told = Counter((word(one, "status") == BILLABLE, *line_of(one)) for one in self.every("ChargeItem"))
        for _, code, *_ in (asked - told) + (told - asked):
            yield f"claim and charges do not say the same of {code}"
        if any(word(one, "status") != ACTIVE for one in claims) != any(
            word(one, "status") != BILLABLE for one in self.every("ChargeItem")
        ):
            yield "a claim is in force for lines that are taken back, or the other way round"

    def _signed(self) -> Iterator[str]:
        signed = {url for one in self.every("Provenance") for url in words(one, "target", "reference")}
        for url, one in self.resources.items():
            if word(one, "resourceType") in {"ChargeItem", "Claim"} and url not in signed:
                yield f"nobody signed {word(one, 'identifier', 'value')}"
        old = {url for one in self.every("Provenance") for url in words(one, "entity", "what", "reference")}
        for url, one in self.resources.items():
            if word(one, "resourceType") == "ChargeItem" and (word(one, "status") != BILLABLE) != (
                url in old
            ):
                yield f"{word(one, 'identifier', 'value')} is taken back by nobody, or still billed"
