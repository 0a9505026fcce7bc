"""Files of claims for the tests: the month's as batches, and small ones to change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from desktop_app.core.orders import Setting
from desktop_app.exchange.place import Place
from desktop_app.exchange.rows import Row
from desktop_app.exchange.sending import Practice, Sending
from desktop_app.exchange.x12 import GUIDES, X12Writer
from tests.exchange.month import PRACTICE, first_rows

PROFESSIONAL, INSTITUTIONAL = GUIDES[Setting.PHYSICIAN].file, GUIDES[Setting.FACILITY].file
SENDING = Sending(
    batch="b-1",
    name="chairtime-2026-03-31-A",
    number=7,
    made_at=datetime(2026, 3, 31, 20, 5, tzinfo=UTC),
    by="MB",
    head="0" * 64,
    practice=PRACTICE,
)


def rows_of_number(number: int) -> tuple[Row, ...]:
    """Return the month's first rows of a session, by its number."""
    return first_rows()[number]


def write_claims(folder: Path, *sessions: Sequence[Row], practice: Practice = PRACTICE) -> dict[str, str]:
    """Write sessions as claims and return each file's text. Raises CannotBeSent."""
    writer = X12Writer(Place(folder), replace(SENDING, practice=practice))
    for rows in sessions:
        writer.add(rows)
    return {file.name: (folder / file.name).read_text(encoding="ascii") for file in writer.close()}


def segments(text: str, tag: str) -> list[list[str]]:
    """Return the segments of one name, each as its elements."""
    return [line.split("*") for line in text.split("~") if line.split("*")[0] == tag]


def one(text: str, tag: str, qualifier: str = "") -> list[str]:
    """Return the one segment of a name, or of a name and a qualifier."""
    (found,) = [s for s in segments(text, tag) if not qualifier or s[1] == qualifier]
    return found


def changed(rows: Sequence[Row], **registration: object) -> tuple[Row, ...]:
    """Return rows of a session whose patient is registered otherwise, whatever the desk would say."""
    session = rows[0].session
    known = replace(session.registration, **registration)  # type: ignore[arg-type]  # by the caller
    return tuple(replace(row, session=replace(session, registration=known)) for row in rows)
