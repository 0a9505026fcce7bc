"""Deciding about marks: an instant stamped now, whose meaning is said later."""

from __future__ import annotations

from desktop_app.core import events as e
from desktop_app.core.bounds import in_future
from desktop_app.core.decisions import Decision, Refusal, When
from desktop_app.core.moments import HowKnown
from desktop_app.core.recordable import unheld_line
from desktop_app.core.suite import TAKEN_BACK, Mark, Suite


def make_mark(suite: Suite, when: When, *, mark: str, chair: str = "") -> Decision:
    """Decide to stamp an instant, at a chair or nowhere yet."""
    if chair and chair not in suite.chairs:
        return Refusal(f"there is no chair {chair}")
    if mark in suite.marks:
        return Refusal(f"mark “{mark}” stands already")
    if refusal := in_future(when):
        return refusal
    return (e.MarkMade(at_us=when.at_us, how=when.how, mark=mark, chair=chair),)


def open_mark(suite: Suite, mark: str) -> Mark | Refusal:
    """Return a mark whose meaning is still to be said; without a name, the oldest one."""
    if not mark:
        return suite.open_marks[0] if suite.open_marks else Refusal("there is no open mark")
    found = suite.marks.get(mark)
    if found is None:
        return Refusal(f"there is no mark “{mark}”")
    if found.dropped:
        return Refusal(f"mark “{mark}” was dropped")
    return found if found.is_open else Refusal(f"mark “{mark}” has its meaning already")


def mark_instant(mark: Mark, now_us: int) -> When:
    """Return the instant a mark stands for: pressed, however late its meaning is said."""
    return When(at_us=mark.at.at_us, now_us=now_us, how=HowKnown(mark.at.how))


def give_meaning(mark: Mark, when: When, *, session: str, meaning: str) -> Decision:
    """Decide to record what a mark was; the events it stands for go to the session's stream."""
    return (e.MarkAssigned(at_us=when.now_us, how=when.how, mark=mark.id, session=session, meaning=meaning),)


def drop_mark(suite: Suite, when: When, *, mark: str, reason: str) -> Decision:
    """Decide to drop a mark that meant nothing, with the reason."""
    found = open_mark(suite, mark)
    if isinstance(found, Refusal):
        return found
    if not reason.strip():
        return Refusal("dropping a mark needs a reason")
    if refusal := unheld_line("the reason", reason):
        return refusal
    return (e.MarkDropped(at_us=when.at_us, how=when.how, mark=found.id, reason=reason.strip()),)


def take_mark_back(suite: Suite, when: When, *, mark: Mark) -> Decision:
    """Decide to undo the last touch of a mark: its making, or its dropping."""
    if mark.dropped:
        return (e.MarkReturned(at_us=when.at_us, how=when.how, mark=mark.id),)
    return drop_mark(suite, when, mark=mark.id, reason=TAKEN_BACK)


def return_marks(suite: Suite, when: When, *, touch: str) -> tuple[e.Event, ...]:
    """Return the events that open again every mark whose meaning came with an undone touch."""
    return tuple(
        e.MarkReturned(at_us=when.at_us, how=when.how, mark=mark.id)
        for mark in suite.marks.values()
        if mark.touch == touch and touch
    )
