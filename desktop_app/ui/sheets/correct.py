"""Correcting a time: what it was, what it is, how that is known, and why. The first value stays."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop_app.core.access import Right
from desktop_app.core.care import open_site
from desktop_app.core.corrections import correct_moment, remove_stop, void_service
from desktop_app.core.decisions import Decision, Refusal, When
from desktop_app.core.desk import Action
from desktop_app.core.moments import Moment
from desktop_app.core.service import Service, moment_named
from desktop_app.core.session import Session
from desktop_app.ui import words
from desktop_app.ui.moment_words import HOW_WORDS, moment_name
from desktop_app.ui.sheets.sheet import WIDE, Sheet
from desktop_app.ui.sheets.when_known import HOW_MISSING, PUMP, WhenKnown
from desktop_app.ui.station import Station
from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.button import Button, Kind
from desktop_app.ui.widgets.fields import Field
from desktop_app.ui.widgets.labels import label

RUNS_ON = "it still runs"
"""The reason of a stop that is taken back in one press: the words on the button."""
PUMP_LOG = "Pump log"
USUAL_REASONS = {
    "p": PUMP_LOG,
    "l": "Pressed late",
    "s": "Pressed too soon",
    "b": "Busy at another chair",
}
"""The usual reasons, by the letter that writes each, from anywhere but the reason itself."""


class CorrectSheet(Sheet):
    """Asks for the true time, how it is known, and the reason."""

    needs = Right.CARE

    def __init__(
        self, station: Station, session: Session, title: str, was: Moment, decide: Callable[..., Decision]
    ) -> None:
        theme, zone = station.theme, session.zone
        self._station, self._session, self._decide = station, session, decide
        super().__init__(theme, title, _was_words(was, zone), width=WIDE)
        asked = When(at_us=was.at_us, now_us=station.now_us())
        self.known = WhenKnown(theme, "Corrected to", asked, zone, first="As it is", note="Reason")
        self.at, self.how, self.reason = self.known.at, self.known.how, self.known.note
        self.usual = {text: self._usual(key, text) for key, text in USUAL_REASONS.items()}
        self.late = label("", size=12, tone="alert", wrap=True)
        self.body.addWidget(self.known)
        self.body.addWidget(self.late)
        self.add_row(*self.usual.values(), spacing=4)
        self.body.addWidget(label("Both times are kept.", size=12, tone="soft"))
        self.back, self.go = self.add_ways_on("Leave it", "Correct")
        self.known.changed.connect(self._say)
        self.show_keys_outside(
            self.reason.edit, {self.usual[text]: key for key, text in USUAL_REASONS.items()}
        )
        self.reason.edit.textChanged.connect(lambda _: self.show_problem(""))
        self._say()

    def faulty(self) -> QLineEdit | None:
        """The time where that cannot be; else the reason."""
        at_us = self.at.at_us()
        is_time = at_us is None or bool(self._refusal(at_us))
        return self.at.clock if is_time else self.reason.edit

    def first_field(self) -> QWidget:
        """The clock time."""
        return self.at.clock

    def action(self) -> tuple[Action, int] | str:
        """Return the correction and the instant it corrects to, or what is missing."""
        when = self.known.when()
        if isinstance(when, str):
            return when
        action = partial(self._decide, to_us=when.at_us, how=self.known.how_known(), reason=self.reason.text)
        return action, when.at_us

    def take_letter(self, letter: str, when: When) -> bool:  # noqa: ARG002 - a reason is no touch yet
        """Give the usual reason of a letter; Enter then corrects."""
        if letter in USUAL_REASONS:
            self._give(USUAL_REASONS[letter])
        return letter in USUAL_REASONS

    def _usual(self, key: str, text: str) -> Button:
        button = Button(self.theme, text, kind=Kind.LINK, hint=key.upper())
        button.setAccessibleName(f"Reason: {text}")
        button.clicked.connect(lambda: self._give(text))
        return button

    def _give(self, text: str) -> None:
        """Write a reason. A pump's log says how the time is known too, where nobody has said it yet."""
        self.reason.set_text(text)
        if text == PUMP_LOG and not self.how.taken:
            self.how.take(PUMP)
            self._say()
        self.reason.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say(self) -> None:
        at_us = self.at.at_us()
        self.go.setEnabled(bool(self.how.taken))
        self.go.show_as(f"Correct to {self.at.words()}" if self.how.taken else HOW_MISSING)
        self.late.setText(self._late_words(at_us))
        self.late.setVisible(bool(self.late.text()))
        self.show_problem(self._refusal(at_us))

    def _refusal(self, at_us: int | None) -> str:
        """Return at once why the chosen time cannot be, before the reason is written."""
        if at_us is None:
            return ""
        asked = partial(self._decide, to_us=at_us, how=self.known.how_known(), reason="to be written")
        decision = asked(self._session, self._station.stamp())
        return decision.text if isinstance(decision, Refusal) else ""

    def _late_words(self, at_us: int | None) -> str:
        """Say that a time lies after the end, which is no refusal; empty where it does not."""
        ended = self._session.ended
        if ended is None or at_us is None or not self._session.has_ended_before(at_us):
            return ""
        end = words.clock_s(ended.at_us, self._session.zone)
        return f"That is after the session's end at {end}. It is taken, and told in the review."


