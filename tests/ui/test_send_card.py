"""The card that sends: formats together, what each lacks, the batch in slices, and what became of it."""

from __future__ import annotations

import csv
import errno
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QElapsedTimer, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.core import events as e
from desktop_app.core.corrections import correct_moment, void_service
from desktop_app.core.decisions import Decision, When
from desktop_app.core.moments import SECOND_US, HowKnown
from desktop_app.core.registration import register_patient
from desktop_app.core.session import Session
from desktop_app.exchange.place import GrowingFile
from desktop_app.ui import words
from desktop_app.ui.beside.quitting import SendingSheet
from desktop_app.ui.export import stepping
from desktop_app.ui.export.dispatch import CANCELLED
from desktop_app.ui.export.ports import Progress
from desktop_app.ui.export.send_card import SendCard
from desktop_app.ui.settings.in_effect import measure_anew
from desktop_app.ui.sheets.send_again import SendAgainSheet
from desktop_app.ui.window import MainWindow
from tests.ui.billing_day import practise, sign
from tests.ui.conftest import Ward
from tests.ui.hands import Mouse, Typist, focused, sheet_of


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "billing"
    folder.mkdir()
    return folder


def ready(ward: Ward, window: MainWindow, count: int = 2, *, payer: bool = False) -> list[Session]:
    """Seat, treat and sign so many patients, one chair after the other."""
    for at in range(count):
        ward.start(ward.seat(str(at % 12 + 1), f"{4000 + at:07}"))
        ward.clock.advance(30)
        sign(ward, window.station, str(at % 12 + 1), payer=payer)
    return ward.billing.signed


def card_of(window: MainWindow, out: Path, *formats: str) -> SendCard:
    """Show the page, choose these formats and no others, and name a folder."""
    window.show_page("export")
    card = window.export.card
    for name, tile in card.formats.tiles.items():
        tile.setChecked(name in formats)
    card.folder.set_text(str(out))
    return card


def over(qtbot: QtBot, window: MainWindow) -> str:
    """Wait until the batch is over, and return what is said of it."""
    qtbot.waitUntil(lambda: not window.dispatch.is_under_way, timeout=20_000)
    return window.export.result.text()


def lacks(qtbot: QtBot, card: SendCard) -> list[str]:
    """Wait until the sessions were looked at, and return what is said of the formats."""
    qtbot.waitUntil(lambda: not card.is_looking)
    QApplication.processEvents()
    return [line.lack.text for line in card.formats.lines]


def batch_in(out: Path) -> Path:
    (batch,) = out.iterdir()
    return batch


def test_formats_that_are_chosen_together_are_one_batch(
    ward: Ward, window: MainWindow, mouse: Mouse, qtbot: QtBot, out: Path
) -> None:
    ready(ward, window)
    card = card_of(window, out, "csv")
    mouse.click(card.formats.tiles["xlsx"])
    mouse.click(card.formats.tiles["hl7"])
    mouse.click(card.go)
    assert over(qtbot, window).startswith("Sent 2 sessions with 4 lines.")
    names = {path.name for path in batch_in(out).iterdir()}
    assert names == {"lines.csv", "lines.xlsx", "charges.hl7", "manifest.json"}


def test_the_formats_of_last_time_are_chosen_again(ward: Ward, window: MainWindow, out: Path) -> None:
    ready(ward, window)
    card_of(window, out, "xlsx", "fhir")
    window.theme.choose(text_percent=110)
    measure_anew(window)  # the page is made anew, as by another text size
    window.show_page("export")
    assert window.export.card.formats.chosen == ("xlsx", "fhir")


def test_every_format_says_what_it_is_in_a_sentence(window: MainWindow, ward: Ward) -> None:
    window.show_page("export")
    tiles = window.export.card.formats.tiles.values()
    assert len(tiles) == len(ward.billing.sends.offers())
    assert [tile.offer.name for tile in tiles if not tile.offer.about.endswith(".")] == []


