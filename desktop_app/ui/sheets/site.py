"""A further access site, with the reason an auditor will ask for."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from desktop_app.core.access import Right
from desktop_app.core.care import open_site
from desktop_app.core.decisions import Refusal, When
from desktop_app.core.session import Session
from desktop_app.ui import words
from desktop_app.ui.sheets.sheet import WIDE, Sheet
from desktop_app.ui.station import Station
from desktop_app.ui.theme import Theme
from desktop_app.ui.widgets.fields import Choice, Field
from desktop_app.ui.widgets.labels import caption

REASONS = ("Drugs do not mix", "First site failed", "Own line needed")


class SiteSheet(Sheet):
    """Asks where the further site is and why there is one."""

    needs = Right.CARE

    def __init__(self, theme: Theme, session: Session) -> None:
        super().__init__(theme, f"Chair {session.chair} · further access site", width=WIDE)
        self.site = Field(theme, "Where", hint="Right hand, port …")
        self.reason = Choice(theme, "Why", [(reason, reason) for reason in REASONS], unset=True)
        self.other = Field(theme, "More about it, or another reason")
        for part in (self.site, caption("Why"), self.reason, self.other):
            self.body.addWidget(part)
        self.back, self.go = self.add_ways_on("Leave it", "Record site")

    def words(self) -> str:
        """Return the reason that was chosen, with the words that were typed."""
        return ": ".join(part for part in (self.reason.taken, self.other.text) if part)

    def faulty(self) -> QWidget | None:
        """Where it is while that is not said, else the first reason: Space takes it."""
        return self.reason.chip(REASONS[0]) if self.site.text else self.site.edit

    def first_field(self) -> QWidget:
        """Where it is."""
        return self.site.edit


def ask_site(station: Station, session: Session, when: When) -> None:
    """Ask for a further site; the instant is already stamped."""
    sheet = SiteSheet(station.theme, session)
    sheet.say_stamped(words.clock_s(when.at_us, session.zone), "an auditor will ask for the reason")
    sheet.confirmed.connect(lambda now: _taken(station, session, sheet, station.stamp() if now else when))
    station.sheets.open(sheet)


def _taken(station: Station, session: Session, sheet: SiteSheet, when: When) -> None:
    said = f"further site {sheet.site.text} at {words.clock_s(when.at_us, session.zone)}"
    action = partial(open_site, site=sheet.site.text, reason=sheet.words())
    if not isinstance(station.touch(session, said, action, when), Refusal):
        sheet.done.emit()
