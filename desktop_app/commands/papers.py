"""The papers of the window: superbills, a day's summary, the list of a downtime; printed and saved."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from desktop_app.app import Parts
from desktop_app.commands.outage_list import file_name, stretch_of, told_in
from desktop_app.core.moments import local_time
from desktop_app.store.durable_file import write_durably

if TYPE_CHECKING:
    from desktop_app.exchange.paper import Paper
    from desktop_app.exchange.pdf_printing import Printable


class WindowPapers:
    """Serves the window's papers. What makes them is loaded with the first: no touch waits for it."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def superbill(self, session: str) -> Printable:
        """Return a session's superbill: as signed, or as it stands while nobody has signed.

        Raises KeyError where there is no such session.
        """
        from desktop_app.commands.practice import practice_of  # noqa: PLC0415 - see above
        from desktop_app.commands.records import PartsRecords  # noqa: PLC0415 - see above
        from desktop_app.exchange.bill import bill_of_session  # noqa: PLC0415 - see above
        from desktop_app.exchange.superbill import superbill  # noqa: PLC0415 - see above

        parts, found = self._parts, self._parts.desk.session(session)
        if found is None:
            raise KeyError(session)
        bill = bill_of_session(found, parts.coder.as_recorded(found), parts.desk.now().now_us)
        practice = practice_of(parts.folder.settings, parts.folder.path)
        paper = superbill(bill, practice, PartsRecords(parts).unit_minutes, foot=self._foot())
        return self._printable(paper, f"{bill.name}.pdf", sessions=(session,))

    def day_summary(self, day: date) -> Printable:
        """Return a day's summary: every session of it with where it stands, and the lines signed so far."""
        from desktop_app.commands.practice import practice_of  # noqa: PLC0415 - see above
        from desktop_app.commands.records import PartsRecords  # noqa: PLC0415 - see above
        from desktop_app.exchange.day_summary import (  # noqa: PLC0415 - see above
            day_summary,
            of_day,
            signed_so_far,
        )

        parts, now = self._parts, self._now()
        practice = practice_of(parts.folder.settings, parts.folder.path)
        under_title = of_day(day, f"As of {now:%Y-%m-%d %H:%M:%S}")
        summary = signed_so_far(PartsRecords(parts).day(day), practice, under_title)
        paper = day_summary(summary, practice, foot=self._foot())
        return self._printable(paper, f"day-summary-{day.isoformat()}.pdf")

    def history(self, session: str) -> Printable:
        """Return everything that was recorded of a session, with its proof; as JSON too.

        Raises KeyError where there is no such session, and JournalError.
        """
        from desktop_app.commands.history_papers import history_printable  # noqa: PLC0415 - see above

        return history_printable(self._parts, session, self._now(), self._foot())

    def downtime(self, outage: str) -> Printable:
        """Return what was done in a downtime, to be entered elsewhere; with a table of the same.

        Raises KeyError where there is no such downtime.
        """
        from desktop_app.commands.practice import practice_of  # noqa: PLC0415 - see above
        from desktop_app.exchange.downtime_csv import downtime_csv  # noqa: PLC0415 - see above
        from desktop_app.exchange.downtime_paper import downtime_paper  # noqa: PLC0415 - see above

        parts = self._parts
        zone, now_us = parts.folder.settings.get("zone"), parts.desk.now().now_us
        stretch = stretch_of(parts.desk.suite.outages[outage], now_us, zone)
        told = told_in(parts.folder.journal, stretch)
        practice = practice_of(parts.folder.settings, parts.folder.path)
        paper = downtime_paper(stretch, told, practice, foot=self._foot())
        sessions = tuple(one.session.id for one in told)
        table = downtime_csv(stretch, told)
        return self._printable(paper, f"{file_name(stretch)}.pdf", sessions=sessions, table=table)

    def _printable(
        self, paper: Paper, name: str, *, sessions: tuple[str, ...] = (), table: str = ""
    ) -> Printable:
        from desktop_app.exchange.pdf_printing import Printable  # noqa: PLC0415 - see above

        return Printable(paper, name, self._now(), write_durably, sessions, table)

    def _now(self) -> datetime:
        return local_time(self._parts.desk.now().now_us, self._parts.folder.settings.get("zone"))

    def _foot(self) -> str:
        parts = self._parts
        made = f"Made {self._now():%Y-%m-%d %H:%M:%S} by {parts.desk.actor}"
        return f"{made} · journal head {parts.desk.head}"
