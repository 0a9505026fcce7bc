"""Published cases with their published answers: what this coder is measured by."""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from desktop_app.coding.case import read_case
from desktop_app.coding.case_out import case_of
from desktop_app.coding.case_text import json_text, read_json
from desktop_app.coding.coder import code
from desktop_app.coding.reasons import Coding, Line, NotBilled
from tests.coding.given import RULES, units

Case = dict[str, Any]

TABLES = Path(__file__).parent / "cases"
CASES: list[Case] = json.loads((TABLES / "published.json").read_text(encoding="utf-8"), parse_float=Decimal)
SCORED = [case for case in CASES if "not_scored" not in case]
NOT_SCORED = {case["id"]: case for case in CASES if "not_scored" in case}

NOT_YET: frozenset[str] = frozenset()
"""Scored cases that do not answer as published yet, by id. Wrong in either direction fails."""

WE_ANSWER: dict[str, Case] = tomllib.loads((TABLES / "not_scored.toml").read_text(encoding="utf-8"))
"""What this coder answers for the cases that are not scored, and why; the handbook tells it too."""


def settings(case: Case) -> list[str]:
    return ["facility", "physician"] if case["setting"] == "either" else [case["setting"]]


def answers(case: Case) -> list[Coding]:
    visits = [read_case(case | {"setting": setting}, RULES.rulebook) for setting in settings(case)]
    return [code(visit, RULES.rulebook, RULES.profile_for(visit.setting)) for visit in visits]


def expected(case: Case) -> dict[str, int]:
    wanted = Counter[str]()
    for line in case["expected"]:
        wanted["-".join((line["code"], *line["modifiers"]))] += line["units"]
    return dict(wanted)


def agrees(case: Case) -> bool:
    return all(units(answer) == expected(case) for answer in answers(case))


def test_all_published_cases_are_here() -> None:
    assert len(CASES) == 77
    assert len({case["id"] for case in CASES}) == 77
    assert all(case["source"] and case["url"] for case in CASES)


@pytest.mark.parametrize("case", SCORED, ids=lambda case: case["id"])
def test_a_scored_case_answers_as_published(case: Case) -> None:
    if case["id"] in NOT_YET:
        assert not agrees(case), "this case answers as published now: take it off the list NOT_YET"
    else:
        assert [units(answer) for answer in answers(case)] == [expected(case)] * len(settings(case))


def test_the_list_of_cases_not_yet_right_names_scored_cases_alone() -> None:
    assert {case["id"] for case in SCORED} >= NOT_YET


def test_every_case_that_is_not_scored_has_our_answer() -> None:
    assert set(WE_ANSWER) == set(NOT_SCORED)


@pytest.mark.parametrize("name", WE_ANSWER)
def test_our_answer_to_a_case_that_is_not_scored_has_a_sentence_why(name: str) -> None:
    why = WE_ANSWER[name]["why"]
    assert len(why.split()) > 5
    assert why[0].isupper() or why[0].isdigit()
    assert why.endswith(".")


@pytest.mark.parametrize("name", NOT_SCORED)
def test_a_case_that_is_not_scored_has_a_reason_and_our_answer(name: str) -> None:
    case = NOT_SCORED[name]
    assert case["not_scored"]
    assert [units(answer) for answer in answers(case)] == [WE_ANSWER[name]["answer"]] * len(settings(case))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_the_case_of_a_visit_answers_as_the_visit_does(case: Case) -> None:
    visit = read_case(case | {"setting": settings(case)[0]}, RULES.rulebook)
    again = read_case(read_json(json_text(case_of(visit))), RULES.rulebook)
    profile = RULES.profile_for(visit.setting)
    assert code(again, RULES.rulebook, profile) == code(visit, RULES.rulebook, profile)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_every_line_and_every_service_left_out_says_why(case: Case) -> None:
    for answer in answers(case):
        told: list[Line | NotBilled] = [*answer.lines, *answer.not_billed]
        assert all(item.why.endswith(".") and item.rules and item.sources for item in told)
