from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from desktop_app.coding.case import read_case
from desktop_app.coding.coder import code
from desktop_app.coding.drug_table import DrugTable
from desktop_app.coding.drugs import known_unit
from desktop_app.coding.reasons import Kind, Level
from desktop_app.core.orders import Dose
from tests.coding.given import RULES, Service, care, coded, found, infusion, left_out, units


def drug(dose: object = None, *vials: int, single: bool = True, **more: Any) -> Service:  # noqa: ANN401
    service = care("drug-only", "09:00", category="other", hcpcs="J9312", unit="mg", **more)
    if dose is not None:
        service["dose"] = Decimal(str(dose))
    if vials:
        service["containers"] = [{"size": size, "count": 1, "single_dose": single} for size in vials]
    return service


@pytest.mark.parametrize(
    ("dose", "vials", "expected"),
    [
        (679, (500, 100, 100), {"J9312": 68, "J9312-JW": 2}),
        (691, (500, 100, 100), {"J9312-JZ": 70}),  # 9 mg left, less than a unit
        (700, (500, 100, 100), {"J9312-JZ": 70}),
        (690, (500, 100, 100), {"J9312": 69, "J9312-JW": 1}),
        (689, (500, 100, 100), {"J9312": 69, "J9312-JW": 1}),
        (7, (10,), {"J9312-JZ": 1}),
        ("0.001", (10,), {"J9312-JZ": 1}),
        (15, (15,), {"J9312-JZ": 2}),
        (71, (95,), {"J9312": 8, "J9312-JW": 1}),  # the vials hold 9 whole units
    ],
)
def test_units_are_rounded_up_and_what_is_left_is_said(
    dose: object,
    vials: tuple[int, ...],
    expected: dict[str, int],
) -> None:
    answer = coded(drug(dose, *vials))
    assert units(answer) == expected
    assert all(line.kind is Kind.DRUG for line in answer.lines)
    assert answer.findings == ()


def test_less_than_a_unit_left_is_said_as_the_payer_wants() -> None:
    assert units(coded(drug(7, 10), options={"sub_unit_waste": "none"})) == {"J9312": 1}
    assert units(coded(drug(10, 10), options={"sub_unit_waste": "none"})) == {"J9312-JZ": 1}


def test_a_payer_may_want_neither_modifier() -> None:
    assert units(coded(drug(679, 500, 100, 100), options={"jw_jz": False})) == {"J9312": 68}


def test_multi_dose_vials_carry_neither_modifier() -> None:
    assert units(coded(drug(7, 100, single=False))) == {"J9312": 1}


def test_vials_of_both_kinds_are_left_to_a_person() -> None:
    service = drug(7, 10)
    service["containers"].append({"size": 10, "count": 1, "single_dose": False})
    answer = coded(service)
    assert units(answer) == {"J9312": 1}
    assert found(answer) == ["whole-container-left", "mixed-vials"]


def test_more_given_than_the_vials_hold_is_a_blocker() -> None:
    answer = coded(drug(701, 500, 100, 100))
    assert [finding.name for finding in answer.blockers] == ["more-than-the-vials"]


@pytest.mark.parametrize(
    ("count", "vials", "expected", "blocked"),
    [
        (3, (), {"J9312": 3}, False),
        (3, (30,), {"J9312-JZ": 3}, False),
        (3, (50,), {"J9312": 3, "J9312-JW": 2}, False),
        (3, (25,), {"J9312-JZ": 3}, False),  # the third unit is the part of one
        (4, (25,), {"J9312-JZ": 4}, True),
        (3, (35,), {"J9312-JZ": 3}, False),
    ],
)
def test_a_plain_count_of_units(
    count: int, vials: tuple[int, ...], expected: dict[str, int], *, blocked: bool
) -> None:
    answer = coded(drug(None, *vials, units=count))
    assert units(answer) == expected
    assert bool(answer.blockers) == blocked


def test_units_without_a_known_unit_amount_have_no_modifier() -> None:
    service = drug(None, 30, units=3) | {"hcpcs": "JXXXX"}
    assert units(coded(service)) == {"JXXXX": 3}


