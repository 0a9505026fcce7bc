"""Changes of written tables: what is changed, in which layout, how, what is said of it, and who finds it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from desktop_app.core.layouts import Delimiter, ExcelDates, LineEnds, Times
from desktop_app.exchange.sending import STANDARD

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


OURS, BOTH = {"ours"}, {"ours", "reader"}
"""Who finds a change: our own check, which knows what was to be written, and a second reader."""

TEXT = [
    ("a code", STANDARD, swapped(",96413,", ",96415,"), "row 1 does not say", OURS),
    ("a leading zero", STANDARD, swapped(",0004000,", ",4000,"), "row 1 does not say", OURS),
    ("a heading", STANDARD, swapped("session,", "Session,"), "headings are not those of the layout", OURS),
    ("a row that is gone", STANDARD, swapped(r"month-001,[^\n]*\n", ""), "row 1 does not say", OURS),
    ("a row twice", STANDARD, swapped(r"(month-001,[^\n]*\n)", r"\1\1"), "row 2 does not say", OURS),
    ("a row too many at the end", STANDARD, lambda raw: raw + b"x\r\n", "rows, of", BOTH),
    ("an end that is gone", STANDARD, lambda raw: raw[:-40], "does not say", BOTH),
    ("a line end", STANDARD, swapped("\r\n", "\n"), "line 1 does not end as the layout says", BOTH),
    (
        "a last line end",
        STANDARD,
        lambda raw: raw.removesuffix(b"\r\n"),
        "does not end as the layout says",
        BOTH,
    ),
    (
        "a line end of the other kind",
        PIPES,
        swapped("\n", "\r\n"),
        "line 1 does not end as the layout says",
        BOTH,
    ),
    ("a separator in a cell", STANDARD, swapped("infliximab", "inflixi,mab"), "row 1 does not say", BOTH),
    ("a separator of another kind", PIPES, swapped(r"\|", ","), "headings are not those", BOTH),
    ("a quote", STANDARD, swapped("infliximab", 'inf"liximab'), "row 1 does not say", BOTH),
    (
        "a quote that is never closed",
        STANDARD,
        swapped(",infliximab", ',"infliximab'),
        "cannot be read as a table",
        BOTH,
    ),
    (
        "a byte that is no UTF-8",
        STANDARD,
        lambda raw: raw.replace(b"infliximab", b"inf\xffiximab", 1),
        "cannot be read",
        BOTH,
    ),
    ("a mark of order that is gone", PIPES, lambda raw: raw[3:], "begins without a byte order mark", OURS),
    (
        "a mark of order too many",
        STANDARD,
        lambda raw: b"\xef\xbb\xbf" + raw,
        "begins with a byte order mark",
        OURS,
    ),
]

LINES, TOTALS, BOOK = "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml", "xl/workbook.xml"
SHEETS = [
    ("a code", STANDARD, LINES, swapped("<t>96413</t>", "<t>96415</t>"), "row 1 does not say", OURS),
    (
        "a code that became a number",
        STANDARD,
        LINES,
        swapped(r' t="inlineStr"><is><t>96413</t></is>', "><v>96413</v>"),
        "row 1 does not say",
        OURS,
    ),
    (
        "units that became a text",
        STANDARD,
        LINES,
        swapped(r'( r="P2"[^>]*)><v>1</v>', r'\1 t="inlineStr"><is><t>1</t></is>'),
        "row 1 does not say",
        OURS,
    ),
    (
        "a text that became a formula",
        STANDARD,
        LINES,
        swapped(r' t="inlineStr"><is><t>96413</t></is>', "><f>96413</f><v>96413</v>"),
        "row 1 does not say",
        OURS,
    ),
    ("a heading", STANDARD, LINES, swapped("<t>session<", "<t>Session<"), "headings are not those", OURS),
    ("a row that is gone", STANDARD, LINES, swapped(r'<row r="3".*?</row>', ""), "row 2 does not say", OURS),
    ("a day", REAL_DATES, LINES, swapped("<v>46083</v>", "<v>46084</v>"), "row 1 does not say", OURS),
    (
        "a day that lost its form",
        REAL_DATES,
        LINES,
        swapped(r'(r="J2") s="[0-9]+"', r"\1"),
        "row 1 does not say",
        OURS,
    ),
    (
        "a second",
        REAL_DATES,
        LINES,
        swapped(r"<v>(46083\.33)33[0-9]*</v>", r"<v>\g<1>35</v>"),
        "row 1 does not",
        OURS,
    ),
    ("a cell that is gone", STANDARD, LINES, swapped(r'<c r="B2".*?</c>', ""), "row 1 does not say", OURS),
    (
        "a sum",
        STANDARD,
        TOTALS,
        swapped(r"<v>[0-9]+</v>", "<v>12345</v>"),
        "“counts.sessions” among its totals",
        OURS,
    ),
    ("a total that is gone", STANDARD, TOTALS, swapped(r'<row r="3".*?</row>', ""), "among its totals", OURS),
    ("the name of a sheet", STANDARD, BOOK, swapped("Totals", "Sums"), "it has the sheets Lines, Sums", BOTH),
    ("broken markup", STANDARD, LINES, swapped("</sheetData>", "<"), "cannot be read to its end", BOTH),
]

CUTS = {"empty": 0, "short": 100, "without its end": -100}
"""Workbooks of which only so many bytes are there; both find each."""
