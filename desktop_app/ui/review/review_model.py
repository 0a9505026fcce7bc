"""Which sessions wait for a signature, which are blocked or held, which are signed."""

from __future__ import annotations

from enum import StrEnum

from desktop_app.core.moments import local_date
from desktop_app.core.session import Session, Stage, sessions_by_age
from desktop_app.core.suite import Suite
from desktop_app.core.values import dataclass
from desktop_app.ui import words
from desktop_app.ui.codings import Codings


class Standing(StrEnum):
    """Where a session is on its way to a signature."""

    BLOCKED = "blocked"
    WAITING = "waiting"
    HELD = "held"
    SIGNED = "signed"


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """One session in the list."""

    session: str
    standing: Standing
    who: str
    detail: str


@dataclass(frozen=True, slots=True)
class ReviewView:
    """The list and its counts."""

    items: tuple[ReviewItem, ...]
    waiting: int
    blocked: int
    signed_today: int


def review_view(suite: Suite, codings: Codings, now_us: int, zone: str) -> ReviewView:
    """Return what the review page lists: blocked first, then waiting, held, and signed today."""
    today = local_date(now_us, zone)
    sessions = sessions_by_age(suite.sessions.values())
    ended = [session for session in sessions if session.stage is Stage.ENDED]
    signed = [s for s in sessions if s.signature and local_date(s.signature.at.at_us, zone) == today]
    items = [review_item(session, codings, now_us) for session in (*ended, *signed)]
    order = list(Standing)
    items.sort(key=lambda item: order.index(item.standing))
    return ReviewView(
        items=tuple(items),
        waiting=sum(1 for item in items if item.standing is not Standing.SIGNED),
        blocked=sum(1 for item in items if item.standing is Standing.BLOCKED),
        signed_today=len(signed),
    )


def review_item(session: Session, codings: Codings, now_us: int) -> ReviewItem:
    """Return one session as an item of the list."""
    standing = standing_of(session, codings, now_us)
    who = words.who(session) or "no name"
    return ReviewItem(session.id, standing, who, _detail(session, standing, codings, now_us))


def standing_of(session: Session, codings: Codings, now_us: int) -> Standing:
    """Return where a session is on its way to a signature."""
    if session.stage is Stage.SIGNED:
        return Standing.SIGNED
    if session.hold_reason:
        return Standing.HELD
    return Standing.BLOCKED if codings.now(session, now_us).blockers else Standing.WAITING


def _detail(session: Session, standing: Standing, codings: Codings, now_us: int) -> str:
    if standing is Standing.BLOCKED:
        if session.missing_stops:
            return f"No stop: {', '.join(words.drug_name(s.order) for s in session.missing_stops)}"
        return codings.now(session, now_us).blockers[0].text
    if standing is Standing.HELD:
        return f"Held: {session.hold_reason}"
    if standing is Standing.SIGNED and session.signature:
        at = words.clock(session.signature.at.at_us, session.zone)
        count = words.count_words(len(session.signature.lines), "line", "lines")
        return f"Signed {at} by {session.signature.at.by} · {count}"
    ended_us = session.ended.at_us if session.ended else now_us
    times = f"{words.clock(session.seated.at_us, session.zone)}–{words.clock(ended_us, session.zone)}"
    lines = len(codings.now(session, now_us).lines)
    return f"Chair {session.chair} · {times} · {words.count_words(lines, 'line', 'lines')}"