class ReasonSheet(Sheet):
    """Asks for a reason, or for other words, and nothing else."""

    def __init__(
        self, theme: Theme, title: str, under: str, on: str, *, back: str = "Leave it", asks: str = "Reason"
    ) -> None:
        super().__init__(theme, title, under)
        self.reason = Field(theme, asks)
        self.body.addWidget(self.reason)
        self.back, self.go = self.add_ways_on(back, on)

    def faulty(self) -> QLineEdit | None:
        """The reason, or the words."""
        return self.reason.edit

    def first_field(self) -> QWidget:
        """The reason."""
        return self.reason.edit


def ask_correction(station: Station, session: Session, service: Service, what: str, index: int = 0) -> None:
    """Ask for the true time of a start, stop, pause or resume."""
    was = moment_named(service, what, index)
    if was is None:
        station.touches.refused.emit(f"{words.drug_name(service.order)} has no {what} to correct")
        return
    drug = words.drug_name(service.order)
    title = f"{drug} · correct the {moment_name(service, what, index)}"
    decide = partial(correct_moment, service=service.id, what=what, index=index)
    open_correction(station, session, CorrectSheet(station, session, title, was, decide), f"{drug} {what}")


def take_stop_back(station: Station, session: Session, service: Service) -> None:
    """Take a stop back at once: the service runs on from its first start. One undo brings it back."""
    action = partial(remove_stop, service=service.id, reason=RUNS_ON)
    station.touch(session, f"{words.drug_name(service.order)} runs on", action, station.stamp())


def ask_removal_of_not_witnessed(station: Station, session: Session, service: Service) -> None:
    """Ask why “not witnessed” is taken back, so that the service waits for its stop again."""
    ask_reason(
        station,
        session,
        title=f"{words.drug_name(service.order)} · take back “not witnessed”",
        under="It counts as running again, from its first start, until its stop is told.",
        on="Take it back",
        said=f"{words.drug_name(service.order)}: “not witnessed” taken back",
        action_of=lambda reason: partial(remove_stop, service=service.id, reason=reason),
    )


def ask_strike_out(station: Station, session: Session, service: Service) -> None:
    """Ask why a service is struck out."""
    ask_reason(
        station,
        session,
        title=f"{words.drug_name(service.order)} · strike out",
        under="For a service that never happened. It stays readable and is not billed.",
        on="Strike out",
        said=f"{words.drug_name(service.order)} struck out",
        action_of=lambda reason: partial(void_service, service=service.id, reason=reason),
    )


def ask_site_reason(station: Station, session: Session, service: Service) -> None:
    """Ask why a further access site was opened, where that was not said."""
    site = service.order.site
    ask_reason(
        station,
        session,
        title=f"Why {words.site_words(site)}?",
        under=f"{words.drug_name(service.order)} ran there beside another site. An auditor will ask.",
        on="Record the reason",
        said=f"reason for {words.site_words(site)} recorded",
        action_of=lambda reason: partial(open_site, site=site, reason=reason),
    )


def ask_reason(
    station: Station,
    session: Session,
    *,
    title: str,
    under: str,
    on: str,
    said: str,
    action_of: Callable[[str], Action],
    needs: Right = Right.CARE,
) -> None:
    """Ask for a reason and record what needs it."""
    sheet = ReasonSheet(station.theme, title, under, on)
    sheet.needs = needs
    sheet.confirmed.connect(lambda _: _finish(station, session, sheet, said, action_of))
    station.sheets.open(sheet)


def open_correction(station: Station, session: Session, sheet: CorrectSheet, moment: str) -> None:
    """Open the sheet; what is confirmed there is recorded as a correction of ``moment``."""
    sheet.confirmed.connect(lambda _: _correct(station, session, sheet, moment))
    station.sheets.open(sheet)


def _correct(station: Station, session: Session, sheet: CorrectSheet, moment: str) -> None:
    when, told = station.stamp(), sheet.action()
    if isinstance(told, str):
        sheet.show_problem(told)
        return
    action, to_us = told
    said = f"{moment} corrected to {words.clock_s(to_us, session.zone)}"
    if not isinstance(station.touch(session, said, action, when), Refusal):
        sheet.done.emit()


def _was_words(was: Moment, zone: str) -> str:
    return f"Now {words.clock_s(was.at_us, zone)}, {HOW_WORDS[was.how]}, by {was.by}. It stays readable."


def _finish(
    station: Station, session: Session, sheet: ReasonSheet, said: str, action_of: Callable[[str], Action]
) -> None:
    when, action = station.stamp(), action_of(sheet.reason.text)
    if not isinstance(station.touch(session, said, action, when), Refusal):
        sheet.done.emit()
