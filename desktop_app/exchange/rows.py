"""Which rows a session has for billing: new ones, replacements, and lines taken back."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from enum import StrEnum

from desktop_app.core.events import VOID_MARK, SignedLine
from desktop_app.core.people import Registration
from desktop_app.core.registration import MOST_POINTERS
from desktop_app.core.session import Session, Signature
from desktop_app.core.values import dataclass


class Action(StrEnum):
    """What the receiver is to do with a row."""

    NEW = "new"
    REPLACE = "replace"
    """A corrected version: it takes the place of the rows it names."""
    VOID = "void"
    """The corrected version has no lines: this one, sent before, is taken back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line on its way out."""

    id: str
    """Stable for ever; that of the line, or for a line taken back its own."""
    action: Action
    session: Session
    signature: Signature
    line: SignedLine
    replaces: tuple[str, ...] = ()
    sent_before: bool = False
    """Whether it goes out once more because somebody asked."""


def rows_of(session: Session, sent: Collection[str], *, again: bool = False) -> tuple[Row, ...]:
    """Return a session's rows that are due; none when it is not signed or all were sent.

    ``again`` asks for the rows that were sent too, each marked as such.
    """
    signature = session.signature
    if signature is None:
        return ()
    earlier = _earlier_sent(session, sent)
    if earlier is not None and not signature.lines:
        return _voids(session, earlier, sent, again=again)
    first = Action.NEW if earlier is None else Action.REPLACE
    replaces = () if earlier is None else tuple(line.id for line in earlier.lines)
    return tuple(
        Row(
            id=line.id,
            action=first,
            session=session,
            signature=signature,
            line=line,
            replaces=replaces,
            sent_before=line.id in sent,
        )
        for line in signature.lines
        if again or line.id not in sent
    )


def taken_back(row: Row) -> Iterator[Row]:
    """Yield a row that takes back each line a corrected version takes the place of; none for other rows."""
    if row.action is not Action.REPLACE:
        return
    for signature in row.session.signatures:
        for line in signature.lines:
            if line.id in row.replaces:
                yield replace(
                    row,
                    id=line.id + VOID_MARK,
                    action=Action.VOID,
                    signature=signature,
                    line=line,
                    replaces=(line.id,),
                )


def pointers(row: Row) -> tuple[int, ...]:
    """Return for which of the session's diagnoses a row is, by their places from 1; at most four."""
    return places_pointed_to(row.session.registration, row.line)


def places_pointed_to(known: Registration, line: SignedLine) -> tuple[int, ...]:
    """Return for which of the diagnoses a line is, by their places from 1; at most four.

    What its services point to, in their order; the first diagnosis where nothing was said.
    """
    said = {pointer.service: pointer.diagnoses for pointer in known.pointers}
    pointed = dict.fromkeys(place for service in line.services for place in said.get(service, ()))
    return tuple(pointed)[:MOST_POINTERS] or ((1,) if known.diagnoses else ())


def _earlier_sent(session: Session, sent: Collection[str]) -> Signature | None:
    """Return the last signature before the one in force of which a line was sent.

    With lines to put in their place, what was taken back already is nothing to replace.
    """
    earlier = reversed(session.signatures[:-1])
    found = next((s for s in earlier if any(line.id in sent for line in s.lines)), None)
    if found is None or not session.signatures[-1].lines:
        return found
    return None if any(line.id + VOID_MARK in sent for line in found.lines) else found


def _voids(session: Session, earlier: Signature, sent: Collection[str], *, again: bool) -> tuple[Row, ...]:
    taken_back = [(line.id + VOID_MARK, line) for line in earlier.lines if line.id in sent]
    return tuple(
        Row(
            id=name,
            action=Action.VOID,
            session=session,
            signature=earlier,
            line=line,
            replaces=(line.id,),
            sent_before=name in sent,
        )
        for name, line in taken_back
        if again or name not in sent
    )
