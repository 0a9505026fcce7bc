"""Deciding what may be recorded of a patient for billing, and under which terms a session is coded.

None of it is needed to time and code a session; a claim cannot be written without it. What
has a check digit or a fixed shape is refused where it is typed: a slip in an NPI would
otherwise be found weeks later, in a denial.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from desktop_app.core import events as e
from desktop_app.core.bounds import sealed, taken_back
from desktop_app.core.decisions import Decision, Refusal, When
from desktop_app.core.moments import local_date
from desktop_app.core.orders import Setting, is_line
from desktop_app.core.people import Address, Provider, Registration
from desktop_app.core.session import Session

NOTHING_CHANGED = "nothing about the patient was changed"
MOST_DIAGNOSES = 12
"""As many as a professional claim holds; the institutional one holds more."""
MOST_POINTERS = 4
LONGEST_FIELD = 60
"""As long as a last name may be on a claim; no other field is longer."""

_NPI_PREFIX = "80840"
"""Stands before an NPI for its check digit: CMS, NPI check digit calculation (45 CFR 162.406)."""
_DIAGNOSIS = re.compile(r"[A-Z][0-9][0-9A-Z]{1,5}", re.ASCII)
_STATE = re.compile(r"[A-Z]{2}", re.ASCII)
_ZIP = re.compile(r"[0-9]{5}(?:[0-9]{4})?", re.ASCII)
_PLACE_OF_SERVICE = re.compile(r"[0-9]{2}", re.ASCII)
_FILING = re.compile(r"[0-9A-Z]{2}", re.ASCII)
_EARLIEST_BIRTH = date(1880, 1, 1)


def register_patient(session: Session, when: When, *, registration: Registration) -> Decision:
    """Decide to record what billing knows of the patient, in place of what it knew before.

    A signed session may be registered too: the signed lines stay as they are.
    """
    if refusal := taken_back(session):
        return refusal
    tidy = tidied(registration)
    today = local_date(when.now_us, session.zone)
    if fault := registration_fault(tidy, today) or _pointer_fault(tidy, session):
        return Refusal(fault)
    if tidy == session.registration:
        return Refusal(NOTHING_CHANGED)
    return (e.PatientRegistered(at_us=when.at_us, how=when.how, registration=tidy),)


def change_terms(
    session: Session,
    when: When,
    *,
    setting: Setting,
    place_of_service: str = "",
    profile: str = "",
    options: tuple[tuple[str, str], ...] = (),
) -> Decision:
    """Decide under which setting, place of service, payer profile and options a session is coded."""
    if refusal := sealed(session):
        return refusal
    if fault := place_of_service_fault(place_of_service):
        return Refusal(fault)
    terms = (setting, place_of_service, profile, options)
    if terms == (session.setting, session.place_of_service, session.profile, session.options):
        return Refusal("the session is billed so already")
    return (
        e.TermsChanged(
            at_us=when.at_us,
            how=when.how,
            setting=setting,
            place_of_service=place_of_service,
            profile=profile,
            options=options,
        ),
    )


def place_of_service_fault(place: str) -> str:
    """Return what is wrong with a place of service as it stands on a claim, or nothing; it may be missing."""
    if not place or _PLACE_OF_SERVICE.fullmatch(place):
        return ""
    return "the place of service must be two digits, such as 11"


def tidied(registration: Registration) -> Registration:
    """Return a registration as it is kept: no outer spaces, codes in capitals, without dots and hyphens."""
    bare = {name: getattr(registration, name).strip() for name in _LINES}
    address, insured = registration.address, registration.insured
    return replace(
        registration,
        **bare,
        filing=registration.filing.strip().upper(),
        diagnoses=tuple(
            dict.fromkeys(code.strip().upper().replace(".", "") for code in registration.diagnoses)
        ),
        address=_tidy_address(address) if address else None,
        ordering=_tidy_provider(registration.ordering),
        rendering=_tidy_provider(registration.rendering),
        insured=replace(insured, family=insured.family.strip(), given=insured.given.strip())
        if insured
        else None,
    )


def registration_fault(registration: Registration, today: date) -> str:
    """Return in one sentence what is wrong with a tidied registration, or nothing."""
    return next((fault for check in _CHECKS if (fault := check(registration, today))), "")


def npi_fault(npi: str) -> str:
    """Return what is wrong with an NPI, or nothing: ten digits, the last one a check digit.

    With 80840 before it, every second digit from the right doubled and all digits added up, the
    sum is a multiple of 10 (CMS, requirements for the NPI check digit): 1234567893 fits.
    """
    if len(npi) != 10 or not (npi.isascii() and npi.isdigit()):  # noqa: PLR2004 - as the text says
        return f"the NPI {npi} does not have ten digits"
    if _luhn_sum(_NPI_PREFIX + npi) % 10:
        return f"the NPI {npi} has a wrong digit: its check digit does not fit"
    return ""


def _luhn_sum(digits: str) -> int:
    doubled = "".join(str(int(digit) * 2) for digit in digits[-2::-2])
    return sum(map(int, digits[-1::-2])) + sum(map(int, doubled))


def diagnosis_fault(code: str) -> str:
    """Return what is wrong with the shape of an ICD-10-CM code in capitals without a dot, or nothing."""
    if _DIAGNOSIS.fullmatch(code):
        return ""
    return f"{code or 'an empty text'} is no diagnosis code such as K50.90"


def _tidy_address(address: Address) -> Address | None:
    tidy = Address(
        street=address.street.strip(),
        city=address.city.strip(),
        state=address.state.strip().upper(),
        zip_code=address.zip_code.strip().replace("-", ""),
    )
    return None if tidy == Address() else tidy


def _tidy_provider(provider: Provider | None) -> Provider | None:
    if provider is None:
        return None
    tidy = Provider(family=provider.family.strip(), given=provider.given.strip(), npi=provider.npi.strip())
    return None if tidy == Provider() else tidy


_LINES = ("family", "given", "account", "payer", "payer_id", "member_id", "group", "authorisation")
_CALLED = {
    "family": "last name",
    "given": "first name",
    "account": "visit number",
    "payer_id": "payer id",
    "member_id": "member id",
    "group": "group number",
}


def _line_fault(registration: Registration, _: date) -> str:
    texts = [(_CALLED.get(name, name), getattr(registration, name)) for name in _LINES]
    people = (registration.ordering, registration.rendering, registration.insured)
    texts += [("name of a person", text) for one in people if one for text in (one.family, one.given)]
    if address := registration.address:
        texts += [("street", address.street), ("city", address.city)]
    for called, text in texts:
        if len(text) > LONGEST_FIELD:
            return f"the {called} has more than {LONGEST_FIELD} characters"
        if not is_line(text):
            return f"the {called} must be one line of characters that can be shown"
    return ""


def _birth_fault(registration: Registration, today: date) -> str:
    insured = registration.insured
    for born in (registration.birth_date, insured.birth_date if insured else None):
        if born is not None and not _EARLIEST_BIRTH <= born <= today:
            return f"nobody here was born on {born.isoformat()}"
    return ""


def _provider_fault(registration: Registration, _: date) -> str:
    for provider in (registration.ordering, registration.rendering):
        if provider and provider.npi and (fault := npi_fault(provider.npi)):
            return fault
    return ""


def _diagnoses_fault(registration: Registration, _: date) -> str:
    if len(registration.diagnoses) > MOST_DIAGNOSES:
        return f"a claim holds at most {MOST_DIAGNOSES} diagnoses"
    return next((fault for code in registration.diagnoses if (fault := diagnosis_fault(code))), "")


def _address_fault(registration: Registration, _: date) -> str:
    address = registration.address
    if address is None:
        return ""
    if address.state and not _STATE.fullmatch(address.state):
        return f"the state {address.state} is not two letters"
    if address.zip_code and not _ZIP.fullmatch(address.zip_code):
        return f"the ZIP code {address.zip_code} is not five or nine digits"
    return ""


def _filing_fault(registration: Registration, _: date) -> str:
    if registration.filing and not _FILING.fullmatch(registration.filing):
        return f"the claim filing code {registration.filing} is not two letters or digits"
    return ""


def _insured_fault(registration: Registration, _: date) -> str:
    insured = registration.insured
    return "the insured person needs a last name" if insured is not None and not insured.family else ""


def _pointer_fault(registration: Registration, session: Session) -> str:
    """Return what is wrong with the diagnoses that services point to."""
    for pointer in registration.pointers:
        if session.service(pointer.service) is None:
            return f"there is no service {pointer.service} to point to a diagnosis"
        if not 1 <= len(pointer.diagnoses) <= MOST_POINTERS:
            return f"a service points to one to {MOST_POINTERS} diagnoses"
        if wrong := [place for place in pointer.diagnoses if not 1 <= place <= len(registration.diagnoses)]:
            return f"there is no diagnosis number {wrong[0]}"
    return ""


_CHECKS: tuple[Callable[[Registration, date], str], ...] = (
    _line_fault,
    _birth_fault,
    _provider_fault,
    _diagnoses_fault,
    _address_fault,
    _filing_fault,
    _insured_fault,
)
