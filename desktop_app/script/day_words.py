"""The two words about a whole day: it is locked, and unlocked again, by whoever makes the touch."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from desktop_app.core.day_lock import IsDue, lock_day, unlock_day
from desktop_app.core.decisions import When
from desktop_app.core.desk import Desk, Outcome
from desktop_app.core.moments import local_date
from desktop_app.script import touches as t


def day_named(written: str, shift: timedelta) -> date | None:
    """Return a written day, moved as every written time is; None where none was written."""
    return date.fromisoformat(written) + shift if written else None


def lock(desk: Desk, touch: t.LockDay, when: When, day: date | None, zone: str, is_due: IsDue) -> Outcome:
    """Lock a day; without one, that of the touch."""
    day = day or local_date(when.at_us, zone)
    decide = partial(lock_day, day=day, zone=zone, by=desk.actor, is_confirmed=touch.confirm, is_due=is_due)
    return desk.touch_day(day, decide, when)


def unlock(desk: Desk, touch: t.UnlockDay, when: When, day: date | None, zone: str) -> Outcome:
    """Let the sessions of a locked day be changed again."""
    day = day or local_date(when.at_us, zone)
    return desk.touch_day(day, partial(unlock_day, day=day, by=desk.actor, reason=touch.reason), when)
