from __future__ import annotations

import pytest

from desktop_app.coding.reasons import Level
from tests.coding.given import Service, coded, found, hydration, infusion, left_out, push, units


def test_chemo_leads_whatever_the_clock_says() -> None:
    answer = coded(
        infusion("ondansetron", "08:00", "08:30"), infusion("paclitaxel", "08:30", "10:30", category="chemo")
    )
    assert [line.code for line in answer.lines] == ["96413", "96415", "96367"]


def test_a_chemo_push_leads_over_an_infusion_that_is_not_chemo() -> None:
    answer = coded(infusion("leucovorin", "08:00", "10:00"), push("fluorouracil", "10:00", category="chemo"))
    assert units(answer) == {"96409": 1, "96367": 1, "96366": 1}


@pytest.mark.parametrize(("option", "leader"), [("longest", "b"), ("first", "a")])
def test_of_equal_infusions_the_payer_says_which_leads(option: str, leader: str) -> None:
    services = infusion("one", "08:00", "08:40", id="a"), infusion("two", "09:00", "10:00", id="b")
    assert coded(*services, options={"equal_rank": option}).lines[0].services == (leader,)


def test_of_infusions_equal_in_all_the_first_started_leads() -> None:
    answer = coded(infusion("two", "09:00", "10:00", id="b"), infusion("one", "08:00", "09:00", id="a"))
    assert answer.lines[0].services == ("a",)


OVERLAP = (infusion("one", "09:00", "10:10"), infusion("two", "09:40", "10:40"))
"""70 and 60 minutes; 30 of the second beside the first, half of it."""


@pytest.mark.parametrize(
    ("option", "services", "expected"),
    [
        ("deduct", OVERLAP, {"96365": 1, "96367": 1}),
        ("majority", OVERLAP, {"96365": 1, "96367": 1}),
        ("any", OVERLAP, {"96365": 1, "96368": 1}),
        # 31 of 60 beside the first: more than half.
        ("majority", (OVERLAP[0], infusion("two", "09:39", "10:39")), {"96365": 1, "96368": 1}),
        # Full time counts by majority: 120 minutes with 60 beside.
        (
            "majority",
            (infusion("one", "09:00", "12:30"), infusion("two", "11:30", "13:30")),
            {"96365": 1, "96366": 3, "96367": 1},
        ),
        (
            "deduct",
            (infusion("one", "09:00", "12:30"), infusion("two", "11:30", "13:30")),
            {"96365": 1, "96366": 2, "96367": 1},
        ),
        (
            "any",
            (infusion("one", "09:00", "10:00"), infusion("two", "10:00", "10:40")),
            {"96365": 1, "96367": 1},
        ),
    ],
)
def test_shared_minutes_are_read_as_the_payer_does(
    option: str, services: tuple[Service, ...], expected: dict[str, int]
) -> None:
    answer = coded(*services, options={"overlap": option})
    assert units(answer) == expected
    assert answer.blockers == ()


def test_a_concurrent_infusion_is_reported_once_an_encounter() -> None:
    lead = infusion("lead", "09:00", "11:00")
    answer = coded(lead, infusion("two", "09:00", "10:00"), infusion("three", "10:00", "11:00", id="c"))
    assert units(answer) == {"96365": 1, "96366": 1, "96368": 1}
    assert left_out(answer) == {"c": ("concurrent-infusion", "overlap-deduct", "concurrent-once")}


@pytest.mark.parametrize("option", ["96417", "96549"])
def test_chemo_beside_chemo_is_reported_as_the_payer_wants_with_a_warning(option: str) -> None:
    services = [infusion(name, "09:00", "10:00", category="chemo") for name in ("one", "two")]
    answer = coded(*services, options={"concurrent_chemo": option})
    assert units(answer) == {"96413": 1, option: 1}
    assert found(answer) == ["chemo-at-once"]


@pytest.mark.parametrize(
    ("option", "expected"),
    [
        ("each-hang", {"96365": 1, "96366": 1}),
        ("total", {"96365": 1}),
        ("sequential", {"96365": 1, "96367": 1}),
    ],
)
def test_the_same_drug_hung_again(option: str, expected: dict[str, int]) -> None:
    services = infusion("Drug", "09:00", "09:45", id="a"), infusion("drug ", "11:45", "12:30", id="b")
    answer = coded(*services, options={"same_drug_again": option})
    assert units(answer) == expected
    assert {service for line in answer.lines for service in line.services} == {"a", "b"}


def test_the_minutes_of_all_hangs_add_up_where_the_payer_adds_them() -> None:
    services = [infusion("drug", f"{hour:02}:00", f"{hour:02}:31") for hour in (9, 11, 13)]
    answer = coded(*services, options={"same_drug_again": "total"})
    assert units(answer) == {"96365": 1, "96366": 1}
    assert answer.lines[0].minutes == 93


