"""The lists of codes a FHIR file speaks in, and how a code of each is said: never with its description."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from desktop_app.core.orders import NdcUnit
from desktop_app.exchange.fhir_text import Resource, coded, coding, quantity

CPT = "http://www.ama-assn.org/go/cpt"
HCPCS = "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets"
ICD_10 = "http://hl7.org/fhir/sid/icd-10-cm"
NDC = "http://hl7.org/fhir/sid/ndc"
NPI = "http://hl7.org/fhir/sid/us-npi"
TAX_ID = "urn:oid:2.16.840.1.113883.4.4"
"""Who gives out employer identification numbers, by its registered object identifier."""
TAXONOMY = "http://nucc.org/provider-taxonomy"
FILING = "https://codesystem.x12.org/005010/1032"
"""X12's claim filing indicators, by the number of their element."""
PLACES = "https://www.cms.gov/Medicare/Coding/place-of-service-codes/Place_of_Service_Code_Set"
REVENUE = "https://www.nubc.org/CodeSystem/RevenueCodes"
BILL_TYPES = "https://www.nubc.org/CodeSystem/TypeOfBill"
_DOT_AFTER = 3
_IN_UCUM: dict[str, str] = {NdcUnit.ML: "mL", NdcUnit.GR: "g", NdcUnit.ME: "mg", NdcUnit.F2: "[iU]"}


def billed(code: str) -> Resource:
    """Return the code of a service, or a modifier: of CPT when it begins with a digit, else of HCPCS."""
    return coding(CPT if code[:1].isdigit() else HCPCS, code)


def procedure(code: str, modifiers: Sequence[str]) -> Resource:
    """Return a code and after it its modifiers, each as a coding, for a place that has no other."""
    return {"coding": [billed(code), *map(billed, modifiers)]}


def diagnosis(code: str) -> Resource:
    """Return a diagnosis with its dot: ``K50.90``."""
    return coded(ICD_10, ".".join(filter(None, (code[:_DOT_AFTER], code[_DOT_AFTER:]))))


def ndc_quantity(value: Decimal | None, unit: str) -> Resource:
    """Return how much of an NDC it was, in the unit's letters on a claim; nothing where nobody said."""
    return quantity(value, unit, _IN_UCUM.get(unit, ""))