@pytest.mark.parametrize(("dose", "unit"), [(679, "mg"), ("0.679", "g"), (679_000, "mcg"), (679, "MG")])
def test_the_dose_is_converted_to_the_unit_of_the_drug_table(dose: object, unit: str) -> None:
    assert units(coded(drug(dose) | {"unit": unit})) == {"J9312": 68}


def test_a_dose_in_a_unit_of_another_kind_has_no_drug_line() -> None:
    answer = coded(drug(679, id="a") | {"unit": "mL"})
    assert units(answer) == {}
    assert found(answer) == ["drug-unit-unknown"]
    assert left_out(answer) == {"a": ("drug-units",)}


def test_a_drug_without_a_code_is_said() -> None:
    service = infusion("drug", "09:00", "10:00", dose=5, unit="mg", id="a")
    answer = coded(service)
    assert units(answer) == {"96365": 1}
    assert found(answer) == ["drug-code-missing"]
    assert left_out(answer) == {"a": ("drug-units",)}


def test_the_unit_of_the_visit_goes_before_the_table_and_the_difference_is_said() -> None:
    answer = coded(drug(679, unit_amount=100))
    assert units(answer) == {"J9312": 7}
    assert found(answer) == ["drug-unit-differs", "vials-not-recorded"]


def test_a_drug_only_service_without_a_dose_is_left_out() -> None:
    assert left_out(coded(care("drug-only", "09:00", id="a"))) == {"a": ("drug-units",)}


def test_an_ndc_travels_with_its_line() -> None:
    assert coded(drug(10, ndc="50242-0053-06")).lines[0].ndc == "50242005306"


def test_drug_lines_stand_last_in_the_order_given() -> None:
    first = infusion("one", "09:00", "10:00", hcpcs="J1745", dose=300, unit="mg")
    second = infusion("two", "10:00", "11:00", hcpcs="J9312", dose=100, unit="mg")
    assert [line.code for line in coded(first, second).lines] == ["96365", "96367", "J1745", "J9312"]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2016-12-31", {"JXXXX": 68}),
        ("2017-01-01", {"JXXXX": 68, "JXXXX-JW": 2}),
        ("2026-03-02", {"JXXXX": 68, "JXXXX-JW": 2}),
    ],
)
def test_discarded_drug_is_reported_from_2017_on(day: str, expected: dict[str, int]) -> None:
    service = drug(679, 500, 100, 100, unit_amount=10) | {"hcpcs": "JXXXX", "start": f"{day}T09:00"}
    assert units(coded(service, date=day)) == expected


@pytest.mark.parametrize(
    ("day", "expected"), [("2023-06-30", {"JXXXX": 70}), ("2023-07-01", {"JXXXX-JZ": 70})]
)
def test_nothing_discarded_is_said_from_july_2023_on(day: str, expected: dict[str, int]) -> None:
    service = drug(700, 500, 100, 100, unit_amount=10) | {"hcpcs": "JXXXX", "start": f"{day}T09:00"}
    assert units(coded(service, date=day)) == expected


def test_a_table_row_holds_from_its_date() -> None:
    service = drug(679) | {"start": "2025-09-30T09:00"}
    assert found(coded(service, date="2025-09-30")) == ["drug-unit-unknown"]


def test_a_payer_may_class_a_drug_its_own_way() -> None:
    service = infusion("infliximab", "09:00", "10:00", category="chemo", hcpcs="J1745", units=30)
    assert units(coded(service)) == {"96413": 1, "J1745": 30}
    assert units(coded(service, profile="commercial")) == {"96365": 1, "J1745": 30}


def test_a_dose_goes_before_a_unit_count_that_disagrees_and_both_are_named() -> None:
    service = infusion(
        "rituximab", "09:00", "10:00", hcpcs="J9312", unit_amount=10, unit="mg", dose=679, units=60
    )
    answer = coded(service)
    assert units(answer)["J9312"] == 68
    told = "679 mg make 68 units, and 60 units are recorded; the dose is billed, so see which is right"
    assert [f.text for f in answer.findings if f.name == "dose-and-units-differ"] == [f"Rituximab: {told}."]
    assert "dose-and-units-differ" not in found(coded(service | {"units": 68}))


