"""One session in which something fails: the others go on, it says so itself, and it can be stopped."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any, NoReturn

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.coding.sessions import SessionCoder
from desktop_app.core.care import record_dose
from desktop_app.core.moments import SECOND_US
from desktop_app.core.orders import Dose
from desktop_app.core.session import Session
from desktop_app.core.stay import end_session
from desktop_app.rulebook_files import load_standard
from desktop_app.ui.board.card_view import CardState
from desktop_app.ui.window import MainWindow
from tests.ui.conftest import DIPHENHYDRAMINE, VANCOMYCIN, Ward
from tests.ui.hands import Typist
from tests.ui.stand_ins import DRUGS, StandInCoder

UNCODED = (
    "This session cannot be coded (ZeroDivisionError). Its times are kept, and it can be stopped; "
    "tell whoever looks after this program."
)


class FailingCoder(StandInCoder):
    """Fails for one chair, wherever it is asked."""

    chair = "1"

    def __getattribute__(self, name: str) -> Any:  # noqa: ANN401 - whatever the coder has
        found = super().__getattribute__(name)
        if name.startswith("_") or not callable(found):
            return found

        def ask(session: Session, *said: Any, **keys: Any) -> Any:  # noqa: ANN401 - as above
            if session.chair == self.chair:
                raise ZeroDivisionError(name)
            return found(session, *said, **keys)

        return ask


@pytest.fixture
def make_window(ward: Ward, qtbot: QtBot) -> Iterator[Callable[..., MainWindow]]:
    made: list[MainWindow] = []

    def make(coder: Any = None) -> MainWindow:  # noqa: ANN401 - any stand-in of the port
        window = MainWindow(
            desk=ward.desk, coder=coder or FailingCoder(), clock=ward.clock, billing=ward.billing,
            settings=ward.settings, drugs=DRUGS, products=ward.products, protocols=ward.protocols,
        )  # fmt: skip
        made.append(window)
        qtbot.addWidget(window)
        window.show()
        qtbot.waitExposed(window)
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return window

    yield make
    for window in made:
        window.ticker.stop()


@pytest.fixture
def logged(caplog: pytest.LogCaptureFixture) -> Callable[[], list[str]]:
    """Return the faults that were logged so far, once: they are as they should be."""

    def take() -> list[str]:
        told = [record.getMessage() for record in caplog.records]
        caplog.clear()
        return told

    return take


def two_running(ward: Ward) -> None:
    for chair in ("1", "2"):
        ward.start(ward.seat(chair), VANCOMYCIN)


def card_time(window: MainWindow, chair: str) -> str:
    card = window.board.grid.card(chair)
    assert card is not None
    return card.view.time


def test_a_session_that_cannot_be_coded_says_so_and_ticks_and_stops_as_ever(
    ward: Ward, make_window: Callable[..., MainWindow], qtbot: QtBot, logged: Callable[[], list[str]]
) -> None:
    two_running(ward)
    window = make_window()
    card = window.board.grid.card("1")
    assert card is not None
    assert (card.view.codes, card.view.codes_rest) == ((), "Cannot be coded")
    assert card.view.sentence.endswith("cannot be coded")
    ward.clock.advance(us=65 * SECOND_US)
    window.ticker.tick()
    assert [card_time(window, chair) for chair in ("1", "2")] == ["0:01:05", "0:01:05"]
    assert window.board.grid.card("2").view.codes  # type: ignore[union-attr]  # it is there
    window.board.choose("1")
    assert window.board.panel.view is not None
    assert [row.text for row in window.board.panel.view.lines.findings] == [UNCODED]
    typist = Typist(qtbot, window)
    window.board.focus("1")
    typist.press("x")
    assert ward.in_chair("1").services[0].stop is not None
    assert "Vancomycin stopped at 09:01:05" in window.toast.text
    session = ward.in_chair("1")
    assert logged() == [f"coding failed {session.id} {version}" for version in (2, 3)]


def test_such_a_session_is_ended_and_reviewed_and_not_signed(
    ward: Ward, make_window: Callable[..., MainWindow], logged: Callable[[], list[str]]
) -> None:
    two_running(ward)
    for chair in ("1", "2"):
        ward.do(ward.stop(ward.in_chair(chair)), end_session)
    window = make_window()
    card = window.board.grid.card("1")
    assert card is not None
    assert card.view.notes == (UNCODED,)
    assert card.view.time == ""
    window.show_page("review", ward.in_chair("1").id)
    assert window.review.isVisible()
    assert not window.review.sign_button.isEnabled()
    window.review.sign()
    assert not ward.in_chair("1").signatures
    window.review.show_session(ward.in_chair("2").id)
    window.review.sign()
    assert logged()
    assert sum(session.signature is not None for session in ward.desk.suite.sessions.values()) == 1


def _raise(*_said: Any, **_keys: Any) -> NoReturn:  # noqa: ANN401 - whatever it is asked
    raise OverflowError("too far")


def failing_for(monkeypatch: pytest.MonkeyPatch, ward: Ward, name: str) -> None:
    """Let a function of the board fail where it is asked about the patient in chair 1."""
    module, _, function = name.rpartition(".")
    found = getattr(__import__(module, fromlist=[function]), function)
    bad = ward.in_chair("1").id

    def ask(*said: Any, **keys: Any) -> Any:  # noqa: ANN401 - whatever it is asked
        if bad in {getattr(one, "id", "") for one in said} or "1" in said:
            _raise()
        return found(*said, **keys)

    monkeypatch.setattr(name, ask)


@pytest.mark.parametrize(
    ("function", "card", "panel"),
    [
        ("desktop_app.ui.board.page.card_view", "fault", ""),
        ("desktop_app.ui.reminding.reminders_due", "fault", ""),
        ("desktop_app.ui.panel.panel.panel_view", "running", "cannot be shown"),
        ("desktop_app.ui.panel.session_parts.timeline", "running", "cannot be shown"),
    ],
)
def test_what_cannot_be_drawn_of_one_session_stops_no_other(
    ward: Ward,
    make_window: Callable[..., MainWindow],
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
    logged: Callable[[], list[str]],
    function: str,
    card: str,
    panel: str,
) -> None:
    two_running(ward)
    failing_for(monkeypatch, ward, function)
    window = make_window(StandInCoder())
    ward.clock.advance(us=65 * SECOND_US)
    window.ticker.tick()
    shown = window.board.grid.card("1")
    assert shown is not None
    assert shown.view.state is CardState(card)
    assert card_time(window, "2") == "0:01:05"
    window.board.choose("1")
    assert panel in window.board.panel.under.text()
    if card == "fault":
        assert shown.view.title == "This card cannot be drawn"
        assert shown.view.notes[1] == "Tell who looks after it: OverflowError."
        assert "chair 1, cannot be drawn" in window.board.bar.attention.accessibleName()
    window.board.choose("2")
    assert window.board.panel.under.text().startswith("MRN")
    typist = Typist(qtbot, window)
    if card == "fault":
        typist.press("n")
        assert window.board.chair == "1"
    window.board.focus("1")
    typist.press("x")
    assert ward.in_chair("1").services[0].stop is not None
    assert logged()


def test_the_fault_card_is_drawn_and_stops_by_its_button(
    ward: Ward,
    make_window: Callable[..., MainWindow],
    monkeypatch: pytest.MonkeyPatch,
    logged: Callable[[], list[str]],
) -> None:
    two_running(ward)
    failing_for(monkeypatch, ward, "desktop_app.ui.board.page.card_view")
    window = make_window(StandInCoder())
    card = window.board.grid.card("1")
    assert card is not None
    assert not card.grab().isNull()
    stop = card.buttons[0]
    assert stop.isVisible()
    stop.click()
    assert ward.in_chair("1").services[0].stop is not None
    assert [button.text for button in card.view.buttons] == ["Start…", "End session"]
    assert logged()


def test_an_old_journal_with_a_dose_of_1e308_opens_and_is_corrected(
    ward: Ward, make_window: Callable[..., MainWindow], monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = load_standard()
    coder = SessionCoder(rules.rulebook, rules.profiles)
    monkeypatch.setattr("desktop_app.core.care.unheld", lambda _: None)
    monkeypatch.setattr("desktop_app.core.care.unheld_order", lambda _: None)
    for chair, amount in (("1", "1e308"), ("2", "1e-999999"), ("3", "9" * 30)):
        session = ward.start(ward.seat(chair), VANCOMYCIN)
        bad = Dose(hcpcs="J3370", unit_amount=Decimal(500), unit="mg", amount=Decimal(amount))
        ward.do(session, lambda s, w, d=bad: record_dose(s, w, service="1", dose=d))  # type: ignore[misc]
    monkeypatch.undo()
    window = make_window(coder)
    for chair, told in (("1", "1E+308 mg"), ("2", "1E-999999 mg"), ("3", "about 1.0e+30 mg")):
        card = window.board.grid.card(chair)
        assert card is not None
        assert card.view.title_end == told
        window.board.choose(chair)
        assert window.board.panel.view is not None
        texts = [row.text for row in window.board.panel.view.lines.findings]
        assert any(
            text.startswith("The dose of Vancomycin cannot be coded: the dose must be") for text in texts
        )
        good = Dose(hcpcs="J3370", unit_amount=Decimal(500), unit="mg", amount=Decimal(1000))
        ward.do(ward.in_chair(chair), lambda s, w, d=good: record_dose(s, w, service="1", dose=d))  # type: ignore[misc]
        window.refresh()
        assert not any("cannot be coded" in row.text for row in window.board.panel.view.lines.findings)


def test_a_push_is_given_in_a_session_with_a_fault(
    ward: Ward, make_window: Callable[..., MainWindow], logged: Callable[[], list[str]]
) -> None:
    two_running(ward)
    window = make_window()
    ward.start(ward.in_chair("1"), DIPHENHYDRAMINE)
    window.refresh()
    assert len(ward.in_chair("1").services) == 2
    assert logged()
