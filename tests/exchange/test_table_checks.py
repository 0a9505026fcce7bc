"""A table that was changed anywhere after it was written is found out before its batch gets a name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from xml.etree.ElementTree import ParseError
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

import pytest

from desktop_app.core.layouts import Layout
from desktop_app.exchange.csv_file import CsvWriter
from desktop_app.exchange.excel import ExcelWriter
from desktop_app.exchange.place import GrowingFile, Place
from desktop_app.exchange.sending import STANDARD, CannotBeSent, Writer
from tests.exchange.claim_files import SENDING
from tests.exchange.month import first_rows, signed_month
from tests.exchange.readers import records, sheet
from tests.exchange.signed import refused
from tests.exchange.table_mutations import CUTS, SHEETS, TEXT, Change

READS: dict[str, Callable[[Path, Layout], bool]] = {
    "lines.csv": lambda path, layout: is_read(lambda: records_of_one_width(path, layout)),
    "lines.xlsx": lambda path, _: is_read(lambda: (sheet(path), sheet(path, "Totals"))),
}


def is_read(read: Callable[[], object]) -> bool:
    """Say whether a second reader reads a table to its end."""
    try:
        read()
    except (AssertionError, BadZipFile, KeyError, ParseError, UnicodeDecodeError):
        return False
    return True


def records_of_one_width(path: Path, layout: Layout) -> None:
    assert len(set(map(len, records(path.read_bytes(), layout)))) == 1


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


@pytest.mark.parametrize(("layout", "change", "said", "by"), [m[1:] for m in TEXT], ids=[m[0] for m in TEXT])
def test_what_was_changed_in_a_text_file_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, layout: Layout, change: Change, said: str, by: set[str]
) -> None:
    writer = write(tmp_path, CsvWriter, layout)
    path = tmp_path / "lines.csv"
    changed_once_written(monkeypatch, path, lambda path: _rewrite(path, change))
    with pytest.raises(CannotBeSent, match=said) as refusal:
        writer.close()
    assert str(refusal.value).startswith("lines.csv did not stand its own check: ")
    assert READS["lines.csv"](path, layout) == ("reader" not in by)


@pytest.mark.parametrize(
    ("layout", "part", "change", "said", "by"), [m[1:] for m in SHEETS], ids=[m[0] for m in SHEETS]
)
def test_what_was_changed_in_a_workbook_is_found(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    layout: Layout,
    part: str,
    change: Change,
    said: str,
    by: set[str],
) -> None:
    writer = write(tmp_path, ExcelWriter, layout)
    path = tmp_path / "lines.xlsx"
    changed_once_written(monkeypatch, path, lambda path: _repack(path, part, change))
    with pytest.raises(CannotBeSent, match=said) as refusal:
        writer.close()
    assert str(refusal.value).startswith("lines.xlsx did not stand its own check: ")
    assert READS["lines.xlsx"](path, layout) == ("reader" not in by)


@pytest.mark.parametrize("cut", CUTS.values(), ids=CUTS)
def test_a_workbook_that_is_cut_off_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cut: int
) -> None:
    writer = write(tmp_path, ExcelWriter, STANDARD)
    changed_once_written(
        monkeypatch, tmp_path / "lines.xlsx", lambda path: _rewrite(path, lambda raw: raw[:cut])
    )
    with pytest.raises(CannotBeSent, match="it cannot be opened"):
        writer.close()
    assert not READS["lines.xlsx"](tmp_path / "lines.xlsx", STANDARD)


def test_a_batch_whose_table_does_not_stand_its_check_is_not_sent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def spoil(self: GrowingFile, rows: int) -> object:
        self._out.seek(900)
        self._out.write(b"X")
        return finish(self, rows)

    finish = GrowingFile.finish
    monkeypatch.setattr(GrowingFile, "finish", spoil)
    month = signed_month(5)
    said = refused(month.exporter().export(month.sessions, tmp_path))
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
