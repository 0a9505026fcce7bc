"""The whole of a visit with the mouse alone (letters and numbers are typed), in a real window."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from desktop_app.core.session import Session, Stage
from desktop_app.core.stay import end_session, sign_session
from desktop_app.ui.sheets.seat import SeatSheet
from desktop_app.ui.sheets.start_sheet import StartSheet
from desktop_app.ui.window import MainWindow
from tests.exchange.signed import line
from tests.ui.conftest import Ward
from tests.ui.hands import Mouse, sheet
from tests.ui.stand_ins import Sent


def test_a_visit_from_an_empty_chair_to_the_export(
    ward: Ward, window: MainWindow, mouse: Mouse, qtbot: QtBot, tmp_path: Path
) -> None:
    card = window.board.grid.cards[4]
    mouse.click(card)
    seating = sheet(window)
    assert isinstance(seating, SeatSheet)
    seating.mrn.set_text("0007712")
    mouse.click(seating.seat)
    starting = sheet(window)
    assert isinstance(starting, StartSheet)
    starting.search.setText("vanc")
    mouse.click(starting.go)
    assert mouse.touches == 3
    ward.clock.advance(95)
    window.refresh()
    mouse.click(card.buttons[0])
    session = ward.in_chair("5")
    assert not session.open_services
    mouse.click(card.buttons[1])
    assert ward.session(session.id).stage is Stage.ENDED
    mouse.click(card.buttons[0])
    assert window.page == "review"
    mouse.click(window.review.sign_button)
    signed = ward.session(session.id)
    assert signed.stage is Stage.SIGNED
    ward.billing.signed = [signed]
    export_by_mouse(window, mouse, qtbot, tmp_path)
    (batch,) = tmp_path.glob("chairtime-*")
    assert window.export.result.text() == f"Sent 1 session with 2 lines. The files are in {batch}."
    assert (batch / "lines.csv").exists()


def test_undo_is_one_click_on_the_news(ward: Ward, window: MainWindow, mouse: Mouse) -> None:
    session = ward.start(ward.seat("1"))
    window.refresh()
    mouse.click(window.board.grid.cards[0].buttons[0])
    assert window.toast.text == "Chair 1 · Vancomycin stopped at 09:00:00 · saved"
    mouse.click(window.toast.undo_button)
    assert ward.session(session.id).open_services


def test_a_click_shows_the_session_beside_the_board(ward: Ward, window: MainWindow, mouse: Mouse) -> None:
    ward.start(ward.seat("7", initials="KN"))
    window.refresh()
    mouse.click(window.board.grid.cards[6])
    assert window.board.panel.title.text() == "Chair 7 · K. N."
    assert window.board.panel.under.text() == "MRN ••4821 · seated 09:00 by AK"
    mouse.click(window.board.panel.reveal)
    assert window.board.panel.under.text() == "MRN 0004821 · seated 09:00 by AK"


def test_a_refused_touch_is_said_in_one_sentence_and_nothing_is_stored(
    ward: Ward, window: MainWindow, mouse: Mouse
) -> None:
    stored = len(ward.journal.kinds)
    mouse.click(window.board.grid.cards[0])
    seating = sheet(window)
    assert isinstance(seating, SeatSheet)
    mouse.click(seating.seat)
    assert seating.problem == "A patient needs an MRN or initials."
    assert len(ward.journal.kinds) == stored


def test_an_export_that_fails_says_what_the_fault_says(
    ward: Ward, window: MainWindow, mouse: Mouse, qtbot: QtBot, tmp_path: Path
) -> None:
    ward.billing.signed = [_signed(ward)]
    gone = tmp_path / "no" / "drive"
    export_by_mouse(window, mouse, qtbot, gone)
    assert window.export.result.text() == (
        f"The folder {gone} is not there; nothing was sent: connect its drive, or choose another folder."
    )
    assert window.export.result.property("tone") == "alert"
    assert len(window.export.day_card.chosen) == 1


def test_a_batch_that_is_written_and_not_recorded_is_not_said_to_be_nothing(
    ward: Ward, window: MainWindow, mouse: Mouse, qtbot: QtBot, tmp_path: Path
) -> None:
    ward.billing.signed = [_signed(ward)]
    ward.journal.unstorable = "batch-sent"
    export_by_mouse(window, mouse, qtbot, tmp_path)
    (batch,) = tmp_path.glob("chairtime-*")
    assert window.export.result.text() == (
        f"Batch {batch.name} is written in {tmp_path}, but that it was sent is not recorded yet; "
        "it will be at the next start. Do not delete it."
    )
    assert window.export.result.property("tone") == "alert"
    assert not window.export.day_card.chosen


def export_by_mouse(window: MainWindow, mouse: Mouse, qtbot: QtBot, folder: Path) -> None:
    """Go to the page, name a folder, press the button, and wait until the batch is over."""
    mouse.click(window.rail.button("export"))
    window.export.folder.set_text(str(folder))
    mouse.click(window.export.go)
    qtbot.waitUntil(lambda: not window.dispatch.is_under_way)


def test_what_was_done_to_a_batch_is_told_beside_its_folder(
    ward: Ward, window: MainWindow, mouse: Mouse
) -> None:
    ward.billing.batches = [Sent("A", 0, 1, 1, "/out", note="the folder was taken away")]
    mouse.click(window.rail.button("export"))
    row = window.export.sent_card.list.current
    assert row is not None
    assert "the folder was taken away" in row.cells[3].text
    assert row.tip == "/out\nthe folder was taken away"


def _signed(ward: Ward) -> Session:
    """Seat, end and sign a patient with one line."""
    ended = ward.do(ward.seat("1"), end_session)
    lines = (line("a.1.01"),)
    return ward.do(
        ended, lambda s, w: sign_session(s, w, rulebook="2026.1", profile="standard", head="0", lines=lines)
    )


def test_an_export_of_nothing_says_so(window: MainWindow, mouse: Mouse, tmp_path: Path) -> None:
    mouse.click(window.rail.button("export"))
    window.export.folder.set_text(str(tmp_path))
    window.export.export()
    assert window.export.result.text() == "Nothing is ticked."


def test_the_chosen_chair_stays_chosen_when_its_last_button_goes_dead(
    ward: Ward, window: MainWindow, mouse: Mouse
) -> None:
    ward.seat("2")
    window.refresh()
    mouse.click(window.board.grid.cards[1])
    mouse.click(window.board.panel.end)
    assert not window.board.panel.end.isEnabled()
    assert window.board.chair == "2"
