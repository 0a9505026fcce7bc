"""The demo day: twenty-two visits made from published cases, coded as their sources say."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from desktop_app import paths
from desktop_app.core.moments import MINUTE_US
from desktop_app.core.service import ServiceState
from desktop_app.core.session import Session, Stage
from desktop_app.rulebook_files import load_standard
from tests.fakes import at
from tests.script.house import House

PUBLISHED = Path(__file__).parent.parent / "coding" / "cases" / "published.json"
MID_MORNING = "2026-03-02T10:42:07"

Units = Counter[tuple[str, tuple[str, ...]]]


def resource(name: str) -> str:
    return paths.resource("demo", name).read_text(encoding="utf-8")


def expected() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = json.loads(resource("expected.json"))
    return found


def units(lines: Iterable[list[Any]]) -> Units:
    """Return the units by code and modifiers, the order of the lines forgotten."""
    found: Units = Counter()
    for code, count, *modifiers in lines:
        found[code, tuple(sorted(modifiers))] += count
    return found


def played(until: str = "9999") -> House:
    house = House()
    lines = [line for line in resource("day.jsonl").splitlines() if json.loads(line)["at"] <= until]
    refused = [answer for answer in house.play(*lines) if not answer["ok"]]
    assert refused == []
    return house


@pytest.fixture(scope="module")
def whole_day() -> House:
    return played()


@pytest.fixture(scope="module")
def mid_morning() -> House:
    return played(MID_MORNING)


def of_day(house: House) -> list[Session]:
    return list(house.desk.suite.sessions.values())


def running(house: House) -> set[str]:
    return {s.chair for s in of_day(house) if s.stage is Stage.OPEN and s.open_services}


@pytest.mark.parametrize("name", sorted(expected()))
def test_a_visit_is_signed_with_the_lines_its_published_case_has(whole_day: House, name: str) -> None:
    signature = whole_day.session(name).signature
    assert signature is not None
    lines = [[line.code, line.units, *line.modifiers] for line in signature.lines]
    assert units(lines) == units(expected()[name]["lines"])


@pytest.mark.parametrize("name", sorted(expected()))
def test_the_lines_expected_are_those_of_the_case_and_of_the_drugs_added(name: str) -> None:
    cases = {case["id"]: case for case in json.loads(PUBLISHED.read_text(encoding="utf-8"))}
    visit = expected()[name]
    case = cases[visit["case"]]
    published = [[line["code"], line["units"], *line["modifiers"]] for line in case["expected"]]
    assert "not_scored" not in case
    # A code that was deleted after the case was published stands in the day as its successor.
    kept = units(published) - units(visit.get("instead_of", []))
    assert units(visit["lines"]) == kept + units(visit["drug_lines"])


def test_every_drug_code_of_the_day_is_in_the_drug_table() -> None:
    drugs = {entry.hcpcs for entry in load_standard().rulebook.drugs.on(date(2026, 3, 2))}
    codes = {line[0] for visit in expected().values() for line in visit["lines"] if line[0][0].isalpha()}
    assert codes <= drugs


def test_every_visit_of_the_day_is_expected_and_signed(whole_day: House) -> None:
    assert {session.id for session in of_day(whole_day)} == set(expected())
    assert {session.stage for session in of_day(whole_day)} == {Stage.SIGNED}
    assert len(expected()) == 22
    assert whole_day.desk.suite.open_marks == ()


def test_the_day_lies_between_eight_and_five_and_in_order() -> None:
    times = [json.loads(line)["at"] for line in resource("day.jsonl").splitlines()]
    assert times == sorted(times)
    assert times[0] >= "2026-03-02T08:00"
    assert times[-1] <= "2026-03-02T17:00"


def test_mid_morning_looks_like_a_busy_suite(mid_morning: House) -> None:
    suite = mid_morning.desk.suite
    free = {chair for chair in suite.chairs if suite.shown_in(chair) is None}
    assert running(mid_morning) == {"1", "2", "3", "4", "5", "9", "10"}
    assert free == {"8", "11", "12"}


def test_mid_morning_has_one_of_each_thing_that_needs_an_eye(mid_morning: House) -> None:
    now_us = at(MID_MORNING)
    suite = mid_morning.desk.suite
    paused = [s for s in of_day(mid_morning) for v in s.services if v.state is ServiceState.PAUSED]
    overdue = [
        (s.chair, now_us - end_us)
        for s in of_day(mid_morning)
        for v in s.open_services
        if (end_us := v.planned_end_us(now_us)) is not None and end_us < now_us
    ]
    review = [s.chair for s in of_day(mid_morning) if s.stage is Stage.ENDED]
    seated = [s for s in of_day(mid_morning) if s.stage is Stage.OPEN and not s.begun_services]
    assert [s.chair for s in paused] == ["3"]
    assert [(chair, late // MINUTE_US) for chair, late in overdue] == [("4", 12)]
    assert review == ["6"]
    assert [(s.chair, len(s.services)) for s in seated] == [("7", 2)]
    assert [mark.chair for mark in suite.open_marks] == ["9"]
