from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop_app.coding.counting import which_count
from desktop_app.coding.edits import addons_without_primary, minutes_claimed_twice
from desktop_app.coding.ledger import Draft, Ledger
from desktop_app.coding.reasons import Coding, Level
from desktop_app.coding.rulebook import options_on
from desktop_app.coding.wall_clock import WallClock
from desktop_app.core.moments import MINUTE_US
from desktop_app.core.timeline import Spans
from tests.coding.given import RULES, Service, coded, found, hydration, infusion, push, visit


def ledger() -> Ledger:
    made = visit(infusion("one", "09:00", "10:00"), infusion("two", "09:30", "10:30"))
    era = RULES.rulebook.on(made.date)
    assert era is not None
    profile = RULES.profile_for(made.setting)
    options = options_on(RULES.rulebook, profile, made.setting, made.date, ())
    return Ledger(made, RULES.rulebook, era, profile, options, WallClock("UTC", date(2026, 3, 2), 0, 0))


def test_an_add_on_without_its_primary_is_a_blocker() -> None:
    books = ledger()
    run = which_count(books)[0]
    books.drafts.append(Draft(role="infusion-more", units=1, runs=(run,), why="x", rules=(), place=(0, 1, 0)))
    addons_without_primary(books)
    assert [finding.name for finding in books.findings] == ["add-on-without-primary"]


def test_two_rules_that_claim_one_minute_are_a_blocker() -> None:
    books = ledger()
    one, two = which_count(books)
    books.claim(one, ((0, 10 * MINUTE_US),))
    books.claim(two, ((9 * MINUTE_US, 20 * MINUTE_US),))
    minutes_claimed_twice(books)
    assert [finding.name for finding in books.findings] == ["minute-counted-twice"]


@pytest.mark.parametrize(
    ("minutes", "near"),
    [
        (8, False),
        (10, True),
        (15, True),
        (16, True),
        (22, True),
        (23, False),
        (84, False),
        (85, True),
        (97, True),
        (98, False),
    ],
)
def test_a_minute_count_close_to_a_threshold_asks_for_a_second_look(minutes: int, *, near: bool) -> None:
    answer = coded(infusion("drug", "09:00", f"{9 + minutes // 60:02}:{minutes % 60:02}"))
    assert ("near-threshold" in found(answer)) == near


@pytest.mark.parametrize(
    ("minutes", "near"), [(24, False), (25, True), (30, True), (31, True), (37, True), (38, False)]
)
def test_hydration_close_to_its_minimum_asks_for_a_second_look(minutes: int, *, near: bool) -> None:
    assert ("near-threshold" in found(coded(hydration("09:00", f"09:{minutes}")))) == near


def test_a_second_look_is_no_advice_to_run_longer() -> None:
    text = coded(infusion("drug", "09:00", "10:28")).findings[0].text
    assert text == (
        "Drug counts 88 minutes, 3 minutes under the 91 at which its units change; "
        "see that the charted times are right."
    )


def test_exact_and_charted_minutes_that_differ_in_units_are_said() -> None:
    answer = coded(infusion("drug", "09:00:50", "09:16:10"))
    assert "exact-and-charted-differ" in found(answer)
    assert "exact-and-charted-differ" not in found(coded(infusion("drug", "09:00:10", "09:40:50")))


@pytest.mark.parametrize(("hours", "over"), [(9, False), (10, True)])
def test_units_above_a_known_limit_are_questioned(hours: int, *, over: bool) -> None:
    answer = coded(infusion("drug", "08:00", f"{8 + hours:02}:00"))
    assert ("units-above-limit" in found(answer)) == over


@pytest.mark.parametrize(
    ("code", "name"), [("99213", "evaluation-modifier"), ("99211", "evaluation-never-paid")]
)
def test_an_evaluation_on_the_visit_is_said(code: str, name: str) -> None:
    assert found(coded(push("drug", "09:00"), evaluation=code)) == [name]


def test_an_evaluation_on_a_visit_without_lines_is_none_of_our_business() -> None:
    assert found(coded(evaluation="99211")) == []


def told(coding: Coding, name: str) -> list[tuple[str, str]]:
    """Return the service and the sentence of each finding of a name."""
    return [(finding.service, finding.text) for finding in coding.findings if finding.name == name]


def test_the_add_on_is_named_by_its_code_and_its_primaries_are_looked_for_in_all_drafts() -> None:
    books = ledger()
    runs = which_count(books)
    for role in ("declot", "infusion-more", "infusion-first"):
        books.drafts.append(Draft(role=role, units=1, runs=tuple(runs), why="x", rules=(), place=(0, 1, 0)))
    addons_without_primary(books)
    assert books.findings == []
    del books.drafts[2]
    addons_without_primary(books)
    (finding,) = books.findings
    assert (finding.service, finding.text) == (
        "1",
        "96366 stands behind another code, and none of those is on the visit.",
    )


