"""The whole order of work: what only shows where the steps meet."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from desktop_app.coding.coder import code
from desktop_app.coding.ledger import Ledger, Run
from desktop_app.coding.reasons import Level
from desktop_app.core.timeline import Spans
from tests.coding.given import (
    RULES,
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


def in_order(*services: dict[str, Any], **more: Any) -> list[str]:  # noqa: ANN401
    """Return the codes with their modifiers, in the order of the lines."""
    return ["-".join((line.code, *line.modifiers)) for line in coded(*services, **more).lines]


def test_a_visit_before_the_first_rules_has_no_lines_and_says_so() -> None:
    answer = coded(push("drug", "2008-12-31T09:00", id="a"), date="2008-12-31")
    sentence = "No rules are known for 2008-12-31; the rulebook begins on 2009-01-01."
    assert (answer.lines, answer.infused_minutes, answer.billable_hours) == ((), 0, 0)
    assert [(item.service, item.why, item.minutes) for item in answer.not_billed] == [("a", sentence, None)]
    (finding,) = answer.findings
    assert (finding.level, finding.name, finding.text) == (Level.BLOCKER, "no-rules-for-date", sentence)


def test_the_lines_of_one_site_and_encounter_come_before_those_of_the_next() -> None:
    lead, more = infusion("lead", "09:00", "10:00", category="chemo"), push("more", "09:30")
    there = {"site": "2"}
    other, last = infusion("other", "09:00", "10:00", **there), infusion("last", "10:00", "10:20", **there)
    assert in_order(lead, more, other, last) == ["96413", "96375", "96365-59", "96367"]
    again = {"encounter": "2"}
    later = infusion("later", "15:00", "16:00", **again), infusion("end", "16:00", "16:20", **again)
    assert in_order(lead, more, *later) == ["96413", "96375", "96365-59", "96367"]


def test_after_the_initial_code_lines_come_in_the_order_given() -> None:
    given = care("im", "08:00"), infusion("lead", "09:00", "10:00"), push("more", "09:30")
    assert in_order(*given) == ["96365", "96372", "96375"]


def test_fluid_that_only_runs_while_something_goes_under_the_skin_runs_alone() -> None:
    under_the_skin = infusion("globulin", "09:00", "10:00", route="sc-infusion")
    assert units(coded(hydration("09:00", "10:00"), under_the_skin)) == {"96360": 1, "96369": 1}
    assert units(
        coded(hydration("09:00", "10:00"), infusion("blood", "09:00", "10:00", category="transfusion"))
    ) == {"36430": 1}


def test_minutes_infused_are_those_in_which_an_infusion_ran_each_once() -> None:
    services = (
        infusion("one", "09:00", "10:00"),
        infusion("two", "09:30", "10:30", site="2"),
        push("three", "11:00", "11:10"),
        infusion("flush", "12:00", "13:00", kvo=True),
    )
    assert coded(*services).infused_minutes == 90


def test_an_addon_without_its_primary_is_found_in_the_answer() -> None:
    made = visit(infusion("drug", "09:00", "11:00"))
    eras = tuple(replace(era, addons={"infusion-more": ("declot",)}) for era in RULES.rulebook.eras)
    rulebook = replace(RULES.rulebook, eras=eras)
    answer = code(made, rulebook, RULES.profile_for(made.setting))
    assert [finding.name for finding in answer.blockers] == ["add-on-without-primary"]


@pytest.mark.parametrize(
    ("service", "basis", "differ"),
    [
        (infusion("drug", "09:00:50", "09:16:10"), "elapsed", True),
        (infusion("drug", "09:00:50", "09:16:10"), "charted", True),
        (infusion("drug", "09:00:10", "09:16:50"), "elapsed", False),
        (infusion("drug", "09:00", "09:16"), "elapsed", False),
        (
            infusion("drug", "09:00", "09:16", pauses=[["2026-03-02T09:05", "2026-03-02T09:05:30"]]),
            "elapsed",
            True,
        ),
        (
            infusion("drug", "09:00", "09:17", pauses=[["2026-03-02T09:05", "2026-03-02T09:05:30"]]),
            "elapsed",
            False,
        ),
        (care("port-flush", "09:00:30"), "elapsed", False),
        (care("port-flush", "09:00:30"), "charted", False),
        (infusion("drug", "09:00:30", volume_ml=16, rate_ml_h=61), "elapsed", True),
    ],
)
def test_units_that_hang_on_seconds_are_found(service: dict[str, Any], basis: str, *, differ: bool) -> None:
    answer = coded(service, push("other", "15:00", encounter="2"), options={"minute_basis": basis})
    assert ("exact-and-charted-differ" in found(answer)) == differ


@pytest.mark.parametrize(
    ("basis", "used", "other"), [("elapsed", "Exact", "charted"), ("charted", "Charted", "exact")]
)
def test_which_times_were_used_is_said(basis: str, used: str, other: str) -> None:
    answer = coded(infusion("drug", "09:00:50", "09:16:10"), options={"minute_basis": basis})
    told = [finding.text for finding in answer.findings if finding.name == "exact-and-charted-differ"]
    sentence = f"{used} times are used here; by {other} times the units would differ, so check the seconds."
    assert told == [sentence]


@pytest.mark.parametrize("basis", ["elapsed", "charted"])
def test_a_port_flush_alone_hangs_on_no_seconds(basis: str) -> None:
    assert found(coded(care("port-flush", "09:00:30"), options={"minute_basis": basis})) == []


def test_a_port_flush_waits_for_what_else_is_billed_that_day() -> None:
    flush = care("port-flush", "09:00", id="f")
    assert left_out(coded(flush, push("drug", "15:00"))) == {"f": ("port-flush-alone",)}
    assert units(coded(flush)) == {"96523": 1}


def test_a_drug_is_known_by_its_words_whatever_their_case_and_the_spaces_between() -> None:
    same = infusion("Drug  A", "09:00", "10:00"), infusion("drug a", "10:30", "11:00")
    assert units(coded(*same)) == {"96365": 1, "96366": 1}
    other = infusion("drug a", "09:00", "10:00"), infusion("druga", "10:30", "11:00")
    assert units(coded(*other)) == {"96365": 1, "96367": 1}


@pytest.mark.parametrize(("second", "tied"), [("09:00:50", True), ("09:01:10", False)])
def test_two_encounters_that_began_within_one_minute_are_tied_by_the_chart(
    second: str, *, tied: bool
) -> None:
    """Exactly the push began first; by the chart the names of the encounters decide."""
    first = push("one", "09:00:10", encounter="2")
    answer = coded(first, infusion("two", second, "10:01:55", encounter="1"))
    assert units(answer) == {"96374": 1, "96365-59": 1}
    assert ("exact-and-charted-differ" in found(answer)) == tied


def test_what_is_flushed_beside_a_drug_line_is_left_out_on_both_bases() -> None:
    drug = care("drug-only", "09:00:20", hcpcs="J1200", units=3)
    answer = coded(drug, care("port-flush", "10:00:30", id="f"))
    assert (left_out(answer), found(answer)) == ({"f": ("port-flush-alone",)}, [])


def test_a_minute_that_two_rules_claim_is_found_in_the_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    def twice(ledger: Ledger, run: Run, spans: Spans) -> None:
        ledger.claims += [(("1", "1"), run, spans)] * 2

    monkeypatch.setattr(Ledger, "claim", twice)
    answer = coded(infusion("drug", "09:00", "10:00"))
    assert [finding.name for finding in answer.blockers] == ["minute-counted-twice"]


def test_a_port_flush_on_a_day_that_only_one_basis_bills_is_told() -> None:
    drug = infusion(
        "drug",
        "2026-03-02T22:55:50",
        "2026-03-03T00:40:00",
        pauses=[["2026-03-02T23:00:10", "2026-03-02T23:04:30"]],
    )
    answer = coded(drug, care("port-flush", "2026-03-03T00:50:00"))
    # The hour ends at 00:00:10; by stamps without seconds at 23:59, and then the flush is alone.
    assert units(answer) == {"96365": 1, "96366": 1}
    assert [line.date.isoformat() for line in answer.lines] == ["2026-03-02", "2026-03-03"]
    assert "exact-and-charted-differ" in found(answer)
