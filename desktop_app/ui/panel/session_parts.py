"""Everything the panel shows of one session, part under part, each made anew only when it says more."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.core.orders import Order
from desktop_app.core.session import Session
from desktop_app.ui import late
from desktop_app.ui.facts_shown import shows_one_minute
from desktop_app.ui.panel.dose_model import NO_DOSE, dose_rows
from desktop_app.ui.panel.history_model import history_rows
from desktop_app.ui.panel.history_rows import HistoryBlock, with_whole_history
from desktop_app.ui.panel.line_rows import LineBlock
from desktop_app.ui.panel.panel_model import FindingRow, LineRow, PanelView, ServiceRow
from desktop_app.ui.panel.refill import keyed, refill
from desktop_app.ui.panel.rows import ServiceButton, service_widgets
from desktop_app.ui.panel.timeline import TimelinePicture
from desktop_app.ui.panel.timeline_model import timeline
from desktop_app.ui.station import Station
from desktop_app.ui.widgets.button import Button, Kind
from desktop_app.ui.widgets.fields import Choice
from desktop_app.ui.widgets.labels import heading, label

NOW, PLAN = "now", "plan"
_DAY_MINUTES = 24 * 60
_NOTE = "note"
"""Findings of this level have nothing to settle; they stand under the lines."""


class Section(QWidget):
    """A heading and rows under it; not there at all while it has none."""

    def __init__(self, title: str, *tools: QWidget, gap: int = 0, link: QWidget | None = None) -> None:
        super().__init__()
        self.rows = QVBoxLayout()
        self.rows.setSpacing(gap)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4 if link else 10, 0, 0)
        column.setSpacing(0 if link else 6)
        head = QHBoxLayout()
        head.addWidget(heading(title))
        head.addStretch()
        if link is not None:
            head.addWidget(link)
        column.addLayout(head)
        for tool in tools:
            column.addWidget(tool)
        column.addLayout(self.rows)

    def show_rows(self, rows: list[QWidget]) -> None:
        """Show other rows."""
        refill(self.rows, rows)
        self.setVisible(bool(rows))


class SessionParts(QWidget):
    """The timeline, what is to be settled, services, doses, lines and the history of one session.

    Signals:
        service_asked(str, str): the actions of a service, in a session.
        choice_changed: lines of another instant are wanted.
        history_opened: the history was opened, and is to be seen.
    """

    service_asked = Signal(str, str)
    choice_changed = Signal()
    history_opened = Signal()

    def __init__(self, station: Station) -> None:
        super().__init__()
        self._station = station
        self._session: Session | None = None
        self._now_us = 0
        self._view: PanelView | None = None
        self._doses: tuple[ServiceRow, ...] = ()
        self._minutes: dict[Order, tuple[int, ...]] = {}
        self._told_version = 0
        self.opened: set[tuple[str, ...]] = set()
        theme = station.theme
        self.timeline = TimelinePicture(theme)
        self.choice = Choice(theme, "Coded lines", [(NOW, "If stopped now"), (PLAN, "At plan end")])
        self.more = Button(theme, "Show the history", kind=Kind.LINK)
        self.plan = Button(theme, "Plan…", kind=Kind.LINK, hint="L")
        self.seating = Button(theme, "Seating…", kind=Kind.LINK)
        self.seating.setAccessibleName("See when the patient sat down, and correct it")
        self.seating.clicked.connect(lambda: self._show_times(""))
        self.settle = Section("To settle", gap=2)
        self.services = Section("Services", link=self.plan)
        self.doses = Section("Dose and waste")
        self.ended = label("", size=12, tone="soft", wrap=True)
        self.lines = Section("Coded lines", self.choice, self.ended)
        self.not_billed = Section("Not billed")
        self.notes = Section("To know", gap=2)
        ways = with_whole_history(station, self.more, lambda: self._session.id if self._session else "")
        self.history = Section("History", link=ways)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(6))
        for part in (
            Section("Timeline", self.timeline, link=self.seating),
            self.settle,
            self.services,
            self.lines,
            self.not_billed,
        ):
            self._column.addWidget(part)
        for part in (self.doses, self.notes, self.history):
            self._column.addWidget(part)
        self.choice.chosen.connect(lambda _: self.choice_changed.emit())
        self.more.clicked.connect(self._toggle_history)

    def add_on_top(self, part: QWidget) -> None:
        """Add a part above the timeline: what is more pressing than all else."""
        self._column.insertWidget(0, part)

    def add_under(self, above: QWidget, part: QWidget) -> None:
        """Add a part right under another."""
        self._column.insertWidget(self._column.indexOf(above) + 1, part)

    @property
    def at_plan_end(self) -> bool:
        """Whether the lines at the planned end are wanted."""
        return self.choice.taken == PLAN

    def show_now(self, session: Session, now_us: int) -> None:
        """Draw what goes on by itself."""
        if self._session is None or self._session.id != session.id:
            self.forget()
        changed = self._session is None or self._session.version != session.version
        self._session, self._now_us = session, now_us
        if changed:
            self._minutes = {}
        ahead = shows_one_minute(self._station.settings)
        self.timeline.show_timeline(timeline(session, now_us, self._minutes_of, ahead=ahead))
        if self._told_version and self._told_version != session.version:
            self._tell_history()

    def show_view(self, session: Session, view: PanelView) -> None:
        """Draw the parts that say something else than before."""
        was, self._view = self._view, view
        self.choice.setVisible(bool(view.plan_end))
        self.ended.setText(f"If stopped now. The plan was over at {view.plan_ended}.")
        self.ended.setVisible(bool(view.plan_ended))
        self.choice.chip(PLAN).setText(f"At plan end {view.plan_end}".strip())
        if was is None or was.services != view.services:
            self._show_services(view)
        doses = dose_rows(session)
        if was is None or doses != self._doses:
            self._doses = doses
            self._show_doses(session)
        if was is None or was.lines != view.lines:
            self._show_lines(session, view)
        if was is None:
            self.history.show()

    def forget(self) -> None:
        """Draw everything anew next time: another session, or another look."""
        self._view, self._session, self._told_version = None, None, 0
        self.opened = set()
        refill(self.history.rows, [])
        self.more.show_as("Show the history")

    def redraw(self) -> None:
        """Draw everything anew next time; what is open stays open."""
        self._view = None

    def _minutes_of(self, order: Order) -> tuple[int, ...]:
        known = order in self._minutes or self._station.codings.are_awaited
        if not known and self._session is not None:
            self._minutes[order] = self._station.coder.unit_minutes(self._session, order, _DAY_MINUTES)
        return self._minutes.get(order, ())

    def _show_services(self, view: PanelView) -> None:
        rows: list[QWidget] = []
        for row in view.services:
            made = service_widgets(self._station.theme, row, self._ask_about, self._show_moment)
            rows += [keyed(widget, row.service, str(at)) for at, widget in enumerate(made)]
        self.services.show_rows(rows or [label("Nothing given yet.", size=12, tone="soft")])

    def _show_doses(self, session: Session) -> None:
        rows: list[QWidget] = []
        known = [row for row in self._doses if row.times != NO_DOSE]
        unknown = [row for row in self._doses if row.times == NO_DOSE]
        for row in known:
            button = ServiceButton(self._station.theme, row, "Dose, vials, lot")
            button.clicked.connect(lambda _=False, s=row.service: self._ask_dose(session.id, s))
            rows.append(keyed(button, row.service))
        if unknown:
            rows.append(keyed(self._without_dose(session.id, unknown), "no dose"))
        self.doses.show_rows(rows)

    def _without_dose(self, session_id: str, unknown: list[ServiceRow]) -> QWidget:
        """Return one row for every drug without a dose, so that they do not push the lines away."""
        row = ServiceRow("", "No dose", ", ".join(one.drug for one in unknown), "")
        button = ServiceButton(self._station.theme, row, "Record a dose")
        button.clicked.connect(lambda: self._ask_whose_dose(session_id, unknown))
        return button

    def _ask_whose_dose(self, session_id: str, unknown: list[ServiceRow]) -> None:
        if len(unknown) == 1:
            self._ask_dose(session_id, unknown[0].service)
            return
        items = [(one.drug, partial(self._ask_dose, session_id, one.service)) for one in unknown]
        late.choose(self._station, "Dose of which?", items)

    def _show_lines(self, session: Session, view: PanelView) -> None:
        findings = view.lines.findings
        self.settle.show_rows([self._finding(session, row) for row in findings if row.level != _NOTE])
        self.notes.show_rows([self._finding(session, row) for row in findings if row.level == _NOTE])
        lines: list[QWidget] = [self._line(row, quiet=False) for row in view.lines.lines]
        if not lines and view.lines.are_known:
            lines = [label("No line yet.", size=12, tone="soft")]
        self.lines.show_rows(lines)
        self.not_billed.show_rows([self._line(row, quiet=True) for row in view.lines.not_billed])

    def _finding(self, session: Session, row: FindingRow) -> QWidget:
        block = late.finding_block(self._station, session, row)
        if block.button is not None:
            block.setFocusProxy(block.button)
        return keyed(block, row.name, row.service)

    def _line(self, row: LineRow, *, quiet: bool) -> QWidget:
        is_open = row.key in self.opened
        block = LineBlock(self._station.theme, row, self._one_minute, quiet=quiet, is_open=is_open)
        block.toggled.connect(partial(self._remember, row))
        return keyed(block, *row.key)

    def _remember(self, row: LineRow, is_open: bool) -> None:  # noqa: FBT001 - Qt's own signature
        (self.opened.add if is_open else self.opened.discard)(row.key)

    def _one_minute(self, row: LineRow) -> str:
        if self._session is None or not shows_one_minute(self._station.settings):
            return ""
        if row.is_dose:
            from desktop_app.coding.one_minute import OF_A_DOSE  # noqa: PLC0415 - the board comes up first

            return OF_A_DOSE
        coder = self._station.coder
        return coder.one_minute(self._session, row.services, self._now_us, at_plan_end=self.at_plan_end)

    def _ask_about(self, service: str) -> None:
        if self._session is not None:
            self.service_asked.emit(self._session.id, service)

    def _show_moment(self, service: str, what: str, index: int) -> None:
        found = self._session.service(service) if self._session else None
        if self._session is not None and found is not None:
            late.show_history(self._station, self._session, found, what, index)

    def _ask_dose(self, session_id: str, service: str) -> None:
        session = self._station.expected(session_id)
        found = session.service(service) if session else None
        if session is not None and found is not None:
            late.ask_dose(self._station, session, found)

    def _toggle_history(self) -> None:
        if self._told_version:
            self._told_version = 0
            refill(self.history.rows, [])
            self.more.show_as("Show the history")
        else:
            self._tell_history()
            self.history_opened.emit()

    def _tell_history(self) -> None:
        session = self._session
        if session is None:
            return
        self._told_version = session.version
        told = history_rows(session, self._station.desk.history(session.id))
        refill(self.history.rows, [HistoryBlock(self._station.theme, row, self._show_times) for row in told])
        self.more.show_as(f"Hide the history ({len(told)})")

    def _show_times(self, service: str) -> None:
        if self._session is not None and not service:
            late.show_seating(self._station, self._session)
        found = self._session.service(service) if self._session else None
        if self._session is not None and found is not None:
            late.show_times(self._station, self._session, found)
