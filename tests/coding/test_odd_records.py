"""What a slip of the hand in a record makes of a visit: it is said, and nothing is made up."""

from __future__ import annotations

from typing import Any

import pytest

from desktop_app.coding.reasons import Coding
from tests.coding.given import care, coded, found, hydration, infusion, push, units, visit
from tests.coding.test_one_minute import asked

NEXT = "2026-03-03T"


def by_day(answer: Coding) -> dict[str, int]:
    return {f"{line.date} {line.code}": line.units for line in answer.lines}


def test_a_port_flush_counts_on_a_day_on_which_nothing_else_is_billed() -> None:
    flush = care("port-flush", f"{NEXT}09:00")
    chemo = infusion("chemo", "22:00", f"{NEXT}00:10", category="chemo")
    assert by_day(coded(chemo, flush))["2026-03-03 96523"] == 1
    longer = infusion("chemo", "22:00", f"{NEXT}01:31", category="chemo")
    assert "2026-03-03 96523" not in by_day(coded(longer, flush))


def test_hours_of_two_hangs_added_up_are_each_dated_by_their_own_day() -> None:
    hangs = infusion("drug", "21:00", "23:00"), infusion("drug", f"{NEXT}01:00", f"{NEXT}04:00")
    answer = coded(*hangs, options={"same_drug_again": "total", "midnight_dates": "unit-hour"})
    assert by_day(answer) == {"2026-03-02 96365": 1, "2026-03-02 96366": 1, "2026-03-03 96366": 3}


def test_all_the_units_on_another_day_than_the_start_say_so() -> None:
    answer = coded(hydration("23:00", f"{NEXT}02:00"))
    assert [(line.date.day, line.units) for line in answer.lines] == [(2, 1), (3, 2)]
    assert answer.lines[1].why.endswith("2 units; all of them on this day.")
    assert "dates-unit-hour" in answer.lines[1].rules
    one = coded(hydration("23:00", f"{NEXT}00:40"))
    assert one.lines[1].why.endswith("1 unit; all of it on this day.")


def test_an_added_hour_stands_behind_the_first_hour_of_its_drug() -> None:
    answer = coded(
        push("chemo", "09:00", category="chemo"),
        infusion("drug", "11:00", "11:30"),
        infusion("drug", "09:00", "10:00"),
    )
    assert [line.code for line in answer.lines] == ["96409", "96367", "96366"]


def test_what_ran_beside_an_infusion_stands_behind_it() -> None:
    answer = coded(
        push("chemo", "08:00", category="chemo"),
        infusion("beside", "09:10", "09:50"),
        infusion("longer", "09:00", "10:00"),
    )
    assert [line.code for line in answer.lines] == ["96409", "96367", "96368"]


def test_two_chemo_drugs_that_ran_at_once_are_said_also_when_the_second_is_sequential() -> None:
    one, two = (
        infusion(drug, f"09:{at}", f"10:{at}", category="chemo") for drug, at in (("a", "00"), ("b", "30"))
    )
    assert found(coded(one, two)) == ["chemo-at-once"]
    again = infusion("a", "09:30", "10:30", category="chemo")
    assert "chemo-at-once" not in found(coded(one, again))
    after = infusion("b", "10:00", "11:00", category="chemo")
    assert "chemo-at-once" not in found(coded(one, after))


def test_chemo_wholly_beside_other_chemo_is_said_once() -> None:
    one = infusion("a", "09:00", "11:00", category="chemo")
    inside = infusion("b", "09:30", "10:30", category="chemo")
    assert found(coded(one, inside)).count("chemo-at-once") == 1


def test_a_visit_dated_on_a_day_on_which_nothing_began_is_said() -> None:
    assert "date-of-no-service" in found(coded(infusion("drug", "09:00", "10:00"), date="2026-03-05"))
    over_midnight = infusion("drug", "23:00", f"{NEXT}01:00")
    assert "date-of-no-service" not in found(coded(over_midnight))
    assert "date-of-no-service" not in found(coded())


