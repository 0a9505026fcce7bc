"""Which session a line means: by its id, by its chair, or by the patient's MRN."""

from __future__ import annotations

from collections.abc import Callable

from desktop_app.core.decisions import Refusal
from desktop_app.core.desk import Desk
from desktop_app.core.ports import Listed
from desktop_app.core.session import Session, Stage, sessions_by_age
from desktop_app.core.suite import Suite
from desktop_app.script import touches as t
from desktop_app.script.people_touches import View

ENDED_FIRST = (t.Sign, t.Reopen, t.Hold, t.Release)
"""Touches after care: a chair means who left it rather than who sits there now."""
SIGNED_TOO = (*ENDED_FIRST, t.Register, t.Show, View)
"""Touches that may be about a signed session, be it of an earlier day."""


def session_meant(desk: Desk, touch: t.Touch) -> Session | Refusal:
    """Return the session a touch is about; a session's id goes before a chair, a chair before an MRN."""
    if touch.session:
        return desk.session(touch.session) or Refusal(f"there is no session {touch.session}")
    if isinstance(touch, SIGNED_TOO):
        _bring_to_hand(desk, touch)
    return _in_chair(desk.suite, touch) if touch.chair else _of_patient(desk.suite, touch.mrn)


def _bring_to_hand(desk: Desk, touch: t.Touch) -> None:
    """Read who was signed on an earlier day and is not sent, where nobody at hand has left."""
    sessions = desk.suite.sessions.values()
    if any(session.stage in {Stage.ENDED, Stage.SIGNED} and _fits(session, touch) for session in sessions):
        return
    for listed in desk.shelf.listed():
        if listed.stage is Stage.SIGNED and _fits(listed, touch):
            desk.session(listed.session)


def _fits(session: Session | Listed, touch: t.Touch) -> bool:
    return session.chair == touch.chair if touch.chair else session.mrn == touch.mrn


def _in_chair(suite: Suite, touch: t.Touch) -> Session | Refusal:
    found = _after_care(suite, touch)
    if session := found or suite.shown_in(touch.chair):
        return session
    signed = _last(suite, (Stage.SIGNED,), lambda s: s.chair == touch.chair)
    if isinstance(touch, t.Hold) and signed:
        return signed
    if touch.chair not in suite.chairs:
        return Refusal(f"there is no chair {touch.chair}")
    if isinstance(touch, t.Sign) and signed:
        return Refusal(f"the session in chair {touch.chair} is signed already")
    return Refusal(f"nobody sits in chair {touch.chair}")


def _after_care(suite: Suite, touch: t.Touch) -> Session | None:
    """Return who left the chair, for a touch after care: the one that is held, where a hold is released."""
    if isinstance(touch, t.Release):
        any_stage = (Stage.ENDED, Stage.OPEN, Stage.SIGNED)
        return _last(suite, any_stage, lambda s: s.chair == touch.chair and bool(s.hold_reason))
    stages = (Stage.ENDED, Stage.SIGNED) if isinstance(touch, t.Reopen) else (Stage.ENDED,)
    after_care = _last(suite, stages, lambda s: s.chair == touch.chair)
    return after_care if isinstance(touch, ENDED_FIRST) else None


def _of_patient(suite: Suite, mrn: str) -> Session | Refusal:
    """Return the patient's open session, else the one ended and not yet signed."""
    theirs = [session for session in suite.sessions.values() if session.mrn == mrn]
    for stage in (Stage.OPEN, Stage.ENDED, Stage.SIGNED):
        found = [session for session in theirs if session.stage is stage]
        if len(found) > 1:
            return Refusal(f"MRN {mrn} has {len(found)} sessions: name the chair or the session")
        if found:
            return found[0]
    return Refusal(f"nobody with MRN {mrn} is here")


def _last(suite: Suite, stages: tuple[Stage, ...], fits: Callable[[Session], bool]) -> Session | None:
    """Return the youngest session in one of these stages, an earlier stage going before a later."""
    for stage in stages:
        if found := [s for s in suite.sessions.values() if s.stage is stage and fits(s)]:
            return sessions_by_age(found)[-1]
    return None
