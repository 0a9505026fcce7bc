"""What one minute more or less would change: said beside each line, and true."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.coding.reasons import Coding, Line, Margin, NotBilled
from tests.coding.given import at, coded, hydration, infusion, push, units

NINE = "09:00"
STOPS_NOTHING = "One minute more or less changes nothing"
SEQUENTIAL = (
    "One minute of its own more (16) and it would be sequential, with a first hour of its own; "
    "one less changes nothing."
)


def after(minutes: int) -> str:
    return f"{9 + minutes // 60:02}:{minutes % 60:02}"


def said(item: Line | NotBilled) -> str:
    return item.one_minute


def line(coding: Coding, code: str) -> Line:
    (found,) = [one for one in coding.lines if one.code == code]
    return found


def lone(minutes: int, **more: Any) -> Coding:  # noqa: ANN401
    return coded(infusion("drug", NINE, after(minutes), **more))


@pytest.mark.parametrize(
    ("minutes", "code", "sentence"),
    [
        (15, "96374", "One minute more (16) and it would be an infusion; one less changes nothing."),
        (14, "96374", "One minute more or less changes nothing: up to 15 it is the same."),
        (16, "96365", "One minute less (15) and it would be a push; one more changes nothing."),
        (60, "96365", "One minute more or less changes nothing: from 16 to 90 it is the same."),
        (90, "96365", "One minute more (91) and an added hour would come with it; one less changes nothing."),
        (91, "96365", "One minute more or less changes nothing: from 16 on it is the same."),
        (91, "96366", "One minute less (90) and this line would fall away; one more changes nothing."),
        (150, "96366", "One minute more (151) and it would be 2 units; one less changes nothing."),
        (151, "96366", "One minute less (150) and it would be 1 unit; one more changes nothing."),
    ],
)
def test_a_lone_infusion_at_each_threshold(minutes: int, code: str, sentence: str) -> None:
    assert said(line(lone(minutes), code)) == sentence


@pytest.mark.parametrize(
    ("services", "sentence"),
    [
        (
            [hydration(NINE, "09:30")],
            "One minute of its own more (31) and it would be billed; one less changes nothing.",
        ),
        (
            [infusion("one", "08:00", NINE), infusion("one", "08:30", "09:15")],
            "One minute of its own more (16) and it would add an hour; one less changes nothing.",
        ),
        (
            [
                infusion("one", "08:00", "10:00"),
                infusion("two", "08:30", "10:10"),
                infusion("three", NINE, "10:15"),
            ],
            SEQUENTIAL,
        ),
        (
            [push("one", NINE), push("one", "09:30")],
            "One minute between more (31) and it would be billed as pushed again; one less changes nothing.",
        ),
        ([infusion("blood", NINE, kvo=True)], "No count of minutes decides it."),
    ],
)
def test_what_is_not_billed_says_what_a_minute_would_change(services: list[Any], sentence: str) -> None:
    assert sentence in [said(item) for item in coded(*services).not_billed]


@pytest.mark.parametrize(
    ("services", "code", "sentence"),
    [
        (
            [push("one", NINE), push("one", "09:31")],
            "96376",
            "One minute between less (30) and it would not be billed; one more changes nothing.",
        ),
        (
            [infusion("one", "08:00", NINE), infusion("two", "08:50", "09:16")],
            "96367",
            "One minute less (15) and it would count as given beside another; one more changes nothing.",
        ),
        (
            [infusion("one", "08:00", NINE), infusion("two", NINE, "09:16")],
            "96367",
            "One minute less (15) and it would be a push; one more changes nothing.",
        ),
        (
            [infusion("one", "08:00", NINE), infusion("two", "08:30", "09:15")],
            "96368",
            SEQUENTIAL,
        ),
        (
            [push("one", "08:00"), hydration(NINE, "09:31")],
            "96361",
            "One minute of its own less (30) and it would not be billed; one more changes nothing.",
        ),
        ([push("one", NINE)], "96374", "No count of minutes decides it."),
    ],
)
def test_a_line_beside_others_says_what_a_minute_would_change(
    services: list[Any], code: str, sentence: str
) -> None:
    assert said(line(coded(*services), code)) == sentence


def test_a_line_of_two_services_says_it_of_each() -> None:
    hangs = [
        infusion("one", "08:00", "10:00"),
        infusion("one", "10:30", "10:46"),
        infusion("one", "11:00", "12:31"),
    ]
    assert said(line(coded(*hangs), "96366")) == (
        "One: One minute more or less changes nothing: from 91 to 150 it is the same. "
        "One: One minute of its own less (15) and it would not be billed; one more changes nothing. "
        "One: One minute of its own less (90) and it would be 1 unit; one more changes nothing."
    )


def test_where_both_neighbours_differ_both_are_said() -> None:
    margin = Margin("drug", 31, 31, 31, "it would fall away", "it would be 2 units")
    assert margin.sentence == (
        "One minute more (32) and it would be 2 units; one minute less (30) and it would fall away."
    )


def test_where_no_minute_matters_that_is_said() -> None:
    assert Margin("drug", 5, 0, None).sentence == f"{STOPS_NOTHING}: at any length it is the same."


LEADS = "it would lead"


def test_what_happens_sooner_is_told_and_of_two_at_once_the_one_of_its_own() -> None:
    margin = Margin("drug", 20, 16, 90, "it would be a push", "an added hour would come with it")
    assert [margin.sooner(after, LEADS) for after in (None, 70, 71)] == [margin] * 3
    assert margin.sooner(69, LEADS) == margin._replace(high=89, more=LEADS)
    assert margin._replace(high=None).sooner(500, LEADS) == margin._replace(high=520, more=LEADS)
    assert [margin.sooner_below(after, LEADS) for after in (4, 5, 20)] == [margin] * 3
    assert margin.sooner_below(3, LEADS) == margin._replace(low=17, less=LEADS)
    assert margin._replace(low=0).sooner_below(20, LEADS) == margin._replace(low=0, less=LEADS)


CATEGORIES = st.sampled_from(["therapeutic", "chemo", "hydration"])
ROUTES = st.sampled_from(["iv-infusion", "sc-infusion", "ia-infusion"])


@given(CATEGORIES, ROUTES, st.sampled_from(["facility", "physician"]), st.integers(1, 400))
def test_what_is_said_of_a_lone_service_is_what_happens(
    category: str, route: str, setting: str, minutes: int
) -> None:
    def answer(length: int) -> Coding:
        stop = (datetime.fromisoformat(at(NINE)) + timedelta(minutes=length)).isoformat()
        return coded(infusion("drug", NINE, stop, category=category, route=route), setting=setting)

    now = answer(minutes)
    items: list[Line | NotBilled] = [*now.lines, *now.not_billed]
    told = " ".join(said(item) for item in items)
    assert ("minute more (" in told or "minute of its own more (" in told) == (
        units(answer(minutes + 1)) != units(now)
    )
    assert ("less (" in told) == (units(answer(minutes - 1)) != units(now))
