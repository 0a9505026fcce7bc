"""A table that was changed anywhere after it was written is found out before its batch gets a name."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from desktop_app.core.layouts import Delimiter, ExcelDates, Layout, LineEnds, Times
from desktop_app.exchange.csv_file import CsvWriter
from desktop_app.exchange.excel import ExcelWriter
from desktop_app.exchange.place import GrowingFile, Place
from desktop_app.exchange.sending import STANDARD, CannotBeSent, Writer
from tests.exchange.claim_files import SENDING
from tests.exchange.month import first_rows, signed_month
from tests.exchange.signed import refused

PIPES = replace(STANDARD, delimiter=Delimiter.PIPE, line_ends=LineEnds.LF, mark=True)
REAL_DATES = replace(STANDARD, times=Times.LOCAL, excel_dates=ExcelDates.DATES)

Change = Callable[[bytes], bytes]


def swapped(pattern: str, instead: str) -> Change:
    """Return a change of the first place of a pattern, which must be there."""

    def change(raw: bytes) -> bytes:
        text, count = re.subn(pattern.encode(), instead.encode(), raw, count=1)
        assert count == 1, pattern
        assert text != raw
        return text

    return change


TEXT = [
    ("a code", STANDARD, swapped(",96413,", ",96415,"), "row 1 does not say"),
    ("a leading zero", STANDARD, swapped(",0004000,", ",4000,"), "row 1 does not say"),
    ("a heading", STANDARD, swapped("session,", "Session,"), "headings are not those of the layout"),
    ("a row that is gone", STANDARD, swapped(r"month-001,[^\n]*\n", ""), "row 1 does not say"),
    ("a row twice", STANDARD, swapped(r"(month-001,[^\n]*\n)", r"\1\1"), "row 2 does not say"),
    ("a row too many at the end", STANDARD, lambda raw: raw + b"x\r\n", "rows, of"),
    ("an end that is gone", STANDARD, lambda raw: raw[:-40], "does not say"),
    ("a line end", STANDARD, swapped("\r\n", "\n"), "line 1 does not end as the layout says"),
    ("a last line end", STANDARD, lambda raw: raw.removesuffix(b"\r\n"), "does not end as the layout says"),
    ("a line end of the other kind", PIPES, swapped("\n", "\r\n"), "line 1 does not end as the layout says"),
    ("a separator in a cell", STANDARD, swapped("infliximab", "inflixi,mab"), "row 1 does not say"),
    ("a separator of another kind", PIPES, swapped(r"\|", ","), "headings are not those"),
    ("a quote", STANDARD, swapped("infliximab", 'inf"liximab'), "row 1 does not say"),
    (
        "a quote that is never closed",
        STANDARD,
        swapped(",infliximab", ',"infliximab'),
        "cannot be read as a table",
    ),
    (
        "a byte that is no UTF-8",
        STANDARD,
        lambda raw: raw.replace(b"infliximab", b"inf\xffiximab", 1),
        "cannot be read",
    ),
    ("a mark of order that is gone", PIPES, lambda raw: raw[3:], "begins without a byte order mark"),
    (
        "a mark of order too many",
        STANDARD,
        lambda raw: b"\xef\xbb\xbf" + raw,
        "begins with a byte order mark",
    ),
]

LINES, TOTALS, BOOK = "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml", "xl/workbook.xml"
SHEETS = [
    ("a code", STANDARD, LINES, swapped("<t>96413</t>", "<t>96415</t>"), "row 1 does not say"),
    (
        "a code that became a number",
        STANDARD,
        LINES,
        swapped(r' t="inlineStr"><is><t>96413</t></is>', "><v>96413</v>"),
        "row 1 does not say",
    ),
    (
        "units that became a text",
        STANDARD,
        LINES,
        swapped(r'( r="P2"[^>]*)><v>1</v>', r'\1 t="inlineStr"><is><t>1</t></is>'),
        "row 1 does not say",
    ),
    (
        "a text that became a formula",
        STANDARD,
        LINES,
        swapped(r' t="inlineStr"><is><t>96413</t></is>', "><f>96413</f><v>96413</v>"),
        "row 1 does not say",
    ),
    ("a heading", STANDARD, LINES, swapped("<t>session<", "<t>Session<"), "headings are not those"),
    ("a row that is gone", STANDARD, LINES, swapped(r'<row r="3".*?</row>', ""), "row 2 does not say"),
    ("a day", REAL_DATES, LINES, swapped("<v>46083</v>", "<v>46084</v>"), "row 1 does not say"),
    (
        "a day that lost its form",
        REAL_DATES,
        LINES,
        swapped(r'(r="J2") s="[0-9]+"', r"\1"),
        "row 1 does not say",
    ),
    (
        "a second",
        REAL_DATES,
        LINES,
        swapped(r"<v>(46083\.33)33[0-9]*</v>", r"<v>\g<1>35</v>"),
        "row 1 does not",
    ),
    ("a cell that is gone", STANDARD, LINES, swapped(r'<c r="B2".*?</c>', ""), "row 1 does not say"),
    (
        "a sum",
        STANDARD,
        TOTALS,
        swapped(r"<v>[0-9]+</v>", "<v>12345</v>"),
        "“counts.sessions” among its totals",
    ),
    ("a total that is gone", STANDARD, TOTALS, swapped(r'<row r="3".*?</row>', ""), "among its totals"),
    ("the name of a sheet", STANDARD, BOOK, swapped("Totals", "Sums"), "it has the sheets Lines, Sums"),
    ("broken markup", STANDARD, LINES, swapped("</sheetData>", "<"), "cannot be read to its end"),
]


def write(folder: Path, writer: type[CsvWriter | ExcelWriter], layout: Layout) -> Writer:
    """Return a writer that was given three sessions and is not closed."""
    begun = writer(Place(folder), replace(SENDING, layout=layout))
    for rows in first_rows()[:3]:
        begun.add(rows)
    return begun


def changed_once_written(monkeypatch: pytest.MonkeyPatch, path: Path, change: Callable[[Path], None]) -> None:
    """Have a file changed by another hand between its last byte and its check."""
    finish = GrowingFile.finish

    def finish_and_change(self: GrowingFile, rows: int) -> object:
        done = finish(self, rows)
        change(path)
        return done

    monkeypatch.setattr(GrowingFile, "finish", finish_and_change)


@pytest.mark.parametrize(("layout", "change", "said"), [m[1:] for m in TEXT], ids=[m[0] for m in TEXT])
def test_what_was_changed_in_a_text_file_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, layout: Layout, change: Change, said: str
) -> None:
    writer = write(tmp_path, CsvWriter, layout)
    path = tmp_path / "lines.csv"
    changed_once_written(monkeypatch, path, lambda path: _rewrite(path, change))
    with pytest.raises(CannotBeSent, match=said) as refusal:
        writer.close()
    assert str(refusal.value).startswith("lines.csv did not stand its own check: ")


@pytest.mark.parametrize(
    ("layout", "part", "change", "said"), [m[1:] for m in SHEETS], ids=[m[0] for m in SHEETS]
)
def test_what_was_changed_in_a_workbook_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, layout: Layout, part: str, change: Change, said: str
) -> None:
    writer = write(tmp_path, ExcelWriter, layout)
    path = tmp_path / "lines.xlsx"
    changed_once_written(monkeypatch, path, lambda path: _repack(path, part, change))
    with pytest.raises(CannotBeSent, match=said) as refusal:
        writer.close()
    assert str(refusal.value).startswith("lines.xlsx did not stand its own check: ")


@pytest.mark.parametrize("cut", [0, 100, -100], ids=["empty", "short", "without its end"])
def test_a_workbook_that_is_cut_off_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cut: int
) -> None:
    writer = write(tmp_path, ExcelWriter, STANDARD)
    changed_once_written(
        monkeypatch, tmp_path / "lines.xlsx", lambda path: _rewrite(path, lambda raw: raw[:cut])
    )
    with pytest.raises(CannotBeSent, match="it cannot be opened"):
        writer.close()


def test_a_batch_whose_table_does_not_stand_its_check_is_not_sent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def spoil(self: GrowingFile, rows: int) -> object:
        self._out.seek(900)
        self._out.write(b"X")
        return finish(self, rows)

    finish = GrowingFile.finish
    monkeypatch.setattr(GrowingFile, "finish", spoil)
    month = signed_month()
    said = refused(month.exporter().export(month.sessions[:5], tmp_path))
    assert said.startswith("lines.csv did not stand its own check: row 1 does not say what was to be written")
    assert list(tmp_path.iterdir()) == []
    assert month.exporter().sent() == frozenset()


def _rewrite(path: Path, change: Change) -> None:
    path.write_bytes(change(path.read_bytes()))


def _repack(path: Path, part: str, change: Change) -> None:
    """Change one part inside a workbook."""
    with ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    with ZipFile(path, "w", ZIP_DEFLATED) as new:
        for name, raw in parts.items():
            new.writestr(name, change(raw) if name == part else raw)
