"""A session's history on paper: every event in its order, with its hashes, and how to check them."""

from __future__ import annotations

from collections.abc import Iterator

from desktop_app.core.record.chronicle import Chronicle, Told
from desktop_app.core.record.plain import change_words
from desktop_app.core.told import count_words, day_words, dotted
from desktop_app.exchange.history_file import HOW_TO_CHECK, Head
from desktop_app.exchange.paper import (
    Block,
    Column,
    FactGroup,
    Facts,
    Heading,
    Notice,
    Paper,
    Table,
    TableRow,
    Words,
)
from desktop_app.exchange.sending import Practice
from desktop_app.exchange.superbill import sender_of

TITLE = "Session history"
NOT_WHOLE = "An event of this history is not what its hash says: it was changed after it was recorded."
PROOF = (
    "Every event of the workstation is chained to the one before it. The head above is the hash of the last "
    "event when this was printed: whoever has it noted elsewhere can show that nothing up to it was changed, "
    "left out or put in since. `chairtime verify` walks the whole chain and names the first event that "
    "fails; `chairtime verify --fingerprint` says whether its keys are those of the fingerprint above."
)
_COLUMNS = (
    Column("No", 34, bold=True),
    Column("Happened", 78),
    Column("What", bold=True),
    Column("How known", 78),
    Column("By", 44),
    Column("Recorded", 78),
)


def history_paper(chronicle: Chronicle, head: Head, practice: Practice, *, foot: str) -> Paper:
    """Return a session's history as paper; the MRN stands on it."""
    now = chronicle.now
    who = f"MRN {now.mrn}" if now and now.mrn else "No MRN"
    count = count_words(len(chronicle.told), "event", "events")
    return Paper(
        title=TITLE,
        sender=sender_of(practice),
        under_title=(who, count),
        running=f"{TITLE} · {who}",
        blocks=tuple(_blocks(chronicle, head)),
        foot=foot,
    )


def _blocks(chronicle: Chronicle, head: Head) -> Iterator[Block]:
    if any(not told.is_whole for told in chronicle.told):
        yield Notice(NOT_WHOLE)
    yield Facts((_session(chronicle), _proof(head)))
    yield Table(_COLUMNS, tuple(_row(told) for told in chronicle.told), under_from=1)
    yield Heading("How to check it")
    yield Words(PROOF)
    yield Words(HOW_TO_CHECK)


def _session(chronicle: Chronicle) -> FactGroup:
    now = chronicle.now
    facts = [("Session", chronicle.session)]
    if now is not None:
        facts += [
            ("MRN", now.mrn),
            ("Initials", dotted(now.initials)),
            ("Day", day_words(now.day)),
            ("Chair", now.chair),
            ("Times of", now.zone),
        ]
    return FactGroup("Session", tuple(facts))


def _proof(head: Head) -> FactGroup:
    return FactGroup(
        "Journal",
        (
            ("Workstation", head.origin),
            ("Last event", str(head.seq)),
            ("Head", _in_groups(head.hash)),
            ("Signed", head.signed_words),
            ("Fingerprint", head.fingerprint),
        ),
    )


def _row(told: Told) -> TableRow:
    cells = (str(told.stored.origin_seq), told.at, told.what, told.known, told.by, told.recorded)
    return TableRow(cells, "\n".join(_under(told)))


def _under(told: Told) -> Iterator[str]:
    if told.undone:
        yield told.undone.capitalize()
    for change in told.changes:
        yield change_words(change)
    if told.reason:
        yield f"Reason: {told.reason}"
    if told.facts:
        yield " · ".join(f"{name}: {text}" for name, text in told.facts)
    stored = told.stored
    yield f"{stored.stream}, version {stored.version} · event {stored.id}"
    yield f"hash {stored.hash}"
    yield f"previous {stored.previous_hash}"


def _in_groups(digits: str) -> str:
    return " ".join(digits[at : at + 8] for at in range(0, len(digits), 8))
