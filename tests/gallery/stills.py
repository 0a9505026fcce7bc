"""Everything but the sheets: the board with its cards, the panel, the lock, the strip, the first page."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from desktop_app.core.decisions import pressed
from desktop_app.core.moments import HOUR_US, MINUTE_US
from desktop_app.ui import late
from desktop_app.ui.board.card_view import Deed
from desktop_app.ui.widgets.scroll import Scroll
from tests.gallery.scene import Act, Scene, Still, settle

_DENSE = (("density", "dense"),)


def _at(chair: str) -> Still:
    return Still(f"panel-chair-{chair}", lambda scene: scene.choose(chair))


def _history(scene: Scene) -> None:
    scene.choose("1")
    scene.window.board.panel.parts.more.click()
    _to_foot(scene)


def _panel_foot(scene: Scene) -> None:
    scene.choose("1")
    _to_foot(scene)


def _to_foot(scene: Scene) -> None:
    settle()
    bar = scene.window.board.panel.findChildren(Scroll)[0].verticalScrollBar()
    bar.setValue(bar.maximum())


def _plan_end(scene: Scene) -> None:
    scene.choose("1")
    scene.window.board.panel.parts.choice.chip("plan").click()


def _revealed(scene: Scene) -> None:
    scene.choose("1")
    scene.window.board.panel.reveal.click()


def _marked(*chairs: str) -> Act:
    def act(scene: Scene) -> None:
        for chair in chairs:
            scene.ward.desk.mark(pressed(scene.ward.clock.now().wall_us), chair=chair)
            scene.ward.clock.advance(1)
        scene.window.refresh()

    return act


def _stopped(scene: Scene) -> None:
    scene.ask(Deed.STOP, "5")


def _refused(scene: Scene) -> None:
    scene.window.touches.refused.emit("the session in chair 6 has ended")


def _fault(scene: Scene) -> None:
    scene.window.unforeseen.tell("the report of a fault")


def _not_saved(scene: Scene) -> None:
    scene.ward.journal.is_full = True
    scene.ask(Deed.STOP, "5")
    scene.ask(Deed.STOP, "4")


def _clock_moved(scene: Scene) -> None:
    scene.window.refresh()
    scene.ward.clock.shift_wall(-HOUR_US)
    scene.window.refresh()


def _clock_paused(scene: Scene) -> None:
    scene.window.refresh()
    scene.ward.clock.shift_wall(20 * MINUTE_US)
    scene.window.refresh()


def _clocks(scene: Scene) -> None:
    _clock_moved(scene)
    scene.window.clock_keeper.show_all()


def _clock_history(scene: Scene) -> None:
    _clock_moved(scene)
    _history(scene)


def _saved_late(scene: Scene) -> None:
    _not_saved(scene)
    scene.ward.journal.is_full = False
    scene.window.touches.retry()


def _locked(scene: Scene) -> None:
    scene.window.locking.lock()


def _stamped_locked(scene: Scene) -> None:
    scene.window.locking.lock()
    scene.window.locking.screen.tiles["4"].click()


def _strip(scene: Scene) -> QWidget:
    scene.window.beside.toggle_strip()
    return scene.window.beside.strip


def _tray(scene: Scene) -> QWidget:
    scene.window.beside.open_tray()
    tray = scene.window.beside.leaving.tray
    assert tray is not None
    menu = tray.icon.contextMenu()
    menu.ensurePolished()
    menu.adjustSize()
    return menu


def _hour(scene: Scene) -> None:
    day = scene.window.board.bar.day
    day.setFocus()
    QTest.keyClick(day, Qt.Key.Key_Right)


def _keys(scene: Scene) -> None:
    late.show_keys(scene.window.station)


def _card_button_focused(scene: Scene) -> None:
    scene.choose("4")
    card = scene.window.board.grid.card("4")
    assert card is not None
    card.enter()


def _settings(percent: int) -> Act:
    """Show the settings, so far down."""

    def act(scene: Scene) -> None:
        scene.window.show_page("settings")
        settle()
        bar = scene.window.settings.findChildren(Scroll)[0].verticalScrollBar()
        bar.setValue(bar.maximum() * percent // 100)

    return act


def _kept_open(scene: Scene) -> None:
    scene.ask(Deed.KEEP_OPEN, "1")


def _strip_unsaved(scene: Scene) -> QWidget:
    strip = _strip(scene)
    _not_saved(scene)
    return strip


def _welcome_faults(scene: Scene) -> None:
    page = scene.window.welcome
    page.chairs.set_text("70")
    page.zone.set_text("Nowhere")
    page.go.click()


_NEW = (("suite-name", ""), ("cpt-licence", "no"))

STILLS: tuple[Still, ...] = (
    Still("board", lambda scene: scene.choose("1")),
    Still("board-dense", lambda scene: scene.choose("1"), settings=_DENSE),
    Still("board-empty", busy=False),
    Still("board-1-chair", chairs=1),
    Still("board-3-chairs", chairs=3),
    Still("board-40", chairs=40),
    Still("board-40-dense", chairs=40, settings=_DENSE),
    Still("board-60", chairs=60),
    Still("board-60-dense", lambda scene: scene.choose("58"), chairs=60, settings=_DENSE),
    Still("board-no-names", settings=(("card-names", "none"),)),
    Still("board-button-focused", _card_button_focused),
    *(_at(str(chair)) for chair in (2, 3, 4, 6, 7, 8, 9, 10, 11, 12)),
    Still("panel-history", _history),
    Still("panel-foot", _panel_foot),
    Still("panel-plan-end", _plan_end),
    Still("panel-revealed", _revealed),
    Still("marks-two", _marked("6", "")),
    Still("marks-five", _marked("6", "", "1", "2", "")),
    Still("board-kept-open", _kept_open),
    Still("board-kept-open-dense", _kept_open, settings=_DENSE),
    Still("settings-head", _settings(0)),
    Still("settings-middle", _settings(50)),
    Still("settings-foot", _settings(100)),
    Still("news-saved", _stopped),
    Still("news-refused", _refused),
    Still("news-fault", _fault),
    Still("not-saved", _not_saved),
    Still("saved-late", _saved_late),
    Still("clock-moved", _clock_moved),
    Still("clock-paused", _clock_paused),
    Still("clock-history", _clock_history),
    Still("clock-sheet", _clocks),
    Still("lock", _locked),
    Still("lock-stamped", _stamped_locked),
    Still("lock-60", _locked, chairs=60),
    Still("lock-empty", _locked, busy=False),
    Still("strip", _strip),
    Still("strip-not-saved", _strip_unsaved),
    Still("strip-60", _strip, chairs=60),
    Still("strip-empty", _strip, busy=False),
    Still("tray", _tray),
    Still("day-hour-told", _hour),
    Still("keys", _keys),
    Still("welcome", busy=False, settings=_NEW),
    Still("welcome-faults", _welcome_faults, busy=False, settings=_NEW),
)