def test_what_the_practice_has_not_said_leads_to_where_it_is_said(
    ward: Ward, window: MainWindow, mouse: Mouse, typist: Typist, qtbot: QtBot, out: Path
) -> None:
    ready(ward, window, payer=True)
    card = card_of(window, out, "x12")
    (told,) = lacks(qtbot, card)
    assert told.startswith("Still missing: NPI, tax number, ")
    assert told.endswith(" and your charges.")
    (line,) = card.formats.lines
    assert line.go is not None
    mouse.click(line.go)
    assert window.page == "settings"
    assert focused() is window.settings.entries["practice-npi"].field.edit
    QApplication.processEvents()
    assert focused().visibleRegion().boundingRect().height() == focused().height()
    practise(ward)
    ward.settings.values["practice-npi"] = ""
    typist.enter("1234567893")
    window.show_page("export")
    assert lacks(qtbot, window.export.card) == []


def test_what_a_session_lacks_leads_to_the_session(
    ward: Ward, window: MainWindow, mouse: Mouse, qtbot: QtBot, out: Path
) -> None:
    practise(ward)
    ready(ward, window, payer=True)
    ward.settings.values["hl7-facility"] = ""
    ward.start(ward.seat("3", "0009999"))
    ward.clock.advance(30)
    alone = sign(ward, window.station, "3")
    card = card_of(window, out, "csv", "x12")
    assert lacks(qtbot, card) == [
        "1 of 3 sessions not in it: R. M. · ••9999 in chair 3 has no payer, so there is no claim to send."
    ]
    (line,) = card.formats.lines
    assert line.go is not None
    mouse.click(line.go)
    assert window.page == "review"
    shown = window.review.current()
    assert shown is not None
    assert shown.id == alone.id


def test_those_that_lack_something_are_unticked_at_once_and_the_others_go_out(
    ward: Ward, window: MainWindow, mouse: Mouse, qtbot: QtBot, out: Path
) -> None:
    practise(ward)
    ready(ward, window, payer=True)
    nameless = window.station.desk.session(ward.billing.signed[1].id)
    assert nameless is not None
    known = replace(nameless.registration, member_id="")
    ward.do(nameless, lambda s, w: register_patient(s, w, registration=known))
    card = card_of(window, out, "csv", "x12")
    assert lacks(qtbot, card) == [
        "1 of 2 sessions: R. M. · ••4001 in chair 2 cannot be claimed yet: member id is missing."
    ]
    (line,) = card.formats.lines
    assert line.leave_out is not None
    mouse.click(line.leave_out)
    assert lacks(qtbot, card) == []
    assert card.go.text() == "Export 1 session"
    mouse.click(card.go)
    assert over(qtbot, window).startswith("Sent 1 session")


def test_a_session_that_no_format_takes_is_told_before_it_keeps_all_back(
    ward: Ward, window: MainWindow, qtbot: QtBot, out: Path
) -> None:
    practise(ward)
    ready(ward, window, 1)
    card = card_of(window, out, "x12")
    (told,) = lacks(qtbot, card)
    assert told.startswith(
        "1 session goes out in none of the formats: R. M. · ••4000 in chair 1 has no payer"
    )
    card.send()
    assert over(qtbot, window).endswith("has no payer, so there is no claim to send; nothing was sent.")
    assert list(out.iterdir()) == []


def test_the_board_goes_on_while_a_batch_is_written(
    ward: Ward, window: MainWindow, qtbot: QtBot, out: Path
) -> None:
    ready(ward, window, 60)
    card = card_of(window, out, "csv", "xlsx", "hl7")
    ticks, parts = [0], [0]
    timer = QTimer(window)
    timer.timeout.connect(lambda: ticks.__setitem__(0, ticks[0] + 1))
    timer.start(0)
    window.dispatch.changed.connect(lambda: parts.append(window.dispatch.progress.thousandths))
    card.send()
    assert card.progress.isVisible()
    assert not card.go.isVisible()
    assert over(qtbot, window).startswith("Sent 60 sessions")
    assert ticks[0] > 10
    assert parts == sorted(parts)
    assert len(set(parts)) > 5
    assert parts[-1] > 500
    assert card.go.isVisible()


