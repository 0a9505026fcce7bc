"""The case format in: one patient's visit as JSON becomes a visit, or is refused with one sentence.

The same format is the test table, the command line's input and what other programs send, so
the keys a test table adds (its source, the expected answer) are known and read over.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TypeVar, cast

from desktop_app.coding import case_values as values
from desktop_app.coding.case_values import Reader
from desktop_app.coding.profile_text import option_text
from desktop_app.coding.refusals import CaseError, Path
from desktop_app.coding.rulebook import Rulebook
from desktop_app.coding.visit import Pause, Visit, VisitService
from desktop_app.core.moments import HowKnown
from desktop_app.core.orders import (
    MOST_PAUSES,
    MOST_SERVICES,
    Category,
    Container,
    Dose,
    NdcUnit,
    Order,
    Route,
    Setting,
)

MOST_CONTAINERS = 500

Said = Mapping[str, object]
Value = TypeVar("Value")

CATEGORY_NOT_NEEDED = frozenset(
    {Route.FLUSH, Route.PORT_FLUSH, Route.DECLOT, Route.ORAL, Route.OBSERVATION, Route.DRUG_ONLY}
)
"""Routes whose category need not be said: it is ``other``."""
DRUG_NOT_NEEDED = frozenset(
    {Route.FLUSH, Route.PORT_FLUSH, Route.DECLOT, Route.OBSERVATION, Route.PUMP_REFILL}
)
"""Routes that say by themselves what was done."""


def _anything(_path: Path, raw: object) -> object:
    return raw


TABLE_KEYS = (
    "source",
    "url",
    "title",
    "confidence",
    "kind",
    "answer_partly_inferred",
    "note",
    "expected",
    "not_scored",
)
"""What a test table says beside a case; it plays no part in the coding."""

CASE_KEYS: dict[str, Reader] = {
    "id": values.text,
    "setting": values.word(Setting),
    "date": values.day,
    "timezone": values.zone,
    "place_of_service": values.place_of_service,
    "options": _anything,
    "site_reasons": _anything,
    "evaluation": values.code,
    "services": _anything,
    **dict.fromkeys(TABLE_KEYS, _anything),
}

_SERVICE_FLAGS = ("stopped_early", "same_dose_as_previous", "not_witnessed", "clock_behind")

SERVICE_KEYS: dict[str, Reader] = {
    "id": values.text,
    "drug": values.text,
    "category": values.word(Category),
    "route": values.word(Route),
    "site": values.text,
    "encounter": values.text,
    "start": values.local,
    "stop": values.local,
    "pauses": _anything,
    "planned_minutes": values.planned,
    **dict.fromkeys(("primary", "pump", "kvo", "integral", "hormonal"), values.flag),
    **dict.fromkeys(_SERVICE_FLAGS, values.flag),
    "stop_how": values.word(HowKnown),
    "volume_ml": values.amount,
    "rate_ml_h": values.amount,
    "hcpcs": values.drug_code,
    "unit_amount": values.amount,
    "unit": values.text,
    "dose": values.amount,
    "units": values.whole,
    "ndc": values.text,
    "ndc_quantity": values.amount,
    "ndc_unit": values.word(NdcUnit),
    "lot": values.text,
    "expiry": values.text,
    "containers": _anything,
    "note": values.note,
}

_CONTAINER: dict[str, Reader] = {"size": values.amount, "count": values.whole, "single_dose": values.flag}

_ORDER_KEYS = (
    "site",
    "encounter",
    "planned_minutes",
    "primary",
    "pump",
    "kvo",
    "integral",
    "hormonal",
    "stopped_early",
    "same_dose_as_previous",
    "volume_ml",
    "rate_ml_h",
)
_DOSE_KEYS = ("hcpcs", "unit_amount", "unit", "units", "ndc", "ndc_quantity", "ndc_unit", "lot", "expiry")


def read_case(raw: object, rulebook: Rulebook) -> Visit:
    """Return the visit in a case as parsed from JSON.

    Raises CaseError, one sentence that names the key, for anything the format does not allow.
    Option names and values are those of the rulebook.
    """
    said = values.keys((), raw, CASE_KEYS, ("id", "setting", "date", "services"))
    zone, day = _get(said, "timezone", "UTC"), _get(said, "date", date.min)
    return Visit(
        id=_get(said, "id", ""),
        setting=_get(said, "setting", Setting.FACILITY),
        date=day,
        zone=zone,
        place_of_service=_get(said, "place_of_service", ""),
        options=_options(said.get("options", {}), rulebook, day),
        site_reasons=_site_reasons(said.get("site_reasons", {})),
        evaluation=_get(said, "evaluation", ""),
        services=_services(said["services"], zone),
    )


def _get(said: Said, key: str, default: Value) -> Value:
    """Return a value its reader has already checked."""
    return cast("Value", said.get(key, default))


def _options(raw: object, rulebook: Rulebook, day: date) -> tuple[tuple[str, str], ...]:
    if not isinstance(raw, dict):
        raise CaseError(("options",), "must be an object in braces")
    return tuple((name, _option(name, value, rulebook, day)) for name, value in sorted(raw.items()))


def _option(name: str, value: object, rulebook: Rulebook, day: date) -> str:
    option = rulebook.options.get(name)
    if option is None:
        raise CaseError(("options", name), "is not a known option")
    if not isinstance(value, str | int | bool) or option_text(value) not in option.values:
        raise CaseError(("options", name), "must be one of " + ", ".join(option.values))
    era, text = rulebook.on(day), option_text(value)
    if era is not None and text in option.roles and option.roles[text] not in era.codes:
        raise CaseError(("options", name), f"is {text}, which is no code yet on {day}")
    return text


def _site_reasons(raw: object) -> tuple[tuple[str, str], ...]:
    if not isinstance(raw, dict):
        raise CaseError(("site_reasons",), "must be an object in braces")
    return tuple((site, values.text(("site_reasons", site), reason)) for site, reason in raw.items())


def _services(raw: object, zone: str) -> tuple[VisitService, ...]:
    found: list[VisitService] = []
    names: set[str] = set()
    for place, item in enumerate(values.listed(("services",), raw, most=MOST_SERVICES)):
        service = _service(("services", place), item, zone, default_id=str(place + 1))
        if service.id in names:
            raise CaseError(("services", place, "id"), f'is "{service.id}" for the second time')
        names.add(service.id)
        found.append(service)
    return tuple(found)


def _service(path: Path, raw: object, zone: str, default_id: str) -> VisitService:
    said = values.keys(path, raw, SERVICE_KEYS, ("route", "start"))
    start_us = values.instant((*path, "start"), said["start"], zone)  # type: ignore[arg-type]  # read above
    stop_us = _stop(path, said, zone, start_us)
    if stop_us is not None and _get(said, "not_witnessed", default=False):
        raise CaseError((*path, "not_witnessed"), "is said beside a stop; take one of the two away")
    return VisitService(
        id=_get(said, "id", default_id),
        order=_order(path, said),
        start_us=start_us,
        stop_us=stop_us,
        pauses=_pauses((*path, "pauses"), said.get("pauses", []), zone, (start_us, stop_us)),
        stop_how=_get(said, "stop_how", HowKnown.CHARTED),
        not_witnessed=_get(said, "not_witnessed", default=False),
        clock_behind=_get(said, "clock_behind", default=False),
    )


def _stop(path: Path, said: Said, zone: str, start_us: int) -> int | None:
    if "stop" not in said:
        return None
    stop_us = values.instant((*path, "stop"), said["stop"], zone)  # type: ignore[arg-type]  # read above
    if stop_us < start_us:
        raise CaseError((*path, "stop"), "is before the start")
    return stop_us


def _order(path: Path, said: Said) -> Order:
    route = _get(said, "route", Route.DRUG_ONLY)
    if "category" not in said and route not in CATEGORY_NOT_NEEDED:
        raise CaseError((*path, "category"), "is missing")
    if "drug" not in said and route not in DRUG_NOT_NEEDED:
        raise CaseError((*path, "drug"), "is missing")
    return Order(
        drug=_get(said, "drug", ""),
        category=_get(said, "category", Category.OTHER),
        route=route,
        dose=_dose(path, said),
        **{key: said[key] for key in _ORDER_KEYS if key in said},  # type: ignore[arg-type]  # each read by its kind
    )


def _dose(path: Path, said: Said) -> Dose | None:
    given = {key: said[key] for key in _DOSE_KEYS if key in said}
    if not given and "dose" not in said and "containers" not in said:
        return None
    return Dose(
        amount=_get(said, "dose", cast("Decimal | None", None)),
        containers=_containers((*path, "containers"), said.get("containers", [])),
        **given,  # type: ignore[arg-type]  # each read by its kind
    )


def _containers(path: Path, raw: object) -> tuple[Container, ...]:
    items = values.listed(path, raw, most=MOST_CONTAINERS)
    found = [
        values.keys((*path, place), item, _CONTAINER, tuple(_CONTAINER)) for place, item in enumerate(items)
    ]
    return tuple(Container(**item) for item in found)  # type: ignore[arg-type]  # each read by its kind


def _pauses(path: Path, raw: object, zone: str, run: tuple[int, int | None]) -> tuple[Pause, ...]:
    items = values.listed(path, raw, most=MOST_PAUSES)
    found = [_pause((*path, place), item, zone, run) for place, item in enumerate(items)]
    for place, (_start, stop) in enumerate(found[:-1]):
        if stop is None:
            raise CaseError((*path, place), "has no end, and another pause follows it")
    return tuple(found)


def _pause(path: Path, raw: object, zone: str, run: tuple[int, int | None]) -> Pause:
    pair = values.listed(path, raw, most=2)
    if len(pair) != 2:  # noqa: PLR2004  # from and to
        raise CaseError(path, "must be a pair of times")
    start_us = values.instant((*path, 0), values.local((*path, 0), pair[0]), zone)
    if pair[1] is None and run[1] is None:
        stop_us = None
    else:
        stop_us = values.instant((*path, 1), values.local((*path, 1), pair[1]), zone)
    _check_pause(path, (start_us, stop_us), run)
    return start_us, stop_us


def _check_pause(path: Path, pause: Pause, run: tuple[int, int | None]) -> None:
    start_us, stop_us = pause
    if stop_us is not None and stop_us < start_us:
        raise CaseError((*path, 1), "is before the pause began")
    if start_us < run[0] or (run[1] is not None and (stop_us or start_us) > run[1]):
        raise CaseError(path, "lies outside the running time of its service")
