from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from desktop_app.coding.coder import code
from desktop_app.coding.reasons import Level
from desktop_app.core.moments import MINUTE_US, SECOND_US
from tests.coding.given import (
    RULES,
    Service,
    at,
    care,
    coded,
    found,
    hydration,
    infusion,
    left_out,
    push,
    units,
    visit,
)


def test_the_first_hour_and_eighty_minutes_more_are_two_lines() -> None:
    answer = coded(infusion("vancomycin", "09:00", "11:20"))
    assert units(answer) == {"96365": 1, "96366": 1}
    assert answer.lines[0].why == (
        "Vancomycin ran 09:00 to 11:20 (140 minutes); no service here ranks above it, "
        "so its first hour is the initial service."
    )
    assert answer.lines[1].why == (
        "Of the 140 minutes of vancomycin, 09:00 to 11:20, 80 are past the first hour; each full 60 is a "
        "unit, and so is a rest over 30: 1 unit."
    )


def test_a_pause_is_taken_off() -> None:
    answer = coded(infusion("drug", "09:00", "10:46", pauses=[["2026-03-02T09:30", "2026-03-02T09:46"]]))
    assert units(answer) == {"96365": 1}
    assert answer.lines[0].minutes == 90
    assert "09:00 to 09:30 and 09:46 to 10:46" in answer.lines[0].why


def test_the_seconds_of_a_broken_run_are_summed_before_they_are_cut() -> None:
    pause = ["2026-03-02T09:30:30", "2026-03-02T09:40:00"]
    answer = coded(infusion("drug", "09:00:00", "10:40:30", pauses=[pause]))
    assert answer.lines[0].minutes == 91


def test_pauses_that_overlap_are_taken_off_once() -> None:
    pauses = [["2026-03-02T09:10", "2026-03-02T09:30"], ["2026-03-02T09:20", "2026-03-02T09:40"]]
    assert coded(infusion("drug", "09:00", "10:00", pauses=pauses)).lines[0].minutes == 30


def test_a_visit_waits_for_a_missing_stop() -> None:
    answer = coded(infusion("drug", "09:00", id="a"))
    assert units(answer) == {}
    assert left_out(answer) == {"a": ("missing-stop-hold",)}
    assert [finding.name for finding in answer.blockers] == ["missing-stop"]


def test_a_payer_may_take_an_infusion_without_a_stop_as_a_push() -> None:
    answer = coded(infusion("drug", "09:00"), options={"missing_stop": "push"})
    assert units(answer) == {"96374": 1}
    assert answer.blockers == ()
    assert found(answer) == ["missing-stop"]


@pytest.mark.parametrize(("option", "level"), [("hold", Level.BLOCKER), ("push", Level.WARNING)])
def test_hydration_without_a_stop_is_never_a_push(option: str, level: Level) -> None:
    answer = coded(hydration("09:00", id="a"), options={"missing_stop": option})
    assert units(answer) == {}
    assert left_out(answer) == {"a": ("hydration-needs-stop",)}
    assert [finding.level for finding in answer.findings] == [level]


def test_a_missing_stop_follows_from_volume_and_rate() -> None:
    answer = coded(infusion("drug", "09:00", volume_ml=250, rate_ml_h=125))
    assert answer.lines[0].minutes == 120
    assert found(answer) == ["stop-computed"]


def test_a_pause_puts_the_computed_stop_off() -> None:
    pause = ["2026-03-02T10:00", "2026-03-02T10:15"]
    answer = coded(infusion("drug", "09:00", volume_ml=250, rate_ml_h=125, pauses=[pause]))
    assert answer.lines[0].minutes == 120
    assert "10:15 to 11:15" in answer.lines[0].why


def test_a_pause_after_the_computed_stop_plays_no_part() -> None:
    pause = ["2026-03-02T12:00", "2026-03-02T12:15"]
    answer = coded(infusion("drug", "09:00", volume_ml=250, rate_ml_h=125, pauses=[pause]))
    assert "ran 09:00 to 11:00 (120 minutes, its stop worked out from volume and rate)" in answer.lines[0].why


@pytest.mark.parametrize(("rate", "name"), [(3, "stop-computed"), (2, "missing-stop")])
def test_a_computed_stop_more_than_three_days_on_is_not_believed(rate: int, name: str) -> None:
    assert found(coded(infusion("drug", "09:00", volume_ml=216, rate_ml_h=rate)))[0] == name


def test_while_it_is_paused_no_stop_is_computed() -> None:
    service = infusion("drug", "09:00", volume_ml=250, rate_ml_h=125, pauses=[["2026-03-02T10:00", None]])
    assert found(coded(service)) == ["missing-stop"]