def half_written(window: MainWindow, card: SendCard, steps: int = 3) -> None:
    """Begin a batch and stop between two of its steps, as when a person presses a key there."""
    card.send()
    inside = window.dispatch._stepping  # noqa: SLF001 - the steps of a small batch are over in one slice
    inside._timer.stop()  # noqa: SLF001 - as above
    for _ in range(steps):
        window.dispatch._moved(inside._timed())  # noqa: SLF001 - as above


def go_on(window: MainWindow) -> None:
    window.dispatch._stepping._timer.start()  # noqa: SLF001 - as above


def test_cancel_leaves_nothing_behind_and_the_ticks_as_they_were(
    ward: Ward, window: MainWindow, typist: Typist, qtbot: QtBot, out: Path
) -> None:
    names = [session.id for session in ready(ward, window, 4)]
    card = card_of(window, out, "csv", "xlsx")
    window.export.day_card.toggle(names[3])
    card.go.setFocus()
    half_written(window, card)
    assert len(list(out.iterdir())) == 1
    assert card.progress.told.text() == "All 3 written, now closed"
    assert focused() is card.progress.cancel
    typist.press(Qt.Key.Key_Space)
    assert window.export.result.text() == CANCELLED
    assert list(out.iterdir()) == []
    assert window.export.day_card.chosen == tuple(names[:3])
    assert focused() is card.go
    assert ward.journal.load(e.EXPORT_STREAM) == ()
    typist.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert over(qtbot, window).startswith("Sent 3 sessions")


def test_a_batch_goes_on_whatever_page_is_shown_and_says_there_what_became_of_it(
    ward: Ward, window: MainWindow, qtbot: QtBot, out: Path
) -> None:
    ready(ward, window)
    half_written(window, card_of(window, out, "csv"))
    window.show_page("board")
    go_on(window)
    assert over(qtbot, window).startswith("Sent 2 sessions with 4 lines.")
    assert window.toast.text.startswith("Sent 2 sessions with 4 lines.")


def test_another_text_size_in_the_middle_makes_a_page_that_shows_the_same_batch(
    ward: Ward, window: MainWindow, qtbot: QtBot, out: Path
) -> None:
    ready(ward, window)
    half_written(window, card_of(window, out, "csv"), 2)
    ward.settings.values["text-size"] = "125"
    window.take_setting("text-size")
    window.show_page("export")
    assert window.export.card.progress.isVisible()
    assert window.export.card.progress.told.text() == "All 2 written, now closed"
    go_on(window)
    assert over(qtbot, window).startswith("Sent 2 sessions")
    assert not window.export.day_card.chosen


def test_a_batch_goes_on_while_the_window_is_locked_and_nothing_of_it_is_told_there(
    ward: Ward, window: MainWindow, qtbot: QtBot, out: Path
) -> None:
    ready(ward, window)
    half_written(window, card_of(window, out, "csv"))
    window.locking.lock()
    go_on(window)
    qtbot.waitUntil(lambda: not window.dispatch.is_under_way)
    assert not window.toast.isVisible()
    window.locking.unlock()
    assert window.export.result.text().startswith("Sent 2 sessions")
    assert batch_in(out).name == "chairtime-2026-03-02-A"


def test_quitting_in_the_middle_asks_and_gives_the_batch_up_whole(
    ward: Ward, window: MainWindow, mouse: Mouse, out: Path
) -> None:
    ready(ward, window)
    half_written(window, card_of(window, out, "csv"))
    window.beside.leaving.ask_to_quit()
    asking = sheet_of(window, SendingSheet)
    assert focused() is asking.stay
    mouse.click(asking.stay)
    assert len(list(out.iterdir())) == 1
    window.beside.leaving.ask_to_quit()
    mouse.click(sheet_of(window, SendingSheet).quit)
    assert not window.dispatch.is_under_way
    assert list(out.iterdir()) == []
    assert window.beside.leaving.is_quitting


