from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop_app.coding.ledger import Ledger
from desktop_app.coding.reasons import Finding, Kind, Line
from desktop_app.coding.rulebook import options_on
from desktop_app.coding.table_edits import edits_from_tables
from desktop_app.coding.tables import EMPTY_TABLES, TableRow, Tables
from desktop_app.coding.wall_clock import WallClock
from tests.coding.given import RULES, care, found, infusion, push, units, visit
from tests.coding.imported import coded, row, tables

TEN_HOURS = infusion("drug", "08:00", "18:10")
OTHER_YEAR = ("2025-01-01", "2025-12-31")


def said_of(known: Tables, *lines: Line) -> list[Finding]:
    """Return the findings on lines that no visit needs to have made."""
    made, rulebook = visit(), replace(RULES.rulebook, tables=known)
    era, profile = rulebook.on(made.date), RULES.profile_for(made.setting)
    assert era is not None
    options = options_on(rulebook, profile, made.setting, made.date, ())
    ledger = Ledger(made, rulebook, era, profile, options, WallClock("UTC", made.date, 0, 0))
    edits_from_tables(ledger, lines)
    return ledger.findings


def test_units_above_an_imported_limit_are_said_by_setting() -> None:
    known = tables({"mue-hospital": [row("96366", "4 3")]})
    answer = coded(known, TEN_HOURS)
    assert [(f.text, f.service) for f in answer.findings if f.name == "units-above-mue"] == [
        ("96366 has 9 units on 2026-03-02; the limit (MUE) is 4 a day.", "")
    ]
    assert "units-above-mue" not in found(coded(known, TEN_HOURS, setting="physician"))


def test_an_imported_limit_goes_before_the_one_we_know() -> None:
    assert "units-above-limit" in found(coded(EMPTY_TABLES, TEN_HOURS))
    known = tables({"mue-hospital": [row("96366", "24 3")]})
    assert found(coded(known, TEN_HOURS)) == []
    other = tables({"mue-hospital": [row("96366", "24 3", *OTHER_YEAR)]})
    assert "units-above-limit" in found(coded(other, TEN_HOURS))


@pytest.mark.parametrize(
    ("most", "indicator", "said"), [(59, 3, True), (60, 3, False), (30, 1, False), (29, 1, True)]
)
def test_a_limit_is_for_a_line_or_for_a_day(most: int, indicator: int, *, said: bool) -> None:
    known = tables({"mue-hospital": [row("J9355", f"{most} {indicator}")]})
    drugs = [care("drug-only", at, category="other", hcpcs="J9355", units=30) for at in ("09:00", "10:00")]
    assert found(coded(known, *drugs)) == ["units-above-mue"] * (said if indicator == 3 else 2 * said)


def test_a_limit_for_a_line_names_the_line() -> None:
    known = tables({"mue-hospital": [row("96366", "1 1")]})
    twice = infusion("one", "08:00", "09:40", id="a"), infusion("one", "10:00", "11:40", id="b")
    answer = coded(known, *twice)
    assert answer.lines[1].services == ("a", "b")
    assert [(f.text, f.service) for f in answer.findings] == [
        ("96366 has 3 units on one line of 2026-03-02; the limit (MUE) is 1 a line.", "a")
    ]


ADD_ON_ALONE = "96375 is an add-on, and none of the codes its table names stands beside it."


def test_an_add_on_without_a_code_its_table_names_is_said() -> None:
    known = tables({"add-on": [row("96375", "99999 1")]})
    answer = coded(known, push("one", "09:00"), push("two", "09:10", id="b"), push("three", "09:20"))
    assert units(answer) == {"96374": 1, "96375": 2}
    assert [(f.name, f.service, f.text) for f in answer.findings] == [
        ("add-on-without-listed-primary", "b", ADD_ON_ALONE)
    ]


def test_an_add_on_on_two_dates_is_said_once() -> None:
    known = tables({"add-on": [row("96375", "99999 1")]})
    night = push("one", "23:00"), push("two", "23:10"), push("three", "2026-03-03T00:10")
    answer = coded(known, *night)
    assert [line.code for line in answer.lines] == ["96374", "96375", "96375"]
    assert [f.text for f in answer.findings] == [ADD_ON_ALONE]


@pytest.mark.parametrize(
    "rows",
    [
        [row("96375", "99999 1"), row("96375", "96374 1")],
        [row("96375", "99999 3")],
        [row("96375", "CCCCC 2")],
        [row("96375", "99999 1", *OTHER_YEAR)],
    ],
)
def test_an_add_on_is_not_said_where_its_primary_is_there_or_may_be_another(rows: list[TableRow]) -> None:
    known = tables({"add-on": rows})
    assert found(coded(known, push("one", "09:00"), push("two", "09:10"))) == []


def test_an_evaluation_may_be_the_primary_of_an_add_on() -> None:
    known = tables({"add-on": [row("96375", "99213 1")]})
    pushes = push("one", "09:00"), push("two", "09:10")
    assert "add-on-without-listed-primary" not in found(coded(known, *pushes, evaluation="99213"))


def pair(indicator: str, first: str = "96365", second: str = "96375", *dates: str) -> Tables:
    return tables({"ptp-hospital": [row(f"{first} {second}", indicator, *dates)]})


VISIT = infusion("one", "09:00", "10:00", id="a"), push("two", "10:10", id="b")


