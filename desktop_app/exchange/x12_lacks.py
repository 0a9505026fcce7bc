"""What is missing for a claim, told before anything is written: one clear part of a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from desktop_app.core.orders import Setting
from desktop_app.core.people import Address, Provider, Registration
from desktop_app.exchange.claims import place_of, setting_of
from desktop_app.exchange.rows import Row
from desktop_app.exchange.sending import Practice, Unset

MOST_LINES = {Setting.PHYSICIAN: 50, Setting.FACILITY: 999}
"""How many lines a claim of each kind holds."""
MEDICAID = "MC"
_LONG_ZIP = 9
_ID_ON_THE_ENVELOPE = range(2, 16)
_POST_BOX = re.compile(r"P\.? ?O\.? ?BOX\b", re.IGNORECASE)


def no_payer(rows: Sequence[Row]) -> str:
    """Return that a session is none for a claim, as the end of a sentence, where no payer was entered."""
    return "" if rows[0].session.registration.has_payer else "has no payer, so there is no claim to send"


def lacks(rows: Sequence[Row], practice: Practice) -> str:
    """Return what is missing for a claim, as the end of a sentence about the session, or nothing."""
    faults = list(_faults(rows, practice))
    return f"cannot be claimed yet: {'; '.join(faults)}" if faults else ""


def _faults(rows: Sequence[Row], practice: Practice) -> Iterator[str]:
    session, signature = rows[0].session, rows[0].signature
    setting = setting_of(session, signature)
    missing = [*_of_patient(session.registration), *_of_providers(session.registration, setting)]
    if setting is Setting.PHYSICIAN and not place_of(session, signature):
        missing.append("place of service")
    if missing:
        yield _is_missing(missing)
    if missing := [words for name, words in _NEEDED.items() if not _has(practice, name)]:
        yield f"in the settings {_is_missing(missing)}"
    yield from _of_envelope(practice)
    yield from _of_lines(rows, practice, setting)


def _is_missing(things: Sequence[str]) -> str:
    return f"{listed(things)} {'is' if len(things) == 1 else 'are'} missing"


def listed(things: Sequence[str]) -> str:
    """Return things as a sentence lists them: ``a``, ``a and b``, ``a, b and c``."""
    return " and ".join(filter(None, (", ".join(things[:-1]), things[-1])))


def _of_patient(known: Registration) -> Iterator[str]:
    address = known.address or Address()
    needed = {
        "last name": known.family,
        "birth date": known.birth_date,
        "sex": known.sex,
        "street": address.street,
        "city": address.city,
        "state": address.state,
        "ZIP code": address.zip_code,
        "payer": known.payer,
        "payer id": known.payer_id,
        "member id": known.member_id,
        "diagnosis": known.diagnoses,
    }
    yield from (what for what, value in needed.items() if not value)


def _of_providers(known: Registration, setting: Setting) -> Iterator[str]:
    if setting is Setting.PHYSICIAN:
        yield from _of_provider("rendering provider", known.rendering)
        if known.ordering is not None:
            yield from _of_provider("ordering provider", known.ordering)
    else:
        yield from _of_provider("ordering or rendering provider", known.ordering or known.rendering)


def _of_provider(role: str, provider: Provider | None) -> Iterator[str]:
    if provider is None:
        yield role
        return
    if not provider.family:
        yield f"last name of the {role}"
    if not provider.npi:
        yield f"NPI of the {role}"


_NEEDED = {
    "name": "name",
    "npi": "NPI",
    "tax_id": "tax number",
    "street": "street",
    "city": "city",
    "state": "state",
    "zip_code": "ZIP code of nine digits",
    "contact": "contact",
    "phone": "telephone number",
    "submitter_id": "submitter id",
    "receiver": "receiver",
    "receiver_id": "receiver id",
}
"""What a claim says of the practice, and what it is called."""


def unset(practice: Practice) -> tuple[Unset, ...]:
    """Return what the practice has to say before any claim can be sent: who it is, and what it charges."""
    told = tuple(Unset(name, words) for name, words in _NEEDED.items() if not _has(practice, name))
    charges = () if practice.charges.rows or practice.charges.fault else (Unset("charges", "your charges"),)
    return (*told, *charges)


def _has(practice: Practice, name: str) -> bool:
    value: str = getattr(practice, name)
    return len(value) == _LONG_ZIP if name == "zip_code" else bool(value)


def _of_envelope(practice: Practice) -> Iterator[str]:
    for what, name in (("submitter id", practice.submitter_id), ("receiver id", practice.receiver_id)):
        if name and len(name) not in _ID_ON_THE_ENVELOPE:
            yield f"the {what} in the settings must have 2 to 15 characters"
    if _POST_BOX.match(practice.street):
        yield "the street in the settings must be no post office box"


def _of_lines(rows: Sequence[Row], practice: Practice, setting: Setting) -> Iterator[str]:
    most = MOST_LINES[setting]
    if len(rows) > most:
        yield f"it has {len(rows)} lines, and a claim holds {most}"
    if practice.charges.fault:
        yield practice.charges.fault
        return
    lines = [row.line for row in rows]
    without = dict.fromkeys(li.code for li in lines if practice.charges.cents(li.code, li.date) is None)
    if without:
        yield f"no charge is known for {listed(list(without))}"
    if setting is Setting.FACILITY:
        unbooked = dict.fromkeys(li.code for li in lines if not practice.charges.revenue(li.code, li.date))
        if unbooked:
            yield f"no revenue code is known for {listed(list(unbooked))}"
    if rows[0].session.registration.filing == MEDICAID:
        # A count of vials is not parted: it stands on one of a drug's lines and not on its waste.
        measured = {li.ndc for li in lines if li.ndc_quantity and li.ndc_unit}
        unmeasured = dict.fromkeys(li.code for li in lines if li.ndc and li.ndc not in measured)
        if unmeasured:
            yield f"Medicaid asks for the quantity of the NDC of {listed(list(unmeasured))}"
