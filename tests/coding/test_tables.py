from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from desktop_app.coding.refusals import RulebookError
from desktop_app.coding.table_text import (
    NOTHING_IMPORTED,
    Entry,
    Index,
    Source,
    digest,
    index_text,
    read_index,
    read_table,
    table_text,
)
from desktop_app.coding.tables import EMPTY_TABLES, AddOn, Limit, TableKind, TableRow
from desktop_app.core.orders import Setting
from tests.coding.imported import row, tables

DAY = date(2026, 3, 2)
FILE = "hcpcs-0123456789ab.csv"
ROWS = (row("96365 96374", "1", "2020-01-01", "2025-12-31"), row("96413 96365", "0"))


def test_tables_are_empty_until_something_is_imported() -> None:
    assert EMPTY_TABLES.empty
    assert not tables({"hcpcs": []}).empty
    assert EMPTY_TABLES.codes_of("12345678901", DAY) == ()
    assert EMPTY_TABLES.unlisted_since("12345678901", DAY) is None
    assert EMPTY_TABLES.drug_unit("J0001", DAY) is None
    assert EMPTY_TABLES.is_code("J0001", DAY)
    assert EMPTY_TABLES.limit(Setting.FACILITY, "96365", DAY) is None
    assert EMPTY_TABLES.add_on("96366", DAY) is None
    assert EMPTY_TABLES.pair(Setting.FACILITY, "96365", "96374", DAY) == ""


@pytest.mark.parametrize(
    ("day", "holds"),
    [("2025-12-31", False), ("2026-01-01", True), ("2026-06-30", True), ("2026-07-01", False)],
)
def test_a_row_holds_from_its_first_day_to_its_last(day: str, *, holds: bool) -> None:
    known = tables({"mue-hospital": [row("96365", "2 3", until="2026-06-30")]})
    limit = known.limit(Setting.FACILITY, "96365", date.fromisoformat(day))
    assert limit == (Limit(2, by_line=False) if holds else None)


def test_each_setting_has_its_own_limits_and_pairs() -> None:
    known = tables({"mue-practitioner": [row("96365", "2 1")], "ptp-practitioner": [row("96365 96374", "0")]})
    assert known.limit(Setting.PHYSICIAN, "96365", DAY) == Limit(2, by_line=True)
    assert known.limit(Setting.FACILITY, "96365", DAY) is None
    assert known.pair(Setting.PHYSICIAN, "96365", "96374", DAY) == "0"
    assert known.pair(Setting.PHYSICIAN, "96374", "96365", DAY) == ""
    assert known.pair(Setting.FACILITY, "96365", "96374", DAY) == ""


def test_an_ndc_is_billed_under_the_codes_of_its_day() -> None:
    known = tables(
        {
            "ndc-hcpcs": [
                row("12345678901", "J0001", until="2026-03-31"),
                row("12345678901", "J0002", "2026-04-01", "2026-06-30"),
                row("12345678903", "J0003", "2024-01-01", "2025-06-30"),
                row("12345678903", "J0003", "2027-01-01"),
            ]
        }
    )
    assert known.codes_of("12345678901", date(2026, 3, 31)) == ("J0001",)
    assert known.codes_of("12345678901", date(2026, 4, 1)) == ("J0002",)
    assert known.unlisted_since("12345678901", date(2026, 4, 1)) is None
    assert known.unlisted_since("12345678901", date(2026, 7, 1)) == date(2026, 6, 30)
    assert known.unlisted_since("12345678901", date(2025, 7, 1)) is None
    assert known.unlisted_since("12345678903", DAY) == date(2025, 6, 30), "listed again later on"
    assert known.unlisted_since("12345678903", date(2027, 1, 1)) is None
    assert "12345678901" in known.known_ndcs
    assert "12345678902" not in known.known_ndcs


def test_a_drug_code_is_looked_up_by_its_dates() -> None:
    known = tables(
        {"hcpcs": [row("J0001", "0.5 mg", "2020-01-01", "2026-02-28"), TableRow(("J0002",), ("", ""), DAY)]}
    )
    assert known.drug_unit("J0001", date(2026, 2, 28)) == (Decimal("0.5"), "mg")
    assert known.drug_unit("J0001", DAY) is None
    assert known.drug_unit("J0002", DAY) is None
    assert not known.is_code("J0001", DAY)
    assert known.is_code("J0002", DAY)
    assert not known.is_code("J9999", DAY)
    assert not known.is_code("J9999", date(2026, 1, 1))
    assert not known.is_code("J0001", date(2019, 12, 31)), "the table knows when it began"
    assert known.is_code("J9999", date(2025, 12, 31)), "the table does not reach back"
    assert known.is_code("96365", DAY), "the table holds drugs only"


