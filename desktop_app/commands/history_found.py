"""Sessions looked up in the whole record, for a history and for the check of one."""

from __future__ import annotations

import sys

from desktop_app.commands.progress import seen_progress
from desktop_app.core.events import session_stream
from desktop_app.core.record.found_by import Sort, Word, words_of
from desktop_app.core.record.up_to import UpTo
from desktop_app.core.record.wanted import Found, Term, Wanted
from desktop_app.store.folder import Folder

MOST_FOUND = 200


def looked_up(folder: Folder, wanted: Wanted, most: int = MOST_FOUND) -> Found:
    """Return the sessions that are wanted, the newest of them. Raises JournalError."""
    steps = folder.journal.looking(wanted, most)
    with seen_progress() as tell:
        while True:
            try:
                step = next(steps)
            except StopIteration as end:
                found: Found = end.value
                return found
            tell("Events", step.events, step.of)


def sessions_of_mrn(folder: Folder, mrn: str) -> list[str]:
    """Return the sessions that are or were of an MRN, oldest first. Raises JournalError."""
    wanted = Wanted((Term(mrn.strip().casefold(), Sort.MRN, is_whole=True),))
    return [one.session for one in reversed(looked_up(folder, wanted, sys.maxsize).listed)]


def sessions_of_mrn_then(folder: Folder, record: UpTo, mrn: str) -> list[str]:
    """Return those that were of an MRN as a record stood, oldest first. Raises JournalError."""
    word = Word(Sort.MRN, mrn.strip().casefold())
    return [
        name
        for name in sessions_of_mrn(folder, mrn)
        if any(
            word in words_of(one.kind, one.actor, one.event) for one in record.stored(session_stream(name))
        )
    ]
