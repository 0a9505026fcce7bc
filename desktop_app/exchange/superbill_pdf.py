"""Superbills: a PDF a session, named by the day and the session's id, so that each can go where it belongs.

One file for the whole batch would print in one go; but a superbill goes to one account, one payer, one
patient, and taking a page out of the others is how a page goes to somebody else.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import BinaryIO

from desktop_app.core.events import BatchFile
from desktop_app.exchange.bill import Bill, bill_of_rows
from desktop_app.exchange.paper import Paper
from desktop_app.exchange.pdf_checks import faults_of_pdf
from desktop_app.exchange.pdf_document import Written, pdf_of
from desktop_app.exchange.pdf_text import has_fonts
from desktop_app.exchange.place import Place
from desktop_app.exchange.read_back import first
from desktop_app.exchange.rows import Row
from desktop_app.exchange.sending import CannotBeSent, Format, Practice, Sending
from desktop_app.exchange.superbill import superbill

NO_FONTS = "cannot be drawn: no font was found on this computer"


class SuperbillWriter:
    """Writes a file a session, reads it back and checks it before the next one."""

    def __init__(self, place: Place, sending: Sending) -> None:
        self._place = place
        self._sending = sending
        self._files: list[BatchFile] = []

    def add(self, rows: Sequence[Row]) -> None:
        """Write the superbill of one session. Raises OSError and CannotBeSent."""
        require_fonts()
        sending, bill = self._sending, bill_of_rows(rows)
        paper = _paper(bill, sending)
        key = f"{sending.batch} {bill.name}"
        written = pdf_of([paper], title=bill.name, key=key, made_at=sending.made_at)
        file = put(self._place, f"{bill.name}.pdf", written, len(rows))
        if faults := first(faults_of_pdf(self._place.folder / file.name, written.pages)):
            raise CannotBeSent(f"has a superbill that does not stand its own check: {faults[0]}")
        self._files.append(file)

    def close(self) -> tuple[BatchFile, ...]:
        """Return every file."""
        return tuple(self._files)


def _paper(bill: Bill, sending: Sending) -> Paper:
    return superbill(bill, sending.practice, sending.records.unit_minutes, foot=foot_of(sending))


def papers(sessions: Sequence[Sequence[Row]], sending: Sending) -> tuple[Paper, ...]:
    """Return the superbills of some sessions. Raises CannotBeSent."""
    require_fonts()
    return tuple(_paper(bill_of_rows(rows), sending) for rows in sessions)


def put(place: Place, name: str, written: Written, rows: int) -> BatchFile:
    """Write a PDF durably. Raises OSError."""
    return place.write(name, partial(_write, data=written.data, rows=rows))


def foot_of(sending: Sending) -> str:
    """Return what the foot of each page says of the batch."""
    made = f"{sending.made_at:%Y-%m-%d %H:%M:%S}"
    return f"Batch {sending.name}, made {made} by {sending.by} · journal head {sending.head}"


def require_fonts() -> None:
    """Raise CannotBeSent where nothing can be written."""
    if not has_fonts():
        raise CannotBeSent(NO_FONTS)


def unknown_charges(_rows: Sequence[Row], practice: Practice) -> str:
    """Return why the charges are not known though there are some, as the end of a sentence, or nothing."""
    fault = practice.charges.fault
    return f"cannot go out on paper yet: {fault}" if fault else ""


def _write(out: BinaryIO, data: bytes, rows: int) -> int:
    out.write(data)
    return rows


SUPERBILL = Format(
    title="Superbills",
    about="A PDF a session: its timeline, every line with the reason, who signed.",
    begin=SuperbillWriter,
    papers=papers,
    lacks=unknown_charges,
    is_drawn=True,
)
