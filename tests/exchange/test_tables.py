"""A table says the same as text and as a workbook, in every layout, whatever stands in it."""

from __future__ import annotations

import codecs
import json
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from desktop_app.core.layouts import (
    ExcelDates,
    Layout,
    LayoutColumn,
    Times,
)
from desktop_app.core.people import Registration
from desktop_app.core.registration import register_patient
from desktop_app.exchange.charges import Charges
from desktop_app.exchange.excel import ExcelWriter
from desktop_app.exchange.place import Place
from desktop_app.exchange.preview import preview
from desktop_app.exchange.rows import Row, rows_of
from desktop_app.exchange.sending import NOBODY, STANDARD, CannotBeSent
from desktop_app.layout_files import ready_layouts
from tests.exchange.claim_files import SENDING
from tests.exchange.layouts import LAYOUTS, canonical_rows, check_month, written
from tests.exchange.month import CHARGES, correct, first_rows, signed_month
from tests.exchange.readers import NASTY, plain, records, sheet
from tests.exchange.signed import SuiteOfChairs, exported, line, refused, saved, visible
from tests.exchange.tables import AMOUNTS, DAYS, INSTANTS, NUMBERS

SELDOM = {"replaces", "sent_before", "modifier_2", "modifier_3", "modifier_4", "clock_note"}
WHOLE = {"semicolons and commas", "dates to count with"}
FEW = 7
"""The whole month is written in some layouts, one session in so many in the others; ``stress`` writes all."""


def one_line(**changes: object) -> tuple[Row, ...]:
    """Return the rows of a session of one line."""
    return rows_of(SuiteOfChairs().signed("s1", line("s1.1.01", **changes)), ())


@pytest.fixture(scope="module")
def canonical(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, str]]:
    """Reads the month and its corrections from the standard table."""
    return canonical_rows(tmp_path_factory.mktemp("standard"))


@pytest.mark.parametrize("name", LAYOUTS)
def test_the_month_is_the_same_as_text_as_a_workbook_and_in_the_canonical_table(
    tmp_path: Path, canonical: list[dict[str, str]], name: str
) -> None:
    assert len(canonical) > 800
    check_month(tmp_path, LAYOUTS[name], canonical, one_in=1 if name in WHOLE else FEW)


def test_the_complete_layout_is_the_standard_table_byte_for_byte(tmp_path: Path) -> None:
    complete = ready_layouts()["complete"].layout
    assert replace(complete, name="", title="") == STANDARD
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    first, _ = written(tmp_path / "a", complete, first_rows()[:9])
    second, _ = written(tmp_path / "b", STANDARD, first_rows()[:9])
    assert first == second


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_nasty_text_comes_back_as_it_was_from_both(tmp_path: Path, layout: Layout) -> None:
    texts = [*NASTY, "\x00\x1f", "_x0041_", "\u2028", '="x"|y\tz;', " x "]
    columns = tuple(LayoutColumn(head=name, take=name) for name in ("line", "why", "drugs"))
    layout = replace(layout, columns=columns)
    raw, book = written(tmp_path, layout, [one_line(why=text, drugs=(text,)) for text in texts])
    said = [["s1.1.01", text, text] for text in texts]
    cells, seen = records(raw, layout)[layout.header :], sheet(book)[layout.header :]
    assert [[plain(cell) if layout.guard else cell for cell in row] for row in cells] == said
    assert [row + [""] * (len(columns) - len(row)) for row in seen] == said


def test_no_text_of_a_workbook_is_a_formula_and_codes_keep_their_zeros(tmp_path: Path) -> None:
    rows = one_line(why="=1+1", ndc="00006302602", code="00840")
    _, path = written(tmp_path, STANDARD, [rows])
    book = openpyxl.load_workbook(path)
    heads, cells = list(book["Lines"].iter_rows())
    by_name = {head.value: cell for head, cell in zip(heads, cells, strict=True)}
    for name, text in {"why": "=1+1", "ndc": "00006302602", "code": "00840", "mrn": "0004821"}.items():
        cell = by_name[name]
        assert (cell.value, cell.data_type, cell.number_format) == (text, "s", "@")
    book.close()


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_every_cell_of_a_workbook_is_of_its_kind(tmp_path: Path, layout: Layout) -> None:
    _, path = written(tmp_path, layout, first_rows()[:30])
    real = layout.excel_dates is ExcelDates.DATES
    kinds = {
        **dict.fromkeys(NUMBERS, int),
        **dict.fromkeys(AMOUNTS, (int, float)),
        **dict.fromkeys(DAYS, datetime if real else str),
        **dict.fromkeys(INSTANTS, datetime if real and layout.times is Times.LOCAL else str),
    }
    found = set()
    for row in sheet(path)[layout.header :]:
        for column, value in zip(layout.columns, row, strict=True):
            assert value == "" or isinstance(value, kinds.get(column.take, str)), (column, value)
            found |= {column.take} if value != "" else set()
    assert found >= layout.taken - SELDOM