@pytest.mark.parametrize("option", ["hold", "push"])
@pytest.mark.parametrize(
    ("route", "category", "expected"),
    [
        ("iv-infusion", "therapeutic", "96374"),
        ("iv-infusion", "chemo", "96409"),
        ("sc-infusion", "therapeutic", "96372"),
        ("ia-infusion", "chemo", "96420"),
    ],
)
def test_that_nobody_saw_it_stop_is_an_answer_and_it_is_a_push(
    option: str, route: str, category: str, expected: str
) -> None:
    service = infusion("drug", "09:00", not_witnessed=True, route=route, category=category)
    answer = coded(service, options={"missing_stop": option})
    assert units(answer) == {expected: 1}
    assert answer.blockers == ()
    assert found(answer) == ["not-witnessed"]
    assert "not-witnessed-push" in answer.lines[0].rules


@pytest.mark.parametrize("option", ["hold", "push"])
def test_hydration_that_nobody_saw_stop_is_not_billed_and_holds_nothing(option: str) -> None:
    answer = coded(hydration("09:00", not_witnessed=True, id="a"), options={"missing_stop": option})
    assert left_out(answer) == {"a": ("hydration-needs-stop",)}
    assert found(answer) == ["not-witnessed"]
    assert answer.blockers == ()


def test_volume_and_rate_stand_in_for_a_stop_that_nobody_saw() -> None:
    answer = coded(infusion("drug", "09:00", volume_ml=250, rate_ml_h=125, not_witnessed=True))
    assert answer.lines[0].minutes == 120
    assert found(answer) == ["stop-computed", "not-witnessed"]


def test_a_stop_a_person_computed_is_said_too() -> None:
    assert found(coded(infusion("drug", "09:00", "10:00", stop_how="computed"))) == ["stop-computed"]


@pytest.mark.parametrize(("option", "expected"), [("as-charted", {"96374": 1}), ("by-time", {"96365": 1})])
def test_a_push_longer_than_fifteen_minutes(option: str, expected: dict[str, int]) -> None:
    answer = coded(push("drug", "09:00", "09:20"), options={"attended_push": option})
    assert units(answer) == expected
    assert ("long-push" in found(answer)) == (option == "as-charted")


@pytest.mark.parametrize(
    ("setting", "minutes", "expected"),
    [
        ("facility", 12, {"96409": 1}),
        ("physician", 12, {"96413-53": 1}),
        ("physician", 15, {"96413-53": 1}),
        ("physician", 16, {"96413": 1}),
    ],
)
def test_an_infusion_given_up_early(setting: str, minutes: int, expected: dict[str, int]) -> None:
    service = infusion("drug", "09:00", f"09:{minutes}", category="chemo", stopped_early=True)
    answer = coded(service, setting=setting)
    assert units(answer) == expected
    assert ("stopped-early" in found(answer)) == ("96413-53" in expected)


def test_a_further_drug_given_up_early_is_a_next_infusion_cut_short() -> None:
    lead = infusion("lead", "09:00", "10:00")
    further = infusion("further", "10:00", "10:10", stopped_early=True, id="b")
    answer = coded(lead, further, setting="physician")
    assert units(answer) == {"96365": 1, "96367-53": 1}


def test_a_drug_given_up_early_beside_another_is_concurrent_and_no_hour() -> None:
    lead = infusion("lead", "09:00", "10:00")
    further = infusion("further", "09:20", "09:30", stopped_early=True)
    answer = coded(lead, further, setting="physician")
    assert units(answer) == {"96365": 1, "96368-53": 1}
    assert answer.billable_hours == 1


def test_a_drug_given_up_early_beside_too_little_of_another_is_not_billed() -> None:
    lead = infusion("lead", "09:00", "10:00")
    further = infusion("further", "09:20", "09:30", stopped_early=True, id="b")
    answer = coded(lead, further, setting="physician", options={"concurrent_min": 16})
    assert units(answer) == {"96365": 1}
    assert set(left_out(answer)) == {"b"}


@pytest.mark.parametrize("stop", ["09:00", "09:00:59"])
def test_a_drug_given_up_as_it_began_is_not_billed(stop: str) -> None:
    service = infusion("vancomycin", "09:00", stop, stopped_early=True)
    answer = coded(service, setting="physician")
    assert answer.lines == ()
    assert answer.billable_hours == 0
    assert answer.not_billed[0].why == (
        "Vancomycin was given up as it began, at 09:00; it did not run for a minute."
    )


def test_the_same_drug_given_up_and_hung_again_is_reported_once() -> None:
    first = infusion("drug", "09:00", "09:10", category="chemo", stopped_early=True, id="a")
    again = infusion("drug", "11:00", "12:00", category="chemo", id="b")
    answer = coded(first, again, setting="physician")
    assert units(answer) == {"96413": 1}
    assert left_out(answer) == {"a": ("stopped-early-53", "same-drug-again")}


