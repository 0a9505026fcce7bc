"""What the window knows of vials: imported tables, and choices that hold at once and at the next start."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

import pytest

from desktop_app.coding.drug_table import COLUMNS, read_drugs
from desktop_app.coding.ndc import AmbiguousNdc
from desktop_app.coding.tables import EMPTY_TABLES
from desktop_app.commands.products import DrugsOfToday, KnownProducts
from desktop_app.core.ports import JournalError
from desktop_app.imported_tables import load_tables
from tests.cms.files import CROSSWALK_HEAD, comma
from tests.commands.clinic import Clinic

TODAY = date(2026, 3, 2)
TEN, NDC = "1234567890", "12345067890"
ENDS = "J0001,an older drug,10,mg,therapeutic,,,2025-10-01,2025-12-31,made up"
BEGINS = "J0002,a newer drug,10,mg,therapeutic,,,2026-01-01,,made up"
ROW = [["J3380", "", "", "12345-0678-90", "", "", "", "", "", "10"]]


def products(folder: Path) -> KnownProducts:
    return KnownProducts(folder, partial(load_tables, folder), lambda: TODAY)


def test_a_choice_holds_at_once_and_at_the_next_start(tmp_path: Path) -> None:
    known = products(tmp_path)
    with pytest.raises(AmbiguousNdc):
        known.resolve(TEN)
    known.remember(TEN, NDC)
    assert known.resolve(TEN) == NDC
    assert products(tmp_path).resolve(TEN) == NDC


def test_the_crosswalk_says_which_ndc_it_is_and_under_which_code_it_is_billed(clinic: Clinic) -> None:
    clinic.taken("x.csv", comma(CROSSWALK_HEAD, ROW), "--from", "2026-01-01")
    known = products(clinic.data)
    assert known.resolve(TEN) == NDC
    assert known.codes_of(NDC) == ("J3380",)
    known.remember(TEN, "01234567890")
    assert clinic.run("--list")[1].splitlines()[-1] == "1234567890 stands for NDC 01234-5678-90."


def test_a_window_that_is_open_over_new_year_knows_what_holds_from_then_on(clinic: Clinic) -> None:
    clinic.taken("x.csv", comma(CROSSWALK_HEAD, ROW), "--from", "2026-01-01")
    days = [date(2025, 12, 31)]
    table = read_drugs("drugs.csv", f"{','.join(COLUMNS)}\n{ENDS}\n{BEGINS}\n")
    drugs = DrugsOfToday(lambda: table, lambda: days[-1])
    known = KnownProducts(clinic.data, partial(load_tables, clinic.data), lambda: days[-1])
    assert ([drug.hcpcs for drug in drugs.all()], known.codes_of(NDC)) == (["J0001"], ())
    days.append(date(2026, 1, 1))
    assert ([drug.hcpcs for drug in drugs.all()], known.codes_of(NDC)) == (["J0002"], ("J3380",))


def test_a_choice_that_cannot_be_kept_says_so_and_holds_until_the_end(tmp_path: Path) -> None:
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "index.json").write_text("{}", encoding="utf-8")
    known = KnownProducts(tmp_path, lambda: EMPTY_TABLES, lambda: TODAY)
    with pytest.raises(JournalError, match=r"^The choice is not remembered: .* should be as it was written"):
        known.remember(TEN, NDC)
    assert known.resolve(TEN) == NDC
