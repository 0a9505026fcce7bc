"""A history that was printed or saved as a file, held against itself and against the journal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from desktop_app.commands.streams import NothingDone, file_content
from desktop_app.core.events import SESSION_STREAM_PREFIX
from desktop_app.core.told import count_words
from desktop_app.exchange.history_file import Head, Link, NoHistory, faults_of, read_links
from desktop_app.store.folder import Folder
from desktop_app.store.signed_head import read_plain
from desktop_app.store.verify_heads import fault_of_noted


def fault_of_history(folder: Folder, file: str) -> str:
    """Hold a history file against itself and the journal; say what holds, return what does not.

    Raises NothingDone where it cannot be read.
    """
    try:
        links, head = read_links(file_content(file).decode())
    except (NoHistory, UnicodeDecodeError) as fault:
        why = fault if isinstance(fault, NoHistory) else "is no text"
        raise NothingDone(f"{file} {why}.") from None
    found = next(faults_of(links), "") or next(_against(folder, links, head), "")
    if found:
        return f"{file} does not hold: {found}."
    events = count_words(len(links), "event", "events")
    print(f"{file} holds: {events}, each as it stands in the journal, none left out up to event {head.seq}.")
    return ""


def _against(folder: Folder, links: Sequence[Link], head: Head) -> Iterator[str]:
    """Yield where a history is not what the journal holds: an event, its head, or one it leaves out."""
    if head.signed is not None:
        signed = read_plain(head.signed)
        yield from filter(None, [fault_of_noted(folder, signed) if signed else "its signed head is none"])
    if head.seq and _hash_at(folder, head.origin, head.seq) != head.hash:
        yield f"the journal's event {head.seq} is not the head it names"
    for link in links:
        origin, seq = link.place
        if _hash_at(folder, origin, seq) != link.hash:
            yield f"{link.name} is not in the journal so"
    named = {link.place for link in links}
    for stream in sorted({link.stream for link in links if link.stream.startswith(SESSION_STREAM_PREFIX)}):
        for one in folder.journal.stored(stream):
            is_before = one.origin != head.origin or one.origin_seq <= head.seq
            if is_before and (one.origin, one.origin_seq) not in named:
                yield f"event {one.origin_seq} ({one.id}) of the journal is left out"


def _hash_at(folder: Folder, origin: str, seq: int) -> str:
    if origin not in folder.journal.origins() or seq < 1:
        return ""
    row = next(folder.journal.rows(seq - 1, origin=origin), None)
    return row.hash.hex() if row is not None and row.origin_seq == seq else ""
