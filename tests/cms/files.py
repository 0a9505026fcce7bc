"""Files as CMS publishes them, made up by the tests: the same cells as text, spreadsheet and archive.

Headings, notices and the cut of lines are those of the published files; codes of drugs are
invented (J0001 and on), and so is every row.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path

import openpyxl

Rows = Sequence[Sequence[object]]

NOTICE = "CPT codes only are copyright of their owner; every row of this file is made up."

PTP_HEAD: Rows = [
    [NOTICE],
    ["Column1/Column2 Edits"],
    ["Column 1", "Column 2", "*=in existence", "Effective", "Deletion", "Modifier", "PTP Edit Rationale"],
    ["", "", "prior to 1996", "Date", "Date", "0=not allowed", ""],
    ["", "", "", "", "*=no data", "1=allowed", ""],
    ["", "", "", "", "", "9=not applicable", ""],
]
PTP: Rows = [
    ["11111", "22222", "", "20200101", "*", "1", "made up"],
    ["96365", "96374", "", "20200101", "*", "1", "made up"],
    ["96365", "J0001", "*", "20200101", "20251231", "0", "made up"],
    ["96413", "96365", "", "20200101", "20200101", "9", "made up"],
    ["96413", "99213", "", "20260101", "*", "0", "made up"],
]

MUE_HEAD: Rows = [
    [NOTICE],
    [
        "HCPCS/\nCPT Code",
        "Practitioner Services MUE Values",
        "MUE Adjudication Indicator",
        "MUE Rationale",
    ],
]
MUE: Rows = [
    ["11111", "1", "2 Date of Service Edit: Policy", "made up"],
    ["96365", "1", "3 Date of Service Edit: Clinical", "made up"],
    ["J0001", "40", "1 Line Edit", "made up"],
]

CROSSWALK_HEAD: Rows = [
    ["January 2026 ASP NDC-HCPCS Crosswalk"],
    [NOTICE],
    [
        "_2026_CODE",
        "Short Description",
        "LABELER NAME",
        "NDC2",
        "Drug Name",
        "HCPCS dosage",
        "PKG SIZE",
        "PKG QTY",
        "BILLUNITS",
        "BILLUNITSPKG",
    ],
]
CROSSWALK: Rows = [
    ["J0001", "made up", "Lab", "12345-6789-01", "drug", "10 MG", "1", "1", "10", "10"],
    ["J0002", "made up", "Lab", "12345-6789-02", "drug", "10 MG", "2", "1", "5", "5.5"],
    ["J0003", "made up", "Lab", "123456-789-012", "device", "1 EA", "1", "1", "1", "1"],
]

ADD_ON_HEAD: Rows = [
    [NOTICE],
    [
        "AOC_Edit_Type",
        "Add-On_Code",
        "AOC_DelDT",
        "Primary_Code",
        "Primary_Code_DelDT",
        "AOC_Edit_EffDT",
        "AOC_Edit_DelDT",
        "Special_Instruction_Notes",
    ],
]
ADD_ON: Rows = [
    ["1", "96366", "", "96365", "", "2013091", "", ""],
    ["1", "96366", "", "96367", "", "2013091", "2024366", ""],
    ["2", "96361", "", "CCCCC", "", "2013091", "", "made up"],
    ["3", "96415", "", "96413", "", "2026001", "", ""],
    ["1", "11111", "", "22222", "", "2026001", "", ""],
]

HCPCS_HEAD: Rows = [
    [
        "HCPC",
        "SEQNUM",
        "RECID",
        "LONG DESCRIPTION",
        "SHORT DESCRIPTION",
        "COV",
        "ADD DT",
        "ACT EFF DT",
        "TERM DT",
        "ACTION CD",
    ],
]
HCPCS: Rows = [
    ["A1", "00100", "7", "a modifier", "made up", "", "19900101", "19900101", "", "N"],
    ["J0001", "00100", "3", "Injection, made up, 10 mg", "made up", "C", "20200101", "20260101", "", "C"],
    [
        "J0002",
        "00100",
        "3",
        "Injection, made up and",
        "made up",
        "C",
        "20200101",
        "20200101",
        "20251231",
        "N",
    ],
    ["J0002", "00200", "4", "more, per 0.5 mg", "", "", "", "", "", ""],
    ["J0003", "00100", "3", "Injection, per dose", "made up", "C", "20260101", "20260101", "", "A"],
]


def tabbed(*rows: Rows) -> bytes:
    """Return rows as a text with tabs."""
    return _written(rows, "\t")


def comma(*rows: Rows) -> bytes:
    """Return rows as CSV."""
    return _written(rows, ",")


def _written(rows: Iterable[Rows], delimiter: str) -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(row for part in rows for row in part)
    return text.getvalue().encode("latin-1")


def sheet(*rows: Rows) -> bytes:
    """Return rows as a workbook with one sheet."""
    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet("made up")
    for part in rows:
        for row in part:
            page.append([cell if cell != "" else None for cell in row])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def packed(**members: bytes) -> bytes:
    """Return an archive; ``__`` in a name stands for its dot."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, member in members.items():
            archive.writestr(name.replace("__", "."), member)
    return content.getvalue()


def records(rows: Iterable[Sequence[object]] = HCPCS) -> bytes:
    """Return HCPCS rows as records of fixed width, below a notice."""
    lines = [NOTICE, ""]
    for row in rows:
        code, number, record, long, short, _cov, added, acted, ended, action = map(str, row)
        name = code if record in "34" else code.rjust(5)
        lines.append(f"{name:5}{number:5}{record:1}{long:80}{short:28}".ljust(268))
        lines[-1] += f"{added:8}{acted:8}{ended:8}{action:1}"
    return "\r\n".join([line.rstrip() for line in lines] + [""]).encode("latin-1")


def add_on_lines(rows: Iterable[Sequence[object]] = ADD_ON) -> bytes:
    """Return add-on rows as lines of fixed width."""
    lines = []
    for row in rows:
        kind, code, gone, primary, _gone, since, until, note = map(str, row)
        lines.append(f"{kind}{code}   {gone:7} {primary}   {since:7}   {until:7}   {note}".rstrip())
    return ("\r\n".join(lines) + "\r\n").encode("latin-1")


def put(folder: Path, name: str, content: bytes) -> Path:
    """Write a file and return its path."""
    file = folder / name
    file.write_bytes(content)
    return file
