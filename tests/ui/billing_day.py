"""A suite whose sessions are ready for billing: signed and registered, and who bills has said who it is."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from desktop_app.core.people import Address, Provider, Registration, Sex
from desktop_app.core.registration import register_patient
from desktop_app.core.session import Session
from desktop_app.core.stay import end_session
from desktop_app.ui.station import Station
from tests.exchange.month import npi
from tests.ui.conftest import Ward

PRACTICE = {
    "practice-name": "Example Infusion Center",
    "practice-npi": "1234567893",
    "practice-tax-id": "123456789",
    "practice-street": "100 Main Street",
    "practice-city": "Springfield",
    "practice-state": "IL",
    "practice-zip": "627010001",
    "practice-contact": "Mary Biller",
    "practice-phone": "2175550100",
    "submitter-id": "SUB123",
    "receiver-name": "Example Clearinghouse",
    "receiver-id": "CLEAR01",
}
"""What a claim says of who bills; made up."""
CODES = (
    *("96360", "96361", "96365", "96366", "96367", "96368", "96374", "96375", "96413", "96415"),
    *("J1200", "J1569", "J1745", "J1756", "J2919", "J3370", "J3380", "J9271"),
)
CHARGES = "Code,Charge\n" + "".join(f"{code},{100 + at}.00\n" for at, code in enumerate(CODES))
"""What a unit of each code costs; made up."""


def sign(ward: Ward, station: Station, chair: str, *, payer: bool = False) -> Session:
    """Stop, end and sign what goes on in a chair; with a payer, register all that a claim asks for."""
    session = ward.in_chair(chair)
    for service in session.open_services:
        session = ward.stop(session, service.id)
    if session.ended is None:
        session = ward.do(session, end_session)
    if payer:
        session = register(ward, session)
    session = ward.do(session, station.coder.signing(session, ward.desk.head))
    ward.billing.signed = [*(s for s in ward.billing.signed if s.id != session.id), session]
    return session


def register(ward: Ward, session: Session) -> Session:
    """Register all that a claim asks for."""
    known = registered()
    return ward.do(session, lambda s, w: register_patient(s, w, registration=known))


def registered() -> Registration:
    """Return what a claim asks for of a patient; made up."""
    provider = Provider(family="Renderer", given="Ray", npi=npi(201))
    return Registration(
        family="Example",
        given="Ada",
        birth_date=date(1960, 2, 29),
        sex=Sex.FEMALE,
        address=Address(street="1 Oak Street", city="Springfield", state="IL", zip_code="62704"),
        ordering=provider,
        rendering=provider,
        diagnoses=("K5090",),
        payer="Example Blue Plan",
        payer_id="54771",
        filing="BL",
        member_id="W00000001",
    )


def practise(ward: Ward) -> None:
    """Let the practice say who it is and what it charges."""
    ward.settings.values |= PRACTICE
    table = ward.billing.folder / "charges.csv"
    table.write_text(CHARGES, encoding="utf-8")
    ward.billing.charges.take(Path(table), "2026-01-01", fewer=False)