def test_amounts_are_shown_with_the_places_they_were_said_with(tmp_path: Path) -> None:
    columns = tuple(LayoutColumn(head=name, take=name) for name in ("ndc_quantity", "charge", "units"))
    rows = one_line(code="J1745", units=3, ndc="00006302602", ndc_quantity=Decimal("12.50"), ndc_unit="ML")
    _, path = written(tmp_path, replace(STANDARD, columns=columns), [rows])
    book = openpyxl.load_workbook(path)
    cells = list(book["Lines"][2])
    cents = CHARGES.cents("J1745", date(2026, 3, 2))
    assert cents is not None
    assert [cell.value for cell in cells] == [12.5, cents * 3 / 100, 3]
    assert [cell.number_format for cell in cells] == ["0.00", "0.00", "0"]
    book.close()


def test_headings_stay_in_view_and_have_filters_and_columns_are_as_wide_as_their_text(tmp_path: Path) -> None:
    _, path = written(tmp_path, STANDARD, first_rows()[:5])
    book = openpyxl.load_workbook(path)
    lines = book["Lines"]
    rows = sum(map(len, first_rows()[:5]))
    assert lines.freeze_panes == "A2"
    assert lines.auto_filter.ref == f"A1:{get_column_letter(len(STANDARD.columns))}{rows + 1}"
    widths = {name: lines.column_dimensions[name].width for name in ("A", "B", "C")}
    assert all(10 < width < 30 for width in widths.values()), widths
    assert max(dimension.width for dimension in lines.column_dimensions.values()) < 50
    book.close()


def test_the_second_sheet_says_what_the_manifest_says(tmp_path: Path) -> None:
    month = signed_month(30)
    exporter = month.exporter()
    exporter.layout = ready_layouts()["hospital"].layout
    exported(exporter.export(month.sessions, tmp_path, ("xlsx",)))
    correct(month)
    batch = exported(exporter.export(month.sessions, tmp_path, ("csv", "xlsx")))
    told = {str(name): value for name, value in sheet(batch.folder / "lines.xlsx", "Totals")}
    assert visible(batch.folder) == ["lines.csv", "lines.xlsx", "manifest.json"]
    manifest = _flat((batch.folder / "manifest.json").read_text(encoding="utf-8"))
    assert told == manifest
    assert told["layout"] == "hospital"
    assert told["counts.void"] == 5
    assert [file.rows for file in batch.files] == [16, 16, 0]


def test_the_same_batch_makes_the_same_workbook(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    one, other = (written(tmp_path / name, STANDARD, first_rows()[:9])[1] for name in ("a", "b"))
    assert one.read_bytes() == other.read_bytes()


TOO_MUCH = {
    "x" * 32_768: "has 32,768 characters under “why”, and a cell of Excel holds 32,767",
    "💉" * 16_384: "has 32,768 characters under “why”, and a cell of Excel holds 32,767",
    "a\uffffb": "has the character U+FFFF under “why”, and Excel has none such",
    "<r>x</r>": "has a text under “why” that Excel would take for signs of its own",
    "_x0041_x0042_": "has a text under “why” that Excel would take for signs of its own",
}


@pytest.mark.parametrize(("text", "said"), TOO_MUCH.items(), ids=lambda text: repr(text[:12]))
def test_what_no_cell_of_excel_holds_is_refused_with_a_sentence(tmp_path: Path, text: str, said: str) -> None:
    suite = SuiteOfChairs()
    suite.signed("s1", line("s1.1.01", why=text))
    outcome = refused(suite.exporter().export(suite.sessions, tmp_path, ("xlsx",)))
    assert outcome == f"0004821 in chair 1 {said}; nothing was sent"
    assert list(tmp_path.iterdir()) == []
    assert exported(suite.exporter().export(suite.sessions, tmp_path, ("csv",))).lines == ("s1.1.01",)


def test_the_longest_text_a_cell_holds_comes_back(tmp_path: Path) -> None:
    text = "=" + "é" * 32_766
    _, book = written(tmp_path, STANDARD, [one_line(why=text)])
    assert text in sheet(book)[1]


def test_what_is_no_text_leaves_nothing_behind(tmp_path: Path) -> None:
    suite = SuiteOfChairs()
    suite.signed("s1")
    suite.signed("s2", line("s2.1.01", why="half \ud800"))
    outcome = refused(suite.exporter().export(suite.sessions, tmp_path, ("xlsx",)))
    assert "cannot be written as UTF-8" in outcome
    assert list(tmp_path.iterdir()) == []


def test_an_export_that_is_closed_before_its_end_leaves_nothing_behind(tmp_path: Path) -> None:
    month = signed_month(30)
    steps = month.exporter().exporting(month.sessions, tmp_path, ("xlsx",))
    for _ in range(20):
        next(steps)
    assert list(tmp_path.iterdir()) != []
    steps.close()
    assert list(tmp_path.iterdir()) == []


def test_what_lies_beside_a_growing_workbook_lies_in_its_hidden_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(elsewhere))
    month = signed_month(30)
    steps = month.exporter().exporting(month.sessions, tmp_path, ("xlsx",))
    for _ in steps:
        assert list(elsewhere.iterdir()) == []
    assert list(elsewhere.iterdir()) == []


