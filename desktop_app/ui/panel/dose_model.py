"""What was given and from what, and what is left of it: one row for each drug with a dose or without."""

from __future__ import annotations

from desktop_app.core.orders import Category, Dose
from desktop_app.core.service import Service
from desktop_app.core.session import Session
from desktop_app.core.told import amount, containers_words, left_over
from desktop_app.ui import words
from desktop_app.ui.panel.panel_model import ServiceRow, in_order

NO_DOSE = "no dose yet"


def dose_rows(session: Session) -> tuple[ServiceRow, ...]:
    """Return a row for every drug that was begun; a fluid only where it has a code or a dose."""
    return tuple(
        _row(service)
        for service in in_order(session)
        if service.has_begun and (service.order.dose or service.order.category in _DRUGS)
    )


_DRUGS = frozenset({Category.CHEMO, Category.THERAPEUTIC})


def ndc_words(ndc: str) -> str:
    """Write an NDC as people read it, or as it was typed where it is not certain."""
    from desktop_app.coding.ndc import NdcFault, display, resolve  # noqa: PLC0415 - few first pictures have one

    try:
        return display(resolve(ndc))
    except NdcFault:
        return ndc


def _row(service: Service) -> ServiceRow:
    dose = service.order.dose
    name = words.drug_name(service.order)
    if dose is None or (dose.amount is None and dose.units is None):
        return ServiceRow(service.id, name, "", NO_DOSE)
    given = words.dose_words(service.order) or f"{dose.units} units"
    told = f"{given} given"
    return ServiceRow(service.id, name, told, _waste(dose), _facts(dose), dose=told)


def _waste(dose: Dose) -> str:
    left = left_over(dose)
    if left is None:
        return ""
    return f"{amount(left, dose.unit)} discarded" if left else "nothing discarded"


def _facts(dose: Dose) -> tuple[str, ...]:
    kinds = {container.single_dose for container in dose.containers}
    kind = "" if len(kinds) != 1 else "single-dose" if True in kinds else "multi-dose"
    parts = [
        f"from {containers_words(dose.containers, dose.unit)} {kind}".strip() if dose.containers else "",
        f"lot {dose.lot}" if dose.lot else "",
        f"expires {dose.expiry}" if dose.expiry else "",
        f"NDC {ndc_words(dose.ndc)}" if dose.ndc else "",
    ]
    told = " · ".join(part for part in parts if part)
    return (told,) if told else ()
