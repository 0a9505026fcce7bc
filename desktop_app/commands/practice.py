"""Who bills, as the settings have it: what claims and messages say of the sender."""

from __future__ import annotations

import csv
from pathlib import Path

from desktop_app import paths
from desktop_app.coding.refusals import RulebookError
from desktop_app.exchange.charges import Charges, RevenueRange, revenue_ranges
from desktop_app.exchange.sending import Practice
from desktop_app.imported_tables import load_charges
from desktop_app.ui.ports import Settings

_KEYS = {
    "name": "practice-name",
    "npi": "practice-npi",
    "tax_id": "practice-tax-id",
    "taxonomy": "practice-taxonomy",
    "street": "practice-street",
    "city": "practice-city",
    "state": "practice-state",
    "zip_code": "practice-zip",
    "contact": "practice-contact",
    "phone": "practice-phone",
    "submitter_id": "submitter-id",
    "receiver": "receiver-name",
    "receiver_id": "receiver-id",
    "bill_type": "bill-type",
}
"""What is said of the practice in one setting each, and in which."""


def key_of(field: str) -> str:
    """Return the setting where something of the practice is said; charges have none and go by their name."""
    return _KEYS.get(field, field)


def practice_of(settings: Settings, data_dir: Path) -> Practice:
    """Return the practice as it is set now, with its charges; the suite's name where no other is given."""
    said = {field: settings.get(key) for field, key in _KEYS.items()}
    return Practice(
        **said | {"name": said["name"] or settings.get("suite-name")},
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
