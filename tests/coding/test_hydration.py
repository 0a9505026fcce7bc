from __future__ import annotations

import pytest

from tests.coding.given import Service, coded, found, hydration, infusion, left_out, push, units

AROUND = (hydration("16:00", "19:00"), infusion("drug", "17:00", "18:00"))


def test_hydration_around_a_drug_counts_only_where_it_ran_alone() -> None:
    answer = coded(*AROUND)
    assert units(answer) == {"96365": 1, "96361": 2}
    assert "16:00 to 17:00 and 18:00 to 19:00" in answer.lines[1].why


@pytest.mark.parametrize(
    ("option", "services", "expected"),
    [
        ("total", (hydration("09:00", "09:29"), hydration("12:00", "12:20")), {"96360": 1}),
        ("each", (hydration("09:00", "09:29"), hydration("12:00", "12:20")), {}),
        ("each", (hydration("09:00", "09:31"), hydration("12:00", "12:20")), {"96360": 1}),
        ("each", (hydration("09:00", "09:31"), hydration("12:00", "12:59")), {"96360": 1}),
        ("each", (hydration("09:00", "09:31"), hydration("12:00", "13:00")), {"96360": 1, "96361": 1}),
    ],
)
def test_pieces_add_up_or_stand_by_themselves(
    option: str, services: tuple[Service, ...], expected: dict[str, int]
) -> None:
    assert units(coded(*services, options={"hydration_pieces": option})) == expected


def test_bags_that_follow_without_a_stop_are_one_piece() -> None:
    bags = hydration("09:00", "09:20"), hydration("09:20", "09:40")
    assert units(coded(*bags, options={"hydration_pieces": "each"})) == {"96360": 1}


def test_two_bags_at_once_count_each_minute_once() -> None:
    answer = coded(hydration("09:00", "10:00"), hydration("09:00", "10:00"))
    assert units(answer) == {"96360": 1}
    assert answer.lines[0].minutes == 60


@pytest.mark.parametrize(("option", "minutes"), [("deduct", 55), ("ignore", 60)])
def test_the_minutes_of_a_charted_push_come_off(option: str, minutes: int) -> None:
    services = hydration("09:00", "10:00"), push("drug", "09:30", "09:35")
    answer = coded(*services, options={"hydration_push_minutes": option})
    assert answer.lines[1].minutes == minutes


def test_a_push_without_a_length_takes_nothing_off() -> None:
    assert coded(hydration("09:00", "10:00"), push("drug", "09:30")).lines[1].minutes == 60


def test_a_push_takes_minutes_off_its_piece_and_does_not_break_it() -> None:
    services = hydration("09:00", "09:40"), push("drug", "09:20", "09:22")
    answer = coded(*services, options={"hydration_pieces": "each"})
    assert units(answer) == {"96374": 1, "96361": 1}
    assert answer.lines[1].minutes == 38


@pytest.mark.parametrize("modifier", ["59", "XU"])
def test_a_payer_may_want_a_modifier_on_hydration_beside_another_service(modifier: str) -> None:
    answer = coded(*AROUND, options={"secondary_hydration_modifier": modifier})
    assert units(answer) == {"96365": 1, f"96361-{modifier}": 2}


def test_hydration_that_ran_only_beside_a_drug_is_left_out_with_no_minutes() -> None:
    answer = coded(infusion("drug", "09:00", "11:00"), hydration("09:00", "10:00", id="b"))
    assert left_out(answer) == {"b": ("hydration-own-minutes", "hydration-minimum")}
    assert answer.not_billed[0].minutes == 0


def test_of_two_fluids_the_one_that_never_ran_alone_is_left_out() -> None:
    drug = infusion("drug", "09:00", "10:00")
    answer = coded(drug, hydration("09:00", "10:00", id="b"), hydration("10:00", "11:00", id="c"))
    assert units(answer) == {"96365": 1, "96361": 1}
    assert left_out(answer) == {"b": ("hydration-own-minutes",)}


def test_hydration_beside_blood_is_not_its_own() -> None:
    blood = infusion("red cells", "09:00", "12:00", category="transfusion")
    assert units(coded(blood, hydration("09:00", "12:20"))) == {"36430": 1}
    assert units(coded(blood, hydration("12:00", "13:00"))) == {"36430": 1, "96360": 1}