def test_a_second_syringe_of_another_name_is_said_and_adds_nothing() -> None:
    syringes = care("im", "09:00"), infusion("other", "09:01", route="im", same_dose_as_previous=True)
    answer = coded(*syringes)
    assert (units(answer), found(answer)) == ({"96372": 1}, ["second-syringe-differs"])
    same = care("im", "09:00"), care("im", "09:01", same_dose_as_previous=True)
    assert found(coded(*same)) == []


def dose(amount: float, *sizes: int, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    vials = [{"size": size, "count": 1, "single_dose": True} for size in sizes]
    given = {"hcpcs": "J9312", "dose": int(amount), "unit": "mg", "containers": vials}
    return push("rituximab", "09:00") | given | more


@pytest.mark.parametrize(
    ("service", "said"),
    [
        (dose(100, 500, 500), True),
        (dose(100, 200), False),
        (dose(100, 150, 50), True),
        (dose(100, 100, 50), True),
        (dose(100, 149), False),
        (dose(100), False),
    ],
)
def test_a_whole_container_left_over_is_said(service: dict[str, Any], *, said: bool) -> None:
    assert ("whole-container-left" in found(coded(service))) == said


def test_a_drug_code_without_a_dose_is_said() -> None:
    service = push("rituximab", "09:00", hcpcs="J9312")
    assert found(coded(service)) == ["drug-dose-missing"]
    assert found(coded(push("rituximab", "09:00"))) == []


def test_what_was_started_and_stopped_at_once_says_that_it_did_not_run() -> None:
    answer = coded(infusion("drug", "09:00", "09:00"))
    assert answer.lines[0].why.startswith("Drug did not run: it was started and stopped at 09:00")


def test_a_stop_that_nobody_knows_is_in_the_sentence_of_the_line() -> None:
    unseen = coded(infusion("drug", "09:00", not_witnessed=True))
    assert "as nobody knows its stop it counts as a push" in unseen.lines[0].why
    under_skin = coded(infusion("drug", "09:00", not_witnessed=True, route="sc-infusion"))
    assert (
        under_skin.lines[0].why == "Drug: given at 09:00, and nobody knows its stop, so it is an injection."
    )


def test_a_blank_behind_a_drugs_name_is_not_told() -> None:
    assert coded(infusion("drug ", "09:00", "10:00")).lines[0].why.startswith("Drug ran 09:00")


def test_a_minute_is_asked_of_every_service_of_a_visit() -> None:
    made = visit(infusion("drug", "09:00", "10:30"), push("two", "09:00"))
    assert all(line.one_minute for line in asked(made).lines)


def test_a_second_look_at_one_of_two_chemo_drugs_does_not_hide_that_they_ran_at_once() -> None:
    one = infusion("a", "09:00", "10:31", category="chemo", id="a")
    two = infusion("b", "10:00", "11:00", category="chemo", id="b")
    told = [(f.service, f.text) for f in coded(one, two).findings if f.name != "near-threshold"]
    assert told == [("b", "B ran beside a; see that two chemo drugs were given at once.")]
    assert "near-threshold" in found(coded(one, two))


def test_chemo_beside_two_others_names_the_first() -> None:
    drugs = [
        infusion(name, f"09:{at}", f"11:{at}", category="chemo", id=name)
        for name, at in (("a", "00"), ("b", "20"), ("c", "40"))
    ]
    texts = [f.text for f in coded(*drugs).findings if f.name == "chemo-at-once"]
    assert texts[-1] == "C ran beside a; see that two chemo drugs were given at once."


def test_a_chemo_push_during_a_chemo_infusion_is_no_slip() -> None:
    one = infusion("a", "09:00", "10:00", category="chemo")
    assert found(coded(one, push("b", "09:10", "09:20", category="chemo"))) == []


def test_a_date_on_which_nothing_began_is_told_in_full() -> None:
    answer = coded(infusion("drug", "09:00", "10:00"), date="2026-03-05")
    text = "The visit is coded by the rules of 2026-03-05, its date, and nothing began on that day."
    assert [f.text for f in answer.findings if f.name == "date-of-no-service"] == [text]
