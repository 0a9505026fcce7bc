"""From the rows of a session to claims: their ids, what they correct, and what they charge."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from functools import partial

from desktop_app.core.events import SignedLine
from desktop_app.core.orders import Setting
from desktop_app.core.people import Registration
from desktop_app.core.session import Session, Signature
from desktop_app.core.values import dataclass
from desktop_app.exchange.rows import Action, Row, pointers
from desktop_app.exchange.sending import CannotBeSent, Practice

LONGEST_SHORT_ID = 16
"""With a version of three digits it makes a claim's id of 20 characters, the most that payers keep."""
_NAME = re.compile(r"[0-9A-Za-z-]{1,16}", re.ASCII)
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)


class Frequency(StrEnum):
    """What a claim is to the payer: the last digit of the type of bill."""

    ORIGINAL = "1"
    REPLACEMENT = "7"
    VOID = "8"


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """One line of a claim with its charge."""

    id: str
    line: SignedLine
    cents: int
    revenue: str
    pointers: tuple[int, ...]
    is_charged: bool = True
    """Whether a charge is known; without one ``cents`` is 0 and says nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What one payer is asked to pay for one session."""

    id: str
    frequency: Frequency
    corrects: str
    """The id of the claim it replaces or takes back; empty for an original."""
    session: Session
    setting: Setting
    place_of_service: str
    lines: tuple[ClaimLine, ...]
    again: bool
    """Whether it was sent before and goes out once more because somebody asked."""

    @property
    def registration(self) -> Registration:
        """What billing knows of the patient."""
        return self.session.registration

    @property
    def cents(self) -> int:
        """What it charges in all."""
        return sum(line.cents for line in self.lines)


def short_id(session: str) -> str:
    """Return a session's id in at most 16 characters, always the same.

    Of the program's own ids that is how they begin, without hyphens: 48 bits of time and 12 of chance.
    """
    if _UUID.fullmatch(session):
        return session.replace("-", "")[:LONGEST_SHORT_ID]
    if _NAME.fullmatch(session):
        return session
    return hashlib.sha256(session.encode()).hexdigest()[:LONGEST_SHORT_ID]


def claim_id(session: Session, signature: Signature) -> str:
    """Return the id of the claim of a signed version: stable for ever, at most 20 characters."""
    return f"{short_id(session.id)}-{signature.version}"


def claims_of(rows: Sequence[Row], practice: Practice, *, uncharged: bool = False) -> tuple[Claim, ...]:
    """Return the claims that say what is due of one session.

    A correction that changes who bills cannot replace the first claim, which went out in the other
    file: that one is taken back, and a new one is made. Raises CannotBeSent without a charge, but
    where ``uncharged`` says that a line may have none.
    """
    line_of = partial(_line, practice=practice, uncharged=uncharged)
    first = rows[0]
    session, signature = first.session, first.signature
    lines = tuple(line_of(session, row.line, pointers(row)) for row in rows)
    again = any(row.sent_before for row in rows)
    if first.action is Action.VOID:
        return (_taking_back(session, signature, lines, again=again),)
    earlier = _replaced(session, first)
    if earlier is not None and setting_of(session, earlier) is not setting_of(session, signature):
        gone = (replace(first, line=line) for line in earlier.lines)
        taken_back = tuple(line_of(session, row.line, pointers(row)) for row in gone)
        new = _claim(session, signature, lines, Frequency.ORIGINAL, again=again)
        return _taking_back(session, earlier, taken_back, again=again), new
    if earlier is None:
        return (_claim(session, signature, lines, Frequency.ORIGINAL, again=again),)
    replaced = claim_id(session, earlier)
    return (_claim(session, signature, lines, Frequency.REPLACEMENT, replaced, again=again),)


def setting_of(session: Session, signature: Signature) -> Setting:
    """Return who bills for a signed version."""
    return signature.setting or session.setting


def place_of(session: Session, signature: Signature) -> str:
    """Return where a signed version says the service was, in two digits; empty where nobody said."""
    return signature.place_of_service or session.place_of_service


def _replaced(session: Session, row: Row) -> Signature | None:
    """Return the signed version whose lines a row takes the place of."""
    found = (s for s in session.signatures if any(line.id in row.replaces for line in s.lines))
    return next(found, None)


def _taking_back(
    session: Session, signature: Signature, lines: tuple[ClaimLine, ...], *, again: bool
) -> Claim:
    of_itself = claim_id(session, signature)
    return _claim(session, signature, lines, Frequency.VOID, of_itself, again=again)


def _claim(
    session: Session,
    signature: Signature,
    lines: tuple[ClaimLine, ...],
    frequency: Frequency,
    corrects: str = "",
    *,
    again: bool,
) -> Claim:
    return Claim(
        id=claim_id(session, signature),
        frequency=frequency,
        corrects=corrects,
        session=session,
        setting=setting_of(session, signature),
        place_of_service=place_of(session, signature),
        lines=lines,
        again=again,
    )


def _line(
    session: Session, line: SignedLine, pointed: tuple[int, ...], *, practice: Practice, uncharged: bool
) -> ClaimLine:
    each = practice.charges.cents(line.code, line.date)
    if each is None and not uncharged:
        raise CannotBeSent(f"has no charge for {line.code}")
    return ClaimLine(
        id=short_id(session.id) + line.id.removeprefix(session.id),
        line=line,
        cents=(each or 0) * line.units,
        revenue=practice.charges.revenue(line.code, line.date),
        pointers=pointed,
        is_charged=each is not None,
    )
