"""The case format out: answers, and the case a visit stands for."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from desktop_app.coding.case_out import answer_of, case_of
from desktop_app.coding.case_text import json_text, read_json
from desktop_app.coding.reasons import Coding
from desktop_app.coding.visit import Visit
from tests.coding.given import RULES, coded, infusion, push
from tests.coding.test_case import case, one, read


def answered(coding: Coding) -> Any:  # noqa: ANN401
    return answer_of(coding)


def written(visit: Visit) -> Any:  # noqa: ANN401
    return case_of(visit)


def test_the_answer_has_the_keys_of_the_format() -> None:
    answer = answered(coded(infusion("drug", "09:00", "10:00", id="a"), push("two", "09:00", kvo=True)))
    assert list(answer) == ["id", "rulebook", "lines", "not_billed", "findings", "minutes"]
    assert answer["lines"] == [
        {
            "code": "96365",
            "units": 1,
            "modifiers": [],
            "kind": "administration",
            "date": "2026-03-02",
            "services": ["a"],
            "minutes": 60,
            "why": "Drug ran 09:00 to 10:00 (60 minutes); no service here ranks above it, "
            "so its first hour is the initial service.",
            "rules": ["initial-by-rank"],
            "sources": [
                "ASCO J Oncol Pract 2008;4:11",
                "AAPC Outpatient Facility Coding Alert 155116",
                "AAPC blog 84877",
                "CMS Claims Processing Manual ch. 4 s. 230.2, as quoted by Noridian",
            ],
            "one_minute": "",
        }
    ]
    assert answer["minutes"] == {"infused": 60, "billable_hours": 1}


def test_a_finding_on_the_whole_visit_names_no_service() -> None:
    answer = answered(coded(push("drug", "09:00"), evaluation="99213"))
    assert answer["findings"] == [
        {
            "level": "note",
            "name": "evaluation-modifier",
            "service": None,
            "text": "Modifier 25 belongs on 99213 if it was separate work beside these codes.",
        }
    ]


def test_what_is_not_billed_and_what_was_found_have_the_keys_of_the_format() -> None:
    answer = answered(coded(infusion("drug", "09:00", id="a"), push("two", "09:00", id="b", kvo=True)))
    assert [list(item) for item in answer["not_billed"]] == [
        ["service", "minutes", "why", "rules", "sources", "one_minute"]
    ] * 2
    assert answer["not_billed"][0] == {
        "service": "b",
        "minutes": None,
        "why": "Two, 09:00: fluid that only keeps the vein open is not reported.",
        "rules": ["left-out-kvo"],
        "sources": list(RULES.rulebook.rules["left-out-kvo"].sources),
        "one_minute": "",
    }
    assert answer["findings"] == [
        {
            "level": "blocker",
            "name": "missing-stop",
            "service": "a",
            "text": "Drug has no stop, so nobody can say how long it ran.",
        }
    ]


def test_a_case_out_says_nothing_that_is_usual() -> None:
    out = written(read(one(id="x") | {"site_reasons": {"2": "incompatible"}}))
    assert out == case(site_reasons={"2": "incompatible"}, services=[out["services"][0]])
    assert out["services"] == [
        {
            "id": "x",
            "drug": "drug",
            "category": "therapeutic",
            "route": "iv-infusion",
            "site": "1",
            "encounter": "1",
            "start": "2026-03-02T09:00",
            "stop": "2026-03-02T10:00",
        }
    ]
    empty = replace(read(case()), site_reasons=(("1", ""), ("2", "incompatible")))
    assert written(empty)["site_reasons"] == {"2": "incompatible"}


@pytest.mark.parametrize(
    ("zone", "day", "twice"),
    [
        ("Europe/London", "2026-10-25", ["01:30+01:00", "01:30+00:00"]),
        ("America/New_York", "2026-11-01", ["01:30-04:00", "01:30-05:00"]),
        ("Australia/Lord_Howe", "2026-04-05", ["01:45:30+11:00", "01:45:30+10:30"]),
    ],
)
def test_an_hour_that_comes_twice_is_written_with_its_offset(zone: str, day: str, twice: list[str]) -> None:
    start, stop = (f"{day}T{time}" for time in twice)
    raw = one(start=start, stop=stop) | {"timezone": zone, "date": day}
    (service,) = written(read(raw))["services"]
    assert (service["start"], service["stop"]) == (start, stop)


def test_a_visit_is_written_as_the_case_it_was_read_from() -> None:
    raw = case(
        timezone="America/New_York",
        date="2026-11-01",
        place_of_service="11",
        options={"jw_jz": "false"},
        site_reasons={"2": "incompatible"},
        evaluation="99213",
        services=[
            {
                "id": "a",
                "drug": "drug",
                "category": "chemo",
                "route": "iv-infusion",
                "site": "1",
                "encounter": "1",
                "start": "2026-11-01T00:10:30.25",
                "stop": "2026-11-01T01:50-05:00",
                "pauses": [["2026-11-01T01:10-04:00", "2026-11-01T01:20:15-04:00"]],
                "stop_how": "pump",
                "planned_minutes": 90,
                "pump": True,
                "volume_ml": Decimal("12.5"),
                "hcpcs": "J9312",
                "unit": "mg",
                "dose": Decimal(679),
                "containers": [{"size": Decimal(500), "count": 1, "single_dose": True}],
            },
            {
                "id": "b",
                "category": "other",
                "route": "observation",
                "site": "1",
                "encounter": "1",
                "start": "2026-11-01T02:00",
                "pauses": [["2026-11-01T02:10", None]],
                "not_witnessed": True,
                "clock_behind": True,
            },
        ],
    )
    out = written(read(raw))
    raw["services"][0]["start"] = "2026-11-01T00:10:30.250000"
    assert out == raw
    assert read(read_json(json_text(out))) == read(raw)