def test_an_add_on_names_its_primaries_and_says_whether_others_may_be_named() -> None:
    known = tables(
        {
            "add-on": [
                row("96366", "96365 1"),
                row("96366", "96367 3", "2013-01-01", "2025-12-31"),
                row("96361", "CCCCC 2"),
                row("96375", "CCCCC 1"),
                row("96415", "96413 3"),
            ]
        }
    )
    assert known.add_on("96366", DAY) == AddOn(frozenset({"96365"}), open=False)
    assert known.add_on("96361", DAY) == AddOn(frozenset(), open=True)
    assert known.add_on("96375", DAY) == AddOn(frozenset(), open=True)
    assert known.add_on("96415", DAY) == AddOn(frozenset({"96413"}), open=True)
    assert known.add_on("96365", DAY) is None


def entry(text: str) -> Entry:
    source = Source(
        file="made-up.zip", sha256="0" * 64, since="2026-01-01", imported="2026-03-02T09:00:00+00:00"
    )
    return Entry(
        file="ptp-hospital-0123456789ab.csv",
        sha256=digest(text),
        rows=2,
        since="2026-01-01",
        sources=(source,),
    )


def test_a_table_comes_back_from_its_text() -> None:
    text = table_text(TableKind.PTP_HOSPITAL, ROWS)
    assert text.splitlines()[:2] == [
        "column_1,column_2,indicator,since,until",
        "96365,96374,1,2020-01-01,2025-12-31",
    ]
    assert read_table("x", TableKind.PTP_HOSPITAL, text, entry(text)) == ROWS


def test_a_table_that_was_touched_is_refused() -> None:
    text = table_text(TableKind.PTP_HOSPITAL, ROWS)
    with pytest.raises(
        RulebookError, match="x, line 1: the file should be as it was imported; import it again"
    ):
        read_table("x", TableKind.PTP_HOSPITAL, text.replace("96374", "96375"), entry(text))


def test_an_index_comes_back_from_its_text() -> None:
    index = NOTHING_IMPORTED.with_table(TableKind.PTP_HOSPITAL, entry("text"))
    index = replace(index, ndcs={"1234567890": "01234567890"})
    assert read_index("x", index_text(index)) == index
    assert index.with_table(TableKind.PTP_HOSPITAL, entry("other")).tables[TableKind.PTP_HOSPITAL] == entry(
        "other"
    )


@pytest.mark.parametrize(
    "change",
    [
        {"format": None},
        {"tables": []},
        {"ndcs": {"1234567890": 5}},
        {"tables": {"poison": {}}},
        {"tables": {"hcpcs": {"file": "x"}}},
        *(
            {
                "tables": {
                    "hcpcs": {"file": name, "sha256": "0", "rows": 2, "since": "2026-01-01", "sources": []}
                }
            }
            for name in (
                *("../../../../etc/passwd", "/etc/passwd", "x", "hcpcs-0123456789ab.csv.new"),
                *("../hcpcs-0123456789ab.csv", "add-on-0123456789ab.csv", "hcpcs-0123456789AB.csv"),
            )
        ),
        {
            "tables": {
                "hcpcs": {"file": FILE, "sha256": "0", "rows": "2", "since": "2026-01-01", "sources": []}
            }
        },
        {"tables": {"hcpcs": {"file": FILE, "sha256": "0", "rows": 2, "since": "soon", "sources": []}}},
        {
            "tables": {
                "hcpcs": {"file": FILE, "sha256": "0", "rows": 2, "since": "2026-01-01", "sources": [{}]}
            }
        },
    ],
)
def test_a_damaged_index_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(RulebookError, match="x, line 1: the file should be as it was written"):
        read_index("x", json.dumps({"format": 1, "tables": {}, "ndcs": {}} | change))


@pytest.mark.parametrize("text", ["", "[", "[]", "5", "null", "[" * 100_000])
def test_an_index_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(RulebookError, match="as it was written"):
        read_index("x", text)


def test_an_index_with_the_shape_of_one_is_taken() -> None:
    entry = {"file": FILE, "sha256": "0", "rows": 2, "since": "2026-01-01", "sources": []}
    index = read_index("x", json.dumps({"format": 1, "tables": {"hcpcs": entry}, "ndcs": {}}))
    assert index.tables[TableKind.HCPCS].file == FILE


def test_an_index_of_a_newer_program_says_so() -> None:
    with pytest.raises(RulebookError, match="format should be 1: a newer version of Chairtime wrote it"):
        read_index("x", json.dumps({"format": 2}))


def test_nothing_imported_is_an_empty_index() -> None:
    assert read_index("x", index_text(NOTHING_IMPORTED)) == Index({}, {})
