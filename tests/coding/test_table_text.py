"""What imported tables look like on disk, word for word: an older program's folder is read for years."""

from __future__ import annotations

from pathlib import Path

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
    table_file,
    table_text,
)
from desktop_app.coding.tables import TableKind, TableRow
from desktop_app.imported_tables import load_index, load_tables
from tests.coding.imported import row

PAIR = row("96365 96374", "1", "2020-01-01", "2025-12-31")
TEXT = "column_1,column_2,indicator,since,until\n96365,96374,1,2020-01-01,2025-12-31\n"
SHA = digest(TEXT)
INDEX_TEXT = f"""\
{{
  "format": 1,
  "tables": {{
    "ptp-hospital": {{
      "file": "ptp-hospital-{SHA[:12]}.csv",
      "sha256": "{SHA}",
      "rows": 1,
      "since": "2020-01-01",
      "sources": [
        {{
          "file": "made-up.zip",
          "sha256": "00",
          "since": "2026-01-01",
          "imported": "2026-03-02T09:00:00+00:00",
          "first": "",
          "last": ""
        }}
      ]
    }}
  }},
  "ndcs": {{
    "1234567890": "01234567890"
  }}
}}
"""
SOURCE = Source(file="made-up.zip", sha256="00", since="2026-01-01", imported="2026-03-02T09:00:00+00:00")
ENTRY = Entry(file=f"ptp-hospital-{SHA[:12]}.csv", sha256=SHA, rows=1, since="2020-01-01", sources=(SOURCE,))
ONE_TABLE = Index({TableKind.PTP_HOSPITAL: ENTRY}, {"1234567890": "01234567890"})


@pytest.mark.parametrize(
    ("kind", "made", "lines"),
    [
        ("hcpcs", row("J0001", "0.5 mg"), ["hcpcs,unit_amount,unit,since,until", "J0001,0.5,mg,2026-01-01,"]),
        (
            "ndc-hcpcs",
            row("12345678901", "J0001"),
            ["ndc,hcpcs,since,until", "12345678901,J0001,2026-01-01,"],
        ),
        (
            "mue-practitioner",
            row("96365", "1 2"),
            ["code,most,indicator,since,until", "96365,1,2,2026-01-01,"],
        ),
        ("mue-hospital", row("96365", "1 3"), ["code,most,indicator,since,until", "96365,1,3,2026-01-01,"]),
        (
            "add-on",
            row("96366", "96365 1"),
            ["add_on,primary,type,since,until", "96366,96365,1,2026-01-01,"],
        ),
        (
            "ptp-practitioner",
            row("96365 96374", "1"),
            ["column_1,column_2,indicator,since,until", "96365,96374,1,2026-01-01,"],
        ),
        ("ptp-hospital", PAIR, TEXT.splitlines()),
    ],
)
def test_a_table_is_a_csv_with_its_columns_named(kind: str, made: TableRow, lines: list[str]) -> None:
    text = table_text(TableKind(kind), [made])
    assert text == "\n".join(lines) + "\n"
    entry = Entry(file="x", sha256=digest(text), rows=1, since="2026-01-01", sources=())
    assert read_table("x", TableKind(kind), text, entry) == (made,)


def test_a_file_of_a_table_is_named_by_its_kind_and_content() -> None:
    assert table_file(TableKind.PTP_HOSPITAL, TEXT) == ENTRY.file == f"ptp-hospital-{SHA[:12]}.csv"


def test_an_index_is_json_that_a_person_can_read() -> None:
    assert index_text(ONE_TABLE) == INDEX_TEXT
    assert read_index("x", INDEX_TEXT) == ONE_TABLE


def test_an_index_without_one_table_keeps_the_others() -> None:
    both = ONE_TABLE.with_table(TableKind.HCPCS, ENTRY)
    assert both.without_table(TableKind.HCPCS) == ONE_TABLE
    assert both.without_table(TableKind.PTP_HOSPITAL).tables == {TableKind.HCPCS: ENTRY}


def test_tables_are_found_where_an_older_program_put_them(tmp_path: Path) -> None:
    tables = tmp_path / "tables"
    tables.mkdir()
    (tables / "index.json").write_text(INDEX_TEXT, encoding="utf-8")
    (tables / ENTRY.file).write_text(TEXT, encoding="utf-8")
    assert load_index(tmp_path) == ONE_TABLE
    assert load_tables(tmp_path).by_kind == {TableKind.PTP_HOSPITAL: {PAIR.key: (PAIR,)}}


def test_a_table_that_was_touched_says_how_to_go_on() -> None:
    with pytest.raises(RulebookError) as fault:
        read_table("x", TableKind.PTP_HOSPITAL, TEXT + " ", ENTRY)
    assert str(fault.value) == (
        "x, line 1: the file should be as it was imported; import it again, or take it back with "
        "`chairtime import --forget ptp-hospital`."
    )


DAMAGED = "the file should be as it was written; move its folder away and import the tables again."
NEWER = "format should be 1: a newer version of Chairtime wrote it."


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"format": 1', '"format": 2', NEWER),
        ('"format": 1', '"format": 0', DAMAGED),
        ('"format": 1', '"format": 2.5', DAMAGED),
        ('"format": 1', '"format": "2"', DAMAGED),
        ('"sources": [', '"sources": [{}, ', DAMAGED),
        (',\n          "first": "",\n          "last": ""', "", DAMAGED),
        ('"rows": 1', '"rows": "1"', DAMAGED),
    ],
)
def test_an_index_that_cannot_be_read_is_refused_in_one_sentence(old: str, new: str, said: str) -> None:
    assert old in INDEX_TEXT
    with pytest.raises(RulebookError) as fault:
        read_index("x", INDEX_TEXT.replace(old, new))
    assert str(fault.value) == f"x, line 1: {said}"


def test_nothing_imported_leaves_an_index_with_nothing_in_it() -> None:
    assert index_text(NOTHING_IMPORTED) == '{\n  "format": 1,\n  "tables": {},\n  "ndcs": {}\n}\n'
