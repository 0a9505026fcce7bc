"""What one minute more or less would change: said of each line and each thing not billed, and true."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings

from desktop_app.coding.coder import code
from desktop_app.coding.one_minute import NOT_KNOWN, OF_A_DOSE, with_one_minute
from desktop_app.coding.reasons import Coding, Kind, Line, NotBilled
from desktop_app.coding.visit import Visit, VisitService
from desktop_app.core.moments import MINUTE_US
from tests.coding.given import RULES, hydration, infusion, push, units, visit
from tests.coding.made_up import visits

NINE = "09:00"
NOTHING = "One minute more or less changes no line."


def asked(made: Visit, profile: str = "") -> Coding:
    payer = RULES.profile_for(made.setting, profile)
    return with_one_minute(code(made, RULES.rulebook, payer), made, RULES.rulebook, payer)


def said(*services: dict[str, Any], **more: Any) -> dict[str, str]:  # noqa: ANN401
    """Return what is said of each service by its id, on a line by the hour or among what is not billed."""
    answer = asked(visit(*services, **more))
    items: list[Line | NotBilled] = [*answer.lines, *answer.not_billed]
    return {item.services[0] if isinstance(item, Line) else item.service: item.one_minute for item in items}


def after(minutes: int) -> str:
    return f"{9 + minutes // 60:02}:{minutes % 60:02}"


@pytest.mark.parametrize(
    ("minutes", "sentence"),
    [
        (14, NOTHING),
        (15, "One minute more and 96365 x1 would stand in place of 96374 x1; one less changes no line."),
        (16, "One minute less and 96374 x1 would stand in place of 96365 x1; one more changes no line."),
        (60, NOTHING),
        (90, "One minute more and 96366 x1 would be added; one less changes no line."),
        (91, "One minute less and 96366 x1 would fall away; one more changes no line."),
    ],
)
def test_a_lone_infusion_at_each_threshold(minutes: int, sentence: str) -> None:
    assert said(infusion("drug", NINE, after(minutes))) == {"1": sentence}


@pytest.mark.parametrize(
    ("services", "of", "sentence"),
    [
        (
            [hydration(NINE, "09:30")],
            "1",
            "One minute more and 96360 x1 would be added; one less changes no line.",
        ),
        (
            [push("one", NINE), push("one", "09:30")],
            "2",
            "One minute later and 96376 x1 would be added; one earlier changes no line.",
        ),
        (
            [push("one", NINE), push("one", "09:31")],
            "2",
            "One minute earlier and 96376 x1 would fall away; one later changes no line.",
        ),
        ([infusion("blood", NINE, "10:00", kvo=True)], "1", NOTHING),
        ([infusion("drug", NINE)], "1", NOT_KNOWN),
        ([infusion("drug", NINE, not_witnessed=True)], "1", NOT_KNOWN),
        ([infusion("drug", NINE, NINE)], "1", "One minute more changes no line."),
        (
            [infusion("drug", NINE, volume_ml=100, rate_ml_h=400)],
            "1",
            "One minute more and 96365 x1 would stand in place of 96374 x1; one less changes no line.",
        ),
        (
            [infusion("pump", NINE, category="chemo", pump=True)],
            "1",
            "One minute later or earlier changes no line.",
        ),
        (
            [infusion("vancomycin", NINE, "10:00"), hydration("09:30", "10:31")],
            "1",
            "One minute more and 96361 x1 would fall away; one less changes no line.",
        ),
    ],
)
def test_what_is_said_beside_other_services(services: list[Any], of: str, sentence: str) -> None:
    assert said(*services)[of] == sentence


def test_what_did_not_run_cannot_have_run_a_minute_less() -> None:
    given_up = infusion("drug", NINE, NINE, stopped_early=True)
    assert said(given_up, setting="physician") == {"1": "One minute more and 96365-53 x1 would be added."}


def test_of_equal_infusions_it_is_said_that_a_minute_decides_which_leads() -> None:
    made = visit(
        infusion("chemo", NINE, "10:00", category="chemo", site="2"),
        infusion("other", "08:00", NINE, category="chemo"),
    )
    assert [line.one_minute for line in asked(made).lines] == [NOTHING, NOTHING]
    units_now = units(asked(made))
    longer = replace(made.services[0], stop_us=(made.services[0].stop_us or 0) + MINUTE_US)
    assert units(asked(replace(made, services=(longer, made.services[1])))) == units_now


def test_a_line_of_two_services_says_it_of_each() -> None:
    hangs = [infusion("one", "08:00", "10:00", id="a"), infusion("one", "10:30", "10:46", id="b")]
    (line,) = [line for line in asked(visit(*hangs)).lines if line.code == "96366"]
    assert line.one_minute == (
        f"one (a): {NOTHING} one (b): One minute less and 96366 x1 would fall away; one more changes no line."
    )


def test_a_service_without_a_drug_goes_by_its_name() -> None:
    flushes = [
        {"route": "declot", "start": "2026-03-02T09:00"},
        {"route": "declot", "start": "2026-03-02T09:30"},
    ]
    (line,) = asked(visit(*flushes)).lines
    assert line.one_minute.startswith("1: One minute later or earlier changes no line. 2: ")


def test_a_dose_does_not_go_by_minutes() -> None:
    made = visit(infusion("rituximab", NINE, "10:00", hcpcs="J9312", dose=100, unit="mg"))
    told = [line.one_minute for line in asked(made).lines if line.kind is Kind.DRUG]
    assert told == [OF_A_DOSE] == ["A dose does not go by minutes."]


def test_what_ran_for_one_minute_could_have_run_for_none() -> None:
    assert said(infusion("drug", NINE, "09:01")) == {"1": NOTHING}


def test_several_codes_on_one_side_are_all_told() -> None:
    short = infusion("two", "09:10", "09:25", id="b")
    assert said(push("one", NINE), short, hydration("09:25", "09:56", id="c"))["b"] == (
        "One minute more and 96365 x1 would stand in place of 96374 x1 and 96361 x1; "
        "one less changes no line."
    )


def test_before_the_first_rules_nothing_is_said() -> None:
    made = visit(infusion("drug", "2008-03-02T09:00", "2008-03-02T10:00"), date="2008-03-02")
    assert [item.one_minute for item in asked(made).not_billed] == [""]


def moved(made: Visit, name: str, us: int) -> Visit | None:
    """Return a visit of which one service stopped, or was given, so much later; None where it cannot be."""
    services = tuple(_moved(service, us) if service.id == name else service for service in made.services)
    ran = next(service for service in services if service.id == name)
    return (
        None if ran.stop_us is not None and ran.stop_us < ran.start_us else replace(made, services=services)
    )


def _moved(service: VisitService, us: int) -> VisitService:
    if service.stop_us is None:
        return replace(service, start_us=service.start_us + us)
    return replace(service, stop_us=service.stop_us + us)


def differences(sentence: str, word: str) -> Counter[str]:
    """Return the units a sentence says come (over 0) and go (under 0) on one side."""
    found = Counter[str]()
    clause = re.search(rf"\b{word} and ([^;]*?)(;|\.$)", sentence)
    if clause is None:
        return found
    comes, _, goes = clause[1].partition(" would stand in place of ")
    if "would fall away" in comes:
        comes, goes = "", comes
    for sign, text in ((1, comes), (-1, goes)):
        for name, count in re.findall(r"(\S+) x(\d+)", text):
            found[name] += sign * int(count)
    return found


@settings(max_examples=80, deadline=None)
@given(visits())
def test_what_is_said_is_what_happens(made: Visit) -> None:
    answer, now = asked(made), Counter(units(asked(made)))
    items: list[Line | NotBilled] = [*answer.lines, *answer.not_billed]
    for service in made.services:
        told = {
            item.one_minute
            for item in items
            if (item.services if isinstance(item, Line) else (item.service,)) == (service.id,)
        } - {OF_A_DOSE, NOT_KNOWN}
        if service.stop_us is None and service.order.runs:
            continue
        words = ("later", "earlier") if service.stop_us is None else ("more", "less")
        for sentence in told:
            for word, us in zip(words, (MINUTE_US, -MINUTE_US), strict=True):
                then = moved(made, service.id, us)
                if then is not None:
                    payer = RULES.profile_for(then.setting)
                    found = Counter(units(code(then, RULES.rulebook, payer)))
                    found.subtract(now)
                    assert differences(sentence, word) == Counter({k: v for k, v in found.items() if v})
