"""Every setting of the page: changed there by the keyboard, it shows before anything else is done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget

from desktop_app.core.corrections import void_service
from desktop_app.core.orders import Setting
from desktop_app.core.registration import change_terms
from desktop_app.exchange.steps import at_once
from desktop_app.ui.export.ports import Wanted
from desktop_app.ui.panel.line_rows import LineBlock
from desktop_app.ui.settings.billing_rows import BILLING_FILES
from desktop_app.ui.settings.page import SettingEntry
from desktop_app.ui.settings.rows import GROUPS
from desktop_app.ui.sheets.seat import seat_touch
from desktop_app.ui.widgets.button import Button
from desktop_app.ui.window import MainWindow
from tests.ui.billing_day import PRACTICE, practise, sign
from tests.ui.conftest import VANCOMYCIN, Ward
from tests.ui.hands import Typist, focused
from tests.ui.orders import GLOBULIN
from tests.ui.test_sound import Heard

IN_FILES = {row.key for _, rows in BILLING_FILES for row in rows}
ROWS = {row.key: row for _, rows in (*GROUPS, *BILLING_FILES) for row in rows}
WATCHED = replace(VANCOMYCIN, vitals_every_minutes=20)


@dataclass
class Suite:
    """A window and the suite behind it: vancomycin in chair 1, a titration in 2, a watch over in 3."""

    ward: Ward
    window: MainWindow
    heard: Heard

    def says(self, text: str, root: QWidget | None = None) -> bool:
        """Say whether some words can be read."""
        labels = (root or self.window).findChildren(QLabel)
        return any(label.isVisible() and text in label.text() for label in labels)

    def card(self, place: int = 0) -> str:
        """Say what a screen reader is told of a card."""
        return self.window.board.grid.cards[place].accessibleName()

    def due(self, chair: str, what: str) -> bool:
        """Say whether something is due at a chair."""
        due = self.window.station.reminding.due(self.ward.in_chair(chair), self.window.station.now_us())
        return what in {str(one.what) for one in due}

    def seated(self, what: str) -> str:
        """Seat somebody as the sheet does, and say what is kept of how they are billed."""
        station = self.window.station
        station.touches.send(seat_touch(station, "9", "0005555", "", station.stamp()))
        return str(getattr(self.ward.in_chair("9"), what))

    def line(self) -> str:
        """Open the first coded line of chair 1 and say what it tells."""
        self.window.board.focus("1")
        QApplication.processEvents()
        block = next(one for one in self.window.board.panel.findChildren(LineBlock) if one.isVisible())
        block.setChecked(True)
        return block.told

    def rings(self) -> bool:
        """Let the window tick and say whether it was heard."""
        self.window.ticker.tick()
        return bool(self.heard.said)

    def locks(self) -> bool:
        """Leave the window alone for some minutes."""
        self.window.locking.tick(self.window.station.now_us())
        self.ward.clock.advance(5)
        self.window.refresh()
        return self.window.locking.is_locked

    def missing(self, what: str) -> bool:
        """Say whether the export page says that a claim misses something of who bills."""
        sends = self.ward.billing.sends
        session = sign(self.ward, self.window.station, "3", payer=True)
        told = at_once(sends.looking(_wanted(session.id, "x12")))
        return what in told[0].text

    def file(self, name: str, *, setting: Setting = Setting.PHYSICIAN) -> str:
        """Return how a file of one finished session would begin, all else being said that it asks for."""
        said = {key: self.ward.settings.get(key) for key in PRACTICE}
        practise(self.ward)
        self.ward.settings.values |= {key: text for key, text in said.items() if text}
        self.ward.desk.touch(
            self.ward.in_chair("3").id, partial(change_terms, setting=setting, place_of_service="22")
        )
        session = sign(self.ward, self.window.station, "3", payer=True)
        (shown,) = self.ward.billing.sends.shown(_wanted(session.id, name))
        return "\n".join(shown.lines)

    def credit(self) -> str:
        """Send a session, take it back, and return what its message calls that."""
        sends = self.ward.billing.sends
        session = sign(self.ward, self.window.station, "3", payer=True)
        at_once(sends.sending(_wanted(session.id, "csv"), self.ward.billing.folder))
        self.ward.desk.reopen(session.id, "charted for another patient")
        opened = self.ward.session(session.id)
        self.ward.do(opened, partial(void_service, service="1", reason="another patient's"))
        sign(self.ward, self.window.station, "3")
        (shown,) = sends.shown(_wanted(session.id, "hl7"))
        return _field(shown.lines, 6)


def _field(lines: Sequence[str], number: int) -> str:
    """Return a field of the first charge in a message."""
    return next(line for line in lines if line.startswith("FT1|")).split("|")[number]


def _wanted(session: str, name: str) -> Wanted:
    return Wanted(sessions=(session,), formats=(name,), layout="")


@pytest.fixture
def suite(ward: Ward, window: MainWindow) -> Suite:
    window.beside.ringing.sound = heard = Heard()
    ward.start(ward.seat("3", "0003333"), replace(VANCOMYCIN, observe_minutes=5))
    ward.start(ward.seat("2", "0002222"), GLOBULIN)
    ward.start(ward.seat("1"), WATCHED)
    ward.clock.advance(30)
    ward.stop(ward.in_chair("3"))
    ward.clock.advance(35)
    window.refresh()
    window.board.focus("1")
    return Suite(ward, window, heard)


@dataclass(frozen=True)
class Effect:
    """What is chosen, and what is seen once it is; without the change that would not be so."""

    value: str
    seen: Callable[[Suite], bool]


EFFECTS = {
    "suite-name": Effect("North", lambda s: s.window.windowTitle() == "North · Chairtime"),
    "zone": Effect("America/Denver", lambda s: s.says("08:05:00", s.window.board.bar)),
    "actor": Effect("BN", lambda s: (s.window.rail.user.text(), s.ward.desk.actor) == ("BN", "BN")),
    "chairs": Effect("20", lambda s: len(s.window.board.grid.cards) == 20),
    "chair-labels": Effect(", , , , Bay", lambda s: s.card(4).startswith("Chair Bay")),
    "density": Effect("dense", lambda s: s.window.board.grid.cards[0].height() < 150),
    "scheme": Effect("dark", lambda s: s.window.theme.is_dark),
    "text-size": Effect("150", lambda s: s.window.theme.px(100) == 150),
    "card-names": Effect("none", lambda s: "R. M." not in s.window.board.grid.cards[0].view.who),
    "lock-minutes": Effect("5", Suite.locks),
    "setting": Effect("facility", lambda s: s.seated("setting") == "facility"),
    "profile": Effect("commercial", lambda s: s.seated("profile") == "commercial"),
    "place-of-service": Effect("22", lambda s: s.seated("place_of_service") == "22"),
    "export-folder": Effect("/srv/claims", lambda s: s.window.export.folder.text == "/srv/claims"),
    "one-minute": Effect("no", lambda s: "One minute" not in s.line()),
    "remind-rate": Effect("no", lambda s: not s.due("2", "rate-step")),
    "remind-vitals": Effect("no", lambda s: not s.due("1", "vitals")),
    "remind-plan-end": Effect("no", lambda s: not s.due("1", "plan-end")),
    "remind-observation": Effect("no", lambda s: not s.due("3", "observation-over")),
    "vitals-minutes": Effect("15", lambda s: s.due("2", "vitals")),
    "near-minutes": Effect("120", lambda s: s.due("2", "plan-near")),
    "reminder-sound": Effect("tone", Suite.rings),
    "practice-name": Effect("North Infusion", lambda s: "*North Infusion*" in s.file("x12")),
    "practice-npi": Effect("1234567893", lambda s: not s.missing("NPI")),
    "practice-tax-id": Effect("123456789", lambda s: not s.missing("tax number")),
    "practice-taxonomy": Effect("261QI0500X", lambda s: "PRV*BI*PXC*261QI0500X" in s.file("x12")),
    "practice-street": Effect("100 Main Street", lambda s: not s.missing("street")),
    "practice-city": Effect("Springfield", lambda s: not s.missing("city")),
    "practice-state": Effect("IL", lambda s: not s.missing("state")),
    "practice-zip": Effect("627010001", lambda s: not s.missing("ZIP code")),
    "practice-contact": Effect("Mary Biller", lambda s: not s.missing("contact")),
    "practice-phone": Effect("2175550100", lambda s: not s.missing("telephone number")),
    "submitter-id": Effect("SUB123", lambda s: not s.missing("submitter id")),
    "receiver-name": Effect("Example House", lambda s: not s.missing("receiver,")),
    "receiver-id": Effect("CLEAR01", lambda s: not s.missing("receiver id")),
    "bill-type": Effect("85", lambda s: "*85:A:1*" in s.file("x12", setting=Setting.FACILITY)),
    "test-claims": Effect("yes", lambda s: "*0*T*:" in s.file("x12")),
    "hl7-application": Effect("BILLER", lambda s: "|BILLER|" in s.file("hl7")),
    "hl7-facility": Effect("EAST", lambda s: "|EAST|" in s.file("hl7")),
    "hl7-credit": Effect("cr", lambda s: s.credit() == "CR"),
    "hl7-times": Effect("day", lambda s: _field(s.file("hl7").splitlines(), 4) == "20260302"),
}


def open_billing_files(suite: Suite, typist: Typist) -> None:
    """Open the card of the billing files where it is closed."""
    card = suite.window.settings.billing_files
    for _ in range(150):
        if focused() is card.open_button:
            typist.press(Qt.Key.Key_Space)
            return
        QTest.keyClick(focused(), Qt.Key.Key_Tab)
    pytest.fail("Tab does not lead to the billing files")


def change_by_keyboard(suite: Suite, typist: Typist, entry: SettingEntry, value: str) -> None:
    """Go to a setting with Tab, then type it and press Enter, or go along its chips with the arrow."""
    control = entry.first_focus()
    if entry.row.key in IN_FILES:
        open_billing_files(suite, typist)
    for _ in range(150):
        if focused() is control:
            break
        QTest.keyClick(focused(), Qt.Key.Key_Tab)
    assert focused() is control, "Tab does not lead there"
    if isinstance(control, QLineEdit):
        control.selectAll()
        typist.enter(value)
        return
    for _ in range(8):
        if suite.ward.settings.get(entry.row.key) == value:
            return
        assert isinstance(focused(), Button)
        typist.press(Qt.Key.Key_Right)


@pytest.mark.parametrize("key", EFFECTS)
def test_a_setting_is_reached_by_the_keyboard_and_in_effect_at_once(
    suite: Suite, typist: Typist, key: str
) -> None:
    window, effect = suite.window, EFFECTS[key]
    # Pages that were made before must not go on showing what was so then.
    for page in ("export", "review", "settings"):
        window.show_page(page)
    assert suite.ward.settings.get(key) != effect.value
    change_by_keyboard(suite, typist, window.settings.entries[key], effect.value)
    assert suite.ward.settings.get(key) == effect.value
    window.show_page("export" if key == "export-folder" else "board")
    assert effect.seen(suite)


@pytest.mark.parametrize("key", EFFECTS)
def test_without_the_change_its_effect_is_not_there(suite: Suite, key: str) -> None:
    suite.window.show_page("board")
    assert not EFFECTS[key].seen(suite)


def test_every_setting_of_the_page_has_its_sentence_and_is_among_these() -> None:
    assert set(EFFECTS) == set(ROWS)
    assert [row.key for row in ROWS.values() if not row.text.endswith(".")] == []


def test_a_text_size_squeezes_no_field_of_the_page_it_is_chosen_on(suite: Suite, typist: Typist) -> None:
    suite.window.show_page("settings")
    change_by_keyboard(suite, typist, suite.window.settings.entries["text-size"], "150")
    QApplication.processEvents()
    entries = suite.window.settings.entries
    fields = [entry.field.edit for entry in entries.values() if entry.field.isVisible()]
    assert fields
    assert [edit.accessibleName() for edit in fields if edit.height() < suite.window.theme.px(40) - 1] == []
    assert focused() is entries["text-size"].first_focus()
    setting = entries["text-size"].first_focus()
    top = setting.mapTo(suite.window, QPoint(0, 0)).y()
    assert 0 < top < suite.window.height() - setting.height()


def test_a_refused_value_squeezes_no_field(suite: Suite) -> None:
    suite.window.show_page("settings")
    entry = suite.window.settings.entries["zone"]
    entry.field.edit.setText("Nowhere")
    entry.field.edit.editingFinished.emit()
    QApplication.processEvents()
    assert entry.problem.isVisible()
    assert entry.field.edit.height() >= suite.window.theme.px(40) - 1
    assert entry.problem.height() >= entry.problem.heightForWidth(entry.problem.width())
