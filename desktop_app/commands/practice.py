"""Who bills, as the settings have it: what claims and messages say of the sender."""

from __future__ import annotations

from desktop_app.exchange.sending import Practice
from desktop_app.store.settings import Settings


def practice_of(settings: Settings) -> Practice:
    """Return the practice as it is set now; the suite's name where no other is given."""
    return Practice(
        name=settings.get("practice-name") or settings.get("suite-name"),
        npi=settings.get("practice-npi"),
        tax_id=settings.get("practice-tax-id"),
        taxonomy=settings.get("practice-taxonomy"),
        street=settings.get("practice-street"),
        city=settings.get("practice-city"),
        state=settings.get("practice-state"),
        zip_code=settings.get("practice-zip"),
        contact=settings.get("practice-contact"),
        phone=settings.get("practice-phone"),
        submitter_id=settings.get("submitter-id"),
        receiver=settings.get("receiver-name"),
        receiver_id=settings.get("receiver-id"),
    )