def test_fluid_given_as_a_push_is_not_hydration() -> None:
    answer = coded(hydration("09:00", "10:00", route="iv-push", id="a"))
    assert left_out(answer) == {"a": ("hydration-not-pushed",)}


@pytest.mark.parametrize(
    ("service", "rule"),
    [
        (infusion("drug", "09:00", "10:00", integral=True), "left-out-integral"),
        (hydration("09:00", "12:00", kvo=True), "left-out-kvo"),
        (care("flush", "09:00"), "left-out-flush"),
        (care("oral", "09:00"), "left-out-oral"),
        (infusion("drug", "09:00", "10:00", route="observation"), "left-out-observation"),
        (push("contrast", "09:00", category="other"), "no-administration-code"),
        (care("im", "09:00", category="other"), "no-administration-code"),
        (care("im", "09:00", category="hydration"), "no-administration-code"),
    ],
)
def test_what_is_not_reported_is_left_out_with_its_reason(service: dict[str, object], rule: str) -> None:
    answer = coded(service | {"id": "a"})
    assert units(answer) == {}
    assert left_out(answer) == {"a": (rule,)}


@pytest.mark.parametrize("place", ["19", "21", "22", "23", "24"])
def test_a_physician_reports_nothing_in_a_hospital(place: str) -> None:
    service = infusion("drug", "09:00", "10:00", id="a", hcpcs="J1745", units=3)
    answer = coded(service, setting="physician", place_of_service=place)
    assert units(answer) == {}
    assert left_out(answer) == {"a": ("place-of-service",)}


def test_a_hospital_reports_what_it_gives_and_so_does_an_office() -> None:
    service = infusion("drug", "09:00", "10:00")
    assert units(coded(service, setting="facility", place_of_service="22")) == {"96365": 1}
    assert units(coded(service, setting="physician", place_of_service="11")) == {"96365": 1}


def test_before_the_rulebook_begins_there_are_no_lines_and_a_blocker() -> None:
    answer = coded(infusion("drug", "2008-12-31T09:00", "2008-12-31T10:00", id="a"), date="2008-12-31")
    assert units(answer) == {}
    assert left_out(answer) == {"a": ("date-of-service",)}
    assert [finding.name for finding in answer.blockers] == ["no-rules-for-date"]


@pytest.mark.parametrize("route", ["sc-infusion", "observation"])
def test_only_a_pump_start_needs_no_stop(route: str) -> None:
    answer = coded(infusion("drug", "09:00", route=route, pump=True, id="a"))
    assert units(answer) == {}
    assert left_out(answer)["a"] in {("missing-stop-hold",), ("left-out-observation",)}
    assert ("missing-stop" in found(answer)) == (route == "sc-infusion")


@pytest.mark.parametrize("route", ["iv-infusion", "ia-infusion"])
def test_a_pump_start_needs_no_stop(route: str) -> None:
    answer = coded(infusion("drug", "09:00", route=route, pump=True, category="chemo"))
    assert answer.blockers == ()
    assert len(answer.lines) == 1


@pytest.mark.parametrize(
    ("stop", "names"), [("2026-04-02T09:00", []), ("2026-04-02T09:01", ["run-too-long"])]
)
def test_a_run_of_more_than_a_month_waits_for_its_dates(stop: str, names: list[str]) -> None:
    answer = coded(infusion("drug", "09:00", stop, id="a"))
    assert [finding.name for finding in answer.blockers] == names
    assert left_out(answer) == ({"a": ("longest-run",)} if names else {})


def test_a_run_of_two_human_lives_has_no_hours() -> None:
    pauses = [["2026-03-02T10:00", "2190-03-02T10:00"]]
    answer = coded(infusion("drug", "09:00", "2199-03-02T09:00", pauses=pauses))
    assert answer.lines == ()
    assert answer.infused_minutes == 0


@pytest.mark.parametrize(
    ("option", "category", "minutes"), [("elapsed", "transfusion", None), ("charted", "therapeutic", 15)]
)
def test_what_began_within_a_minute_begins_with_it_by_the_chart(
    option: str, category: str, minutes: int | None
) -> None:
    """Also where nothing is known of its end."""
    made = infusion("drug", "09:00:40", None if minutes is None else "09:15:50", category=category)
    (line,) = coded(made, options={"minute_basis": option}).lines
    cut = 40 * SECOND_US if option == "elapsed" else 0
    assert line.start_us is not None
    assert (line.start_us % MINUTE_US, line.minutes) == (cut, minutes)


