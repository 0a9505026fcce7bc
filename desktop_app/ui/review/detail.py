"""One session under review: its terms, its timeline, what to settle, its lines, doses and services."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.core.session import Session
from desktop_app.ui import late, words
from desktop_app.ui.facts_shown import shows_one_minute
from desktop_app.ui.panel.dose_model import dose_rows
from desktop_app.ui.panel.panel_model import FindingRow, in_order, lines_view, service_row
from desktop_app.ui.panel.refill import keyed
from desktop_app.ui.panel.rows import FindingBlock, ServiceButton, service_widgets
from desktop_app.ui.panel.session_parts import Section
from desktop_app.ui.panel.timeline import TimelinePicture
from desktop_app.ui.panel.timeline_model import timeline
from desktop_app.ui.review.findings import mark_finding, marks_of, review_finding
from desktop_app.ui.review.history import ReviewHistory
from desktop_app.ui.review.line_model import (
    LineShown,
    coded_lines,
    on_no_line,
    signed_lines,
    signed_on_no_line,
)
from desktop_app.ui.review.line_rows import LinesTable
from desktop_app.ui.review.people_block import PeopleBlock
from desktop_app.ui.review.standing_block import StandingBlock, standing_view
from desktop_app.ui.review.terms import TermsBar, payer_title
from desktop_app.ui.review.terms_model import signed_terms, terms_of
from desktop_app.ui.sheets.moment_history import show_history
from desktop_app.ui.station import Station
from desktop_app.ui.widgets.labels import label

_NOTE = "note"
"""Findings of this level have nothing to settle; they stand under the lines."""
_LARGE = 125
_TOAST = 60
SEALED = "this version is sealed; open the session again to change it"


class Detail(QWidget):
    """Everything there is to see of one session before it is signed, and after.

    Signals:
        service_asked(str, str): the actions of a service, in a session.
        people_asked: the sheet for patient and payer.
    """

    service_asked = Signal(str, str)
    people_asked = Signal()

    def __init__(self, station: Station) -> None:
        super().__init__()
        self._station = station
        self._session: Session | None = None
        theme = station.theme
        self.who = label("", size=22, heavy=True)
        self.about = label("", tone="soft", wrap=True)
        self.ways = QHBoxLayout()
        self.standing = StandingBlock(theme)
        self.terms = TermsBar(station)
        self.timeline = TimelinePicture(theme)
        self.settle, self.notes = Section("To settle", gap=4), Section("To know", gap=4)
        self.doses, self.services = Section("Dose and waste"), Section("Services")
        self.lines = LinesTable(theme, self._one_minute)
        self.people = PeopleBlock(theme)
        self.history = ReviewHistory(station)
        for button in (self.people.button, self.terms.people):
            button.clicked.connect(self.people_asked)
        self._lay_out()

    def show_session(self, session: Session, now_us: int) -> None:
        """Show a session, anew or as it is now."""
        if self._session is None or self._session.id != session.id:
            self.lines.forget()
        self._session = session
        self.who.setText(words.dotted(session.initials) or "Patient")
        self.about.setText(_about(session))
        self._show_standing(session)
        self.timeline.show_timeline(timeline(session, now_us))
        self._show_lines(session, now_us)
        self._show_doses(session)
        self._show_services(session, now_us)
        self.people.show_session(session)
        self.history.show_session(session)

    def first_to_settle(self) -> QWidget:
        """Return the first control that settles something; else the first of the terms or of the lines."""
        blocks = self.settle.findChildren(FindingBlock)
        buttons = [block.button for block in blocks if block.button is not None and not block.isHidden()]
        if buttons:
            return buttons[0]
        if self.terms.isVisible():
            return self.terms.first_focus()
        return self.lines.rows[0] if self.lines.rows else self.people.button

    def _lay_out(self) -> None:
        px = self._station.theme.px
        head = QHBoxLayout()
        head.setSpacing(px(10))
        head.addWidget(self.who)
        head.addWidget(self.about, 1)
        head.addLayout(self.ways)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(10))
        column.addLayout(head)
        # Where the text is large the timeline would push the lines off a small screen.
        is_large = px(100) > _LARGE
        parts = (self.standing, self.terms, *(() if is_large else (self.timeline,)), self.settle)
        for part in (*parts, self.lines, self.notes, *((self.timeline,) if is_large else ())):
            column.addWidget(part)
        for part in (self.doses, self.people, self.services, self.history):
            column.addWidget(part)
        # The last touch is told over the foot of the page: the last row can be scrolled above it.
        column.addSpacing(px(_TOAST))
        column.addStretch()

    def _show_standing(self, session: Session) -> None:
        signature = session.signature
        terms = signed_terms(session, signature) if signature else terms_of(session)
        self.standing.show_view(standing_view(session, payer_title(self._station, terms)))
        self.terms.setVisible(signature is None)
        if signature is None:
            self.terms.show_session(session)

    def _show_lines(self, session: Session, now_us: int) -> None:
        signature = session.signature
        if signature is not None:
            self.lines.show_lines(signed_lines(session, signature), signed_on_no_line(session, signature))
            self.settle.show_rows([])
            told = [FindingRow(*said.split(": ", 1)) for said in signature.findings]
            self.notes.show_rows([FindingBlock(self._station.theme, row) for row in told])
            return
        coding = self._station.codings.now(session, now_us)
        self.lines.show_lines(coded_lines(session, coding), on_no_line(session, coding))
        findings = lines_view(session, coding).findings
        marks = marks_of(self._station.desk.suite, session)
        rows = [self._finding(session, row) for row in findings if row.level != _NOTE]
        rows += [_focused(mark_finding(self._station, session, mark), mark.id) for mark in marks]
        self.settle.show_rows(rows)
        self.notes.show_rows([self._finding(session, row) for row in findings if row.level == _NOTE])

    def _finding(self, session: Session, row: FindingRow) -> QWidget:
        return _focused(review_finding(self._station, session, row), row.name, row.service)

    def _show_doses(self, session: Session) -> None:
        rows: list[QWidget] = []
        for row in dose_rows(session):
            button = ServiceButton(self._station.theme, row, "Dose, vials, lot")
            button.clicked.connect(partial(self._ask_dose, row.service))
            rows.append(keyed(button, "dose", row.service))
        self.doses.show_rows(rows)

    def _show_services(self, session: Session, now_us: int) -> None:
        rows: list[QWidget] = []
        for service in in_order(session):
            row = service_row(session, service, now_us)
            made = service_widgets(self._station.theme, row, self._ask_about, self._show_moment)
            rows += [keyed(widget, row.service, str(at)) for at, widget in enumerate(made)]
        self.services.show_rows(rows or [label("Nothing was given.", size=12, tone="soft")])

    def _ask_dose(self, service: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's signal
        session = self._open_session()
        found = session.service(service) if session else None
        if session is not None and found is not None:
            late.ask_dose(self._station, session, found)

    def _ask_about(self, service: str) -> None:
        session = self._open_session()
        if session is not None:
            self.service_asked.emit(session.id, service)

    def _open_session(self) -> Session | None:
        """Return the session if it may be changed; else say how it could be."""
        session = self._station.expected(self._session.id) if self._session else None
        if session is not None and session.signature is not None:
            self._station.touches.refused.emit(SEALED)
            return None
        return session

    def _show_moment(self, service: str, what: str, index: int) -> None:
        found = self._session.service(service) if self._session else None
        if self._session is not None and found is not None:
            show_history(self._station, self._session, found, what, index)

    def _one_minute(self, row: LineShown) -> str:
        session = self._session
        if session is None or session.signature is not None or not shows_one_minute(self._station.settings):
            return ""
        if row.is_dose:
            return ""
        now_us = self._station.now_us()
        return self._station.coder.one_minute(session, row.services, now_us, at_plan_end=False)


def _focused(block: FindingBlock, *key: str) -> QWidget:
    if block.button is not None:
        block.setFocusProxy(block.button)
    return keyed(block, *key)


def _about(session: Session) -> str:
    parts = [f"MRN {words.hidden_mrn(session.mrn)}"] if session.mrn else ["no MRN"]
    ended = f"–{words.clock(session.ended.at_us, session.zone)}" if session.ended else ""
    times = f"{words.clock(session.seated.at_us, session.zone)}{ended}"
    parts += [f"chair {session.chair}", words.day(session.seated.at_us, session.zone), times]
    if note := words.zone_note(session.seated.at_us, session.zone):
        parts.append(note)
    return " · ".join(parts)
