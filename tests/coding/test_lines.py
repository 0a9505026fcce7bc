"""What a line carries beside its code and units: drugs, times, minutes and their range, rules."""

from __future__ import annotations

from typing import Any

import pytest

from desktop_app.coding.reasons import Line
from desktop_app.coding.rulebook import sources_of
from desktop_app.core.moments import MINUTE_US
from tests.coding.given import RULES, at, coded, hydration, infusion, push, visit


def line(code: str, *services: dict[str, Any], **more: Any) -> Line:  # noqa: ANN401
    """Return the one line of a code."""
    (found,) = (line for line in coded(*services, **more).lines if line.code == code)
    return found


def us(time: str) -> int:
    """Return the instant of a time of the usual day."""
    return visit(push("x", at(time))).services[0].start_us


LEAD = infusion("lead", "09:00", "10:00", category="chemo", id="lead")


def test_a_line_names_its_drugs_and_when_they_ran() -> None:
    bags = hydration("12:00", "12:40", id="a"), hydration("11:00", "11:30", id="b")
    made = line("96360", *bags)
    assert (made.drugs, set(made.services)) == (("saline",), {"a", "b"})
    assert (made.start_us, made.stop_us) == (us("11:00"), us("12:40"))
    assert (made.minutes, made.label) == (70, "Hydration, first hour")


def test_a_push_without_a_length_has_no_stop_and_no_minutes() -> None:
    made = line("96374", push("drug", "09:00"))
    assert (made.start_us, made.stop_us, made.minutes) == (us("09:00"), None, None)
    assert made.counted == ()


def test_a_line_by_the_hour_tells_for_each_service_which_time_counts() -> None:
    made = line("96361", push("drug", "08:00"), hydration("09:00", "10:20"), infusion("x", "09:00", "09:30"))
    assert made.counted == (("2", ((us("09:30"), us("10:20")),)),)


def test_an_infusion_cut_short_carries_its_modifier_and_its_minutes() -> None:
    made = line("96365", infusion("drug", "09:00", "09:10", stopped_early=True), setting="physician")
    assert (made.modifiers, made.minutes) == (("53",), 10)


def test_lines_made_one_add_up_their_minutes_and_keep_both_times() -> None:
    further = infusion("two", "10:00", "10:20", id="2"), infusion("three", "10:20", "11:00", id="3")
    made = line("96367", LEAD, *further)
    assert (made.units, made.minutes, made.drugs) == (2, 60, ("two", "three"))
    assert (made.start_us, made.stop_us) == (us("10:00"), us("11:00"))
    assert made.counted == (
        ("2", ((us("10:00"), us("10:20")),)),
        ("3", ((us("10:20"), us("11:00")),)),
    )


def test_lines_made_one_begin_with_the_first_of_them_whatever_the_order_given() -> None:
    made = line("96367", LEAD, infusion("two", "10:20", "11:00"), infusion("three", "10:00", "10:20"))
    assert (made.start_us, made.stop_us) == (us("10:00"), us("11:00"))


def test_lines_made_one_without_minutes_have_none() -> None:
    made = line("96375", LEAD, push("one", "11:00"), push("two", "11:05", "11:07"), push("three", "11:10"))
    assert (made.units, made.minutes, made.stop_us) == (3, 2, us("11:07"))
    bare = line("96375", LEAD, push("one", "11:00"), push("two", "11:05"))
    assert (bare.units, bare.minutes, bare.stop_us) == (2, None, None)


def test_lines_made_one_name_the_rules_and_sources_of_both_each_once() -> None:
    plain = infusion("two", "10:00", "10:20")
    paused = infusion("three", "10:30", "11:10", pauses=[[at("10:40"), at("10:45")]])
    made = line("96367", LEAD, plain, paused)
    assert made.rules == ("sequential-infusion", "running-time")
    assert made.sources == sources_of(RULES.rulebook, made.rules)
    assert len(made.sources) == len(set(made.sources))


@pytest.mark.parametrize(
    ("start", "overlap", "rules"),
    [
        ("10:00", "deduct", ("sequential-infusion",)),
        ("09:50", "deduct", ("sequential-infusion", "overlap-deduct")),
        ("10:00", "majority", ("sequential-infusion", "overlap-majority")),
        ("09:50", "majority", ("sequential-infusion", "overlap-majority")),
        ("10:00", "any", ("sequential-infusion", "overlap-any")),
    ],
)
def test_a_sequential_infusion_names_how_shared_minutes_were_read(
    start: str, overlap: str, rules: tuple[str, ...]
) -> None:
    assert line("96367", LEAD, infusion("next", start, "10:30"), options={"overlap": overlap}).rules == rules


def test_the_minutes_of_a_further_drug_are_its_own_where_they_are_deducted() -> None:
    further = infusion("next", "09:50", "10:30")
    assert line("96367", LEAD, further).minutes == 30
    assert line("96367", LEAD, further, options={"overlap": "majority"}).minutes == 40


def test_chemo_given_up_early_behind_other_chemo_is_sequential_all_the_same() -> None:
    further = infusion("next", "11:00", "11:10", category="chemo", stopped_early=True, id="n")
    answer = coded(LEAD, further, setting="physician")
    assert [(made.code, made.modifiers) for made in answer.lines] == [("96413", ()), ("96417", ("53",))]
    assert answer.lines[1].why == (
        "Next ran 11:00 to 11:10 (10 minutes); a further infusion, cut short, is sequential all the same."
    )


def test_a_line_keeps_the_rules_that_made_the_time_of_its_services() -> None:
    computed = infusion("drug", "09:00", volume_ml=100, rate_ml_h=100)
    assert line("96365", computed).rules == ("stop-computed", "initial-by-rank")
    assert line("96365", computed).stop_us == us("09:00") + 60 * MINUTE_US
