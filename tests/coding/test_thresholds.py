"""Every threshold, the minute below, on and above it."""

from __future__ import annotations

import pytest

from tests.coding.given import coded, hydration, infusion, push, units

START = "09:00"


def after(minutes: int, seconds: int = 0) -> str:
    return f"{9 + minutes // 60:02}:{minutes % 60:02}:{seconds:02}"


@pytest.mark.parametrize("setting", ["facility", "physician"])
@pytest.mark.parametrize(
    ("minutes", "expected"),
    [
        (1, {"96374": 1}),
        (15, {"96374": 1}),
        (16, {"96365": 1}),
        (60, {"96365": 1}),
        (90, {"96365": 1}),
        (91, {"96365": 1, "96366": 1}),
        (150, {"96365": 1, "96366": 1}),
        (151, {"96365": 1, "96366": 2}),
        (210, {"96365": 1, "96366": 2}),
        (211, {"96365": 1, "96366": 3}),
    ],
)
def test_a_lone_drug_infusion(setting: str, minutes: int, expected: dict[str, int]) -> None:
    assert units(coded(infusion("drug", START, after(minutes)), setting=setting)) == expected


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [
        (15, {"96409": 1}),
        (16, {"96413": 1}),
        (90, {"96413": 1}),
        (91, {"96413": 1, "96415": 1}),
        (150, {"96413": 1, "96415": 1}),
        (151, {"96413": 1, "96415": 2}),
    ],
)
def test_a_lone_chemo_infusion(minutes: int, expected: dict[str, int]) -> None:
    assert units(coded(infusion("drug", START, after(minutes), category="chemo"))) == expected


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [
        (15, {}),
        (30, {}),
        (31, {"96360": 1}),
        (90, {"96360": 1}),
        (91, {"96360": 1, "96361": 1}),
        (150, {"96360": 1, "96361": 1}),
        (151, {"96360": 1, "96361": 2}),
    ],
)
def test_hydration_alone(minutes: int, expected: dict[str, int]) -> None:
    assert units(coded(hydration(START, after(minutes)))) == expected


@pytest.mark.parametrize(
    ("minutes", "more"),
    [(30, {}), (31, {"96361": 1}), (90, {"96361": 1}), (91, {"96361": 2}), (151, {"96361": 3})],
)
def test_hydration_beside_a_push_is_all_added_hours(minutes: int, more: dict[str, int]) -> None:
    assert units(coded(push("drug", "08:00"), hydration(START, after(minutes)))) == {"96374": 1} | more


@pytest.mark.parametrize(
    ("minutes", "more"),
    [(15, {"96375": 1}), (16, {"96367": 1}), (90, {"96367": 1}), (91, {"96367": 1, "96366": 1})],
)
def test_a_further_drug(minutes: int, more: dict[str, int]) -> None:
    lead = infusion("lead", "05:00", "07:01", category="chemo")
    expected = {"96413": 1, "96415": 1} | more
    assert units(coded(lead, infusion("further", START, after(minutes)))) == expected


@pytest.mark.parametrize(("minutes", "more"), [(15, {"96368": 1}), (16, {"96367": 1}), (17, {"96367": 1})])
def test_the_own_minutes_of_a_further_drug_make_it_sequential(minutes: int, more: dict[str, int]) -> None:
    lead = infusion("lead", "08:00", "09:00", category="chemo")
    assert units(coded(lead, infusion("further", "08:50", after(minutes)))) == {"96413": 1} | more


@pytest.mark.parametrize(("minutes", "again"), [(16, 1), (90, 1), (91, 2), (151, 3)])
def test_a_further_hang_of_the_same_drug(minutes: int, again: int) -> None:
    first = infusion("drug", "04:00", "08:00")  # the longest leads: 96366 x3 of its own
    assert units(coded(first, infusion("drug", START, after(minutes)))) == {"96365": 1, "96366": 3 + again}


@pytest.mark.parametrize(
    ("option", "minutes", "expected"),
    [
        ("over-30", 29, {"96374": 1}),
        ("over-30", 30, {"96374": 1}),
        ("over-30", 31, {"96374": 1, "96376": 1}),
        ("at-least-30", 29, {"96374": 1}),
        ("at-least-30", 30, {"96374": 1, "96376": 1}),
    ],
)
def test_the_gap_of_a_repeated_push(option: str, minutes: int, expected: dict[str, int]) -> None:
    answer = coded(push("drug", START), push("drug", after(minutes)), options={"repeat_push_gap": option})
    assert units(answer) == expected


@pytest.mark.parametrize(
    ("option", "joint", "expected"),
    [
        (1, 1, {"96365": 1, "96368": 1}),
        (16, 15, {"96365": 1}),
        (16, 16, {"96365": 1, "96368": 1}),
    ],
)
def test_the_joint_minutes_of_a_concurrent_drug(option: int, joint: int, expected: dict[str, int]) -> None:
    lead = infusion("lead", "08:00", "09:00")
    beside = infusion("beside", f"08:{60 - joint}", "09:15")
    assert units(coded(lead, beside, options={"concurrent_min": option})) == expected


@pytest.mark.parametrize(("minutes", "more"), [(30, {}), (31, {"96367": 1})])
def test_a_payer_may_want_more_of_a_sequential_drug(minutes: int, more: dict[str, int]) -> None:
    lead = infusion("lead", "07:00", "08:00")
    answer = coded(lead, infusion("further", START, after(minutes)), options={"sequential_min": 31})
    assert units(answer) == {"96365": 1} | more


@pytest.mark.parametrize(
    ("stop", "expected"),
    [
        ("09:15:59.999999", {"96374": 1}),
        ("09:16:00", {"96365": 1}),
        ("10:30:59", {"96365": 1}),
        ("10:31:00", {"96365": 1, "96366": 1}),
    ],
)
def test_seconds_never_round_up_to_a_unit(stop: str, expected: dict[str, int]) -> None:
    assert units(coded(infusion("drug", START, stop))) == expected


@pytest.mark.parametrize(("basis", "expected"), [("elapsed", {"96374": 1}), ("charted", {"96365": 1})])
def test_stamps_may_be_cut_to_the_minute_first(basis: str, expected: dict[str, int]) -> None:
    answer = coded(infusion("drug", "09:00:50", "09:16:10"), options={"minute_basis": basis})
    assert units(answer) == expected


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [(15, {"96372": 1}), (16, {"96369": 1}), (90, {"96369": 1}), (91, {"96369": 1, "96370": 1})],
)
def test_an_infusion_under_the_skin(minutes: int, expected: dict[str, int]) -> None:
    assert units(coded(infusion("drug", START, after(minutes), route="sc-infusion"))) == expected


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [(15, {"96420": 1}), (16, {"96422": 1}), (90, {"96422": 1}), (91, {"96422": 1, "96423": 1})],
)
def test_chemo_into_an_artery(minutes: int, expected: dict[str, int]) -> None:
    service = infusion("drug", START, after(minutes), route="ia-infusion", category="chemo")
    assert units(coded(service)) == expected
