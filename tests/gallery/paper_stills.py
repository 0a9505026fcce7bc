"""What can be printed, as it is shown before: real papers of the morning that was played."""

from __future__ import annotations

from datetime import UTC, date, datetime

from desktop_app.app import session_coder
from desktop_app.commands.outage_list import stretch_of, told_in
from desktop_app.core.record.chronicle import chronicle_of
from desktop_app.exchange.bill import bill_of_session
from desktop_app.exchange.day_sessions import DaySession, Standing
from desktop_app.exchange.day_summary import day_summary, of_day, signed_so_far
from desktop_app.exchange.downtime_csv import downtime_csv
from desktop_app.exchange.downtime_paper import downtime_paper
from desktop_app.exchange.history_file import Head
from desktop_app.exchange.history_paper import history_paper
from desktop_app.exchange.pdf_printing import Printable
from desktop_app.exchange.sending import Practice
from desktop_app.exchange.superbill import superbill
from desktop_app.store.durable_file import write_durably
from desktop_app.ui import printing
from desktop_app.ui.sheets.downtime import DowntimeSheet
from desktop_app.ui.sheets.paper import PaperSheet
from tests.exchange.pdf_files import RealMinutes
from tests.fakes import NEW_YORK
from tests.gallery.scene import Scene, Still
from tests.ui.conftest import Ward
from tests.ui.stand_ins import StandInPapers

PRACTICE = Practice(
    name="Riverside Infusion Center",
    street="100 Main Street",
    city="Springfield",
    state="IL",
    zip_code="62701",
    npi="1234567893",
)
MADE_AT = datetime(2026, 3, 2, 15, tzinfo=UTC)
FOOT = f"Made 2026-03-02 10:42:00 by AK · journal head {'5f' * 32}"


class RealPapers(StandInPapers):
    """Makes real papers of a suite in memory."""

    def __init__(self, ward: Ward) -> None:
        super().__init__()
        self._ward = ward
        self._coder = session_coder()

    def superbill(self, session: str) -> Printable:
        found = self._ward.session(session)
        now_us = self._ward.clock.now().wall_us
        bill = bill_of_session(found, self._coder.as_recorded(found), now_us)
        paper = superbill(bill, PRACTICE, RealMinutes().unit_minutes, foot=FOOT)
        return Printable(paper, f"{bill.name}.pdf", MADE_AT, write_durably, (session,))

    def history(self, session: str) -> Printable:
        journal = self._ward.journal
        last = list(journal.since(0))[-1]
        head = Head(origin=journal.origin, seq=last.origin_seq, hash=last.hash)
        paper = history_paper(chronicle_of(journal, session), head, PRACTICE, foot=FOOT)
        return Printable(paper, "history.pdf", MADE_AT, write_durably, (session,), "{}", "json")

    def downtime(self, outage: str) -> Printable:
        stretch = stretch_of(self._ward.desk.suite.outages[outage], self._ward.clock.now().wall_us, NEW_YORK)
        told = told_in(self._ward.journal, stretch)
        paper = downtime_paper(stretch, told, PRACTICE, foot=FOOT)
        sessions = tuple(one.session.id for one in told)
        return Printable(paper, "downtime.pdf", MADE_AT, write_durably, sessions, downtime_csv(stretch, told))

    def day_summary(self, day: date) -> Printable:
        sessions = self._ward.desk.suite.sessions.values()
        known = [DaySession(session=session, standing=Standing.IN_CHAIR) for session in sessions]
        summary = signed_so_far(known, PRACTICE, of_day(day, "As of 2026-03-02 10:42:00"))
        return Printable(day_summary(summary, PRACTICE, foot=FOOT), "day-summary.pdf", MADE_AT, write_durably)


def _real(scene: Scene) -> None:
    scene.ward.billing.papers = RealPapers(scene.ward)


def _session(scene: Scene) -> None:
    _real(scene)
    scene.choose("1")
    scene.window.print_shown()


def _session_foot(scene: Scene) -> None:
    _session(scene)
    sheet = scene.sheet
    assert isinstance(sheet, PaperSheet)
    bar = sheet.inside.verticalScrollBar()
    bar.setValue(bar.maximum())


def _with_printer(scene: Scene) -> None:
    found, printing.printers = printing.printers, lambda: ["Laser"]
    try:
        _session(scene)
    finally:
        printing.printers = found


def _day(scene: Scene) -> None:
    _real(scene)
    scene.window.show_page("export")
    scene.window.print_shown()


def _export_page(scene: Scene) -> None:
    scene.window.show_page("export")


def _downtime(scene: Scene) -> None:
    scene.window.ask_downtime()


def _downtime_lasts(scene: Scene) -> None:
    _downtime(scene)
    sheet = scene.sheet
    assert isinstance(sheet, DowntimeSheet)
    sheet.system.set_text("EHR")
    sheet.confirm(now=False)


def _downtime_over(scene: Scene) -> None:
    _downtime_lasts(scene)
    scene.ward.clock.advance(88)
    _downtime(scene)


def _downtime_list(scene: Scene) -> None:
    _real(scene)
    _downtime_over(scene)
    sheet = scene.sheet
    assert isinstance(sheet, DowntimeSheet)
    sheet.confirm(now=False)


PAPER_STILLS: tuple[Still, ...] = (
    Still("print-session", _session),
    Still("print-session-foot", _session_foot),
    Still("print-session-printer", _with_printer),
    Still("print-day", _day),
    Still("print-export-page", _export_page),
    Still("downtime", _downtime),
    Still("downtime-lasts", _downtime_lasts),
    Still("downtime-over", _downtime_over),
    Still("downtime-list", _downtime_list),
)
