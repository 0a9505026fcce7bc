"""One session under review: its timeline, services, findings and lines."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.core.session import Session
from desktop_app.ui import words
from desktop_app.ui.panel.panel_model import (
    FindingRow,
    LineRow,
    LinesView,
    in_order,
    line_row,
    lines_view,
    service_row,
)
from desktop_app.ui.panel.rows import FindingBlock, service_widgets
from desktop_app.ui.panel.settling import REVIEW, finding_block
from desktop_app.ui.panel.timeline import TimelinePicture
from desktop_app.ui.panel.timeline_model import timeline
from desktop_app.ui.review.parts import LinesTable
from desktop_app.ui.sheets.moment_history import show_history
from desktop_app.ui.station import Station
from desktop_app.ui.widgets.labels import heading, label

_NOTE = "note"
"""Findings of this level have nothing to settle; they stand under the lines."""
_LARGE = 125
_TOAST = 60


class Detail(QWidget):
    """Everything there is to see of one session before it is signed.

    Signals:
        service_asked(str, str): the actions of a service, in a session.
    """

    service_asked = Signal(str, str)

    def __init__(self, station: Station, session: Session, now_us: int) -> None:
        super().__init__()
        self._station = station
        self._session = session
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(station.theme.px(8))
        self._add_head(column, now_us)
        lines = self._lines(now_us)
        notes = [finding for finding in lines.findings if finding.level == _NOTE]
        for finding in lines.findings:
            if finding.level != _NOTE:
                column.addWidget(self._finding(finding))
        column.addSpacing(6)
        column.addWidget(LinesTable(lines.lines, lines.not_billed))
        for finding in notes:
            column.addWidget(self._finding(finding))
        if self._text_is_large:
            column.addWidget(self._picture(now_us))
        column.addSpacing(6)
        self._add_services(column, now_us)
        # The last touch is told over the foot of the page: the last row can be scrolled above it.
        column.addSpacing(station.theme.px(_TOAST))
        column.addStretch()

    def _add_head(self, column: QVBoxLayout, now_us: int) -> None:
        session = self._session
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(label(words.dotted(session.initials) or "Patient", size=22, heavy=True))
        head.addWidget(label(_about(session), tone="soft"), 1)
        column.addLayout(head)
        if not self._text_is_large:
            column.addWidget(self._picture(now_us))

    @property
    def _text_is_large(self) -> bool:
        """Whether the timeline would push the lines off a small screen."""
        return self._station.theme.px(100) > _LARGE

    def _picture(self, now_us: int) -> TimelinePicture:
        picture = TimelinePicture(self._station.theme)
        picture.show_timeline(timeline(self._session, now_us))
        return picture

    def _add_services(self, column: QVBoxLayout, now_us: int) -> None:
        """Add the services under the lines: what is signed is read first."""
        station, session = self._station, self._session
        column.addWidget(heading("Services"))
        for service in in_order(session):
            row = service_row(session, service, now_us)
            for widget in service_widgets(station.theme, row, self._ask_about, self._show_moment):
                column.addWidget(widget)

    def _lines(self, now_us: int) -> LinesView:
        signature = self._session.signature
        if signature is None:
            return lines_view(self._session, self._station.codings.now(self._session, now_us))
        return LinesView(
            lines=tuple(map(line_row, signature.lines)),
            not_billed=tuple(
                LineRow(code=_named_in(self._session, why), why=why, units="–")
                for why in signature.not_billed
            ),
        )

    def _ask_about(self, service: str) -> None:
        self.service_asked.emit(self._session.id, service)

    def _show_moment(self, service: str, what: str, index: int) -> None:
        found = self._session.service(service)
        if found is not None:
            show_history(self._station, self._session, found, what, index)

    def _finding(self, row: FindingRow) -> FindingBlock:
        return finding_block(self._station, self._session, row, here=REVIEW)


def _named_in(session: Session, why: str) -> str:
    """Return the drug that a signed reason names first; a signature keeps the reason alone."""
    told = why.casefold()
    names = [service.order.drug for service in session.begun_services if service.order.drug]
    places = [(told.find(name.casefold()), -len(name), name) for name in names]
    found = min((place for place in places if place[0] >= 0), default=(0, 0, ""))[-1]
    return found[:1].upper() + found[1:] or "–"


def _about(session: Session) -> str:
    parts = [f"MRN {words.hidden_mrn(session.mrn)}"] if session.mrn else []
    parts += [f"chair {session.chair}", words.day(session.seated.at_us, session.zone)]
    if session.place_of_service:
        parts.append(f"place of service {session.place_of_service}")
    if note := words.zone_note(session.seated.at_us, session.zone):
        parts.append(note)
    return " · ".join(parts)