def test_a_short_hang_of_the_same_drug_inside_another_is_left_out() -> None:
    lead = infusion("drug", "09:00", "10:00")
    answer = coded(lead, infusion("drug", "09:50", "10:10", id="b"))
    assert units(answer) == {"96365": 1}
    assert left_out(answer) == {"b": ("same-drug-again",)}


def test_a_drug_only_concurrent_so_far_is_new_when_it_is_hung_again() -> None:
    lead = infusion("lead", "09:00", "11:00", category="chemo")
    answer = coded(lead, infusion("drug", "09:00", "10:00"), infusion("drug", "11:00", "11:40"))
    assert units(answer) == {"96413": 1, "96415": 1, "96368": 1, "96367": 1}


def test_a_drug_recorded_as_chemo_and_not_is_one_drug_and_the_slip_is_said() -> None:
    answer = coded(infusion("drug", "09:00", "10:00", category="chemo"), infusion("drug", "11:00", "12:00"))
    assert units(answer) == {"96413": 1, "96415": 1}
    assert found(answer) == ["drug-in-two-categories"]


def test_a_drug_reported_at_one_site_is_no_new_start_at_another() -> None:
    first = infusion("drug", "09:00", "10:00")
    moved = infusion("drug", "10:10", "11:00", site="2")
    assert units(coded(first, moved, site_reasons={"2": "infiltrated"})) == {"96365": 1, "96366": 1}


def test_a_second_site_has_an_initial_service_of_its_own() -> None:
    answer = coded(infusion("one", "09:00", "10:00"), infusion("two", "09:00", "09:30", site="2"))
    assert units(answer) == {"96365": 1, "96365-59": 1}
    assert found(answer) == ["second-site-reason"]


def test_a_reason_for_the_second_site_settles_the_finding() -> None:
    services = infusion("one", "09:00", "10:00"), infusion("two", "09:00", "09:30", site="2")
    assert found(coded(*services, site_reasons={"2": "incompatible drugs"})) == []


def test_sites_used_one_after_the_other_need_no_reason() -> None:
    services = infusion("one", "09:00", "10:00"), infusion("two", "10:00", "10:30", site="2")
    assert found(coded(*services)) == []


def test_the_site_with_the_best_rank_leads_and_stands_bare() -> None:
    services = push("one", "08:00"), infusion("two", "09:00", "10:00", site="2", category="chemo")
    assert units(coded(*services)) == {"96413": 1, "96374-59": 1}


def test_a_later_encounter_has_an_initial_service_of_its_own() -> None:
    early = infusion("drug", "07:00", "08:00")
    late = infusion("drug", "19:00", "20:00", encounter="2")
    assert units(coded(late, early)) == {"96365": 1, "96365-59": 1}


@pytest.mark.parametrize(("kind", "modifier"), [("site", "XS"), ("encounter", "XE")])
def test_the_payer_chooses_the_modifier_of_a_second_initial_code(kind: str, modifier: str) -> None:
    services = infusion("one", "07:00", "08:00"), infusion("two", "19:00", "20:00", **{kind: "2"})
    answer = coded(*services, options={f"separate_{kind}_modifier": modifier})
    assert units(answer) == {"96365": 1, f"96365-{modifier}": 1}


def test_an_encounter_without_a_line_does_not_make_the_next_one_a_second() -> None:
    assert units(coded(hydration("07:00", "07:20"), push("drug", "19:00", encounter="2"))) == {"96374": 1}


def test_an_office_leads_with_the_main_reason_for_the_visit() -> None:
    services = infusion("one", "09:00", "11:00"), infusion("two", "11:00", "12:00", primary=True, id="b")
    assert coded(*services, setting="physician").lines[0].services == ("b",)
    assert coded(*services, setting="facility").lines[0].services == ("1",)


def test_hydration_may_be_the_main_reason_in_an_office() -> None:
    services = hydration("09:00", "10:00", primary=True), push("drug", "10:05")
    assert units(coded(*services, setting="physician")) == {"96360": 1, "96375": 1}
    assert units(coded(*services, setting="facility")) == {"96374": 1, "96361": 1}


