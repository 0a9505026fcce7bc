"""What billing knows of a patient, as a passer-by may read it: that a name is on file, not the name."""

from __future__ import annotations

from desktop_app.core.people import Provider, Registration, Relation
from desktop_app.core.session import Session
from desktop_app.ui import words

NOTHING = "Nothing entered. Times and codes need none of it; claims and charge messages do."

INSURED_WORDS = {
    Relation.SELF: "the patient",
    Relation.SPOUSE: "the patient's spouse",
    Relation.CHILD: "the patient's parent",
    Relation.OTHER: "another person",
}
"""By what the patient is to whoever is insured."""

Row = tuple[str, str]


def people_rows(session: Session) -> tuple[Row, ...]:
    """Return what is known, a named row each; empty where nothing is."""
    known = session.registration
    rows = (
        ("Patient", _patient(known)),
        ("Ordered by", provider_words(known.ordering)),
        ("Given by", provider_words(known.rendering)),
        ("Diagnoses", _diagnoses(session)),
        ("Payer", _payer(known)),
        ("Insured", INSURED_WORDS[known.insured.relation] if known.insured else ""),
    )
    return tuple((name, text) for name, text in rows if text)


def icd_words(code: str) -> str:
    """Write a diagnosis code with its dot."""
    return f"{code[:3]}.{code[3:]}" if len(code) > 3 else code  # noqa: PLR2004 - the dot stands behind three


def provider_words(provider: Provider | None) -> str:
    """Write a provider with the NPI."""
    if provider is None:
        return ""
    name = ", ".join(part for part in (provider.family, provider.given) if part)
    return " · ".join(part for part in (name, f"NPI {provider.npi}" if provider.npi else "no NPI") if part)


def _patient(known: Registration) -> str:
    has = {
        "name": known.family or known.given,
        "birth date": known.birth_date,
        "sex": known.sex,
        "address": known.address,
        "visit number": known.account,
    }
    there = [name for name, value in has.items() if value]
    return f"{', '.join(there)} on file" if there else ""


def _diagnoses(session: Session) -> str:
    known = session.registration
    listed = ", ".join(f"{at} {icd_words(code)}" for at, code in enumerate(known.diagnoses, start=1))
    pointed = []
    for pointer in known.pointers:
        service = session.service(pointer.service)
        drug = words.drug_name(service.order) if service else pointer.service
        pointed.append(f"{drug} for {', '.join(map(str, pointer.diagnoses))}")
    return " · ".join(part for part in (listed, *pointed) if part)


def _payer(known: Registration) -> str:
    name = known.payer or known.payer_id
    if not known.has_payer:
        return ""
    parts = (
        f"{name} ({known.payer_id})" if known.payer and known.payer_id else name,
        f"filed as {known.filing}" if known.filing else "",
        f"member {words.hidden_mrn(known.member_id)}" if known.member_id else "no member id",
        "group on file" if known.group else "",
        f"authorisation {words.hidden_mrn(known.authorisation)}" if known.authorisation else "",
    )
    return " · ".join(part for part in parts if part)