@pytest.mark.parametrize(
    ("hcpcs", "dose", "unit", "units_billed"),
    [
        ("J9312", "0.0001", "kg", 10),
        ("J9312", "0.1", "g", 10),
        ("J9312", "100", "mg", 10),
        ("J9312", "100000", "mcg", 10),
        ("J9312", "100000", "ug", 10),
        ("J9312", "100000000", "ng", 10),
        ("J7050", "0.5", "L", 2),
        ("J7050", "500", "mL", 2),
        ("J1642", "20", "IU", 2),
        ("J1642", "20", "unit", 2),
        ("J1642", "20", "Units", 2),
    ],
)
def test_a_dose_in_another_measure_of_the_same_thing_is_converted(
    hcpcs: str, dose: str, unit: str, units_billed: int
) -> None:
    answer = coded(infusion("drug", "09:00", "09:30", hcpcs=hcpcs, dose=Decimal(dose), unit=unit))
    assert units(answer)[hcpcs] == units_billed


@pytest.mark.parametrize(
    ("dose", "unit"),
    [
        ("0.000679", "kg"),
        ("0.679", "g"),
        ("0.679", "G"),
        ("679", "MG"),
        ("679000", "mcg"),
        ("679000", "ug"),
        ("679000000", "ng"),
    ],
)
def test_a_dose_may_be_told_in_any_measure_of_its_kind(dose: str, unit: str) -> None:
    assert units(coded(drug(dose) | {"unit": unit})) == {"J9312": 68}


@pytest.mark.parametrize("unit", ["ml", "units", "tablet"])
def test_a_dose_of_another_kind_gives_no_units(unit: str) -> None:
    answer = coded(drug(679) | {"unit": unit})
    text = f"Drug: how much one unit of J9312 is, in {unit}, is not known."
    assert [(f.name, f.text) for f in answer.findings] == [("drug-unit-unknown", text)]


@pytest.mark.parametrize(
    ("unit", "wanted", "amount"),
    [
        ("l", "ml", 2000),
        ("UNIT", "iu", 2),
        ("units", "Unit", 2),
        ("kg", "mg", 2_000_000),
        ("mg", "ml", None),
        ("mg", "drop", None),
        ("drop", "mg", None),
        ("Drop", "drop", 2),
    ],
)
def test_a_unit_of_the_table_is_told_in_the_unit_of_the_dose(
    unit: str, wanted: str, amount: int | None
) -> None:
    entry = replace(RULES.rulebook.drugs.by_code["J9312"][0], unit=unit, unit_amount=Decimal(2))
    book = replace(RULES.rulebook, drugs=DrugTable({"J9312": (entry,)}))
    found = known_unit(book, Dose(hcpcs="J9312", unit=wanted), date(2026, 3, 2))
    assert found == (None if amount is None else (Decimal(amount), wanted))


def test_a_dose_without_a_unit_is_in_the_unit_of_the_table() -> None:
    service = drug(679)
    del service["unit"]
    assert units(coded(service)) == {"J9312": 68}


def test_a_dose_without_a_unit_and_without_a_known_code_says_so() -> None:
    service = drug(5) | {"hcpcs": "J0000"}
    del service["unit"]
    answer = coded(service)
    assert [f.text for f in answer.findings] == [
        "Drug: how much one unit of J0000 is, in any unit, is not known."
    ]


def test_units_as_recorded_stand_where_the_dose_cannot_be_counted() -> None:
    answer = coded(drug(5, units=7) | {"unit": "drop"})
    assert [(line.units, line.why, line.role) for line in answer.lines] == [(7, "7 units as recorded.", "")]


def test_a_dose_of_which_only_the_lot_is_known_is_no_dose_of_a_code() -> None:
    answer = coded(care("iv-push", "09:00", category="therapeutic", lot="A1"))
    assert found(answer) == []


def test_a_code_without_a_dose_is_told_in_full() -> None:
    answer = coded(care("iv-push", "09:00", category="therapeutic", hcpcs="J9312"))
    text = "Drug has the drug code J9312 and no dose, so there is no line for J9312."
    assert [(f.name, f.text) for f in answer.findings] == [("drug-dose-missing", text)]


