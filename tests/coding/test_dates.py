from __future__ import annotations

import pytest

from desktop_app.coding.coder import listened_to
from desktop_app.coding.compared import Compared
from desktop_app.coding.reasons import Coding
from desktop_app.core.moments import HOUR_US
from desktop_app.core.timeline import Spans, whole_minutes
from tests.coding.given import RULES, Service, at, coded, hydration, infusion, push, visit

NEXT = "2026-03-03T"


def by_day(answer: Coding) -> dict[str, int]:
    return {f"{line.date} {line.code}": line.units for line in answer.lines}


@pytest.mark.parametrize(
    ("option", "service", "expected"),
    [
        ("unit-hour", hydration("23:00", f"{NEXT}02:00"), {"2026-03-02 96360": 1, "2026-03-03 96361": 2}),
        ("start-date", hydration("23:00", f"{NEXT}02:00"), {"2026-03-02 96360": 1, "2026-03-02 96361": 2}),
        (
            "unit-hour",
            infusion("drug", "22:30", f"{NEXT}01:31"),
            {"2026-03-02 96365": 1, "2026-03-02 96366": 1, "2026-03-03 96366": 1},
        ),
        # 15 minutes before midnight: the first hour began there.
        (
            "unit-hour",
            infusion("drug", "23:45", f"{NEXT}01:20"),
            {"2026-03-02 96365": 1, "2026-03-03 96366": 1},
        ),
        ("unit-hour", infusion("drug", "23:00", f"{NEXT}00:00"), {"2026-03-02 96365": 1}),
    ],
)
def test_units_across_midnight(option: str, service: Service, expected: dict[str, int]) -> None:
    assert by_day(coded(service, options={"midnight_dates": option})) == expected


def test_a_hang_of_the_next_day_is_dated_by_its_own_day() -> None:
    services = infusion("drug", "09:00", "10:00"), infusion("drug", f"{NEXT}09:00", f"{NEXT}10:00")
    answer = coded(*services, options={"midnight_dates": "start-date"})
    assert by_day(answer) == {"2026-03-02 96365": 1, "2026-03-03 96366": 1}


def test_hydration_in_two_bags_is_dated_by_the_bag_that_was_running() -> None:
    bags = hydration("22:00", "23:00"), hydration(f"{NEXT}09:00", f"{NEXT}10:00")
    answer = coded(push("drug", "21:00"), *bags, options={"midnight_dates": "start-date"})
    assert by_day(answer) == {"2026-03-02 96374": 1, "2026-03-02 96361": 1, "2026-03-03 96361": 1}


def test_a_bag_that_was_paused_and_ran_on_was_running() -> None:
    paused = hydration(f"{NEXT}09:00", f"{NEXT}11:00", pauses=[[f"{NEXT}09:20", f"{NEXT}09:30"]])
    answer = coded(hydration("22:00", "22:50"), paused, options={"midnight_dates": "start-date"})
    assert by_day(answer) == {"2026-03-02 96360": 1, "2026-03-03 96361": 2}


def test_the_hours_of_a_further_hang_are_dated_by_themselves() -> None:
    hangs = infusion("drug", "12:00", "16:00"), infusion("drug", "22:30", f"{NEXT}01:30")
    answer = coded(*hangs, options={"midnight_dates": "unit-hour"})
    assert by_day(answer) == {"2026-03-02 96365": 1, "2026-03-02 96366": 5, "2026-03-03 96366": 1}


@pytest.mark.parametrize(
    ("bags", "expected"),
    [
        # The second hour begins while the second bag runs, which was hung the next day.
        (
            (hydration("23:00", "23:40"), hydration(f"{NEXT}00:10", f"{NEXT}02:00")),
            {"2026-03-02 96360": 1, "2026-03-03 96361": 1},
        ),
        # A bag hung as another ran out goes on with it: one service, dated by its start.
        (
            (hydration("23:00", f"{NEXT}00:00"), hydration(f"{NEXT}00:00", f"{NEXT}03:00")),
            {"2026-03-02 96360": 1, "2026-03-02 96361": 3},
        ),
        # So do two bags that ran at once for a while.
        (
            (hydration("22:00", f"{NEXT}02:00"), hydration(f"{NEXT}00:30", f"{NEXT}04:00")),
            {"2026-03-02 96360": 1, "2026-03-02 96361": 5},
        ),
    ],
)
def test_an_hour_is_dated_by_the_start_of_what_was_running_then(
    bags: tuple[Service, ...], expected: dict[str, int]
) -> None:
    assert by_day(coded(*bags, options={"midnight_dates": "start-date"})) == expected


def test_a_line_that_is_split_says_so() -> None:
    answer = coded(infusion("drug", "22:30", f"{NEXT}01:31"))
    assert [line.units for line in answer.lines] == [1, 1, 1]
    assert answer.lines[1].why.endswith("2 units; 1 of them on this day.")
    assert "dates-unit-hour" in answer.lines[1].rules


