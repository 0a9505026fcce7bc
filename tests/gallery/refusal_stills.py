"""The clock once the true time was told, and what is refused: a touch for the role, a setting, a form."""

from __future__ import annotations

from desktop_app.core.clocks import telling_true_time
from desktop_app.core.desk import Saved
from desktop_app.core.moments import MINUTE_US, SECOND_US
from desktop_app.ui import late
from desktop_app.ui.board.card_view import Deed
from tests.gallery.people_stills import staffed
from tests.gallery.scene import Scene, Still, settle
from tests.ui.billing_day import sign

SLOW_US = 4 * MINUTE_US + 56 * SECOND_US


def _true_time(scene: Scene) -> None:
    desk, reading = scene.ward.desk, scene.ward.clock.now()
    told = telling_true_time(
        desk.now(), reading, reading.wall_us + SLOW_US, known="radio clock on the wall", by="BN"
    )
    assert isinstance(desk.take(told), Saved)
    scene.window.refresh()
    scene.choose("1")


def _clock_sheet(scene: Scene) -> None:
    _true_time(scene)
    scene.window.clock_keeper.show_all()


def _clock_sheet_of_a_nurse(scene: Scene) -> None:
    staffed(scene)
    scene.ward.desk.actor = "MB"
    scene.window.clock_keeper.show_all()


def _stop_of_a_biller(scene: Scene) -> None:
    staffed(scene)
    scene.choose("1")
    scene.ward.desk.actor = "TS"
    late.perform(scene.window.station, Deed.STOP, "1", scene.window.station.stamp())
    scene.window.refresh()


def _undo_asked(scene: Scene) -> None:
    scene.choose("2")
    scene.window.toast.hide()
    scene.window.undo()
    settle()


def _setting(scene: Scene) -> None:
    scene.window.show_page("settings", "chairs")
    settle()
    entry = scene.window.settings.entries["chairs"]
    entry.field.set_text("900")
    entry.field.edit.editingFinished.emit()
    settle()


def _signed(scene: Scene) -> None:
    session = sign(scene.ward, scene.window.station, "1")
    scene.window.show_page("review", session.id)
    scene.window.toast.say_saved("Chair 1 · session signed", can_undo=False)
    settle()


REFUSAL_STILLS: tuple[Still, ...] = (
    Still("true-time-told", _true_time),
    Still("true-time-sheet", _clock_sheet),
    Still("true-time-sheet-of-a-nurse", _clock_sheet_of_a_nurse),
    Still("refused-stop-of-a-biller", _stop_of_a_biller),
    Still("undo-asked", _undo_asked),
    Still("refused-setting", _setting),
    Still("review-news", _signed),
)
