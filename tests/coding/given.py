"""Visits for the tests, in the words of the case format: short to write, plain to read."""

from __future__ import annotations

from collections import Counter
from typing import Any

from desktop_app.coding.case import read_case
from desktop_app.coding.coder import code
from desktop_app.coding.reasons import Coding
from desktop_app.coding.visit import Visit
from desktop_app.rulebook_files import load_standard

DAY = "2026-03-02"
Service = dict[str, Any]

RULES = load_standard()


def at(time: str) -> str:
    """Return a time of the usual day, or one that names its own."""
    return time if "T" in time else f"{DAY}T{time}"


def infusion(drug: str, start: str, stop: str | None = None, **more: Any) -> Service:  # noqa: ANN401
    """Return an infusion, therapeutic unless ``category`` says otherwise."""
    service = {"drug": drug, "category": "therapeutic", "route": "iv-infusion", "start": at(start)}
    return service | ({} if stop is None else {"stop": at(stop)}) | more


def hydration(start: str, stop: str | None = None, **more: Any) -> Service:  # noqa: ANN401
    """Return saline running for hydration."""
    return infusion("saline", start, stop, **{"category": "hydration"} | more)


def push(drug: str, start: str, stop: str | None = None, **more: Any) -> Service:  # noqa: ANN401
    """Return a push, with a charted length where it has a stop."""
    return infusion(drug, start, stop, **{"route": "iv-push"} | more)


def care(route: str, start: str, **more: Any) -> Service:  # noqa: ANN401
    """Return anything given at one instant by a route."""
    return infusion("drug", start, **{"route": route} | more)


def visit(*services: Service, setting: str = "facility", **more: Any) -> Visit:  # noqa: ANN401
    """Return a visit of the usual day; further keys are those of a case."""
    case = {"id": "visit", "setting": setting, "date": DAY, "services": list(services)} | more
    return read_case(case, RULES.rulebook)


def coded(*services: Service, setting: str = "facility", profile: str = "", **more: Any) -> Coding:  # noqa: ANN401
    """Return the coding of a visit of the usual day."""
    made = visit(*services, setting=setting, **more)
    return code(made, RULES.rulebook, RULES.profile_for(made.setting, profile))


def units(coding: Coding) -> dict[str, int]:
    """Return units by code, modifiers behind it: ``{"96365": 1, "96365-59": 1}``."""
    found = Counter[str]()
    for line in coding.lines:
        found["-".join((line.code, *line.modifiers))] += line.units
    return dict(found)


def found(coding: Coding) -> list[str]:
    """Return the names of the findings."""
    return [finding.name for finding in coding.findings]


def left_out(coding: Coding) -> dict[str, tuple[str, ...]]:
    """Return the services not billed, with the rules that say so."""
    return {item.service: item.rules for item in coding.not_billed}