@pytest.mark.parametrize(
    "service",
    [
        infusion("blood", "09:00:40", category="transfusion"),
        infusion("drug", "09:00:40", not_witnessed=True),
        push("drug", "09:00:40"),
    ],
)
def test_what_has_no_stop_begins_with_its_minute_by_the_chart(service: Service) -> None:
    (line,) = coded(service, options={"minute_basis": "charted"}).lines
    assert line.start_us is not None
    assert line.start_us % MINUTE_US == 0


@pytest.mark.parametrize(
    ("volume", "rate", "minutes"),
    [("2.5", "10", 15), ("0.5", "1.5", 20), ("720", "10", 72 * 60), ("721", "10", None)],
)
def test_a_stop_follows_from_any_volume_and_rate(volume: str, rate: str, minutes: int | None) -> None:
    answer = coded(infusion("drug", "09:00", volume_ml=Decimal(volume), rate_ml_h=Decimal(rate)))
    assert ("missing-stop" in found(answer)) == (minutes is None)
    assert [line.minutes for line in answer.lines[:1]] == ([] if minutes is None else [minutes])


def test_a_pause_that_begins_as_the_volume_has_run_plays_no_part() -> None:
    made = infusion("drug", "09:00", volume_ml=100, rate_ml_h=100, pauses=[[at("10:00"), at("10:30")]])
    (line,) = coded(made).lines
    assert line.minutes == 60
    assert line.stop_us == visit(infusion("drug", "09:00", "10:00")).services[0].stop_us


def test_an_infusion_given_up_early_that_nobody_saw_stop_is_a_push() -> None:
    given_up = infusion("drug", "09:00", not_witnessed=True, stopped_early=True)
    assert units(coded(given_up, setting="physician")) == {"96374": 1}


@pytest.mark.parametrize(
    ("volume", "rate", "ran_us"), [("0.25", "900000000", 1), ("0.000001", "1000000000", None)]
)
def test_a_volume_that_has_run_at_once_gives_no_stop(volume: str, rate: str, ran_us: int | None) -> None:
    answer = coded(infusion("drug", "09:00", volume_ml=Decimal(volume), rate_ml_h=Decimal(rate)))
    assert ("missing-stop" in found(answer)) == (ran_us is None)
    assert [line.stop_us and line.start_us and line.stop_us - line.start_us for line in answer.lines] == (
        [] if ran_us is None else [ran_us]
    )


def test_a_pause_without_an_end_lasts_until_the_stop() -> None:
    made = visit(infusion("drug", "09:00", "10:00"))
    (service,) = made.services
    paused = replace(service, pauses=((service.start_us + 40 * MINUTE_US, None),))
    answer = code(replace(made, services=(paused,)), RULES.rulebook, RULES.profile_for(made.setting))
    assert [line.minutes for line in answer.lines] == [40]


def test_a_push_given_up_early_is_a_push() -> None:
    answer = coded(push("drug", "09:00", "09:00:30", stopped_early=True), setting="physician")
    assert units(answer) == {"96374": 1}


def test_few_minutes_are_not_close_to_the_least_there_can_be() -> None:
    assert found(coded(infusion("drug", "09:00", "09:02"))) == []


def test_a_further_drug_given_up_after_one_minute_is_still_a_next_infusion() -> None:
    further = infusion("further", "10:00", "10:01", stopped_early=True)
    answer = coded(infusion("lead", "09:00", "10:00"), further, setting="physician")
    assert units(answer) == {"96365": 1, "96367-53": 1}


@pytest.mark.parametrize(("stop", "count"), [("21:00", 0), ("21:00:01", 1), ("2026-03-03T09:30", 1)])
def test_a_run_of_more_than_half_a_day_is_to_be_looked_at(stop: str, count: int) -> None:
    answer = coded(infusion("drug", "09:00", stop))
    assert found(answer).count("long-run") == count
    assert answer.blockers == ()


def test_a_run_is_as_long_as_it_ran_without_its_pauses() -> None:
    pauses = [["2026-03-02T12:00", "2026-03-02T13:00"]]
    assert "long-run" not in found(coded(infusion("drug", "09:00", "21:30", pauses=pauses)))


def test_what_goes_home_running_may_run_for_days() -> None:
    assert "long-run" not in found(coded(infusion("drug", "09:00", "2026-03-04T09:00", pump=True)))


@pytest.mark.parametrize(
    ("stop", "how", "level"),
    [("10:00", "charted", "blocker"), ("10:00", "earliest", "warning"), (None, "charted", "warning")],
)
def test_a_time_pressed_while_the_clock_was_behind_is_to_be_put_right(
    stop: str | None, how: str, level: str
) -> None:
    answer = coded(infusion("drug", "09:00", stop, stop_how=how, clock_behind=True))
    levels = {finding.name: finding.level.value for finding in answer.findings}
    assert levels["clock-behind"] == level