def test_a_pair_that_is_never_paid_together_is_said() -> None:
    answer = coded(pair("0"), *VISIT)
    assert [(f.name, f.service, f.text) for f in answer.findings] == [
        (
            "pair-not-paid-together",
            "b",
            "96365 and 96375 are not paid together on 2026-03-02, whatever modifier they carry.",
        )
    ]


def test_a_pair_that_needs_a_modifier_names_it() -> None:
    answer = coded(pair("1"), *VISIT)
    assert found(answer) == ["pair-needs-modifier"]
    assert [f.text for f in answer.findings] == [
        (
            "96375 beside 96365 on 2026-03-02 is paid only with a modifier that says why, such as 59; "
            "see whether the record supports one."
        )
    ]


def test_a_modifier_on_either_code_answers_a_pair() -> None:
    second_site = push("two", "10:10", site="2")
    answer = coded(pair("1", second="96374"), infusion("one", "09:00", "10:00"), second_site)
    assert units(answer) == {"96365": 1, "96374-59": 1}
    assert "pair-needs-modifier" not in found(answer)
    never = coded(pair("0", second="96374"), infusion("one", "09:00", "10:00"), second_site)
    assert "pair-not-paid-together" in found(never)


ANSWERING = ("24", "25", "27", "57", "58", "59", "78", "79", "91", "XE", "XP", "XS", "XU")


@pytest.mark.parametrize("place", [0, 1])
@pytest.mark.parametrize(
    ("modifiers", "said"),
    [
        *((modifier, []) for modifier in ANSWERING),
        *((modifier, ["pair-needs-modifier"]) for modifier in ("", "53", "76", "JW", "JZ")),
        ("JZ XU", []),
    ],
)
def test_a_pair_is_answered_by_the_modifiers_that_say_why_and_no_others(
    modifiers: str, said: list[str], place: int
) -> None:
    lines = list(coded(EMPTY_TABLES, *VISIT).lines)
    lines[place] = lines[place]._replace(modifiers=tuple(modifiers.split()))
    assert [finding.name for finding in said_of(pair("1"), *lines)] == said


@pytest.mark.parametrize(
    "known", [pair("9"), pair("0", "96365", "96375", *OTHER_YEAR), pair("0", "96375", "96375")]
)
def test_a_pair_that_has_ended_or_never_was_is_not_said(known: Tables) -> None:
    assert found(coded(known, *VISIT)) == []


def test_a_pair_is_looked_for_on_one_date() -> None:
    over_midnight = infusion("one", "23:50", "2026-03-03T00:40"), push("two", "2026-03-03T01:00")
    answer = coded(pair("0"), *over_midnight)
    assert [line.date for line in answer.lines] == [date(2026, 3, 2), date(2026, 3, 3)]
    assert "pair-not-paid-together" not in found(answer)


def test_an_evaluation_is_one_of_a_pair() -> None:
    for known in (pair("0", "96374", "99213"), pair("0", "99213", "96374")):
        never = coded(known, push("one", "09:00", id="a"), evaluation="99213")
        assert found(never) == ["evaluation-modifier", "pair-not-paid-together"]
        assert never.findings[1].service == "a"
    with_25 = coded(pair("1", "96374", "99213"), push("one", "09:00"), evaluation="99213")
    assert found(with_25) == ["evaluation-modifier"]


def test_an_evaluation_of_a_day_without_lines_is_one_of_no_pair() -> None:
    late = push("one", "2026-03-03T01:00")
    answer = coded(pair("0", "96374", "99213"), late, evaluation="99213")
    assert "pair-not-paid-together" not in found(answer)


def test_two_evaluations_make_no_line_and_no_pair() -> None:
    assert found(coded(pair("0", "99213", "96374"), evaluation="99213")) == []


def test_a_pair_with_a_drug_code_is_looked_for_too() -> None:
    known = pair("0", "96365", "J9355")
    answer = coded(known, infusion("one", "09:00", "10:00", hcpcs="J9355", units=30))
    assert found(answer) == ["pair-not-paid-together"]


def test_a_drug_code_that_is_not_valid_on_its_date_is_said_once() -> None:
    known = tables({"hcpcs": [row("J9355", "10 mg", "2020-01-01", "2026-03-01")]})
    drugs = [care("drug-only", at, category="other", hcpcs="J9355", units=30) for at in ("09:00", "10:00")]
    answer = coded(known, *drugs)
    assert found(answer) == ["drug-code-not-valid"]
    assert [f.text for f in answer.findings] == [
        "J9355 is no valid drug code on 2026-03-02 by the imported HCPCS table."
    ]


def test_an_administration_line_is_not_asked_for_in_the_table_of_drug_codes() -> None:
    given = coded(EMPTY_TABLES, *VISIT).lines[0]._replace(code="Q0001")
    known = tables({"hcpcs": []})
    assert said_of(known, given) == []
    assert [f.name for f in said_of(known, given._replace(kind=Kind.DRUG))] == ["drug-code-not-valid"]


def test_tables_change_no_line() -> None:
    known = tables(
        {
            "mue-hospital": [row("96365", "0 3")],
            "ptp-hospital": [row("96365 96375", "0")],
            "add-on": [row("96375", "99999 1")],
            "hcpcs": [],
        }
    )
    with_drug = infusion("one", "09:00", "10:00", hcpcs="J9355", units=30), VISIT[1]
    answer, plain = coded(known, *with_drug), coded(EMPTY_TABLES, *with_drug)
    assert answer.lines == plain.lines
    assert len(answer.findings) == len(plain.findings) + 4
