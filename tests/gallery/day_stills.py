"""The end of a day: its list in every state, leftovers, the lock, what was sent, and the sheets of it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QApplication

from desktop_app.core.care import start_service, stop_service
from desktop_app.core.day_lock import lock_day
from desktop_app.core.decisions import pressed
from desktop_app.core.desk import Action, Saved
from desktop_app.core.moments import HOUR_US, MINUTE_US, local_date
from desktop_app.core.orders import Order, Setting
from desktop_app.core.session import Session
from desktop_app.core.stay import end_session, hold_session
from desktop_app.ui.export.day_sheets import LockSheet, UnlockSheet
from desktop_app.ui.export.page import ExportPage
from desktop_app.ui.widgets.scroll import Scroll
from tests.fakes import NEW_YORK
from tests.gallery.busy_day import INFLIXIMAB, IRON, PEMBROLIZUMAB, VANCOMYCIN
from tests.gallery.scene import Act, Scene, Still, settle
from tests.ui.billing_day import sign

SIGNED = ("1", "2", "3", "4", "5", "6", "9", "10")
EARLIER: tuple[tuple[str, str, Order, tuple[str, ...]], ...] = (
    ("GP", "0001107", VANCOMYCIN, ("stop", "end", "sign")),
    ("MC", "0000194", IRON, ("stop", "end", "hold")),
    ("SG", "0005571", PEMBROLIZUMAB, ("end",)),
    ("Wilhelmina Theodora", "0009940", INFLIXIMAB, ("stop", "end", "sign")),
)
"""Who was treated the day before and is not settled: initials, MRN, what was given, how far it came."""
OUT = "/mnt/billing share/infusion-out"


def _earlier(scene: Scene) -> None:
    """Let patients have come the day before whose sessions are not settled."""
    begun_us = scene.ward.clock.now().wall_us - 25 * HOUR_US
    for at, (initials, mrn, order, deeds) in enumerate(EARLIER):
        _visit(scene, begun_us + at * 9 * MINUTE_US, initials, mrn, order, deeds)


def _visit(
    scene: Scene, at_us: int, initials: str, mrn: str, order: Order, deeds: tuple[str, ...]
) -> Session:
    desk, station = scene.ward.desk, scene.window.station
    seated = desk.seat(
        pressed(at_us), chair="11", mrn=mrn, initials=initials, zone=NEW_YORK, setting=Setting.PHYSICIAN
    )
    assert isinstance(seated, Saved)
    actions: dict[str, Action] = {
        "stop": lambda s, w: stop_service(s, w, service="1"),
        "end": end_session,
        "hold": partial(hold_session, reason="prior authorisation is not there yet"),
    }
    start: Action = lambda s, w: start_service(s, w, service="1", order=order)  # noqa: E731 - one of a row
    for number, act in enumerate([start, *(actions.get(deed) for deed in deeds)]):
        session = desk.session(seated.session)
        assert session is not None
        sign_it = station.coder.signing(session, desk.head)
        desk.touch(session.id, act or sign_it, pressed(at_us + (5 + 40 * number) * MINUTE_US))
    session = desk.session(seated.session)
    assert session is not None
    return session


def _evening(scene: Scene) -> None:
    """Sign what can be, hold one, and leave one without a stop, one to review and one in its chair."""
    ward, station = scene.ward, scene.window.station
    free = ward.desk.suite.occupant("11")
    if free is not None:
        ward.do(free, end_session)
    _earlier(scene)
    for chair in SIGNED:
        sign(ward, station, chair, payer=chair in "135")
    held = ward.in_chair("7")
    ward.do(ward.do(held, end_session), partial(hold_session, reason="the order is for another day"))


def _day(scene: Scene) -> ExportPage:
    _evening(scene)
    page = _shown(scene)
    page.card.folder.set_text(OUT)
    return page


def _shown(scene: Scene) -> ExportPage:
    scene.window.show_page("export")
    settle()
    return scene.window.export


def _send(scene: Scene, page: ExportPage, *names: str) -> None:
    """Send so many sessions as a batch, and wait until it is over."""
    folder = Path(scene.ward.billing.folder) / "out"
    folder.mkdir(exist_ok=True)
    page.card.folder.set_text(str(folder))
    for name in names:
        page.card.formats.tiles[name].setChecked(True)
    page.card.send()
    while scene.window.dispatch.is_under_way:
        QApplication.processEvents()
    while page.sent_card.is_looking:
        QApplication.processEvents()
    settle()


def _sent(scene: Scene) -> ExportPage:
    """Send all but two sessions, then one more, and change a file of the first batch."""
    page = _day(scene)
    for name in page.day_card.chosen[2:4]:
        page.day_card.toggle(name)
    _send(scene, page, "csv")
    for name in page.day_card.chosen[1:]:
        page.day_card.toggle(name)
    page.day_card.all.click()
    page.day_card.toggle(page.day_card.chosen[0])
    _send(scene, page, "csv", "xlsx", "fhir")
    (first, *_) = sorted((Path(scene.ward.billing.folder) / "out").iterdir())
    (first / "lines.csv").write_text("changed", encoding="utf-8")
    page.sent_card.look(first.name)
    while page.sent_card.is_looking:
        QApplication.processEvents()
    return page


def _locked(scene: Scene) -> ExportPage:
    ward = scene.ward
    page = _day(scene)
    for chair in ("12", "8"):
        session = ward.desk.suite.occupant(chair)
        if session is not None:
            ward.do(session, end_session)
    day = local_date(ward.clock.now().wall_us, NEW_YORK)
    decide = partial(lock_day, day=day, zone=NEW_YORK, by="LT", is_confirmed=True)
    assert isinstance(ward.desk.touch_day(day, decide), Saved)
    page.refresh(scene.window.station.now_us())
    return page


def _foot(page: ExportPage) -> None:
    settle()
    bar = page.findChildren(Scroll)[0].verticalScrollBar()
    bar.setValue(bar.maximum())


def _middle(page: ExportPage) -> None:
    settle()
    bar = page.findChildren(Scroll)[0].verticalScrollBar()
    bar.setValue(bar.maximum() // 2)


def _to_leftovers(page: ExportPage) -> None:
    rows = page.day_card.list
    rows.scrollToBottom()
    rows.setFocus()
    rows.stand_on(rows.model().keys()[-1])  # type: ignore[attr-defined]  # its own model


def _searched(scene: Scene) -> None:
    _day(scene).day_card.search.setText("held")


def _yesterday(scene: Scene) -> None:
    _day(scene).head.before.click()


def _lock(scene: Scene) -> None:
    ward = scene.ward
    page = _day(scene)
    for chair in ("12", "8"):
        session = ward.desk.suite.occupant(chair)
        if session is not None:
            ward.do(session, end_session)
    page.refresh(scene.window.station.now_us())
    page.head.lock.click()
    assert isinstance(scene.sheet, LockSheet)


def _lock_refused(scene: Scene) -> None:
    _lock(scene)
    scene.sheet.confirm(now=False)


def _unlock(scene: Scene) -> None:
    _locked(scene).head.lock.click()
    assert isinstance(scene.sheet, UnlockSheet)


def _hold(scene: Scene) -> None:
    page = _day(scene)
    page.day_card.list.stand_on(page.day_card.chosen[0])
    page.day_card.hold.click()


def _again(scene: Scene) -> None:
    """Open three sessions that were sent again, and sign two of them."""
    page = _day(scene)
    sent = page.day_card.chosen
    _send(scene, page, "csv")
    desk, station = scene.ward.desk, scene.window.station
    for session in [scene.ward.session(name) for name in sent[:2]]:
        desk.reopen(session.id, "the pump's log was read later")
        scene.ward.do(session, station.coder.signing(scene.ward.session(session.id), desk.head))
    desk.reopen(sent[2], "the pump's log was read later")
    _shown(scene)


def _does(name: str, act: Act, *, busy: bool = True) -> Still:
    return Still(f"day-{name}", act, busy=busy)


def _nothing_given(act: object) -> Act:
    def taken(scene: Scene) -> None:
        act(scene)  # type: ignore[operator]  # each takes a scene

    return taken


DAY_STILLS: tuple[Still, ...] = (
    _does("mid-morning", _nothing_given(_shown)),
    _does("end", _nothing_given(_day)),
    _does("end-middle", _nothing_given(lambda scene: _middle(_day(scene)))),
    _does("end-foot", _nothing_given(lambda scene: _foot(_day(scene)))),
    _does("leftovers", _nothing_given(lambda scene: _to_leftovers(_day(scene)))),
    _does("sent", _nothing_given(lambda scene: _foot(_sent(scene)))),
    _does("sent-top", _nothing_given(_sent)),
    _does("sent-again", _again),
    _does("locked", _nothing_given(_locked)),
    _does("yesterday", _yesterday),
    _does("searched", _searched),
    _does("empty", _nothing_given(_shown), busy=False),
    _does("lock", _lock),
    _does("lock-refused", _lock_refused),
    _does("lock-not-yet", _nothing_given(lambda scene: _day(scene).head.lock.click())),
    _does("unlock", _unlock),
    _does("hold", _hold),
    _does("which", _nothing_given(lambda scene: _day(scene).head.day.click())),
)