def test_hydration_at_another_site_than_blood_or_in_another_encounter_is_its_own() -> None:
    for elsewhere in ({"site": "2"}, {"encounter": "2"}):
        blood = infusion("blood", "09:00", "10:00", category="transfusion", **elsewhere)
        assert units(coded(hydration("09:00", "10:00"), blood)) == {"96360": 1, "36430": 1}


def test_few_minutes_of_hydration_are_not_close_to_anything() -> None:
    assert [finding.name for finding in coded(hydration("09:00", "09:02")).findings] == []


def test_hydration_close_to_its_minimum_is_said_of_the_first_bag() -> None:
    bags = hydration("09:00", "09:14", id="a"), hydration("10:00", "10:14", id="b")
    assert [(found.name, found.service) for found in coded(*bags).findings] == [("near-threshold", "a")]


def test_two_fluids_that_ran_alone_are_both_named() -> None:
    other = infusion("ringer", "10:00", "10:30", category="hydration")
    (line,) = coded(hydration("09:00", "09:30"), other).lines
    assert line.why.startswith("Saline and ringer ran alone")


def test_hydration_at_another_site_than_the_drug_ran_alone() -> None:
    answer = coded(infusion("drug", "09:00", "10:00"), hydration("09:00", "10:00", site="2"))
    assert units(answer) == {"96365": 1, "96360-59": 1}
    assert found(answer) == ["second-site-reason"]


def test_an_infusion_that_waits_for_its_stop_takes_nothing_off_yet() -> None:
    answer = coded(infusion("drug", "09:30", id="a"), hydration("09:00", "10:00"))
    assert units(answer) == {"96360": 1}
    assert answer.blockers


@pytest.mark.parametrize("option", ["deduct", "ignore"])
def test_an_infusion_given_up_early_takes_its_minutes_off_whatever_pushes_do(option: str) -> None:
    fluid = hydration("09:00", "09:40", id="fluid")
    drug = infusion("drug", "09:10", "09:20", stopped_early=True)
    answer = coded(fluid, drug, setting="physician", options={"hydration_push_minutes": option})
    assert answer.blockers == ()
    assert set(left_out(answer)) == {"fluid"}


def test_an_infusion_given_up_early_breaks_a_piece() -> None:
    fluid = hydration("09:00", "10:00", id="fluid")
    drug = infusion("drug", "09:25", "09:35", stopped_early=True)
    answer = coded(fluid, drug, setting="physician", options={"hydration_pieces": "each"})
    assert set(left_out(answer)) == {"fluid"}
    whole = coded(fluid, drug, setting="physician")
    assert units(whole)["96361"] == 1


@pytest.mark.parametrize(
    ("bags", "pieces"),
    [
        ([hydration("09:00:50", "10:31:10")], "total"),
        ([hydration("09:00", "09:20:05"), hydration("09:20:50", "09:40")], "each"),
    ],
)
def test_seconds_that_decide_the_hours_of_hydration_are_found(bags: list[Service], pieces: str) -> None:
    answer = coded(push("drug", "08:00"), *bags, options={"hydration_pieces": pieces})
    assert "exact-and-charted-differ" in found(answer)


def test_pieces_that_lie_a_minute_apart_are_two_by_the_chart_as_well() -> None:
    bags = hydration("09:00", "09:20:05"), hydration("09:21:50", "09:40")
    answer = coded(push("drug", "08:00"), *bags, options={"hydration_pieces": "each"})
    assert "exact-and-charted-differ" not in found(answer)


TWO = (
    infusion("saline", "09:00", "09:20", id="a", category="hydration"),
    infusion("lead", "08:00", "09:00", id="lead"),
    push("more", "08:30", id="p"),
    infusion("ringer", "09:20", "09:33", id="b", category="hydration"),
)


def test_fluid_that_ran_for_no_minute_is_told_with_none() -> None:
    (item,) = coded(push("drug", "08:00"), hydration("09:00", "09:00:30")).not_billed
    assert item.why.startswith("Saline ran 09:00 to 09:00:30 (0 minutes);")


def test_several_bags_beside_a_drug_stand_where_the_first_was_entered() -> None:
    answer = coded(
        infusion("drug", "08:00", "09:00"),
        hydration("09:00", "09:31", id="a"),
        push("other", "10:00"),
        hydration("10:00", "10:02", id="b"),
    )
    assert [line.code for line in answer.lines] == ["96365", "96361", "96375"]
    assert [f.service for f in answer.findings if f.name == "near-threshold"] == ["a"]
