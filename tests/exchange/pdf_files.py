"""PDFs of the program's, written for the tests and read back by pypdf, which did not write them."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from pypdf import PdfReader

from desktop_app.app import session_coder
from desktop_app.core.orders import LONGEST_PLAN_MINUTES, Order
from desktop_app.core.session import Session
from desktop_app.exchange.day_sessions import NoRecords
from desktop_app.exchange.paper import Paper
from desktop_app.exchange.pdf_document import pdf_of
from desktop_app.exchange.place import Place
from desktop_app.exchange.rows import Row
from desktop_app.exchange.sending import Sending
from desktop_app.exchange.superbill_pdf import SuperbillWriter
from tests.exchange.claim_files import SENDING

MADE_AT = datetime(2026, 3, 31, 20, 5, tzinfo=UTC)


class RealMinutes(NoRecords):
    """Knows by the real rules where units change, and nothing else."""

    def __init__(self) -> None:
        self._coder = session_coder()

    def unit_minutes(self, session: Session, order: Order) -> tuple[int, ...]:
        return self._coder.unit_minutes(session, order, LONGEST_PLAN_MINUTES)


def write_superbills(folder: Path, *sessions: Sequence[Row], sending: Sending = SENDING) -> list[Path]:
    """Write the superbills of sessions and return their places. Raises CannotBeSent."""
    writer = SuperbillWriter(Place(folder), replace(sending, records=RealMinutes()))
    for rows in sessions:
        writer.add(rows)
    return [folder / file.name for file in writer.close()]


def read_paper(paper: Paper) -> list[str]:
    """Return what pypdf reads on each page of a paper."""
    written = pdf_of([paper], title="Test", key="test", made_at=MADE_AT)
    return [page.extract_text() for page in PdfReader(io.BytesIO(written.data)).pages]


def read(path: Path) -> str:
    """Return all that pypdf reads in a file."""
    return "\n".join(page.extract_text() for page in PdfReader(path).pages)


def bare(text: str) -> str:
    """Return a text without its white space, its letters in their plain forms: as paper keeps it."""
    return "".join(unicodedata.normalize("NFKC", text).split())
