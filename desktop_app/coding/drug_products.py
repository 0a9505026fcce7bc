"""Which product a drug line is about: its NDC in eleven digits, and the drug code it is billed under.

The record goes first. Where it has no drug code, the imported crosswalk may name the one code its
NDC stands for on the date of service. What does not fit together is said, and nothing is changed
in silence: a line has an NDC only where it is certain which one.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from desktop_app.coding.ledger import Ledger, Run
from desktop_app.coding.ndc import AmbiguousNdc, NdcFault, display, resolve
from desktop_app.coding.reasons import Level
from desktop_app.coding.tables import Tables
from desktop_app.core.orders import Dose


def settled(dose: Dose, tables: Tables, day: date) -> Dose:
    """Return a dose with its NDC in 11 digits and the drug code that follows from it. Raises NdcFault."""
    ndc = resolve(dose.ndc, tables.known_ndcs, tables.chosen_ndcs)
    match tables.codes_of(ndc, day):
        case (only,) if not dose.hcpcs:
            return replace(dose, ndc=ndc, hcpcs=only)
        case _:
            return replace(dose, ndc=ndc)


def product(ledger: Ledger, run: Run, dose: Dose) -> Dose:
    """Return a dose as ``settled``, with a finding for each thing that is wrong with its NDC."""
    tables, day = ledger.rulebook.tables, ledger.visit.date
    try:
        known = settled(dose, tables, day)
    except NdcFault as fault:
        name = "ndc-ambiguous" if isinstance(fault, AmbiguousNdc) else "ndc-malformed"
        text = f"{run.name}: {str(fault).removesuffix('.')}; until then its line has no NDC"
        ledger.find(Level.WARNING, name, text, run)
        return replace(dose, ndc="")
    _compare(ledger, run, known, tables.codes_of(known.ndc, day))
    return known


def _compare(ledger: Ledger, run: Run, dose: Dose, codes: tuple[str, ...]) -> None:
    ndc, day = display(dose.ndc), ledger.visit.date
    listed = " and ".join(codes)
    if codes and not dose.hcpcs:
        text = f"{run.name}: NDC {ndc} is billed under {listed}, so its drug code must be said"
        ledger.find(Level.WARNING, "ndc-several-codes", text, run)
    elif codes and dose.hcpcs not in codes:
        told = f"NDC {ndc} is billed under {listed}, and the record says {dose.hcpcs}"
        ledger.find(Level.WARNING, "ndc-code-differs", f"{run.name}: {told}; see which is right", run)
    elif ended := ledger.rulebook.tables.unlisted_since(dose.ndc, day):
        text = f"{run.name}: NDC {ndc} is no longer listed; it was until {ended}"
        ledger.find(Level.WARNING, "ndc-not-listed", text, run)