@pytest.mark.parametrize(
    "services",
    [
        # Chemo would lose its primary.
        (
            infusion("one", "09:00", "10:00", primary=True),
            infusion("two", "10:00", "11:00", category="chemo"),
        ),
        (
            push("one", "09:00", category="chemo", primary=True),
            infusion("two", "10:00", "11:00", category="chemo"),
        ),
        (infusion("one", "09:00", "10:00", primary=True), push("two", "10:00", category="chemo")),
        # Hydration does not reach its minimum.
        (hydration("09:00", "09:30", primary=True), push("two", "10:00")),
    ],
)
def test_a_mark_that_cannot_lead_is_not_followed_and_said(services: tuple[Service, ...]) -> None:
    answer = coded(*services, setting="physician")
    assert answer.lines[0].services == ("2",)
    assert "mark-not-followed" in found(answer)
    assert answer.blockers == ()


def test_a_few_own_minutes_of_a_further_drug_are_not_close_to_anything() -> None:
    lead = infusion("lead", "08:00", "09:00", category="chemo")
    answer = coded(lead, infusion("further", "08:46", "09:03"), options={"concurrent_min": 16})
    assert [line.code for line in answer.lines] == ["96413"]
    assert "near-threshold" not in [finding.name for finding in answer.findings]


def test_a_further_hang_close_to_a_threshold_asks_for_a_second_look() -> None:
    hangs = infusion("drug", "08:00", "09:00", id="a"), infusion("drug", "10:00", "10:18", id="b")
    near = [finding.service for finding in coded(*hangs).findings if finding.name == "near-threshold"]
    assert near == ["b"]


def test_a_further_drug_too_short_to_report_is_left_out() -> None:
    lead = infusion("lead", "09:00", "10:00")
    late = infusion("late", "09:52", "10:12", id="b")
    answer = coded(lead, late, options={"concurrent_min": 16})
    assert units(answer) == {"96365": 1}
    assert left_out(answer) == {"b": ("sequential-infusion",)}


def test_lines_stand_initial_first_then_in_the_order_given_each_add_on_behind_its_primary() -> None:
    answer = coded(
        push("first", "08:00"),
        infusion("second", "08:10", "10:00"),
        infusion("third", "10:00", "13:00", category="chemo"),
        hydration("13:00", "14:00"),
    )
    assert [line.code for line in answer.lines] == ["96413", "96415", "96375", "96367", "96366", "96361"]


def test_the_hours_billed_and_the_minutes_infused_are_summed_up() -> None:
    answer = coded(
        infusion("one", "09:00", "11:00"), infusion("two", "10:30", "11:30"), push("three", "12:00")
    )
    assert (answer.infused_minutes, answer.billable_hours) == (150, 3)


def test_a_warning_is_no_blocker() -> None:
    services = [infusion(name, "09:00", "10:00", category="chemo") for name in ("one", "two")]
    assert [finding.level for finding in coded(*services).findings] == [Level.WARNING]


def test_a_total_counts_every_minute_of_a_further_hang() -> None:
    services = (
        infusion("e", "08:16", "10:16"),
        infusion("d", "10:17", "11:47"),
        infusion("d", "10:23", "11:53", id="again"),
    )
    answer = coded(*services, options={"same_drug_again": "total"})
    assert units(answer) == {"96365": 1, "96366": 2, "96367": 1}
    assert left_out(answer) == {}
    assert units(coded(*services)) == {"96365": 1, "96366": 1, "96367": 1}


def test_a_further_hang_without_a_minute_of_its_own_adds_nothing_to_a_total() -> None:
    services = (infusion("d", "09:00", "10:00"), infusion("d", "09:10", "09:50", id="again"))
    answer = coded(*services, options={"same_drug_again": "total"})
    assert left_out(answer) == {"again": ("same-drug-again",)}


@pytest.mark.parametrize("minutes", [31, 32])
def test_a_further_infusion_near_the_minutes_its_payer_wants_asks_for_a_second_look(minutes: int) -> None:
    lead, further = infusion("a", "08:00", "09:00"), infusion("b", "10:00", f"10:{minutes}", id="b")
    near = [
        f.text for f in coded(lead, further, options={"sequential_min": "31"}).findings if f.service == "b"
    ]
    over = {31: "exactly", 32: "1 minute over"}[minutes]
    text = f"B counts {minutes} minutes, {over} the 31 at which its units change"
    assert near == [f"{text}; see that the charted times are right."]


@pytest.mark.parametrize("minutes", [16, 17, 18])
def test_a_further_hang_near_the_fewest_minutes_it_needs_asks_for_a_second_look(minutes: int) -> None:
    hangs = infusion("a", "08:00", "09:00"), infusion("a", "10:00", f"10:{minutes}", id="b")
    near = [
        f.text for f in coded(*hangs, options={"same_drug_again": "each-hang"}).findings if f.service == "b"
    ]
    over = {16: "exactly", 17: "1 minute over", 18: "2 minutes over"}[minutes]
    text = f"A counts {minutes} minutes, {over} the 16 at which its units change"
    assert near == [f"{text}; see that the charted times are right."]
