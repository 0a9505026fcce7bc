"""What each kind of file looks like: its headings, or how its lines are cut, and for whom it is.

A file is recognised by its headings alone. Above them stand notices, of which at most the day
the table begins and for whom it is are taken.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from operator import itemgetter

from desktop_app.cms.cells import Cells
from desktop_app.cms.rows import Reading, add_ons, charges, crosswalk, drug_codes, limits, pairs
from desktop_app.coding.tables import TableKind, TableRow
from desktop_app.core.values import dataclass

Read = Callable[[Iterator[Cells], Reading], Iterator[TableRow]]
Pick = Callable[[Cells], Cells]
"""Takes the cells that matter out of a row; raises IndexError for a row that lacks them."""

_ADD_ON_LINE = re.compile(
    r"([123])([0-9A-Z]{5}) +(?:([0-9]{7}) +)?([0-9A-Z]{5})"
    r" +([0-9]{7})(?: +([0-9]{7}))?(?: +([0-9]{7}))?(?: .*)?"
)
_RECORD = re.compile(r"(?:[0-9A-Z]{5}|   [0-9A-Z]{2})[0-9]{5}[3478]")
_ADDED = slice(268, 276)
_DATES_TO = 292
FULL_RECORD = 293


@dataclass(frozen=True, slots=True)
class Layout:
    """A kind of file: what it may be, its headings, and how its rows are read."""

    title: str
    kinds: tuple[TableKind, ...]
    headings: tuple[str, ...]
    """Patterns of the headings it needs, each the whole of a heading, in the order rows are read in."""
    read: Read
    dated: bool
    """Whether its rows say from when they hold."""
    by_place: bool = False
    """Whether the columns follow the first heading at fixed distances, whatever is written over them."""
    cut: Pick | None = None
    """How a line of fixed width is cut; None for columns with headings."""
    quarterly: bool = True
    """Whether a file without dates holds from the first day of a quarter, as those of CMS do."""


_PLACES_OF_A_PAIR = (0, 1, 3, 4, 5)
_CODE = r"(HCPCS|CPT|CPT ?/ ?HCPCS|HCPCS ?/ ?CPT)( CODE)?|CODE|PROCEDURE( CODE)?"
_CHARGE = r"(UNIT )?(CHARGE|PRICE|FEE)( PER UNIT| EACH)?"
_REVENUE = r"REV(ENUE)?\.?( CODE)?"

LAYOUTS = (
    Layout(
        "pairs of codes (PTP)",
        (TableKind.PTP_PRACTITIONER, TableKind.PTP_HOSPITAL),
        (r"COLUMN ?1", r"COLUMN ?2"),
        pairs,
        dated=True,
        by_place=True,
    ),
    Layout(
        "practitioner limits (MUE)",
        (TableKind.MUE_PRACTITIONER,),
        (r"HCPCS ?/ ?CPT CODE", r"PRACTITIONER.*MUE VALUES?", r"MUE ADJUDICATION INDICATOR.*"),
        limits,
        dated=False,
    ),
    Layout(
        "outpatient hospital limits (MUE)",
        (TableKind.MUE_HOSPITAL,),
        (r"HCPCS ?/ ?CPT CODE", r".*(HOSPITAL|FACILITY).*MUE VALUES?", r"MUE ADJUDICATION INDICATOR.*"),
        limits,
        dated=False,
    ),
    Layout(
        "an ASP NDC-HCPCS crosswalk",
        (TableKind.CROSSWALK,),
        (r"_?[0-9]{4}_CODE|HCPCS( LEVEL II)?( CODE.*)?", r"NDC ?2?", r"BILL ?UNITS ?PKG"),
        crosswalk,
        dated=False,
    ),
    Layout(
        "add-on codes",
        (TableKind.ADD_ON,),
        (
            r"AOC[_ ]EDIT[_ ]TYPE",
            r"ADD-ON[_ ]CODE",
            r"AOC[_ ]DEL.*",
            r"PRIMARY[_ ]CODE",
            r"PRIMARY[_ ]CODE[_ ]DEL.*",
            r"AOC[_ ]EDIT[_ ]EFF.*",
            r"AOC[_ ]EDIT[_ ]DEL.*",
        ),
        add_ons,
        dated=True,
    ),
    Layout(
        "HCPCS codes",
        (TableKind.HCPCS,),
        (r"HCPCS?", r"RECID", r"LONG DESCRIPTION", r"ADD[ _]DT", r"ACT[ _]EFF[ _]DT", r"TERM[ _]DT"),
        drug_codes,
        dated=True,
    ),
    *(
        Layout(
            "charges of the practice",
            (TableKind.CHARGES,),
            headings,
            charges,
            dated=False,
            quarterly=False,
        )
        for headings in ((_CODE, _CHARGE, _REVENUE), (_CODE, _CHARGE))
    ),
)


def _aligned(line: str) -> str:
    """Return a record whose letters stand in their places, though one of its name takes two bytes."""
    if line.isascii() or line[_ADDED].isdigit():
        return line
    try:
        return line.encode("latin-1").decode("utf-8", errors="replace")
    except UnicodeEncodeError:  # a file in UTF-16, whose letters are one each already
        return line


def _cut_record(cells: Cells) -> Cells:
    """Cut a record of the HCPCS text file; a trailing part that is blank may be missing."""
    line = _aligned(cells[0])
    if not _RECORD.match(line) or (line[10] in "37" and len(line) < _DATES_TO - 8):
        raise IndexError
    line = line.ljust(FULL_RECORD)
    places = (slice(0, 5), slice(10, 11), slice(11, 91), _ADDED, slice(276, 284), slice(284, 292))
    return tuple([line[place].strip() for place in places])


def _cut_add_on(cells: Cells) -> Cells:
    """Cut a line of the add-on text file: its later dates say when it ended, the earliest when it began."""
    found = _ADD_ON_LINE.fullmatch(cells[0])
    if found is None:
        raise IndexError
    kind, add_on, gone, primary, *dates = found.groups(default="")
    since, *ends = sorted(text for text in dates if text)
    return kind, add_on, gone, primary, "", since, min(ends, default="")


FIXED_WIDTH = (
    Layout("HCPCS codes", (TableKind.HCPCS,), (), drug_codes, dated=True, cut=_cut_record),
    Layout("add-on codes", (TableKind.ADD_ON,), (), add_ons, dated=True, cut=_cut_add_on),
)

NOT_OURS = (
    (r"DME.*MUE VALUES?", "the limits of equipment suppliers"),
    (r"NDC OR ALTERNATE ID", "drugs without a code of their own"),
    (r"PAYMENT LIMIT", "prices"),
)
"""Headings of files that are often downloaded beside ours, and what such a file holds."""


def pick_by_heading(layout: Layout, heads: Cells) -> Pick | None:
    """Return how rows under these headings are picked; None where they are not this layout's."""
    places = [_place(pattern, heads) for pattern in layout.headings]
    if None in places or len(set(places)) != len(places):
        return None
    if layout.by_place:
        begin = places[0] or 0
        return itemgetter(*(begin + place for place in _PLACES_OF_A_PAIR))
    return itemgetter(*places)


def _place(pattern: str, heads: Cells) -> int | None:
    found = [place for place, head in enumerate(heads) if re.fullmatch(pattern, head)]
    return found[0] if len(found) == 1 else None


def heading(cell: str) -> str:
    """Return a heading as headings are compared: in capitals, on one line."""
    return " ".join(cell.upper().split())
