"""Small files that would unpack to very much: each is refused, soon and without filling the memory."""

from __future__ import annotations

import io
import time
import zipfile
from datetime import date
from pathlib import Path

import pytest

from desktop_app.cms.cells import Wanted
from desktop_app.cms.faults import ImportRefused
from desktop_app.cms.parts import LARGEST, LARGEST_SHARED
from desktop_app.cms.reading import Asked, read_file
from tests.cms.files import MUE, MUE_HEAD, comma, packed, sheet

ASKED = Asked(Wanted(["96365"]), None, date(2026, 1, 1))
MOST_SECONDS = 5
SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
WORKSHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE worksheet [<!ENTITY a0 "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    + f']>{WORKSHEET}<row><c t="inlineStr"><is><t>&a11;</t></is></c></row></sheetData></worksheet>'
)


def refused(path: Path, content: bytes) -> str:
    """Return the sentence a file is refused with; it must come soon."""
    path.write_bytes(content)
    began = time.process_time()
    with pytest.raises(ImportRefused) as refusal:
        read_file(path, ASKED, lambda _: None)
    assert time.process_time() - began < MOST_SECONDS
    return str(refusal.value)


def claiming(name: str, size: int, *, inside: bytes = b"") -> bytes:
    """Return an archive that says a file in it is so large unmade, whatever it holds."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        if inside:
            with zipfile.ZipFile(io.BytesIO(inside)) as workbook:
                for member in workbook.namelist():
                    if member != name:
                        archive.writestr(member, workbook.read(member))
        archive.writestr(name, b"x" * 1_000)
        archive.getinfo(name).file_size = size
    return made.getvalue()


def with_part(name: str, content: str) -> bytes:
    """Return a workbook with one part of it exchanged."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(sheet(MUE_HEAD, MUE))) as workbook,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for member in workbook.namelist():
            archive.writestr(member, content if member == name else workbook.read(member))
    return made.getvalue()


def test_an_archive_that_says_it_unpacks_to_more_than_any_table_is_not_unpacked(tmp_path: Path) -> None:
    said = refused(tmp_path / "t.zip", claiming("t.csv", LARGEST + 1))
    assert said == "t.zip (t.csv) is larger than any table of CMS."


def test_files_that_are_too_large_together_are_not_unpacked_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = comma(MUE_HEAD, MUE)
    monkeypatch.setattr("desktop_app.cms.parts.LARGEST", len(table) * 5 // 2)
    said = refused(tmp_path / "t.zip", packed(a__csv=table, b__csv=table, c__csv=table))
    assert said == "t.zip (c.csv) is larger than any table of CMS."


def test_a_workbook_whose_texts_would_fill_the_memory_is_not_opened(tmp_path: Path) -> None:
    made = claiming(STRINGS, LARGEST_SHARED + 1, inside=sheet(MUE_HEAD, MUE))
    assert refused(tmp_path / "t.xlsx", made) == "t.xlsx is larger than any table of CMS."


def test_words_that_stand_for_ten_others_each_are_not_spelt_out(tmp_path: Path) -> None:
    said = refused(tmp_path / "t.xlsx", with_part(SHEET, LAUGHS))
    assert said == "t.xlsx is damaged or was not downloaded whole; download it again."


@pytest.mark.parametrize("cell", ["A999999999999", "XFD1", f"A{2**20 + 1}"])
def test_a_cell_far_off_does_not_fill_up_what_lies_before_it(tmp_path: Path, cell: str) -> None:
    row = int(cell.lstrip("AXFD"))
    far = f'<row r="{row}"><c r="{cell}" t="inlineStr"><is><t>x</t></is></c></row></sheetData></worksheet>'
    said = refused(tmp_path / "t.xlsx", with_part(SHEET, WORKSHEET + far))
    assert "it stands farther off than a table goes" in said or "no headings" in said


def test_an_archive_in_an_archive_is_not_followed_down(tmp_path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("t.csv", comma(MUE_HEAD, MUE))
    outer = io.BytesIO()
    with zipfile.ZipFile(outer, "w") as archive:
        archive.writestr("t.csv", inner.getvalue())
    said = refused(tmp_path / "t.zip", outer.getvalue())
    assert said == "t.zip (t.csv) is an archive in an archive; take the file out of it."
