"""The practice's own charges: imported whole or not at all, in whole cents, from their day on."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app.coding.tables import EMPTY_TABLES, TableKind
from desktop_app.commands.practice import charges_in, usual_revenue
from desktop_app.exchange.charges import Charges
from desktop_app.imported_tables import load_charges, load_index, load_tables
from desktop_app.rulebook_files import load_standard
from tests.commands.clinic import Clinic

CHARGES = (
    b"CPT/HCPCS,Description,Charge,Revenue code\n"
    b'96413,ours,"1,250.50",0335\n96415,ours,$250,335\nJ1745,ours,95.5,\n99999,not ours,1,0510\n'
)
JULY = date(2026, 7, 1)


def test_charges_are_kept_in_cents_for_codes_of_ours(clinic: Clinic) -> None:
    assert clinic.taken("charges.csv", CHARGES, "--from", "2026-02-03") == (
        "charges from 2026-02-03: 4 rows read, 3 kept; 3 added, 0 changed, 0 ended, 0 unchanged.\n"
    )
    charges = charges_in(clinic.data)
    day = date(2026, 2, 3)
    assert [charges.cents(code, day) for code in ("96413", "96415", "J1745")] == [125_050, 25_000, 9_550]
    assert charges.cents("96413", date(2026, 2, 2)) is None
    assert charges.cents("99999", day) is None
    assert [charges.revenue(code, day) for code in ("96413", "96415", "J1745")] == ["0335", "0335", "0636"]


def test_a_later_file_holds_from_its_day_and_the_earlier_until_then(clinic: Clinic) -> None:
    clinic.taken("old.csv", b"Code,Price\n96413,100\n96415,50\n", "--from", "2026-01-01")
    assert "1 changed, 1 ended" in clinic.taken("new.csv", b"Code,Price\n96413,120\n", "--from", "2026-07-01")
    charges = charges_in(clinic.data)
    assert (charges.cents("96413", date(2026, 6, 30)), charges.cents("96413", JULY)) == (10_000, 12_000)
    assert (charges.cents("96415", date(2026, 6, 30)), charges.cents("96415", JULY)) == (5_000, None)


def test_charges_are_none_of_the_coders_tables(clinic: Clinic) -> None:
    clinic.taken("charges.csv", CHARGES, "--from", "2026-02-03")
    assert load_tables(clinic.data).empty
    assert load_tables(clinic.data).by_kind == EMPTY_TABLES.by_kind
    assert set(load_index(clinic.data).tables) == {TableKind.CHARGES}


AMOUNT = "the charge should be an amount of dollars such as 250.00, and is"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("96413,free,0335", f"line 3: {AMOUNT} “free”."),
        ("96413,,0335", f"line 3: {AMOUNT} empty."),
        ("96413,1.005,0335", f"line 3: {AMOUNT} “1.005”."),
        ("96413,-5,0335", f"line 3: {AMOUNT} “-5”."),
        ("9641,5,0335", "line 3: the code should be a code of five letters and digits, and is “9641”."),
        ("96413,5,IV", "line 3: the revenue code should be one such as 0636, or empty, and is “IV”."),
        ("96415,6,0335", "charges.csv says two things of 96415."),
    ],
)
def test_one_wrong_row_and_nothing_is_taken(clinic: Clinic, row: str, said: str) -> None:
    file = clinic.file("charges.csv", f"Code,Charge,Revenue\n96415,5,0335\n{row}\n".encode())
    sentence = clinic.refused(file, "--from", "2026-01-01")
    assert said in sentence
    assert sentence.endswith(" Nothing was changed.")
    assert load_charges(clinic.data) == {}


def test_charges_must_say_from_when_they_hold(clinic: Clinic) -> None:
    assert clinic.refused(clinic.file("charges.csv", CHARGES)) == (
        "charges.csv does not say from when it holds; name the day with --from. Nothing was changed."
    )


def test_charges_that_were_touched_are_told_where_they_are_asked_for(clinic: Clinic) -> None:
    clinic.taken("charges.csv", CHARGES, "--from", "2026-02-03")
    (file,) = (clinic.data / "tables").glob("charges-*.csv")
    file.write_text(file.read_text(encoding="utf-8").replace("125050", "1"), encoding="utf-8")
    charges = charges_in(clinic.data)
    assert charges.cents("96413", JULY) is None
    assert charges.fault.startswith("its charges cannot be read (")
    assert charges.fault.endswith("take it back with `chairtime import --forget charges`)")


def test_every_code_of_ours_has_a_usual_revenue_code() -> None:
    charges = Charges(usual_revenue=usual_revenue())
    rulebook = load_standard().rulebook
    codes = {code.number for era in rulebook.eras for code in era.codes.values()} | set(
        rulebook.drugs.by_code
    )
    assert {code for code in codes if not charges.revenue(code, JULY)} == set()
    named = ("96365", "96372", "96401", "96413", "96523", "J1745", "J7030", "36430")
    assert [charges.revenue(code, JULY) for code in named] == [
        "0260",
        "0940",
        "0331",
        "0335",
        "0260",
        "0636",
        "0258",
        "0391",
    ]
