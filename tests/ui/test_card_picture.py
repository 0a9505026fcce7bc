"""A card that is put back from its picture looks as one drawn anew, and no changed one is put back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QApplication

from desktop_app.core.care import pause_service
from desktop_app.ui.board.card import Card
from desktop_app.ui.board.card_paint import CardPainter
from desktop_app.ui.board.card_view import CardState
from desktop_app.ui.theme import Scheme, Theme
from desktop_app.ui.widgets.icons import ICON_NAMES, draw_icon
from desktop_app.ui.widgets.letters import Letters
from desktop_app.ui.window import MainWindow
from tests.ui.conftest import Ward
from tests.ui.every_state import fill

TEN_S = 10_000_000


def seen(card: Card) -> QImage:
    """Return the card as it stands on the screen."""
    return card.grab().toImage()


def drawn_anew(card: Card) -> QImage:
    """Return it as it would look if nothing of it had been kept."""
    card.picture.drop()
    return seen(card)


@pytest.mark.parametrize("density", ["roomy", "dense"])
def test_every_card_put_back_a_while_later_looks_as_if_drawn_anew(
    ward: Ward, window: MainWindow, density: str
) -> None:
    fill(ward)
    ward.settings.set("density", density)
    window.refresh()
    QApplication.processEvents()
    before = [seen(card) for card in window.board.grid.cards]
    ward.clock.advance(us=TEN_S)
    window.refresh()
    after = [seen(card) for card in window.board.grid.cards]
    assert after == [drawn_anew(card) for card in window.board.grid.cards]
    assert sum(1 for was, now in zip(before, after, strict=True) if was != now) > 3, "no time went on"


def test_a_card_whose_state_its_choice_or_its_focus_changed_is_drawn_again(
    ward: Ward, window: MainWindow
) -> None:
    fill(ward)
    window.refresh()
    card = next(card for card in window.board.grid.cards[1:] if card.view.state is CardState.RUNNING)
    looks = [seen(card)]
    session = ward.in_chair(card.view.chair)
    ward.do(session, lambda s, w: pause_service(s, w, service=s.open_services[0].id, reason="vitals"))
    window.refresh()
    looks.append(seen(card))
    window.board.grid.mark(card.view.chair)
    looks.append(seen(card))
    window.theme.choose(scheme=Scheme.LIGHT if window.theme.is_dark else Scheme.DARK)
    looks.append(seen(card))
    card.resize(card.width() - 20, card.height())
    looks.append(seen(card))
    assert all(one != other for at, one in enumerate(looks) for other in looks[:at])
    assert looks[-1] == drawn_anew(card)


def test_what_only_lay_over_a_card_has_it_put_back_and_not_drawn(
    ward: Ward, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(ward)
    window.refresh()
    card = window.board.grid.cards[0]
    seen(card)
    drawn: list[CardPainter] = []
    whole = CardPainter.draw

    def counted(painter: CardPainter, *, selected: bool, focused: bool) -> None:
        drawn.append(painter)
        whole(painter, selected=selected, focused=focused)

    monkeypatch.setattr(CardPainter, "draw", counted)
    seen(card)
    assert not drawn
    drawn_anew(card)
    assert len(drawn) == 1


def _icon_on(paper: QImage | QPixmap, name: str, box: QRectF) -> QImage:
    paper.fill(Qt.GlobalColor.white)
    painter = QPainter(paper)
    draw_icon(painter, name, box, QColor("#0B6E75"))
    painter.end()
    return paper if isinstance(paper, QImage) else paper.toImage()


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("name", ICON_NAMES)
def test_an_icon_from_its_picture_looks_as_one_drawn_by_its_lines(name: str) -> None:
    box = QRectF(5.5, 7.25, 13, 13)
    by_lines = _icon_on(QImage(26, 28, QImage.Format.Format_RGB32), name, box)
    from_picture = _icon_on(QPixmap(26, 28), name, box)
    pixels = [(x, y) for x in range(26) for y in range(28)]
    assert any(by_lines.pixelColor(*at) != QColor("white") for at in pixels)
    apart = [
        max(abs(by.red() - of.red()), abs(by.green() - of.green()), abs(by.blue() - of.blue()))
        for by, of in ((by_lines.pixelColor(*at), from_picture.pixelColor(*at)) for at in pixels)
    ]
    assert max(apart) <= 2, f"{name} differs by {max(apart)} of 255"


@pytest.mark.usefixtures("qapp")
def test_remembered_widths_are_those_of_qt_and_words_are_cut_as_qt_cuts_them() -> None:
    letters = Theme(scheme=Scheme.LIGHT).letters(13, bold=True)
    fresh = Letters(letters.font)
    for words in ("", "Infliximab 500 mg", "0:41:07", "left antecubital fossa"):
        assert letters.width(words) == letters.width(words) == fresh.horizontalAdvance(words)
        for room in (0, 20, 60, 400):
            cut = fresh.elidedText(words, Qt.TextElideMode.ElideRight, room)
            assert letters.cut(words, room) == cut, (words, room)


def test_nothing_of_the_patient_peeps_out_beside_what_is_due_on_a_dense_card(
    ward: Ward, window: MainWindow
) -> None:
    fill(ward)
    ward.settings.set("density", "dense")
    window.refresh()
    card = next(card for card in window.board.grid.cards if card.view.due)
    place = card.due.geometry().adjusted(0, 22, 0, 0)
    card.due.hide()
    under = seen(card).copy(place)
    colours = {under.pixelColor(x, y).name() for x in range(under.width()) for y in range(under.height())}
    assert colours == {window.theme.color("surface").name()}
