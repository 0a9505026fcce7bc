"""A history that was printed or saved as a file, held against itself and against the journal.

All that a person reads in it is made again from the journal, up to the head it names, and compared. When,
by whom and with which version the file was made is in no journal: that stays its own word.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from desktop_app.commands.history_found import sessions_of_mrn_then
from desktop_app.commands.streams import NothingDone, file_content
from desktop_app.core.record.chronicle import Chronicle, chronicle_of
from desktop_app.core.record.up_to import UpTo
from desktop_app.core.told import count_words
from desktop_app.exchange.history_differs import differences
from desktop_app.exchange.history_file import Head, History, NoHistory, faults_of, history_entry, read_history
from desktop_app.store.folder import Folder
from desktop_app.store.signed_head import SignedHead, as_plain, fingerprint, read_plain
from desktop_app.store.verify_heads import fault_of_noted


def fault_of_history(folder: Folder, file: str) -> str:
    """Hold a history file against itself and the journal; say what holds, return what does not.

    Raises NothingDone where it cannot be read.
    """
    try:
        history = read_history(file_content(file).decode())
    except (NoHistory, UnicodeDecodeError) as fault:
        why = fault if isinstance(fault, NoHistory) else "is no text"
        raise NothingDone(f"{file} {why}.") from None
    found = next(faults_of(history.links), "") or next(_against(folder, history), "")
    if found:
        return f"{file} does not hold: {found}."
    events = count_words(len(history.links), "event", "events")
    of = count_words(len(history.sessions), "session", "sessions")
    print(
        f"{file} holds: {events} of {of}, each as it stands in the journal, all that is told of it, "
        f"none left out up to event {history.head.seq}."
    )
    _tell_of_others(folder, history)
    return ""


def up_to(folder: Folder, head: Head) -> UpTo:
    """Return the journal's streams as they stood at a head."""
    return UpTo(folder.journal, folder.journal.origins(), head.origin, head.seq)


def _against(folder: Folder, history: History) -> Iterator[str]:
    """Yield where a history is not what the journal gives: its head, an event, a session, a word."""
    head = history.head
    if head.signed is not None:
        signed = read_plain(head.signed)
        yield from filter(None, [fault_of_noted(folder, signed) if signed else "its signed head is none"])
    if _hash_at(folder, head.origin, head.seq) != head.hash:
        yield f"the journal's event {head.seq} is not the head it names"
    for link in history.links:
        origin, seq = link.place
        if _hash_at(folder, origin, seq) != link.hash:
            yield f"{link.name} is not in the journal so"
    chronicles = [chronicle_of(up_to(folder, head), name) for name in history.sessions]
    yield from _of_sessions(history.sessions, chronicles)
    if history.of_mrn is not None:
        yield from _left_out(folder, history, history.of_mrn)
    made = history_entry(chronicles, _head_again(folder, head), made="", by="", of_mrn=history.of_mrn)
    yield from differences(history.entry, made)


def _of_sessions(names: Sequence[str], chronicles: Sequence[Chronicle]) -> Iterator[str]:
    if not names:
        yield "there is no session in it"
    for place, (name, chronicle) in enumerate(zip(names, chronicles, strict=True), start=1):
        if not chronicle.told:
            yield f"the {place}. session in it is none of the journal up to the head it names"
        elif names.count(name) > 1:
            yield f"session {name} stands in it more than once"


def _left_out(folder: Folder, history: History, mrn: str) -> Iterator[str]:
    """Yield which session of an MRN a file says it has and has not, and which it has of another."""
    wanted = sessions_of_mrn_then(folder, up_to(folder, history.head), mrn)
    yield from (f"session {name} of MRN {mrn} is left out" for name in wanted if name not in history.sessions)
    yield from (f"session {name} is none of MRN {mrn}" for name in history.sessions if name not in wanted)


def _tell_of_others(folder: Folder, history: History) -> None:
    """Say how many sessions of the same patients it has not, where it does not say it has all."""
    if history.of_mrn is not None:
        return
    record = up_to(folder, history.head)
    mrns = {str(session["mrn"]) for session in history.entry["sessions"] if session["mrn"]}
    others = {name for mrn in mrns for name in sessions_of_mrn_then(folder, record, mrn)}
    if left := len(others - {*history.sessions}):
        of = count_words(left, "more session", "more sessions")
        print(f"It has chosen sessions: {of} of the same MRN on record up to there, and not in it.")


def _head_again(folder: Folder, head: Head) -> Head:
    """Return a head as the journal gives it: with the newest signed head there was then.

    The head's own event may have been signed just before the file was made, or just after.
    """
    origins = folder.journal.origins()
    before: list[SignedHead] = [
        one for one in folder.heads.all() if _is_up_to((one.origin, one.seq), head, origins)
    ]
    after = (
        before[:-1] if before and (before[-1].origin, before[-1].seq) == (head.origin, head.seq) else before
    )
    known, earlier = (_signed(folder, head, heads[-1] if heads else None) for heads in (before, after))
    return earlier if head == earlier else known


def _is_up_to(place: tuple[str, int], head: Head, origins: Sequence[str]) -> bool:
    return (origins.index(place[0]), place[1]) <= (origins.index(head.origin), head.seq)


def _signed(folder: Folder, head: Head, signed: SignedHead | None) -> Head:
    first = folder.heads.first_key() if signed else None
    plain = as_plain(signed) if signed else None
    return replace(head, signed=plain, fingerprint=fingerprint(first) if first else "")


def _hash_at(folder: Folder, origin: str, seq: int) -> str:
    if origin not in folder.journal.origins() or not 0 < seq < 1 << 40:
        return ""
    row = next(folder.journal.rows(seq - 1, origin=origin), None)
    return row.hash.hex() if row is not None and row.origin_seq == seq else ""
