"""Who leads, at which site, and between which runs minutes decide it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from desktop_app.coding import coder
from desktop_app.coding.coder import code, listened_to
from desktop_app.coding.compared import Compared, Ranked
from desktop_app.coding.ledger import Ledger
from desktop_app.core.timeline import whole_minutes
from tests.coding.given import RULES, Service, coded, found, hydration, infusion, left_out, push, units, visit

CHEMO: Service = {"category": "chemo"}
THERE: Service = {"site": "2"}


def office(*services: Service, **more: Any) -> Any:  # noqa: ANN401
    return coded(*services, setting="physician", **more)


def test_whoever_starts_first_leads_only_among_its_rank() -> None:
    services = infusion("one", "09:00", "10:00"), infusion("two", "10:00", "11:00", **CHEMO)
    answer = coded(*services, push("three", "08:00"), options={"equal_rank": "first"})
    assert units(answer) == {"96413": 1, "96367": 1, "96375": 1}


@pytest.mark.parametrize(
    ("again", "expected"),
    [
        ("sequential", {"96365": 1, "96365-59": 1}),
        ("each-hang", {"96365": 1, "96366": 1}),
    ],
)
def test_a_drug_that_led_at_one_site_leads_at_another_where_a_hang_is_a_new_start(
    again: str, expected: dict[str, int]
) -> None:
    services = infusion("drug", "09:00", "10:00"), infusion("drug", "09:00", "10:00", **THERE)
    assert units(coded(*services, options={"same_drug_again": again})) == expected


def test_a_push_of_a_drug_that_was_infused_leads_at_no_other_site() -> None:
    answer = coded(infusion("drug", "09:00", "10:00"), push("drug", "10:40", **THERE))
    assert units(answer) == {"96365": 1, "96376": 1}


def test_the_site_of_the_best_service_leads_whatever_began_there() -> None:
    here = push("one", "08:00"), infusion("two", "10:00", "11:00", **CHEMO)
    answer = coded(*here, infusion("three", "09:00", "09:50", **THERE))
    assert units(answer) == {"96413": 1, "96375": 1, "96365-59": 1}


def test_what_cannot_lead_is_left_out_site_by_site_as_it_began() -> None:
    short = (
        hydration("08:00", "08:10", id="a", **THERE),
        hydration("12:00", "12:05", id="b", **THERE),
        hydration("09:00", "09:20", id="c", site="3"),
    )
    assert list(left_out(coded(infusion("one", "06:00", "07:00"), *short))) == ["a", "b", "c"]


def test_fluid_beside_blood_of_its_own_encounter_and_site_is_part_of_it() -> None:
    blood = infusion("blood", "09:00", "10:00", category="transfusion", encounter="2")
    assert units(coded(blood, hydration("09:00", "10:00", encounter="2"))) == {"36430": 1}
    assert units(coded(blood, hydration("09:00", "10:00", encounter="1"))) == {"36430": 1, "96360": 1}
    assert units(coded(blood, hydration("09:00", "10:00", encounter="2", **THERE))) == {
        "36430": 1,
        "96360": 1,
    }


class Listener(Compared):
    """Keeps between which runs minutes decide."""

    def __init__(self) -> None:
        self.heard: list[list[str]] = []

    def longest_first(self, runs: Sequence[Ranked]) -> None:
        self.heard.append([run.drug for run in runs])


def test_minutes_decide_between_infusions_of_one_rank_alone() -> None:
    made = visit(
        infusion("a", "09:00", "10:00"),
        infusion("b", "10:00", "11:30"),
        infusion("c", "09:00", "10:00", **CHEMO),
        push("d", "09:00", "09:05", **CHEMO),
        push("e", "09:00", "09:09", **CHEMO),
        push("f", "09:00", "09:05"),
        push("g", "09:00", "09:09"),
    )
    listener = Listener()
    listened_to(made, RULES.rulebook, RULES.profile_for(made.setting), listener)
    assert listener.heard[0] == ["b", "a"]
    assert all(heard == ["b", "a"] for heard in listener.heard)


def test_of_several_marked_as_the_main_reason_the_best_leads() -> None:
    marked = infusion("one", "09:00", "09:30", primary=True), infusion("two", "10:00", "11:00", primary=True)
    assert office(*marked, infusion("three", "11:00", "13:00")).lines[0].drugs == ("two",)


def test_chemo_marked_as_the_main_reason_leads_over_longer_chemo() -> None:
    marked = infusion("one", "09:00", "09:30", primary=True, **CHEMO)
    answer = office(marked, infusion("two", "10:00", "11:00", **CHEMO))
    assert (answer.lines[0].code, answer.lines[0].drugs, found(answer)) == ("96413", ("one",), [])


def test_of_several_marks_that_cannot_be_followed_the_first_is_named() -> None:
    marked = push("one", "10:00", id="1", primary=True), push("two", "10:05", id="2", primary=True)
    answer = office(infusion("chemo", "09:00", "10:00", id="c", **CHEMO), *marked)
    (told,) = [finding for finding in answer.findings if finding.name == "mark-not-followed"]
    assert (told.service, told.text) == (
        "1",
        "One is marked as the main reason, but it cannot lead here; chemo does.",
    )


def test_all_time_that_counts_is_written_down_as_claimed(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is counted twice could not be found otherwise."""
    books: list[Ledger] = []
    monkeypatch.setattr(coder, "minutes_claimed_twice", books.append)
    made = visit(
        infusion("lead", "09:00", "10:00", id="lead", **CHEMO),
        infusion("next", "09:30", "10:30", id="next"),
        infusion("lead", "11:00", "11:20", id="again", **CHEMO),
        hydration("12:00", "13:00", id="fluid", **THERE),
        hydration("13:00", "13:30", id="more", **THERE),
    )
    code(made, RULES.rulebook, RULES.profile_for(made.setting))
    ((claims,),) = ([ledger.claims for ledger in books],)
    assert [(site, run.id, whole_minutes(spans)) for site, run, spans in claims] == [
        (("1", "1"), "lead", 60),
        (("1", "1"), "again", 20),
        (("1", "1"), "next", 30),
        (("1", "2"), "fluid", 90),
    ]