@pytest.mark.parametrize(
    ("recorded", "vials", "expected", "rule"),
    [
        (1, (35,), ["1 unit as recorded", "Of drug 25 mg were left in single-dose vials"], "drug-discarded"),
        (3, (35,), ["3 units as recorded"], "drug-part-unit-left"),
        (4, (35,), ["4 units as recorded"], "drug-nothing-discarded"),
        (3, (30,), ["3 units as recorded"], "drug-nothing-discarded"),
        (9, (35,), ["9 units as recorded"], "drug-nothing-discarded"),
    ],
)
def test_what_is_left_follows_from_units_as_recorded_too(
    recorded: int, vials: tuple[int, ...], expected: list[str], rule: str
) -> None:
    answer = coded(drug(None, *vials, units=recorded))
    assert [line.why.partition(",")[0].rstrip(".") for line in answer.lines] == expected
    assert answer.lines[-1].rules[-1] == rule


@pytest.mark.parametrize(("vial", "blocked"), [(30, True), (35, False)])
def test_a_part_of_a_unit_in_the_vials_makes_one_more_to_give(vial: int, *, blocked: bool) -> None:
    assert bool(coded(drug(None, vial, units=4)).blockers) == blocked


@pytest.mark.parametrize(
    ("dose", "told"), [("7.50", "7.5 mg"), ("4070.00", "4070 mg"), ("1E+3", "1000 mg"), ("20", "20 mg")]
)
def test_an_amount_is_told_as_people_write_it(dose: str, told: str) -> None:
    assert coded(drug(dose)).lines[0].why.startswith(f"{told} of drug at 10 mg a unit")


@pytest.mark.parametrize("dose", ["9.5", "9"])
def test_less_than_a_unit_left_has_its_own_rule(dose: str) -> None:
    assert coded(drug(dose, 10)).lines[0].rules == ("drug-units", "drug-part-unit-left")


NO_VIALS = "Drug: its vials are not recorded, so J9312 x68 has neither JW nor JZ."


def test_a_drug_of_single_dose_vials_alone_without_its_vials_is_told() -> None:
    for service in (drug(679), drug(units=68)):
        answer = coded(service)
        assert units(answer) == {"J9312": 68}
        assert [(f.level, f.name, f.text, f.service) for f in answer.findings] == [
            (Level.WARNING, "vials-not-recorded", NO_VIALS, "1")
        ]


def test_where_nobody_asks_for_jw_and_jz_vials_need_not_be_told() -> None:
    assert found(coded(drug(679), options={"jw_jz": False})) == []
    assert found(coded(drug(679), profile="commercial")) == []


def test_a_drug_of_other_containers_too_and_one_that_the_table_does_not_know_are_left_alone() -> None:
    assert found(coded(drug(150) | {"hcpcs": "J9355"})) == []
    assert found(coded(drug(units=3) | {"hcpcs": "J0000"})) == []


def test_multi_dose_vials_are_an_answer() -> None:
    assert found(coded(drug(700, 700, single=False))) == []


@pytest.mark.parametrize(("day", "said"), [("2023-06-30", []), ("2023-07-01", ["vials-not-recorded"])])
def test_before_jz_was_required_a_line_without_vials_was_whole(day: str, said: list[str]) -> None:
    entry = replace(RULES.rulebook.drugs.by_code["J9312"][0], valid_from=date(2020, 1, 1))
    book = replace(RULES.rulebook, drugs=DrugTable({"J9312": (entry,)}))
    service = drug(679) | {"start": f"{day}T09:00"}
    case = {"id": "visit", "setting": "facility", "date": day, "services": [service]}
    made = read_case(case, book)
    assert found(code(made, book, RULES.profile_for(made.setting, ""))) == said


def test_the_table_names_drugs_of_single_dose_vials_only_where_medicare_pays_for_them() -> None:
    rows = [entry for entries in RULES.rulebook.drugs.by_code.values() for entry in entries]
    named = [entry for entry in rows if entry.single_dose]
    assert len(named) == 98
    assert all(entry.source.endswith((" K", " G")) for entry in named)
    assert {"J1745", "Q5103", "J9312", "J3380"} <= {entry.hcpcs for entry in named}
    assert {"J9355", "J0885", "J1200"}.isdisjoint(entry.hcpcs for entry in named)