def test_a_full_sheet_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop_app.exchange.excel.MOST_ROWS", 10)
    writer = ExcelWriter(Place(tmp_path), SENDING)
    writer.add(first_rows()[0])
    too_many = [replace(row, id=f"{row.id}-{n}") for row in first_rows()[1] for n in range(10)]
    with pytest.raises(CannotBeSent, match="does not fit any more: a sheet of Excel holds 10 rows"):
        writer.add(too_many)
    assert [file.rows for file in writer.close()] == [len(first_rows()[0])]


NEEDY = replace(
    STANDARD,
    name="needy",
    title="Needy",
    columns=(
        *STANDARD.columns,
        LayoutColumn(head="Visit no.", take="account", needed=True),
        LayoutColumn(head="Price", take="charge", needed=True),
    ),
)


def test_a_session_that_lacks_what_the_layout_needs_is_named_and_nothing_is_sent(tmp_path: Path) -> None:
    suite = SuiteOfChairs()
    suite.signed("s1", line("s1.1.01"), line("s1.1.02", code="J9999"))
    suite.signed("s2")
    known = Registration(account="V1")
    saved(suite.desk.touch("s2", lambda s, w: register_patient(s, w, registration=known)))
    exporter = suite.exporter()
    exporter.layout, exporter.practice = NEEDY, replace(NOBODY, charges=CHARGES)
    assert refused(exporter.export(suite.sessions, tmp_path, ("csv", "xlsx"))) == (
        "0004821 in chair 1 cannot be sent as “Needy” yet: “Visit no.” of 96413, J9999 is empty; "
        "“Price” of J9999 is empty; nothing was sent"
    )
    assert exported(exporter.export([suite.session("s2")], tmp_path, ("csv", "xlsx"))).lines == ("s2.1.01",)


def test_charges_that_cannot_be_read_keep_a_table_of_charges_back(tmp_path: Path) -> None:
    suite = SuiteOfChairs()
    suite.signed("s1")
    exporter = suite.exporter()
    exporter.practice = replace(NOBODY, charges=Charges(fault="its charges cannot be read (why)"))
    exporter.layout = ready_layouts()["compact"].layout
    said = refused(exporter.export(suite.sessions, tmp_path))
    assert "cannot be sent as “Practice management, compact” yet: its charges cannot be read (why)" in said
    exporter.layout = STANDARD
    exported(exporter.export(suite.sessions, tmp_path))


def test_a_layout_for_no_table_is_one_sentence(tmp_path: Path) -> None:
    month = signed_month(1)
    exporter = month.exporter()
    exporter.layout = ready_layouts()["compact"].layout
    said = refused(exporter.export(month.sessions, tmp_path, ("x12",)))
    assert said == "“Practice management, compact” lays out tables, and none was asked for; nothing was sent"


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_a_preview_is_how_the_file_begins(tmp_path: Path, layout: Layout) -> None:
    raw, _ = written(tmp_path, layout, first_rows()[:9])
    shown = preview(layout, first_rows(), CHARGES)
    assert raw.removeprefix(codecs.BOM_UTF8).decode().startswith(shown.text)
    assert len(shown.rows) == 8
    assert records(raw, layout)[: 8 + layout.header] == [
        *([list(shown.head)] * layout.header),
        *map(list, shown.rows),
    ]
    assert shown.lacking == ()


def test_a_preview_says_what_the_rows_lack_and_asks_for_no_more_than_it_shows() -> None:
    def sessions() -> object:
        yield one_line()
        raise AssertionError

    shown = preview(NEEDY, sessions(), most=1)  # type: ignore[arg-type]  # never goes on
    assert shown.lacking == (
        "cannot be sent as “Needy” yet: “Visit no.” of 96413 is empty; “Price” of 96413 is empty",
    )


def test_a_preview_of_nothing_has_headings() -> None:
    assert preview(STANDARD, ()).text.startswith("session,encounter,line,")
    assert preview(replace(STANDARD, header=False), ()).text == ""


def _flat(text: str) -> dict[str, object]:
    told = json.loads(text)
    found: dict[str, object] = {}
    for name, value in told.items():
        match name, value:
            case "files", _:
                continue
            case "counts", _:
                found |= {f"counts.{key}": count for key, count in value.items()}
            case "totals", _:
                found |= {"totals.units": value["units"]}
                found |= {
                    f"totals.units_by_code.{code}": units for code, units in value["units_by_code"].items()
                }
            case _, bool():
                found[name] = "yes" if value else "no"
            case _, list():
                found[name] = ", ".join(value)
            case _:
                found[name] = value
    return found
