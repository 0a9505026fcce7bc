"""Step 1: which services count at all.

Keep-vein-open fluid, a flush, a tablet, time watched after an infusion, and anything that is
part of another procedure are care worth recording and never a line of their own. A physician
reports none of these codes for work done in a hospital; the hospital does.
"""

from __future__ import annotations

from desktop_app.coding.ledger import Ledger, Run, drug_key
from desktop_app.coding.visit import VisitService
from desktop_app.core.orders import Category, Route
from desktop_app.core.recordable import as_line

_CARE_ROUTES = {
    Route.FLUSH: ("a flush is part of the care of the line", "left-out-flush"),
    Route.ORAL: ("a drug by mouth has no infusion or injection code", "left-out-oral"),
    Route.OBSERVATION: ("time watched before or after is not running time", "left-out-observation"),
}


def which_count(ledger: Ledger) -> list[Run]:
    """Return a run for each service that counts; leave out the others with their reason."""
    elsewhere = _reported_elsewhere(ledger)
    counted = []
    for place, service in enumerate(ledger.visit.services):
        run = _run(ledger, place, service)
        reason = elsewhere or _left_out(service)
        if reason:
            ledger.leave(run, f"{run.name}, {_when(ledger, service)}: {reason[0]}", reason[1])
        else:
            counted.append(run)
    return counted


def _run(ledger: Ledger, place: int, service: VisitService) -> Run:
    order = service.order
    category = ledger.profile.category(order, ledger.visit.date) or order.category
    name = as_line(order.drug.strip()) or order.route.replace("-", " ")
    return Run(service, service.id, order, name, place, category, drug_key(order.drug), service.start_us)


def _when(ledger: Ledger, service: VisitService) -> str:
    if service.stop_us is None:
        return ledger.clock.time(service.start_us)
    return ledger.clock.times(((service.start_us, service.stop_us),))


def _reported_elsewhere(ledger: Ledger) -> tuple[str, str] | None:
    place = ledger.visit.place_of_service
    if not ledger.options.physician or place not in ledger.thresholds.facility_places_of_service:
        return None
    return f"at place of service {place} the hospital reports it, not the physician", "place-of-service"


def _left_out(service: VisitService) -> tuple[str, str] | None:
    order = service.order
    if order.integral:
        return "it is part of another procedure", "left-out-integral"
    if order.kvo:
        return "fluid that only keeps the vein open is not reported", "left-out-kvo"
    return _CARE_ROUTES.get(order.route)


def has_no_code(run: Run) -> bool:
    """Say whether giving it has no code of its own, whatever the time it took."""
    if run.order.route is Route.DRUG_ONLY:
        return True
    return run.category is Category.OTHER and run.order.route not in _LINE_CARE


_LINE_CARE = frozenset({Route.DECLOT, Route.PORT_FLUSH, Route.PUMP_REFILL})
"""Care of a line or pump, which has a code whatever runs through it."""
