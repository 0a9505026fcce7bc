"""Rows of the journal as the record tells them: every column as it lies there, and what it says."""

from __future__ import annotations

from desktop_app.core.record.stored import Stored
from desktop_app.store.chain import EventRow
from desktop_app.store.codec import decode
from desktop_app.store.faults import UnreadableEvent


def stored_of(row: EventRow) -> Stored:
    """Return an event as it is stored; without what it says where this version cannot read that."""
    columns = row._asdict()
    hashes = {name: columns.pop(name).hex() for name in ("previous_hash", "hash")}
    try:
        event = decode(row.kind, row.schema, row.effective_us, row.body, name=row.id)
    except UnreadableEvent:
        event = None
    return Stored(**columns, **hashes, event=event)
