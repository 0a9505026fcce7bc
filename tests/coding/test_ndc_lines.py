"""What an NDC does on a visit: the code it may choose, what is wrong with it, and its quantity."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from desktop_app.coding.case_out import answer_of
from desktop_app.coding.reasons import Coding
from desktop_app.coding.tables import EMPTY_TABLES
from tests.coding.given import Service, care, found, units
from tests.coding.imported import coded, row, tables

NDC, TEN = "12345-6789-01", "1234567890"
CROSSWALK = tables(
    {
        "ndc-hcpcs": [
            row("12345678901", "J9355"),
            row("12345678902", "J9355"),
            row("12345678902", "Q5114"),
            row("12345678903", "J9355", "2025-10-01", "2025-12-31"),
            row("12345067890", "J9355"),
        ]
    }
)


def drug(dose: object = 679, unit: str = "mg", hcpcs: str = "J9355", **more: Any) -> Service:  # noqa: ANN401
    service = care("drug-only", "09:00", category="other", unit=unit, **more)
    service |= {"hcpcs": hcpcs} if hcpcs else {}
    return service | ({} if dose is None else {"dose": Decimal(str(dose))})


def vials(*sizes: int, single: bool = True) -> list[dict[str, object]]:
    return [{"size": size, "count": 1, "single_dose": single} for size in sizes]


def shares(coding: Coding) -> list[tuple[object, str]]:
    return [(line.ndc_quantity, line.ndc_unit) for line in coding.lines]


def test_the_ndc_chooses_the_code_where_the_record_has_none() -> None:
    answer = coded(CROSSWALK, drug(hcpcs="", ndc=NDC))
    assert units(answer) == {"J9355": 68}
    assert found(answer) == []
    (line,) = answer.lines
    assert line.why.endswith(": 68 units; the code follows from NDC 12345-6789-01.")
    assert line.rules == ("drug-units", "drug-code-from-ndc")
    assert "CMS ASP NDC-HCPCS crosswalk, as imported" in line.sources


def test_both_lines_of_a_drug_say_that_the_code_follows_from_the_ndc() -> None:
    answer = coded(CROSSWALK, drug(hcpcs="", ndc=NDC, containers=vials(500, 100, 100)))
    assert units(answer) == {"J9355": 68, "J9355-JW": 2}
    assert all("the code follows from NDC" in line.why for line in answer.lines)


def test_a_recorded_code_is_not_said_to_follow_from_the_ndc() -> None:
    (line,) = coded(CROSSWALK, drug(ndc=NDC)).lines
    assert "NDC" not in line.why


def test_without_a_crosswalk_an_ndc_chooses_nothing() -> None:
    answer = coded(EMPTY_TABLES, drug(hcpcs="", ndc=NDC))
    assert units(answer) == {}
    assert found(answer) == ["drug-code-missing"]


def test_an_ndc_with_two_codes_chooses_neither() -> None:
    answer = coded(CROSSWALK, drug(hcpcs="", ndc="12345-6789-02"))
    assert units(answer) == {}
    assert found(answer) == ["ndc-several-codes", "drug-code-missing"]
    assert answer.findings[0].text == (
        "Drug: NDC 12345-6789-02 is billed under J9355 and Q5114, so its drug code must be said."
    )


def test_a_code_that_is_not_the_one_of_its_ndc_is_said_and_billed_as_recorded() -> None:
    answer = coded(CROSSWALK, drug(hcpcs="Q5114", ndc=NDC))
    assert units(answer) == {"Q5114": 68}
    assert found(answer) == ["ndc-code-differs"]
    assert [f.text for f in answer.findings] == [
        "Drug: NDC 12345-6789-01 is billed under J9355, and the record says Q5114; see which is right."
    ]
    assert found(coded(CROSSWALK, drug(hcpcs="Q5114", ndc="12345-6789-02"))) == []


def test_an_ndc_that_is_no_longer_listed_is_said() -> None:
    answer = coded(CROSSWALK, drug(ndc="12345-6789-03"))
    assert found(answer) == ["ndc-not-listed"]
    assert [f.text for f in answer.findings] == [
        "Drug: NDC 12345-6789-03 is no longer listed; it was until 2025-12-31."
    ]
    before = drug(ndc="12345-6789-03") | {"start": "2025-12-31T09:00"}
    assert found(coded(CROSSWALK, before, date="2025-12-31")) == []


def test_an_ndc_that_was_never_listed_is_nobodys_fault() -> None:
    assert found(coded(CROSSWALK, drug(ndc="99999-9999-99"))) == []
    assert found(coded(CROSSWALK, drug(hcpcs="", ndc="99999-9999-99"))) == ["drug-code-missing"]


def test_a_malformed_ndc_is_said_and_stands_on_no_line() -> None:
    answer = coded(EMPTY_TABLES, drug(ndc="12345"))
    assert [f.text for f in answer.findings] == [
        "Drug: “12345” is no NDC: it has 5 digits, and an NDC has 10 or 11; until then its line has no NDC."
    ]
    assert [f.name for f in answer.findings] == ["ndc-malformed"]
    assert answer.lines[0].ndc == ""


def test_an_ambiguous_ndc_is_said_unless_a_table_or_a_choice_decides() -> None:
    answer = coded(EMPTY_TABLES, drug(ndc=TEN))
    assert found(answer) == ["ndc-ambiguous"]
    assert answer.lines[0].ndc == ""
    assert coded(CROSSWALK, drug(ndc=TEN)).lines[0].ndc == "12345067890"
    chosen = tables({}, {TEN: "12345678900"})
    assert coded(chosen, drug(ndc=TEN)).lines[0].ndc == "12345678900"


@pytest.mark.parametrize(
    ("service", "expected"),
    [
        (drug("33.95", "mL", unit_amount=1, ndc=NDC), ("33.95", "ML")),
        (drug("0.5", "L", unit_amount=1, ndc=NDC), ("500", "ML")),
        (drug(679, ndc=NDC), None),
        (drug(679, ndc=NDC, ndc_unit="ME"), ("679", "ME")),
        (drug("0.679", "g", ndc=NDC, ndc_unit="ME"), ("679", "ME")),
        (drug(679, ndc=NDC, ndc_unit="GR"), ("0.679", "GR")),
        (drug(5000, "units", unit_amount=1000, ndc=NDC, ndc_unit="F2"), ("5000", "F2")),
        (drug(679, ndc=NDC, ndc_unit="UN", containers=vials(500, 179)), ("2", "UN")),
        (drug(679, ndc=NDC, ndc_quantity=3, ndc_unit="UN", containers=vials(679)), ("3", "UN")),
        (drug(None, units=3, ndc=NDC, ndc_quantity=Decimal("1.5"), ndc_unit="ML"), ("1.5", "ML")),
    ],
)
def test_an_ndc_quantity_is_what_was_recorded_or_measured(
    service: Service, expected: tuple[str, str] | None
) -> None:
    (line,) = coded(EMPTY_TABLES, service).lines
    entry = answer_of(coded(EMPTY_TABLES, service))["lines"][0]  # type: ignore[index]  # lines are a list
    if expected is None:
        assert line.ndc_quantity is None
        assert "ndc_quantity" not in entry
        return
    assert (line.ndc_quantity, line.ndc_unit) == (Decimal(expected[0]), expected[1])
    assert (Decimal(entry["ndc_quantity"]), entry["ndc_unit"], entry["ndc"]) == (
        line.ndc_quantity,
        expected[1],
        "12345678901",
    )


@pytest.mark.parametrize(
    ("service", "name"),
    [
        (drug(679, ndc=NDC, ndc_quantity=3), "ndc-quantity-without-unit"),
        (drug("33.95", "mL", unit_amount=1, ndc=NDC, ndc_quantity=3), "ndc-quantity-without-unit"),
        (drug(679, ndc=NDC, ndc_unit="ML"), "ndc-quantity-unknown"),
        (drug(679, ndc=NDC, ndc_unit="UN"), "ndc-quantity-unknown"),
        (drug(None, units=3, ndc=NDC, ndc_unit="ME"), "ndc-quantity-unknown"),
    ],
)
def test_a_quantity_that_does_not_follow_is_said_and_not_made_up(service: Service, name: str) -> None:
    answer = coded(EMPTY_TABLES, service)
    assert found(answer) == [name]
    assert shares(answer) == [(None, "")]


@pytest.mark.parametrize(
    ("more", "text"),
    [
        (
            {"ndc_quantity": 3},
            "Drug: an NDC quantity is recorded without its unit, so it is not on the line.",
        ),
        ({"ndc_unit": "ML"}, "Drug: how much of its NDC was given does not follow in ML; record it."),
    ],
)
def test_why_a_quantity_is_on_no_line_is_told_in_full(more: Service, text: str) -> None:
    assert [f.text for f in coded(EMPTY_TABLES, drug(679, ndc=NDC, **more)).findings] == [text]


def test_a_quantity_is_written_the_same_whatever_was_coded_before_it() -> None:
    def written(dose: str) -> str:
        answer = coded(EMPTY_TABLES, drug(dose, "mL", unit_amount=1, ndc=NDC))
        return f"{answer.lines[0].ndc_quantity:f}"

    assert [written(dose) for dose in ("41.50", "41.5", "41.50")] == ["41.50", "41.5", "41.50"]


def test_what_was_discarded_has_its_own_measured_share() -> None:
    measured = drug(679, ndc=NDC, ndc_unit="ME", containers=vials(500, 100, 100))
    answer = coded(EMPTY_TABLES, measured)
    assert units(answer) == {"J9355": 68, "J9355-JW": 2}
    assert shares(answer) == [(Decimal(679), "ME"), (Decimal(21), "ME")]


def test_a_count_of_vials_is_not_parted() -> None:
    counted = drug(679, ndc=NDC, ndc_unit="UN", containers=vials(500, 100, 100))
    assert shares(coded(EMPTY_TABLES, counted)) == [(Decimal(3), "UN"), (None, "")]


def test_a_quantity_without_a_certain_ndc_stands_on_no_line() -> None:
    answer = coded(EMPTY_TABLES, drug(679, ndc=TEN, ndc_quantity=3, ndc_unit="UN"))
    assert shares(answer) == [(None, "")]


def test_only_drug_lines_say_anything_of_an_ndc() -> None:
    answer = coded(EMPTY_TABLES, care("iv-push", "09:00", hcpcs="Q5114", units=3, ndc=NDC))
    entries = answer_of(answer)["lines"]
    assert [sorted(key for key in entry if "ndc" in key) for entry in entries] == [[], ["ndc"]]  # type: ignore[attr-defined]


def test_an_imported_unit_serves_where_the_drug_table_has_none() -> None:
    known = tables({"hcpcs": [row("J0001", "5 mg")]})
    assert units(coded(known, drug(679, hcpcs="J0001"))) == {"J0001": 136}
    assert found(coded(EMPTY_TABLES, drug(679, hcpcs="J0001"))) == ["drug-unit-unknown"]
