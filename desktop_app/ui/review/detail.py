"""One session under review: its timeline, services, findings and lines."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.core.session import Session
from desktop_app.ui import words
from desktop_app.ui.panel.panel_model import FindingRow, LineRow, LinesView, in_order, lines_view, service_row
from desktop_app.ui.panel.rows import FindingBlock, LineBlock, ServiceButton
from desktop_app.ui.panel.timeline import TimelinePicture
from desktop_app.ui.panel.timeline_model import timeline
from desktop_app.ui.review.parts import LinesTable
from desktop_app.ui.sheets.stopped_at import needs_true_stop
from desktop_app.ui.station import Station
from desktop_app.ui.widgets.button import Button
from desktop_app.ui.widgets.labels import heading, label


class Detail(QWidget):
    """Everything there is to see of one session before it is signed.

    Signals:
        settle(str): the stop of a service is to be told.
        service_asked(str, str): the actions of a service, in a session.
    """

    settle = Signal(str)
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
        for finding in lines.findings:
            column.addWidget(self._finding(finding))
        column.addSpacing(6)
        column.addWidget(LinesTable(lines.lines))
        if lines.not_billed:
            column.addWidget(heading("Not billed"))
            for line in lines.not_billed:
                column.addWidget(LineBlock(station.theme, line, quiet=True))
        column.addStretch()

    def _add_head(self, column: QVBoxLayout, now_us: int) -> None:
        station, session = self._station, self._session
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(label(words.dotted(session.initials) or "Patient", size=22, heavy=True))
        head.addWidget(label(_about(session), tone="soft"), 1)
        column.addLayout(head)
        picture = TimelinePicture(station.theme)
        picture.show_timeline(timeline(session, now_us))
        column.addWidget(picture)
        for service in in_order(session):
            row = ServiceButton(station.theme, service_row(session, service, now_us))
            row.clicked.connect(lambda _=False, s=service.id: self.service_asked.emit(session.id, s))
            column.addWidget(row)

    def _lines(self, now_us: int) -> LinesView:
        signature = self._session.signature
        if signature is None:
            return lines_view(self._session, self._station.codings.now(self._session, now_us))
        return LinesView(
            lines=tuple(
                LineRow(
                    code=line.code,
                    why=line.why,
                    units=str(line.units),
                    minutes="" if line.minutes is None else str(line.minutes),
                    sources=", ".join(line.sources),
                    modifiers=" ".join(line.modifiers),
                )
                for line in signature.lines
            ),
            not_billed=tuple(LineRow(code="–", why=why, units="–") for why in signature.not_billed),
        )

    def _finding(self, row: FindingRow) -> FindingBlock:
        block = FindingBlock(self._station.theme, row)
        service = self._session.service(row.service)
        if service is not None and needs_true_stop(service):
            button = Button(self._station.theme, "Stopped at…")
            button.setAccessibleName(f"Say when {words.drug_name(service.order)} stopped")
            button.clicked.connect(lambda: self.settle.emit(row.service))
            block.line.addWidget(button)
        return block


def _about(session: Session) -> str:
    parts = [f"MRN {words.hidden_mrn(session.mrn)}"] if session.mrn else []
    parts += [f"chair {session.chair}", words.day(session.seated.at_us, session.zone)]
    if session.place_of_service:
        parts.append(f"place of service {session.place_of_service}")
    return " · ".join(parts)
