"""The demo month on paper, its three batches held against the table that went out beside them."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from pypdf import PdfReader

from desktop_app.core.session import Session
from desktop_app.exchange.ledger import Batch
from desktop_app.exchange.superbill_lines import dollars
from tests.exchange.month import CHARGES, Month, correct
from tests.exchange.pdf_files import bare, read
from tests.exchange.signed import exported

FORMATS = ("csv", "superbill", "day")
BATCHES = ("first", "corrections", "again")
_TOTAL = re.compile(r"Total(\d+)\$([\d,]+\.\d\d)(\d+)lines?")
_DAYS = re.compile(r"[A-Z][a-z]{2} \d+ [A-Z][a-z]{2} 2026(?: to [A-Z][a-z]{2} \d+ [A-Z][a-z]{2} 2026)?")
CodeRow = tuple[str, int, int, str]
"""A code, how many lines, how many units, what they are charged."""


def batches_of(month: Month, sessions: Sequence[Session], folder: Path) -> dict[str, Batch]:
    """Send sessions, then what was put right of them, then all of that once more."""
    names = {session.id for session in sessions}

    def now() -> list[Session]:
        return [session for session in month.sessions if session.id in names]

    first = exported(month.exporter().export(now(), folder, FORMATS))
    correct(month)
    second = exported(month.exporter().export(now(), folder, FORMATS))
    third = exported(month.exporter().export(now(), folder, FORMATS, again=True))
    return dict(zip(BATCHES, (first, second, third), strict=True))


def rows_in(batch: Batch) -> list[dict[str, str]]:
    """Return the rows of a batch's table."""
    with (batch.folder / "lines.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def check_superbills(batch: Batch) -> int:
    """Hold each superbill of a batch against the rows of its session; return how many there are."""
    by_session: dict[str, list[dict[str, str]]] = {}
    for row in rows_in(batch):
        by_session.setdefault(row["session"], []).append(row)
    files = sorted(batch.folder.glob("superbill-*.pdf"))
    for path in files:
        text = bare(read(path))
        (session,) = (name for name in by_session if f"-{name}-" in path.name)
        _check_superbill(text, by_session[session])
    assert len(files) == len(by_session)
    return len(files)


def _check_superbill(text: str, rows: list[dict[str, str]]) -> None:
    for place, row in enumerate(rows, start=1):
        modifiers = "".join(row[f"modifier_{n}"] for n in range(1, 5))
        pointed = row["diagnosis_pointers"].replace(" ", "")
        begins = f"{place}{row['code']}{modifiers}{row['units']}{row['minutes']}{pointed}"
        assert bare(f"{begins}{dollars(_cents(row))}{row['why']}") in text, begins
        assert not row["ndc"] or bare(row["ndc"]) in text.replace("-", "")
    (total,) = _TOTAL.findall(text)
    units = sum(int(row["units"]) for row in rows)
    assert total == (str(units), dollars(sum(map(_cents, rows))).removeprefix("$"), str(len(rows)))
    assert ("Takenback" in text) == (rows[0]["action"] == "void")
    assert ("Corrected:version" in text) == (rows[0]["action"] == "replace")
    assert ("Sentagain" in text) == (rows[0]["sent_before"] == "yes")


def check_summary(batch: Batch) -> int:
    """Hold a batch's summary, day by day, against its table; return how many days it has."""
    days: dict[str, list[str]] = {}
    for page in PdfReader(batch.folder / "day-summary.pdf").pages:
        text = page.extract_text()
        days.setdefault(_DAYS.findall(text)[0], []).append(text)
    rows = rows_in(batch)
    sums = [name for name in days if " to " in name]
    assert len(sums) == (len(days) > 2)
    found: Counter[str] = Counter()
    for name, pages in days.items():
        told = _codes_in("\n".join(pages))
        if name in sums:
            assert told == codes_of(rows)
        else:
            found.update({code: units for code, _, units, _ in told})
    in_force = [row for row in rows if row["action"] != "void"]
    assert +found == +Counter({code: units for code, _, units, _ in codes_of(in_force)})
    return len(days) - len(sums)


def codes_of(rows: list[dict[str, str]]) -> list[CodeRow]:
    """Return what a table comes to by code, without the lines that are taken back."""
    kept = [row for row in rows if row["action"] != "void"]
    codes = sorted({row["code"] for row in kept})
    return [_code_row(code, [row for row in kept if row["code"] == code]) for code in codes]


def _code_row(code: str, rows: list[dict[str, str]]) -> CodeRow:
    units = sum(int(row["units"]) for row in rows)
    return code, len(rows), units, dollars(sum(map(_cents, rows)))


def _codes_in(text: str) -> list[CodeRow]:
    """Return the table of codes of a summary, as another reader reads it."""
    _, _, table = text.partition("Lines in this batch, by code")
    found = re.findall(r"^([0-9A-Z]\d{4})\n(\d+)\n(\d+)\n(\$[\d,.]+)$", table, re.MULTILINE)
    return [(code, int(lines), int(units), charge) for code, lines, units, charge in found]


def _cents(row: dict[str, str]) -> int:

    cents = CHARGES.cents(row["code"], date.fromisoformat(row["date_of_service"]))
    assert cents is not None
    return cents * int(row["units"])
