"""The sheets of the end of a day: which day, lock it, unlock it, hold a session."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop_app.core.access import Right
from desktop_app.core.day import SETTLED, Entry, Standing
from desktop_app.core.day_lock import IsDue, lock_day, unlock_day
from desktop_app.core.decisions import Decision, Refusal, When
from desktop_app.core.desk import Action, Outcome
from desktop_app.core.session import Session
from desktop_app.core.stay import hold_session, release_hold
from desktop_app.core.suite import Suite
from desktop_app.ui import words
from desktop_app.ui.day_text import read_day
from desktop_app.ui.export.still_here import seated, tell_still_here
from desktop_app.ui.people import ON, initials, is_initials
from desktop_app.ui.sheets.correct import ReasonSheet
from desktop_app.ui.sheets.sheet import Sheet
from desktop_app.ui.station import Station
from desktop_app.ui.theme import Theme
from desktop_app.ui.touches import Touch
from desktop_app.ui.widgets.button import Button
from desktop_app.ui.widgets.fields import Field
from desktop_app.ui.widgets.labels import label
from desktop_app.ui.widgets.tick import Tick

DAYS_BACK = 7
MOST_TOLD = 6
_LOCK = (
    "From then on nothing of that day is changed, signed, held or released, and nobody is seated on it. "
    "What is ready can still be sent. Whoever unlocks the day says why."
)
_LEFT = frozenset(Standing) - SETTLED - {Standing.READY, Standing.RUNNING}


class DaySheet(Sheet):
    """Asks which day: one of the last ones, or another that is typed."""

    def __init__(self, theme: Theme, today: date) -> None:
        super().__init__(theme, "Which day?")
        self.days: dict[date, Button] = {}
        for back in range(DAYS_BACK):
            day = today - timedelta(days=back)
            self.days[day] = Button(theme, _spoken(day, today))
            self.body.addWidget(self.days[day])
        self.body.setSpacing(theme.px(6))
        self.other = Field(theme, "Another day", hint="11/23/2026")
        self.body.addWidget(self.other)
        self.back, self.go = self.add_ways_on("Cancel", "Show it")

    def faulty(self) -> QWidget | None:
        """The day that was typed."""
        return self.other.edit

    def first_field(self) -> QWidget:
        """The day that is typed; the last ones are one touch away."""
        return self.other.edit


def ask_day(station: Station, today: date, show: Callable[[date], None]) -> None:
    """Ask which day is to be shown."""
    sheet = DaySheet(station.theme, today)

    def take(day: date | None) -> None:
        if day is None:
            sheet.show_problem("that is no day such as 11/23/2026")
        elif day > today:
            sheet.show_problem("that day has not come yet")
        else:
            sheet.done.emit()
            show(day)

    for day, button in sheet.days.items():
        button.clicked.connect(partial(_take_day, take, day))
    sheet.confirmed.connect(lambda _: take(read_day(sheet.other.text)))
    station.sheets.open(sheet)


def _take_day(take: Callable[[date | None], None], day: date, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's signal
    take(day)


def _spoken(day: date, today: date) -> str:
    named = {today: "today", today - timedelta(days=1): "yesterday"}.get(day)
    return f"{words.day_name(day)}{f' · {named}' if named else ''}"


class LockSheet(Sheet):
    """Says what a lock leaves over, and asks who locks the day."""

    needs = Right.LOCK

    def __init__(self, theme: Theme, day: date, left: list[str], on: str) -> None:
        super().__init__(theme, f"Lock {words.day_name(day)}", _LOCK)
        for text in left:
            self.body.addWidget(label(text, wrap=True))
        self.anyway = Tick(theme, "Lock it with these left over")
        self.anyway.setAccessibleName(self.anyway.text())
        self.anyway.setVisible(bool(left))
        self.body.addWidget(self.anyway)
        self.who = Field(theme, "Your initials", on)
        self.body.addWidget(self.who)
        self.back, self.go = self.add_ways_on("Leave it open", "Lock the day")
        self.who.edit.textChanged.connect(lambda _: self.show_problem(""))
        self.anyway.toggled.connect(lambda _: self.show_problem(""))

    def faulty(self) -> QWidget | None:
        """The box where something is left over that nobody has confirmed; the initials that are none."""
        if self.anyway.isVisibleTo(self) and not self.anyway.isChecked():
            return self.anyway
        return None if is_initials(self.who.text) else self.who.edit

    def first_field(self) -> QWidget:
        """What is left over, where something is; else the initials."""
        return self.anyway if self.anyway.isVisibleTo(self) else self.who.edit


class UnlockSheet(Sheet):
    """Asks why a day is unlocked, and who does it."""

    needs = Right.UNLOCK

    def __init__(self, theme: Theme, day: date, by: str, on: str) -> None:
        under = f"It was locked by {by}. Its sessions can be changed again until it is locked anew."
        super().__init__(theme, f"Unlock {words.day_name(day)}", under)
        self.reason = Field(theme, "Reason")
        self.who = Field(theme, "Your initials", on)
        self.body.addWidget(self.reason)
        self.body.addWidget(self.who)
        self.back, self.go = self.add_ways_on("Leave it locked", "Unlock the day")

    def faulty(self) -> QWidget | None:
        """The reason where it is missing; else the initials."""
        return self.who.edit if self.reason.text else self.reason.edit

    def first_field(self) -> QWidget:
        """The reason."""
        return self.reason.edit


def ask_lock(station: Station, day: date, entries: tuple[Entry, ...], is_due: IsDue) -> None:
    """Ask whether a day is to be locked, with what it leaves over, once nobody of it sits in a chair."""
    if here := seated(entries):
        tell_still_here(station, day, here)
        return
    left = left_words(entries)
    sheet = LockSheet(station.theme, day, left, station.settings.get(ON))

    def lock(is_confirmed: bool, by: str, suite: Suite, when: When) -> Decision:  # noqa: FBT001 - bound first
        return lock_day(
            suite, when, day=day, zone=station.zone, by=by, is_confirmed=is_confirmed, is_due=is_due
        )

    def send() -> None:
        # What waits for the disk is decided when the sheet is gone.
        _send(station, sheet, sheet.who, day, partial(lock, sheet.anyway.isChecked()), "locked")

    sheet.confirmed.connect(lambda _: send())
    station.sheets.open(sheet)


def ask_unlock(station: Station, day: date, by: str) -> None:
    """Ask why a day is to be unlocked."""
    sheet = UnlockSheet(station.theme, day, by, station.settings.get(ON))

    def unlock(reason: str, by: str, suite: Suite, when: When) -> Decision:
        return unlock_day(suite, when, day=day, by=by, reason=reason)

    def send() -> None:
        _send(station, sheet, sheet.who, day, partial(unlock, sheet.reason.text), "unlocked")

    sheet.confirmed.connect(lambda _: send())
    station.sheets.open(sheet)


def _send(
    station: Station,
    sheet: Sheet,
    who: Field,
    day: date,
    decide: Callable[[str, Suite, When], Decision],
    done: str,
) -> None:
    """Record what the sheet asks; what is refused is said in it."""
    when = station.stamp()
    try:
        by = initials(who.text)
    except ValueError as fault:
        sheet.show_problem(str(fault))
        return
    touch = Touch(
        f"{words.day_name(day)} {done} by {by}",
        lambda: station.desk.touch_day(day, partial(decide, by), when),
        can_undo=False,
    )
    if not isinstance(station.touches.send(touch), Refusal):
        sheet.done.emit()


def left_words(entries: tuple[Entry, ...]) -> list[str]:
    """Return what a lock would leave over, a line each: who, and why."""
    left = [entry for entry in entries if entry.standing in _LEFT]
    told = [_left(entry) for entry in left[:MOST_TOLD]]
    more = len(left) - len(told)
    return [*told, f"And {more} more."] if more > 0 else told


def _left(entry: Entry) -> str:
    session = entry.session
    why = f": {entry.why}" if entry.why else ""
    return (
        f"{words.who(session) or 'No name'}, chair {session.chair}, {entry.standing}{why}".rstrip(".") + "."
    )


def hold_or_release(station: Station, session: Session) -> None:
    """Ask why a session is held; one that is held is released at once."""
    if session.hold_reason:
        _record(station, session, "hold released", release_hold)
        return
    title = f"Hold {words.who(session) or 'the session'}, chair {session.chair}"
    under = "A held session goes into no batch until the hold is released. It stays on the list."
    sheet = ReasonSheet(station.theme, title, under, "Hold")
    sheet.needs = Right.HOLD

    def hold() -> None:
        action = partial(hold_session, reason=sheet.reason.text)
        if not isinstance(_record(station, session, "session held", action), Refusal):
            sheet.done.emit()

    sheet.confirmed.connect(lambda _: hold())
    station.sheets.open(sheet)


def _record(station: Station, session: Session, said: str, action: Action) -> Outcome | None:
    """Record a hold or its release; behind a signature there is no way back but the other one."""
    when = station.stamp()
    told, can_undo = f"Chair {session.chair} · {said}", session.signature is None
    return station.touches.send(
        Touch(told, lambda: station.desk.touch(session.id, action, when), can_undo=can_undo)
    )
