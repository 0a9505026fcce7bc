"""Own checks of a workbook, run on what was written before the batch gets its name.

Another library than the one that wrote it opens it. Every cell must be of the kind it was to be:
a code that became a number is found, and so is a formula.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from errno import EINVAL
from itertools import chain
from pathlib import Path
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile
from zlib import error as ZlibError

from openpyxl import Workbook, load_workbook
from openpyxl.utils.escape import unescape
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from desktop_app.exchange.excel_cells import Stored, marked
from desktop_app.exchange.read_back import first
from desktop_app.exchange.table_checks import Expected, table_faults

LINES, TOTALS = "Lines", "Totals"
_DAMAGED = (
    BadZipFile,
    ZlibError,
    ParseError,
    EOFError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    RuntimeError,  # an unknown compression, or a part that is said to be encrypted
)
"""What the reader of workbooks and that of archives raise where one is not whole."""
Totals = Sequence[tuple[str, Stored]]


def faults_of_workbook(path: Path, expected: Expected, totals: Totals) -> list[str]:
    """Return what is wrong with a workbook; empty when all is right. Raises OSError."""
    return first(looks_at_workbook(path, expected, totals))


def looks_at_workbook(path: Path, expected: Expected, totals: Totals) -> Iterator[str]:
    """Yield, row by row, what is wrong with a workbook, or that it is right. Raises OSError."""
    try:
        book = load_workbook(path, read_only=True)
    except (InvalidFileException, *_DAMAGED, OSError) as fault:
        yield f"it cannot be opened: {_damage(fault)}"
        return
    try:
        yield from _faults(book, expected, totals)
    except (*_DAMAGED, OSError) as fault:
        yield f"it cannot be read to its end: {_damage(fault)}"
    finally:
        book.close()


def _damage(fault: Exception) -> Exception:
    """Return what is wrong with a file; a fault of the disk goes on as one. Raises OSError."""
    if isinstance(fault, OSError) and fault.errno != EINVAL:  # which says that a part begins before the file
        raise fault
    return fault


def _faults(book: Workbook, expected: Expected, totals: Totals) -> Iterator[str]:
    if book.sheetnames != [LINES, TOTALS]:
        yield f"it has the sheets {', '.join(book.sheetnames)}"
        return
    yield from table_faults(rows_of_sheet(book[LINES], expected.width), expected)
    wanted = [tuple(map(marked, row)) for row in totals]
    found = list(rows_of_sheet(book[TOTALS], 2))
    for want, row in zip(wanted, chain(found, [()] * len(wanted)), strict=False):
        if want != row:
            yield f"“{want[0].removeprefix('text ')}” among its totals is not what was to be written"
    if len(found) > len(wanted):
        yield f"it has {len(found)} totals, of {len(wanted)}"


def rows_of_sheet(sheet: Worksheet, width: int) -> Iterator[tuple[str, ...]]:
    """Yield every row of a sheet, each cell with its kind as ``marked`` has it.

    A sheet does not know of empty columns at its end: rows are filled up to a width.
    """
    for row in sheet.iter_rows():
        cells = tuple(_marked(cell.value, cell.data_type) for cell in row)
        yield cells + ("",) * (width - len(cells))


def _marked(value: object, kind: str) -> str:
    """Return a cell as text with its kind; the library leaves escapes of control characters alone."""
    if value is None:
        return ""
    if kind in {"s", "inlineStr"}:
        return marked(unescape(str(value)))
    if kind == "n":
        return marked(Decimal(repr(value)))
    return marked(value) if isinstance(value, datetime) else f"{kind} {value}"
