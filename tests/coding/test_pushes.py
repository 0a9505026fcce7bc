from __future__ import annotations

import pytest

from tests.coding.given import coded, infusion, left_out, push, units


def test_each_further_drug_is_reported() -> None:
    answer = coded(push("one", "09:00"), push("two", "09:05"), push("three", "09:05"))
    assert units(answer) == {"96374": 1, "96375": 2}


def test_the_first_push_given_leads() -> None:
    assert coded(push("late", "10:00", id="b"), push("early", "09:00", id="a")).lines[0].services == ("a",)


def test_the_gap_is_measured_from_the_last_push_that_was_reported() -> None:
    times = ("09:00", "09:20", "09:40", "10:00", "10:20")
    answer = coded(*(push("drug", time, id=time) for time in times))
    assert units(answer) == {"96374": 1, "96376": 2}
    assert set(left_out(answer)) == {"09:20", "10:00"}


def test_an_office_has_no_code_for_a_repeat() -> None:
    answer = coded(push("drug", "09:00"), push("drug", "12:00", id="b"), setting="physician")
    assert units(answer) == {"96374": 1}
    assert left_out(answer) == {"b": ("push-again-office",)}


def test_a_chemo_repeat_has_no_code() -> None:
    answer = coded(push("drug", "09:00", category="chemo"), push("drug", "12:00", category="chemo", id="b"))
    assert units(answer) == {"96409": 1}
    assert left_out(answer) == {"b": ("push-chemo-again",)}


def test_each_further_chemo_push_is_reported() -> None:
    answer = coded(push("one", "09:00", category="chemo"), push("two", "09:10", category="chemo"))
    assert units(answer) == {"96409": 1, "96411": 1}


@pytest.mark.parametrize(
    ("time", "repeat"),
    [
        ("08:29", {"96376": 1}),  # 31 minutes before its infusion
        ("08:30", {}),
        ("08:59", {}),
        ("09:30", {}),  # while it runs
        ("10:30", {}),
        ("10:31", {"96376": 1}),  # 31 minutes after it
    ],
)
def test_a_push_of_a_drug_that_is_also_infused(time: str, repeat: dict[str, int]) -> None:
    answer = coded(infusion("drug", "09:00", "10:00"), push("drug", time))
    assert units(answer) == {"96365": 1} | repeat


def test_a_short_infusion_of_a_drug_already_pushed_is_a_repeat() -> None:
    answer = coded(push("drug", "09:00"), infusion("drug", "09:20", "09:30", id="b"))
    assert units(answer) == {"96374": 1}
    assert left_out(answer) == {"b": ("push-or-infusion", "push-again")}


def test_a_drug_pushed_at_another_site_is_still_the_same_drug() -> None:
    answer = coded(push("drug", "09:00"), push("drug", "09:10", site="2", id="b"))
    assert units(answer) == {"96374": 1}
    assert left_out(answer) == {"b": ("push-again",)}


def test_a_later_encounter_begins_anew() -> None:
    answer = coded(push("drug", "09:00"), push("drug", "09:10", encounter="2"))
    assert units(answer) == {"96374": 1, "96374-59": 1}


def test_the_gap_has_no_seconds() -> None:
    assert units(coded(push("drug", "09:00:00"), push("drug", "09:30:59"))) == {"96374": 1}


def test_pushes_are_taken_in_time_order_then_by_their_names_then_as_given() -> None:
    given = [
        push("c", "10:00", id="1"),
        push("b", "10:00", id="2"),
        push("d", "09:00", id="3"),
        push("b", "10:00", id="4"),
        push("a", "09:59", id="5"),
    ]
    lead = infusion("lead", "08:00", "09:00", id="lead")
    answer = coded(lead, *given)
    assert left_out(answer) == {"4": ("push-again",)}
    again = [push("d", "09:20", id="y"), push("d", "09:00", id="x")]
    assert left_out(coded(lead, *again)) == {"y": ("push-again",)}
    back = [push("b", "10:00", id="4"), push("b", "10:00", id="2")]
    assert left_out(coded(lead, *back)) == {"2": ("push-again",)}


def test_of_two_pushes_of_one_drug_at_once_the_one_given_first_is_reported_whatever_its_site() -> None:
    leads = infusion("one", "08:00", "09:00", id="1"), infusion("two", "08:00", "09:00", id="2", site="2")
    there, here = push("b", "10:00", id="there", site="2"), push("b", "10:00", id="here")
    assert left_out(coded(*leads, there, here)) == {"here": ("push-again",)}
    assert left_out(coded(*leads, here, there)) == {"there": ("push-again",)}


def test_an_infusion_of_another_drug_between_two_pushes_is_no_gap_of_theirs() -> None:
    answer = coded(push("one", "09:00"), push("one", "09:40"), infusion("two", "09:20", "09:39"))
    assert units(answer) == {"96365": 1, "96375": 1, "96376": 1}
