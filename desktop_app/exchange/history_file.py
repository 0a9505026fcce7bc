"""The history of sessions as one JSON document: every event in words, and with what its hash covers.

An auditor needs no program of ours to check it; ``docs/for-auditors.md`` says how, in seventeen lines.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from desktop_app import __version__
from desktop_app.core.moments import local_time
from desktop_app.core.record.chronicle import Chronicle, Told
from desktop_app.core.record.stored import COLUMNS, Value, hash_of
from desktop_app.core.values import dataclass
from desktop_app.exchange.manifest import SIGNED_HEAD

Entry = dict[str, Any]
FORMAT = "chairtime-history"
VERSION = 1
PROGRAM = "program"
"""Names the version of the program that worded what is told."""
OF_MRN = "every_session_of_mrn"
"""Says that a file has every session of an MRN, up to its head."""
OWN_WORD = frozenset({"made", "made_by", PROGRAM})
"""What no journal knows: when, by whom and with which version a file was made."""
HOW_TO_CHECK = (
    "The hash of an event is SHA-256 over the bytes of its previous_hash and its row as JSON: "
    "ASCII, no spaces, as Python's json.dumps(row, separators=(',', ':')) writes it. "
    "The previous_hash is the hash of the event before it in the same origin; the first event's is "
    "SHA-256 of 'chairtime journal', a line feed and the origin's name."
)
"""How anybody can check a history, in the file itself and on paper."""


class NoHistory(Exception):
    """A file is no history of ours; ``str`` is the end of a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The last event of the record when a history was made: everything before it is fixed by its hash."""

    origin: str
    seq: int
    hash: str
    signed: Entry | None = None
    """The newest signed head, as it stands in a manifest; none before the first is signed."""
    fingerprint: str = ""
    """Of the key that signed first: whoever has it noted can tell this journal from any other."""

    @property
    def signed_words(self) -> str:
        """The signed head in a line: of which event, and the key's signature."""
        if self.signed is None:
            return ""
        return f"event {self.signed['event']}, signature {str(self.signed['signature'])[:32]}…"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One event of a history file, as far as a check needs it."""

    row: tuple[Value, ...]
    previous_hash: str
    hash: str

    @property
    def place(self) -> tuple[str, int]:
        """Its workstation and its number there."""
        return str(self.row[0]), int(self.row[1] or 0)

    @property
    def name(self) -> str:
        """How a sentence calls it."""
        return f"event {self.row[1]} ({str(self.row[2]).encode('ascii', 'backslashreplace').decode()})"


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """A history as it stands in a file, whatever somebody may have made of it."""

    entry: Entry
    """All of it."""
    head: Head
    sessions: tuple[str, ...]
    """The names of its sessions, in their order."""
    of_mrn: str | None
    """The MRN of which it says it has every session."""
    links: tuple[Link, ...]


def history_entry(
    chronicles: Iterable[Chronicle], head: Head, *, made: str, by: str, of_mrn: str | None = None
) -> Entry:
    """Return the document: what it is, up to where, how to check it, and each session's events."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "made": made,
        "made_by": by,
        PROGRAM: __version__,
        "how_to_check": HOW_TO_CHECK,
        "columns": list(COLUMNS),
        "head": {"origin": head.origin, "origin_seq": head.seq, "hash": head.hash},
        SIGNED_HEAD: head.signed,
        "fingerprint": head.fingerprint,
        OF_MRN: of_mrn,
        "sessions": [_session(one) for one in chronicles],
    }


def _session(chronicle: Chronicle) -> Entry:
    now = chronicle.now
    return {
        "session": chronicle.session,
        "mrn": now.mrn if now else None,
        "initials": now.initials if now else None,
        "day": now.day.isoformat() if now else None,
        "zone": chronicle.zone,
        "events": [_event(told) for told in chronicle.told],
    }


def _event(told: Told) -> Entry:
    stored = told.stored
    return {
        "row": list(stored.row),
        "previous_hash": stored.previous_hash,
        "hash": stored.hash,
        "told": {
            "what": told.what,
            "happened": local_time(stored.effective_us, told.zone).isoformat(timespec="microseconds"),
            "known": told.known,
            "recorded": local_time(stored.recorded_us, told.zone).isoformat(timespec="microseconds"),
            "by": told.by,
            "facts": dict(told.facts),
            "changes": [{"what": c.name, "before": c.before, "after": c.after} for c in told.changes],
            "reason": told.reason,
            "undone": told.undone,
        },
    }


def read_history(text: str) -> History:
    """Return a history as it stands in a file. Raises NoHistory."""
    try:
        found = json.loads(text, object_pairs_hook=_named_once)
        json.dumps(found)
        history = History(
            entry=found,
            head=_head(found),
            sessions=tuple(_name(session) for session in found["sessions"]),
            of_mrn=None if found.setdefault(OF_MRN, None) is None else _text(found[OF_MRN]),
            links=tuple(_link(event) for session in found["sessions"] for event in session["events"]),
        )
        is_ours = (found["format"], found["version"]) == (FORMAT, VERSION)
    except (ValueError, KeyError, TypeError, RecursionError):
        raise NoHistory("is no history that Chairtime has written") from None
    if not is_ours:
        raise NoHistory("is of another format, perhaps of a newer version of Chairtime")
    return history


def _named_once(pairs: list[tuple[str, Any]]) -> Entry:
    """Return an object whose every name stands in it once: readers differ in which of two they believe."""
    entry = dict(pairs)
    if len(entry) != len(pairs):
        raise ValueError(pairs)
    return entry


def _head(found: Entry) -> Head:
    head = found["head"]
    return Head(
        origin=_text(head["origin"]),
        seq=_number(head["origin_seq"]),
        hash=_text(head["hash"]),
        signed=found.get(SIGNED_HEAD),
        fingerprint=_text(found.get("fingerprint", "")),
    )


def _name(session: Entry) -> str:
    return _text(session["session"])


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(value)
    return value


def _link(event: Entry) -> Link:
    row = tuple(event["row"])
    if len(row) != len(COLUMNS):
        raise ValueError(row)
    (_text(row[0]), _number(row[1]), _text(row[2]))
    return Link(row=row, previous_hash=_text(event["previous_hash"]), hash=_text(event["hash"]))


def faults_of(links: Sequence[Link]) -> Iterator[str]:
    """Yield what is wrong with a history by itself: an event that its hash does not fit, a broken link."""
    by_place = {link.place: link for link in links}
    for link in links:
        if not _holds(link):
            yield f"{link.name} is not what its hash says"
            continue
        origin, seq = link.place
        before = by_place.get((origin, seq - 1))
        if before is not None and before.hash != link.previous_hash:
            yield f"{link.name} does not follow the event before it"


def _holds(link: Link) -> bool:
    try:
        return hash_of(link.previous_hash, link.row) == link.hash
    except (ValueError, TypeError):
        return False