@pytest.mark.parametrize(
    ("spans", "blocked"),
    [
        ([((0, 10),), ((10, 20),)], False),
        ([((10, 20),), ((0, 11),)], True),
        ([((0, 10), (20, 30)), ((10, 20), (30, 40))], False),
        ([((0, 10), (20, 30)), ((25, 26),)], True),
        ([((0, 10),)], False),
        ([], False),
    ],
)
def test_time_that_only_touches_is_claimed_once(spans: list[Spans], *, blocked: bool) -> None:
    books = ledger()
    for run, claimed in zip(which_count(books), spans, strict=False):
        books.claim(run, claimed)
    minutes_claimed_twice(books)
    text = "A minute is counted twice among one and two."
    assert [(finding.service, finding.text) for finding in books.findings] == [("2", text)] * blocked


def test_time_at_two_sites_is_claimed_for_each() -> None:
    made = visit(*(infusion(drug, "09:00", "10:00", site=site) for drug, site in (("a", "1"), ("b", "2"))))
    books = replace(ledger(), visit=made)
    for run in which_count(books):
        books.claim(run, ((0, 10),))
    minutes_claimed_twice(books)
    assert books.findings == []


def test_units_above_a_limit_are_counted_day_by_day_and_named() -> None:
    (name,) = told(coded(infusion("drug", "08:00", "18:00")), "units-above-limit")
    assert name == ("", "96366 has 9 units on 2026-03-02; claims with more than 8 a day are questioned.")
    hangs = infusion("drug", "00:00", "07:00"), infusion("drug", "09:00", "13:00")
    assert told(coded(*hangs), "units-above-limit") == [
        ("", "96366 has 10 units on 2026-03-02; claims with more than 8 a day are questioned.")
    ]
    night = infusion("drug", "16:00", "2026-03-03T05:00")
    assert told(coded(night), "units-above-limit") == []


def test_an_evaluation_is_named_by_its_code() -> None:
    never = coded(push("drug", "09:00"), evaluation="99211")
    assert told(never, "evaluation-never-paid") == [("", "99211 is never paid beside these codes.")]
    assert never.findings[0].level is Level.WARNING


def test_a_site_beside_another_needs_its_own_reason() -> None:
    first, second = infusion("a", "09:00", "10:00", id="a"), infusion("b", "09:30", "10:30", id="b", site="2")
    third = infusion("c", "10:15", "11:00", id="c", site="3")
    more = infusion("e", "10:00", "10:20", id="e", site="2")
    text = "Site {} was in use beside another site, and no reason for it is recorded."
    both = [("b", text.format(2)), ("c", text.format(3))]
    assert told(coded(first, second, third), "second-site-reason") == both
    assert told(coded(first, more, second, third), "second-site-reason") == both
    reasons = {"2": "incompatible"}
    assert told(coded(first, second, third, site_reasons=reasons), "second-site-reason") == both[1:]
    after = infusion("d", "10:30", "11:30", id="d", site="2")
    assert told(coded(first, after), "second-site-reason") == []
    elsewhere = second | {"encounter": "2"}
    assert told(coded(first, elsewhere), "second-site-reason") == []


def test_one_drug_in_two_categories_is_said_of_the_later_service() -> None:
    chemo = infusion("drug", "09:00", "10:00", id="a", category="chemo")
    other = infusion("drug", "10:00", "11:00", id="b", encounter="2")
    text = "Drug is recorded as chemo and as something else on one visit."
    assert told(coded(chemo, other), "drug-in-two-categories") == [("b", text)]
    assert told(coded(chemo, chemo | {"id": "b"}), "drug-in-two-categories") == []


def test_a_second_infusion_under_the_skin_is_questioned_in_its_encounter() -> None:
    def under(number: int, encounter: str) -> Service:
        start, stop = f"{8 + number:02}:00", f"{8 + number:02}:40"
        more = {"route": "sc-infusion", "encounter": encounter, "id": str(number)}
        return infusion("globulin", start, stop, **more)

    text = "Globulin is a second infusion under the skin in one encounter; see that both may be reported."
    assert told(coded(under(1, "1"), under(2, "2")), "second-sc-infusion") == []
    three = under(1, "1"), under(2, "2"), under(3, "1"), push("drug", "08:00", id="p")
    assert told(coded(*three), "second-sc-infusion") == [("3", text)]


@pytest.mark.parametrize(
    ("minutes", "text"),
    [
        (15, "15 minutes, 1 minute under the 16 at which its units change"),
        (16, "16 minutes, exactly the 16 at which its units change"),
        (17, "17 minutes, 1 minute over the 16 at which its units change"),
        (18, "18 minutes, 2 minutes over the 16 at which its units change"),
    ],
)
def test_how_close_to_a_threshold_is_said(minutes: int, text: str) -> None:
    answer = coded(infusion("drug", "09:00", f"09:{minutes}"))
    sentence = f"Drug counts {text}; see that the charted times are right."
    assert told(answer, "near-threshold") == [("1", sentence)]


def test_time_claimed_twice_is_said_of_the_last_that_claims_it() -> None:
    books = ledger()
    one, two = which_count(books)
    for run in (one, two, one):
        books.claim(run, ((0, 10),))
    minutes_claimed_twice(books)
    text = "A minute is counted twice among one and two."
    assert [(finding.service, finding.text) for finding in books.findings] == [("1", text)]


def test_a_second_look_at_several_fluids_is_told_of_the_first() -> None:
    answer = coded(hydration("09:00", "09:20", id="a"), hydration("10:00", "10:12", id="b"))
    assert [(finding.name, finding.service) for finding in answer.findings] == [("near-threshold", "a")]