def _full(*_: object) -> int:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_disk_that_is_full_in_the_middle_is_one_sentence_and_the_ticks_are_kept(
    ward: Ward, window: MainWindow, qtbot: QtBot, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [session.id for session in ready(ward, window, 3)]
    card = card_of(window, out, "csv")
    window.export.day_card.toggle(names[0])
    half_written(window, card, 1)
    with monkeypatch.context() as disk:
        disk.setattr(GrowingFile, "write", _full)
        go_on(window)
        told = over(qtbot, window)
    assert told == (
        f"The disk of {out} is full; nothing was sent: make room there, or choose another folder."
    )
    assert window.export.result.property("tone") == "alert"
    assert list(out.iterdir()) == []
    assert window.export.day_card.chosen == tuple(names[1:])
    card.send()
    assert over(qtbot, window).startswith("Sent 2 sessions")


@pytest.mark.parametrize("whole", [True, False], ids=["the folder", "what is written"])
def test_what_is_taken_away_in_the_middle_is_one_sentence(
    ward: Ward, window: MainWindow, qtbot: QtBot, out: Path, *, whole: bool
) -> None:
    ready(ward, window)
    half_written(window, card_of(window, out, "csv"), 1)
    shutil.rmtree(out if whole else next(out.iterdir()))
    go_on(window)
    told = over(qtbot, window)
    if whole:
        assert told.startswith(f"The folder {out} is not there; nothing was sent: connect its drive")
    else:
        assert told.startswith(f"What was being written in {out} was taken away; nothing was sent: try")
    assert len(window.export.day_card.chosen) == 2


def test_a_journal_that_takes_nothing_leaves_no_batch_and_says_so(
    ward: Ward, window: MainWindow, qtbot: QtBot, out: Path
) -> None:
    ready(ward, window)
    card = card_of(window, out, "csv")
    ward.journal.is_full = True
    card.send()
    assert over(qtbot, window) == "the disk is full. Nothing was sent."
    assert list(out.iterdir()) == []


def test_a_fault_that_nobody_foresaw_is_told_and_ends_the_batch(
    ward: Ward, window: MainWindow, qtbot: QtBot, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready(ward, window)
    card = card_of(window, out, "csv")
    half_written(window, card, 1)
    with qtbot.capture_exceptions() as faults, monkeypatch.context() as program:
        program.setattr(GrowingFile, "write", _broken)
        go_on(window)
        told = over(qtbot, window)
    assert [fault[0] for fault in faults] == [KeyError]
    assert told.startswith("Something failed in it (KeyError). Whether it went out is told under Sent before")
    assert card.go.isVisible()
    assert list(out.iterdir()) == []
    card.send()
    assert over(qtbot, window).startswith("Sent 2 sessions")


def _broken(*_: object) -> int:
    raise KeyError("code")


def test_a_folder_that_answers_slowly_is_told_while_it_goes_on(
    ward: Ward, window: MainWindow, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stepping, "SLOW_MS", 2)
    ready(ward, window)
    card = card_of(window, out, "csv")
    half_written(window, card, 0)
    window.dispatch._stepping._steps = _slow()  # type: ignore[assignment]  # noqa: SLF001 - a folder that waits
    window.dispatch._moved(window.dispatch._stepping._timed())  # noqa: SLF001 - as above
    assert card.progress.note.isVisible()
    assert card.progress.note.text().startswith("The folder answers slowly.")


def _slow() -> Iterator[Progress]:
    passed = QElapsedTimer()
    passed.start()
    while not passed.hasExpired(5):
        QApplication.processEvents()
    yield Progress(1, "1 of 2 sessions written")


def started_later(session: Session, when: When) -> Decision:
    """Correct the start of the first service by a second."""
    start = session.services[0].start
    assert start is not None
    return correct_moment(
        session,
        when,
        service="1",
        what="start",
        to_us=start.at_us + SECOND_US,
        how=HowKnown.PUMP,
        reason="pump log",
    )


def reopened(ward: Ward, window: MainWindow, session: Session) -> Session:
    ward.desk.reopen(session.id, "the pump log says so", window.station.stamp())
    return ward.session(session.id)


def test_the_button_says_what_is_corrected_and_what_is_taken_back(
    ward: Ward, window: MainWindow, qtbot: QtBot, out: Path
) -> None:
    one, two = ready(ward, window)
    card = card_of(window, out, "csv")
    assert card.go.text() == "Export 2 sessions"
    card.send()
    assert over(qtbot, window).startswith("Sent 2 sessions")
    ward.do(reopened(ward, window, one), started_later)
    ward.do(reopened(ward, window, two), partial(void_service, service="1", reason="another patient's"))
    sign(ward, window.station, "1")
    sign(ward, window.station, "2")
    window.refresh()
    assert window.export.card.go.text() == "Export 2 sessions, 1 corrected, 1 taken back"


def test_a_batch_is_sent_again_only_when_asked_and_the_file_says_so(
    ward: Ward, window: MainWindow, mouse: Mouse, qtbot: QtBot, out: Path
) -> None:
    ready(ward, window)
    card = card_of(window, out, "csv")
    card.send()
    over(qtbot, window)
    (batch,) = window.station.billing.sent_batches()
    card.send_again(batch)
    asking = sheet_of(window, SendAgainSheet)
    assert focused() is asking.back
    assert asking.told.text().replace("\u200b", "") == f"2 sessions with 4 lines as CSV to {out}."
    mouse.click(asking.go)
    over(qtbot, window)
    first, second = sorted(out.iterdir())
    assert {row["sent_before"] for row in _rows(first)} == {""}
    assert {row["sent_before"] for row in _rows(second)} == {"yes"}


def _rows(batch: Path) -> list[dict[str, str]]:
    with (batch / "lines.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_who_is_open_again_is_named_before_the_others_go_out_once_more(
    ward: Ward, window: MainWindow, qtbot: QtBot, out: Path
) -> None:
    first, _ = ready(ward, window)
    card = card_of(window, out, "csv")
    card.send()
    over(qtbot, window)
    (batch,) = window.station.billing.sent_batches()
    window.station.desk.reopen(first.id, "the pump says more")
    card.send_again(batch)
    told = sheet_of(window, SendAgainSheet).told.text().replace("\u200b", "")
    assert told == (
        f"1 session with 2 lines as CSV to {out}. Not with them: {words.who(first)} is open again "
        "and goes out once it is signed."
    )


def test_without_a_format_or_a_folder_nothing_begins(
    ward: Ward, window: MainWindow, typist: Typist, out: Path
) -> None:
    ready(ward, window)
    card = card_of(window, out)
    assert not card.go.isEnabled()
    typist.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert window.export.result.text() == "Choose a format first."
    card.formats.tiles["csv"].setChecked(True)
    card.folder.set_text("")
    card.send()
    assert window.export.result.text() == "Choose a folder first."
    assert not window.dispatch.is_under_way


def test_what_is_in_the_way_is_scrolled_to_where_the_window_is_low(
    ward: Ward, window: MainWindow, typist: Typist, out: Path, qtbot: QtBot
) -> None:
    window.resize(1280, 720)
    ready(ward, window)
    card = card_of(window, out, "csv", "x12")
    card.folder.set_text("")
    qtbot.waitUntil(lambda: not card.is_looking)
    typist.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert card.folder.edit.hasFocus()
    qtbot.waitUntil(lambda: not card.outcome.visibleRegion().isEmpty())
    assert card.outcome.visibleRegion().boundingRect() == card.outcome.rect()


def tab_to(found: Callable[[], bool]) -> None:
    """Go on with Tab until something has the keyboard."""
    for _ in range(80):
        if found():
            return
        QTest.keyClick(focused(), Qt.Key.Key_Tab)
    pytest.fail("Tab does not lead there")


def test_the_keyboard_alone_chooses_formats_and_sends(
    ward: Ward, window: MainWindow, typist: Typist, qtbot: QtBot, out: Path
) -> None:
    ready(ward, window)
    typist.press(Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    card = window.export.card
    assert card.formats.chosen == ("csv",)
    for name in ("csv", "hl7"):
        tab_to(lambda name=name: focused() is card.formats.tiles[name])  # type: ignore[misc]
        typist.press(Qt.Key.Key_Space)
    tab_to(lambda: focused() is card.folder.edit)
    typist.type(str(out))
    tab_to(lambda: focused() is card.go)
    typist.press(Qt.Key.Key_Return)
    assert over(qtbot, window).startswith("Sent 2 sessions")
    assert {path.name for path in batch_in(out).iterdir()} == {"charges.hl7", "manifest.json"}
