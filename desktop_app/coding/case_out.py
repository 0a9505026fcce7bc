"""The case format out: a coding as the answer, and a visit as the case it stands for.

Coding the case of a visit gives what coding the visit gives: times keep their seconds, a
fraction is written only where there is one, and an offset only where the hour comes twice.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from desktop_app.coding.reasons import Coding, Finding, Line, NotBilled
from desktop_app.coding.visit import Visit, VisitService
from desktop_app.core.events import SignedLine
from desktop_app.core.moments import HowKnown, local_time
from desktop_app.core.orders import Dose, Order

Json = dict[str, object]

_FLAGS = ("primary", "pump", "kvo", "integral", "hormonal", "stopped_early", "same_dose_as_previous")


def answer_of(coding: Coding) -> Json:
    """Return a coding in the answer format, ready to be written as JSON."""
    return {
        "id": coding.id,
        "rulebook": coding.rulebook,
        "lines": [line_entry(line) | {"one_minute": line.one_minute} for line in coding.lines],
        "not_billed": [_not_billed(item) for item in coding.not_billed],
        "findings": [_finding(finding) for finding in coding.findings],
        "minutes": {"infused": coding.infused_minutes, "billable_hours": coding.billable_hours},
    }


def line_entry(line: Line | SignedLine) -> Json:
    """Return a line, as coded or as signed, in the answer format."""
    entry: Json = {
        "code": line.code,
        "units": line.units,
        "modifiers": list(line.modifiers),
        "kind": str(line.kind),
        "date": line.date.isoformat(),
        "services": list(line.services),
        "minutes": line.minutes,
        "why": line.why,
        "rules": list(line.rules),
        "sources": list(line.sources),
    }
    _put(entry, "ndc", line.ndc)
    if line.ndc_quantity is not None:
        # Text, since a claim wants its digits as they are and JSON's readers make them floats.
        entry |= {"ndc_quantity": f"{line.ndc_quantity:f}", "ndc_unit": line.ndc_unit}
    return entry


def _not_billed(item: NotBilled) -> Json:
    return {
        "service": item.service,
        "minutes": item.minutes,
        "why": item.why,
        "rules": list(item.rules),
        "sources": list(item.sources),
        "one_minute": item.one_minute,
    }


def _finding(finding: Finding) -> Json:
    return {
        "level": finding.level.value,
        "name": finding.name,
        "service": finding.service or None,
        "text": finding.text,
    }


def case_of(visit: Visit) -> Json:
    """Return a visit as a case, amounts as Decimals; ``case_text.json_text`` writes it exactly."""
    case: Json = {"id": visit.id, "setting": visit.setting.value, "date": visit.date.isoformat()}
    if visit.zone != "UTC":
        case["timezone"] = visit.zone
    _put(case, "place_of_service", visit.place_of_service)
    _put(case, "options", dict(visit.options))
    _put(case, "site_reasons", {site: reason for site, reason in visit.site_reasons if reason})
    _put(case, "evaluation", visit.evaluation)
    case["services"] = [_service(service, visit.zone) for service in visit.services]
    return case


def _put(into: Json, key: str, value: object) -> None:
    """Write a key only where it says something."""
    if value:
        into[key] = value


def _service(service: VisitService, zone: str) -> Json:
    order = service.order
    out: Json = {"id": service.id}
    _put(out, "drug", order.drug)
    out |= {"category": order.category.value, "route": order.route.value}
    out |= {"site": order.site, "encounter": order.encounter, "start": _time(service.start_us, zone)}
    if service.stop_us is not None:
        out["stop"] = _time(service.stop_us, zone)
        _put(out, "stop_how", service.stop_how.value if service.stop_how is not HowKnown.CHARTED else "")
    pauses = [
        [_time(start, zone), None if stop is None else _time(stop, zone)] for start, stop in service.pauses
    ]
    _put(out, "pauses", pauses)
    _put(out, "not_witnessed", service.not_witnessed)
    _put(out, "clock_behind", service.clock_behind)
    return out | _order(order) | _dose(order.dose)


def _order(order: Order) -> Json:
    out: Json = {}
    _put(out, "planned_minutes", order.planned_minutes)
    for key in _FLAGS:
        _put(out, key, getattr(order, key))
    _put(out, "volume_ml", order.volume_ml)
    _put(out, "rate_ml_h", order.rate_ml_h)
    return out


def _dose(dose: Dose | None) -> Json:
    if dose is None:
        return {}
    out: Json = {}
    said = ("hcpcs", "unit_amount", "unit", "units", "ndc", "ndc_quantity", "ndc_unit", "lot", "expiry")
    for key in said:
        _put(out, key, getattr(dose, key))
    _put(out, "dose", dose.amount)
    _put(out, "containers", [_container(c.size, c.count, single=c.single_dose) for c in dose.containers])
    return out


def _container(size: Decimal, count: int, *, single: bool) -> Json:
    return {"size": size, "count": count, "single_dose": single}


def _time(at_us: int, zone: str) -> str:
    """Return an instant as local time; seconds and fraction only where they are not zero."""
    shown = local_time(at_us, zone)
    spec = "microseconds" if shown.microsecond else "seconds" if shown.second else "minutes"
    written = shown if _comes_twice(shown) else shown.replace(tzinfo=None)
    return written.isoformat(timespec=spec)


def _comes_twice(shown: datetime) -> bool:
    return shown.replace(fold=0).utcoffset() != shown.replace(fold=1).utcoffset()
