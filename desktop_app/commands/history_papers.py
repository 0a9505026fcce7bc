"""A session's history as the window prints and saves it: paper, and JSON, each with its proof."""

from __future__ import annotations

import json
from datetime import datetime

from desktop_app.app import Parts
from desktop_app.commands.practice import practice_of
from desktop_app.core.record.chronicle import chronicle_of
from desktop_app.exchange.history_file import Head, history_entry
from desktop_app.exchange.history_paper import history_paper
from desktop_app.exchange.pdf_printing import Printable
from desktop_app.store.durable_file import write_durably
from desktop_app.store.folder import Folder
from desktop_app.store.signed_head import as_plain, fingerprint


def history_printable(parts: Parts, session: str, now: datetime, foot: str) -> Printable:
    """Return a session's history to be looked at, printed and saved. Raises KeyError and JournalError."""
    folder = parts.folder
    chronicle = chronicle_of(folder.journal, session)
    if not chronicle.told:
        raise KeyError(session)
    head = head_of(folder, signed_now=True)
    paper = history_paper(chronicle, head, practice_of(folder.settings, folder.path), foot=foot)
    entry = history_entry([chronicle], head, made=now.isoformat(timespec="seconds"), by=parts.desk.actor)
    day = chronicle.now.day.isoformat() if chronicle.now else "no-day"
    name = f"history-{day}-{session}.pdf"
    return Printable(paper, name, now, write_durably, (session,), entry_text(entry), "json")


def head_of(folder: Folder, *, signed_now: bool = False) -> Head:
    """Return where the journal stands, with its newest signed head; signed at this moment where it may be."""
    # The signed head is asked for first: none is newer than the head, whatever another program records.
    signed = folder.heads.sign() if signed_now else folder.heads.last()
    seq, link = folder.journal.last()
    first = folder.heads.first_key()
    return Head(
        origin=folder.journal.origin,
        seq=seq,
        hash=link,
        signed=as_plain(signed) if signed else None,
        fingerprint=fingerprint(first) if first else "",
    )


def entry_text(entry: dict[str, object]) -> str:
    """Return a history's document as the text of its file."""
    return json.dumps(entry, indent=1, ensure_ascii=False) + "\n"
