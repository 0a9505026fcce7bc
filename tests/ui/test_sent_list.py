"""What was sent before: its numbers, whether its files still stand, its folder, and sending it again."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from pytestqt.qtbot import QtBot

from desktop_app.ui.export.sent_list import AGAIN, BY_ITSELF, OPEN, SentCard
from desktop_app.ui.settings.in_effect import measure_anew
from desktop_app.ui.sheets.send_again import SendAgainSheet
from desktop_app.ui.window import MainWindow
from tests.ui.conftest import Ward
from tests.ui.days import page_of, press, signed, view_at
from tests.ui.hands import Typist, sheet_of


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "billing"
    folder.mkdir()
    return folder


def sent(ward: Ward, window: MainWindow, qtbot: QtBot, out: Path, count: int = 1) -> SentCard:
    """Send so many batches of one session, and wait until their files were looked at."""
    for number in range(count):
        signed(ward, window, str(number + 1))
        page = page_of(window)
        page.card.folder.set_text(str(out))
        page.card.send()
        qtbot.waitUntil(lambda: not window.dispatch.is_under_way)
    card = page_of(window).sent_card
    looked(qtbot, card)
    return card


def looked(qtbot: QtBot, card: SentCard) -> None:
    qtbot.waitUntil(lambda: not card.is_looking)


def check_of(card: SentCard, at: int = 0) -> str:
    return view_at(card.list, at).cells[5].text


def test_a_batch_says_what_it_holds_when_and_by_whom_it_went_out(
    ward: Ward, window: MainWindow, qtbot: QtBot, out: Path
) -> None:
    card = sent(ward, window, qtbot, out)
    (batch,) = window.station.billing.sent_batches()
    cells = [cell.text for cell in view_at(card.list, 0).cells]
    shown = f"{batch.checksum[:4]} {batch.checksum[4:8]}"
    assert cells == [batch.name, "1", "2", "CSV", "Mon 2 Mar 10:00 · AK", f"{shown} · verified"]
    assert card._told.text() == batch.folder  # noqa: SLF001 - what is read


def test_a_file_that_was_changed_since_is_told_when_somebody_looks(
    ward: Ward, window: MainWindow, qtbot: QtBot, out: Path, typist: Typist
) -> None:
    card = sent(ward, window, qtbot, out)
    (batch,) = out.iterdir()
    (batch / "lines.csv").write_text("changed", encoding="utf-8")
    assert check_of(card).endswith("verified")
    card.list.setFocus()
    card.check.click()
    assert check_of(card).endswith("looking…")
    looked(qtbot, card)
    cell = view_at(card.list, 0).cells[5]
    assert (cell.text, cell.tone, cell.icon) == ("lines.csv is not as it was written", "alert", "alert")
    typist.press(Qt.Key.Key_Down)
    assert "lines.csv is not as it was written" in view_at(card.list, 0).spoken


def test_the_newest_are_looked_at_by_themselves_and_the_others_when_asked(
    ward: Ward, window: MainWindow, qtbot: QtBot, out: Path
) -> None:
    card = sent(ward, window, qtbot, out, BY_ITSELF + 1)
    measure_anew(window)  # a page that has looked at nothing yet
    card = page_of(window).sent_card
    looked(qtbot, card)
    assert [check_of(card, at).endswith("verified") for at in range(BY_ITSELF + 1)] == [
        *[True] * BY_ITSELF,
        False,
    ]
    card.list.stand_on(view_at(card.list, BY_ITSELF).key)
    card.check.click()
    looked(qtbot, card)
    assert check_of(card, BY_ITSELF).endswith("verified")


def test_the_folder_is_opened_where_it_is_and_said_to_be_gone_where_it_is_not(
    ward: Ward, window: MainWindow, qtbot: QtBot, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = sent(ward, window, qtbot, out)
    (batch,) = out.iterdir()
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    press(card.list, batch.name, OPEN)
    assert opened == [QUrl.fromLocalFile(str(batch))]
    batch.rename(out / "elsewhere")
    card.open.click()
    assert window.toast.text == f"Not done. The folder {batch} is not there."
    assert len(opened) == 1


def test_a_batch_is_sent_again_as_the_card_beside_it_sends(
    ward: Ward, window: MainWindow, qtbot: QtBot, out: Path
) -> None:
    card = sent(ward, window, qtbot, out)
    (batch,) = window.station.billing.sent_batches()
    press(card.list, batch.name, AGAIN)
    sheet_of(window, SendAgainSheet).go.click()
    qtbot.waitUntil(lambda: not window.dispatch.is_under_way)
    looked(qtbot, card)
    assert [view_at(card.list, at).cells[3].text for at in range(2)] == ["CSV · sent again", "CSV"]


def test_where_nothing_was_sent_it_says_so(window: MainWindow) -> None:
    card = page_of(window).sent_card
    assert card._nobody.isVisible()  # noqa: SLF001 - what is read
    assert not card.list.isVisible()
    assert not card.again.isVisible()
