from __future__ import annotations

from datetime import date

import pytest

from desktop_app.coding.counting import which_count
from desktop_app.coding.edits import addons_without_primary, minutes_claimed_twice
from desktop_app.coding.ledger import Draft, Ledger
from desktop_app.coding.rulebook import options_on
from desktop_app.coding.wall_clock import WallClock
from desktop_app.core.moments import MINUTE_US
from tests.coding.given import RULES, coded, found, hydration, infusion, push, visit


def ledger() -> Ledger:
    made = visit(infusion("one", "09:00", "10:00"), infusion("two", "09:30", "10:30"))
    era = RULES.rulebook.on(made.date)
    assert era is not None
    profile = RULES.profile_for(made.setting)
    options = options_on(RULES.rulebook, profile, made.setting, made.date, ())
    return Ledger(made, RULES.rulebook, era, profile, options, WallClock("UTC", date(2026, 3, 2), 0, 0))


def test_an_add_on_without_its_primary_is_a_blocker() -> None:
    books = ledger()
    run = which_count(books)[0]
    books.drafts.append(Draft(role="infusion-more", units=1, runs=(run,), why="x", rules=(), place=(0, 1, 0)))
    addons_without_primary(books)
    assert [finding.name for finding in books.findings] == ["add-on-without-primary"]


def test_two_rules_that_claim_one_minute_are_a_blocker() -> None:
    books = ledger()
    one, two = which_count(books)
    books.claim(one, ((0, 10 * MINUTE_US),))
    books.claim(two, ((9 * MINUTE_US, 20 * MINUTE_US),))
    minutes_claimed_twice(books)
    assert [finding.name for finding in books.findings] == ["minute-counted-twice"]


@pytest.mark.parametrize(
    ("minutes", "near"),
    [
        (8, False),
        (10, True),
        (15, True),
        (16, True),
        (22, True),
        (23, False),
        (84, False),
        (85, True),
        (97, True),
        (98, False),
    ],
)
def test_a_minute_count_close_to_a_threshold_asks_for_a_second_look(minutes: int, *, near: bool) -> None:
    answer = coded(infusion("drug", "09:00", f"{9 + minutes // 60:02}:{minutes % 60:02}"))
    assert ("near-threshold" in found(answer)) == near


@pytest.mark.parametrize(
    ("minutes", "near"), [(24, False), (25, True), (30, True), (31, True), (37, True), (38, False)]
)
def test_hydration_close_to_its_minimum_asks_for_a_second_look(minutes: int, *, near: bool) -> None:
    assert ("near-threshold" in found(coded(hydration("09:00", f"09:{minutes}")))) == near


def test_a_second_look_is_no_advice_to_run_longer() -> None:
    text = coded(infusion("drug", "09:00", "10:28")).findings[0].text
    assert text == (
        "Drug counts 88 minutes, 3 minutes under the 91 at which its units change; "
        "see that the charted times are right."
    )


def test_exact_and_charted_minutes_that_differ_in_units_are_said() -> None:
    answer = coded(infusion("drug", "09:00:50", "09:16:10"))
    assert "exact-and-charted-differ" in found(answer)
    assert "exact-and-charted-differ" not in found(coded(infusion("drug", "09:00:10", "09:40:50")))


@pytest.mark.parametrize(("hours", "over"), [(9, False), (10, True)])
def test_units_above_a_known_limit_are_questioned(hours: int, *, over: bool) -> None:
    answer = coded(infusion("drug", "08:00", f"{8 + hours:02}:00"))
    assert ("units-above-limit" in found(answer)) == over


@pytest.mark.parametrize(
    ("code", "name"), [("99213", "evaluation-modifier"), ("99211", "evaluation-never-paid")]
)
def test_an_evaluation_on_the_visit_is_said(code: str, name: str) -> None:
    assert found(coded(push("drug", "09:00"), evaluation=code)) == [name]


def test_an_evaluation_on_a_visit_without_lines_is_none_of_our_business() -> None:
    assert found(coded(evaluation="99211")) == []
