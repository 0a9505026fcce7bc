"""What a superbill tells: the lines of one session as signed, or as they stand while nobody has signed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from desktop_app.coding.reasons import Coding
from desktop_app.coding.sessions import date_of_service, sealed_lines
from desktop_app.core.events import SignedLine
from desktop_app.core.moments import local_time
from desktop_app.core.orders import Setting
from desktop_app.core.session import Session, Signature
from desktop_app.core.told import day_words
from desktop_app.core.values import dataclass
from desktop_app.exchange.claims import LONGEST_SHORT_ID, place_of, setting_of, short_id
from desktop_app.exchange.rows import Action, Row

NOT_SIGNED = "Not signed: to be looked at, not to be billed."
SENT_AGAIN = "Sent again: these lines were sent before."


@dataclass(frozen=True, slots=True, kw_only=True)
class Bill:
    """One session's lines on their way to paper."""

    session: Session
    signature: Signature | None
    """Under which its lines stand; none while nobody has signed."""
    version: int
    """The signed version it tells of; 0 while nobody has signed."""
    lines: tuple[SignedLine, ...]
    not_billed: tuple[str, ...]
    findings: tuple[str, ...]
    rulebook: str
    profile: str
    setting: Setting
    place_of_service: str
    notices: tuple[str, ...] = ()
    """What must not be overlooked: a correction, lines taken back, lines sent before."""
    now_us: int | None = None
    """When it was asked for, while nobody has signed."""

    @property
    def day(self) -> date:
        """The date of service."""
        return date_of_service(self.session)

    @property
    def name(self) -> str:
        """What it is called among files: the day, and what the claim of it is called."""
        short = short_id(self.session.id)
        if short != short.lower():
            # Two names that differ in the size of their letters alone are one on some disks.
            short = hashlib.sha256(short.encode()).hexdigest()[:LONGEST_SHORT_ID]
        return f"superbill-{self.day.isoformat()}-{short}-{self.version or 'unsigned'}"


def bill_of_rows(rows: Sequence[Row]) -> Bill:
    """Return what a batch sends of one session as a bill."""
    session, signature = rows[0].session, rows[0].signature
    bill = _signed(session, signature, tuple(row.line for row in rows))
    if rows[0].action is Action.VOID:
        bill = replace(bill, not_billed=(), findings=())
    notices = [_correction(rows[0])] if rows[0].action is not Action.NEW else []
    notices += [SENT_AGAIN] if any(row.sent_before for row in rows) else []
    return replace(bill, version=session.signatures[-1].version, notices=tuple(notices))


def bill_of_session(session: Session, coding: Coding, now_us: int | None = None) -> Bill:
    """Return a session as a bill: as it was signed, or, while nobody has, as it is coded now."""
    signature = session.signature
    if signature is not None:
        bill = _signed(session, signature, signature.lines)
        earlier = session.signatures[:-1]
        return replace(bill, notices=(_replacing(session, signature, earlier[-1]),)) if earlier else bill
    return Bill(
        session=session,
        signature=None,
        version=0,
        lines=sealed_lines(session, coding),
        not_billed=tuple(item.why for item in coding.not_billed),
        findings=tuple(f"{finding.level}: {finding.text}" for finding in coding.findings),
        rulebook=coding.rulebook,
        profile=coding.profile,
        setting=session.setting,
        place_of_service=session.place_of_service,
        notices=(NOT_SIGNED,),
        now_us=now_us,
    )


def _signed(session: Session, signature: Signature, lines: tuple[SignedLine, ...]) -> Bill:
    return Bill(
        session=session,
        signature=signature,
        version=signature.version,
        lines=lines,
        not_billed=signature.not_billed,
        findings=signature.findings,
        rulebook=signature.rulebook,
        profile=signature.profile,
        setting=setting_of(session, signature),
        place_of_service=place_of(session, signature),
    )


def _correction(row: Row) -> str:
    session = row.session
    if row.action is Action.VOID:
        return (
            f"Taken back: version {session.signatures[-1].version} has no lines. "
            f"These lines of version {row.signature.version} are not to be billed.{_why(session)}"
        )
    replaced = (s for s in session.signatures if any(line.id in row.replaces for line in s.lines))
    return _replacing(session, row.signature, next(replaced))


def _replacing(session: Session, signature: Signature, earlier: Signature) -> str:
    told = f"Corrected: version {signature.version} replaces version {earlier.version}"
    at = local_time(earlier.at.at_us, session.zone)
    return f"{told}, signed {day_words(at.date())} by {earlier.at.by}.{_why(session)}"


def _why(session: Session) -> str:
    """Return why the session was opened again."""
    return f" Reason: {session.reopened[-1].text}." if session.reopened else ""