def test_units_of_one_code_on_one_day_are_one_line_with_every_sentence() -> None:
    answer = coded(push("one", "09:00"), push("two", "09:10"), push("three", "09:20"))
    line = answer.lines[1]
    assert (line.code, line.units, line.services) == ("96375", 2, ("2", "3"))
    assert line.why == (
        "Two: given at 09:10; a drug not given before in this encounter. "
        "Three: given at 09:20; a drug not given before in this encounter."
    )


def test_the_day_is_that_of_the_zone_on_the_wall() -> None:
    answer = coded(hydration("23:00", f"{NEXT}02:00"), timezone="America/New_York")
    assert by_day(answer) == {"2026-03-02 96360": 1, "2026-03-03 96361": 2}


def test_an_hour_the_clocks_skip_does_not_lengthen_an_infusion() -> None:
    """On 8 March 2026 the clocks of New York go from 02:00 to 03:00."""
    service = infusion("drug", "2026-03-08T01:30", "2026-03-08T03:30")
    answer = coded(service, date="2026-03-08", timezone="America/New_York")
    assert answer.lines[0].minutes == 60
    assert "ran 01:30 to 03:30 (60 minutes)" in answer.lines[0].why


def test_a_stay_of_days_names_each_new_day_once() -> None:
    answer = coded(hydration("22:00", f"{NEXT}06:30", pauses=[[f"{NEXT}01:00", f"{NEXT}01:10"]]))
    assert "ran alone 22:00 to 01:00 next day and 01:10 to 06:30" in answer.lines[0].why


def test_a_service_far_from_the_day_of_the_visit_names_its_day() -> None:
    answer = coded(push("drug", "2026-03-09T09:00"))
    assert "given at 09:00 on 2026-03-09" in answer.lines[0].why


def test_a_stay_that_ends_at_midnight_lies_on_its_first_day() -> None:
    ends, goes_on = (coded(infusion("drug", "21:00", f"{NEXT}00:{minute:02}")) for minute in (0, 31))
    assert [(line.units, line.date.day) for line in ends.lines] == [(1, 2), (2, 2)]
    assert [(line.units, line.date.day) for line in goes_on.lines] == [(1, 2), (2, 2), (1, 3)]


def test_units_of_one_day_alone_say_so_where_it_is_not_the_day_of_the_start() -> None:
    lead = infusion("lead", "22:00", f"{NEXT}00:10", category="chemo")
    further = [
        line for line in coded(lead, infusion("next", "23:00", f"{NEXT}01:00")).lines if line.code == "96367"
    ]
    assert further[0].why.endswith("; all of it on this day.")
    assert further[0].rules[-1] == "dates-unit-hour"
    hours = infusion("drug", "22:40", f"{NEXT}01:11")
    assert [line.why.rpartition("; ")[2] for line in coded(hours).lines[1:]] == [
        "1 of them on this day.",
        "1 of them on this day.",
    ]


def test_when_an_hour_that_moves_reaches_another_day_is_listened_to() -> None:
    heard: list[tuple[int, Spans]] = []

    class Listener(Compared):
        def dated(self, at_us: int, time: Spans) -> None:
            heard.append((at_us, time))

    made = visit(infusion("drug", "22:40", f"{NEXT}01:11"))
    listened_to(made, RULES.rulebook, RULES.profile_for(made.setting), Listener())
    start_us = made.services[0].start_us
    assert [at_us - start_us for at_us, _time in heard] == [0, HOUR_US, 2 * HOUR_US]
    assert {time for _at, time in heard} == {((start_us, made.services[0].stop_us),)}


def test_which_units_are_not_of_the_day_of_the_start_is_told_by_the_first_bag() -> None:
    bags = hydration("23:00", "23:40", id="a"), hydration(f"{NEXT}00:30", f"{NEXT}01:30", id="b")
    first, more = coded(*bags).lines
    assert (first.date.day, first.why.endswith("initial service.")) == (2, True)
    assert (more.date.day, more.why.endswith("; all of it on this day.")) == (3, True)


@pytest.mark.parametrize(("stop", "days"), [("01:00", [2]), ("02:00", [2, 3])])
def test_hangs_counted_together_are_dated_each_hour_by_itself_whichever_leads(
    stop: str, days: list[int]
) -> None:
    """The bag of the second day leads where it ran longer; the first hour is still that of the first day."""
    hangs = infusion("drug", "23:00", "23:40"), infusion("drug", f"{NEXT}00:30", f"{NEXT}{stop}")
    answer = coded(*hangs, options={"same_drug_again": "total"})
    assert [line.date.day for line in answer.lines] == days


def test_a_bag_hung_as_a_paused_one_ran_out_goes_on_with_it() -> None:
    first = hydration("22:00", f"{NEXT}00:10", pauses=[[at("22:10"), at("22:20")]])
    answer = coded(first, hydration(f"{NEXT}00:10", f"{NEXT}03:00"), options={"midnight_dates": "start-date"})
    assert {str(line.date) for line in answer.lines} == {"2026-03-02"}


def test_each_bag_of_a_line_keeps_the_time_that_counts_of_it() -> None:
    answer = coded(hydration("09:00", "09:40", id="a"), hydration("10:00", "10:30", id="b"))
    minutes = [(name, whole_minutes(spans)) for name, spans in answer.lines[0].counted]
    assert minutes == [("a", 40), ("b", 30)]
