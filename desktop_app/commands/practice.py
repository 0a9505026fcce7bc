"""Who bills, as the settings have it: what claims and messages say of the sender."""

from __future__ import annotations

import csv
from pathlib import Path

from desktop_app import paths
from desktop_app.coding.refusals import RulebookError
from desktop_app.exchange.charges import Charges, RevenueRange, revenue_ranges
from desktop_app.exchange.sending import Practice
from desktop_app.imported_tables import load_charges
from desktop_app.store.settings import Settings


def practice_of(settings: Settings, data_dir: Path) -> Practice:
    """Return the practice as it is set now, with its charges; the suite's name where no other is given."""
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
        bill_type=settings.get("bill-type"),
        test_claims=settings.get("test-claims") == "yes",
        charges=charges_in(data_dir),
        charge_receiver=(settings.get("hl7-application"), settings.get("hl7-facility")),
        credit=settings.get("hl7-credit").upper(),
        charge_days=settings.get("hl7-times") == "day",
    )


def charges_in(data_dir: Path) -> Charges:
    """Return what the practice charges; charges that cannot be read say so where they are asked for."""
    try:
        return Charges(load_charges(data_dir), usual_revenue())
    except RulebookError as fault:
        return Charges(fault=f"its charges cannot be read ({str(fault).removesuffix('.')})")


def usual_revenue() -> tuple[RevenueRange, ...]:
    """Return the revenue codes that travel with the program."""
    text = paths.resource("revenue-codes.csv").read_text(encoding="utf-8")
    return revenue_ranges(csv.DictReader(text.splitlines()))
