"""Who bills, where, and by whose rules: changed on the page, recorded at once, and the lines follow."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.core.access import Right
from desktop_app.core.decisions import When
from desktop_app.core.desk import Saved
from desktop_app.core.orders import Setting
from desktop_app.core.registration import change_terms, place_of_service_fault
from desktop_app.core.session import Session
from desktop_app.ui import words
from desktop_app.ui.review.terms_model import SETTINGS, Terms, in_setting, place_note, terms_of, terms_words
from desktop_app.ui.sheets.choose import ChooseSheet, Item
from desktop_app.ui.station import Station
from desktop_app.ui.widgets.button import Button
from desktop_app.ui.widgets.fields import Choice, Field, mark_wrong
from desktop_app.ui.widgets.labels import caption, label, retone

PLACE_WIDTH = 112
WITH_PEOPLE = 620
"""From this width on, at plain text, patient and payer are asked for from here as well."""


class TermsBar(QWidget):
    """The terms of one session, to be changed while it is not signed."""

    def __init__(self, station: Station) -> None:
        super().__init__()
        self._station = station
        self._session: Session | None = None
        theme = station.theme
        self.setting = Choice(theme, "Billed as", SETTINGS)
        self.place = Field(theme, "Place of service", hint="none")
        self.place.edit.setMaxLength(2)
        self.place.setFixedWidth(theme.px(PLACE_WIDTH))
        self.payer = Button(theme, "Payer…", hint="T")
        self.payer.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.people = Button(theme, "Patient and payer…", hint="D")
        self.note = label("", size=12, tone="soft", wrap=True)
        self._lay_out()
        self.setting.chosen.connect(self._take_setting)
        self.place.edit.editingFinished.connect(self._take_place)
        self.payer.clicked.connect(self._ask_payer)

    def show_session(self, session: Session) -> None:
        """Show the terms of a session; what is being typed stays."""
        is_other = self._session is None or self._session.id != session.id
        self._session = session
        terms = terms_of(session)
        self.setting.take(terms.setting.value)
        if is_other or not self.place.edit.hasFocus():
            self.place.set_text(terms.place_of_service)
        title = payer_title(self._station, terms)
        self.payer.show_as(f"{title}…", name=f"Payer: {title}. Choose another")
        self._say(place_note(terms), alert=False)

    def first_focus(self) -> QWidget:
        """The setting that is taken."""
        return self.setting.chip(self.setting.taken)

    def _lay_out(self) -> None:
        px = self._station.theme.px
        row = QHBoxLayout()
        row.setSpacing(px(12))
        row.addLayout(self._named("Billed as", self.setting))
        row.addWidget(self.place)
        row.addLayout(self._named("By the rules of", self.payer))
        row.addStretch(1)
        row.addWidget(self.people, 0, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        column.addLayout(row)
        column.addWidget(self.note)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out the way to patient and payer where there is no room: it stands further down too."""
        super().resizeEvent(event)
        self.people.setVisible(self.width() >= self._station.theme.px(WITH_PEOPLE))

    def minimumSizeHint(self) -> QSize:
        """Be as narrow as the page is: what has no room is left out."""
        return QSize(0, super().minimumSizeHint().height())

    def _named(self, name: str, part: QWidget) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(self._station.theme.px(3))
        column.addWidget(caption(name))
        column.addWidget(part)
        return column

    def _take_setting(self, key: str) -> None:
        if self._session is None:
            return
        when, setting = self._station.stamp(), Setting(key)
        profiles = [name for name, _ in self._station.billing.payers(setting)]
        self._change(in_setting(terms_of(self._session), setting, profiles), when)

    def _take_place(self) -> None:
        if self._session is None or self.place.text == self._session.place_of_service:
            mark_wrong(self.place.edit, "")
            return
        when, terms = self._station.stamp(), terms_of(self._session)
        if fault := place_of_service_fault(self.place.text):
            self._say(words.sentence(fault), alert=True)
            return
        self._change(Terms(terms.setting, self.place.text, terms.profile, terms.options), when)

    def _ask_payer(self) -> None:
        if self._session is not None:
            ask_payer(self._station, self._session)

    def _change(self, terms: Terms, when: When) -> None:
        if self._session is None:
            return
        if not record_terms(self._station, self._session, terms, when):
            # What waits for the disk, or was refused, is not shown as taken.
            self.show_session(self._session)

    def _say(self, text: str, *, alert: bool) -> None:
        mark_wrong(self.place.edit, text if alert else "")
        self.note.setText(text)
        retone(self.note, "alert" if alert else "soft")
        self.note.setVisible(bool(text))


def payer_title(station: Station, terms: Terms) -> str:
    """Return what the payer of some terms is called; its profile's name where that is not installed."""
    (_, usual), *others = station.billing.payers(terms.setting)
    # A signature names the usual profile too, where a session leaves it unsaid.
    if terms.profile in {"", f"medicare-{terms.setting.value}"}:
        return usual
    return dict(others).get(terms.profile, terms.profile)


def ask_payer(station: Station, session: Session) -> None:
    """Ask by which payer's rules a session is coded."""
    terms = terms_of(session)
    items: list[Item] = [
        (title, partial(_take_payer, station, session, name))
        for name, title in station.billing.payers(terms.setting)
    ]
    title = f"Chair {session.chair} · whose rules?"
    under = f"Now {payer_title(station, terms)}. The coded lines follow at once."
    sheet = ChooseSheet(station.theme, title, under, items, back="Leave it", wary=True)
    sheet.needs = Right.TERMS
    station.sheets.open(sheet)


def _take_payer(station: Station, session: Session, name: str) -> None:
    when, terms = station.stamp(), terms_of(session)
    record_terms(station, session, Terms(terms.setting, terms.place_of_service, name, terms.options), when)


def record_terms(station: Station, session: Session, terms: Terms, when: When) -> bool:
    """Record other terms; return whether they are on disk."""
    if terms == terms_of(session):
        return True
    action = partial(
        change_terms,
        setting=terms.setting,
        place_of_service=terms.place_of_service,
        profile=terms.profile,
        options=terms.options,
    )
    said = f"billed as {terms_words(terms, payer_title(station, terms))}"
    return isinstance(station.touch(session, said, action, when), Saved)