def test_seconds_that_decide_the_hours_of_a_further_hang_are_found() -> None:
    hangs = infusion("drug", "06:00", "08:00"), infusion("drug", "09:00:50", "10:31:10")
    answer = coded(*hangs)
    assert units(answer) == {"96365": 1, "96366": 2}
    assert "exact-and-charted-differ" in found(answer)


def test_the_first_hour_of_a_further_drug_is_dated_by_its_own_time() -> None:
    lead = infusion("lead", "22:00", "2026-03-03T00:10", **CHEMO)
    further = infusion("next", "23:00", "2026-03-03T01:00")
    days = {line.code: line.date.day for line in coded(lead, further).lines}
    assert (days["96413"], days["96367"]) == (2, 3)


@pytest.mark.parametrize("given", [("a", "b"), ("b", "a")])
def test_of_starts_of_one_drug_at_once_the_longest_leads_whichever_is_given_first(
    given: tuple[str, str],
) -> None:
    lengths = {"a": "09:16", "b": "09:31"}
    services = [infusion("drug", "09:00", lengths[name], id=name) for name in given]
    made = visit(*services, infusion("other", "09:00", "10:00"), options={"equal_rank": "first"})
    listener = Listener()
    listened_to(made, RULES.rulebook, RULES.profile_for(made.setting), listener)
    answer = code(made, RULES.rulebook, RULES.profile_for(made.setting))
    assert answer.lines[0].services == ("b",)
    assert all(heard == ["drug", "drug"] for heard in listener.heard)
    assert listener.heard
