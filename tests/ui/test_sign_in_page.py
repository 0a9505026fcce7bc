"""The page before the board: who is chosen and how that is seen, who has to wait, and who need not."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop_app.core.ports import MustWait, SecretRefused
from desktop_app.ui.signin.names import Names
from desktop_app.ui.signin.window import SignInWindow
from desktop_app.ui.theme import Theme
from tests.ui.hands import focused

NAMES = ("AK", "BN", "BNX", "CM")


class Suite:
    """A locked folder in which every try is wrong; after five with one of them that one has to wait."""

    path = Path("suite")
    has_recovery_key = True

    def __init__(self, names: tuple[str, ...] = NAMES) -> None:
        self.names = names
        self.tries: list[str] = []

    def with_passphrase(self, name: str, passphrase: str) -> str:
        assert passphrase
        return self._try(name, f"That is not the passphrase of {name}.")

    def with_recovery_key(self, typed: str) -> str:
        assert typed
        return self._try("recovery", "That is not the recovery key.")

    def _try(self, whose: str, told: str) -> str:
        if self.tries.count(whose) >= 5:
            raise MustWait("There were 5 wrong tries.", 30)
        self.tries.append(whose)
        raise SecretRefused(told)


@pytest.fixture
def page(qtbot: QtBot) -> SignInWindow[str]:
    """The page of four people, in front."""
    return shown(qtbot, Suite())


def shown(qtbot: QtBot, suite: Suite) -> SignInWindow[str]:
    made = SignInWindow(Theme(), suite)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(made.first_field().hasFocus)
    return made


def try_wrong(page: SignInWindow[str], times: int) -> None:
    for _ in range(times):
        QTest.keyClicks(page.passphrase.edit, "some words")
        QTest.keyClick(page.passphrase.edit, Qt.Key.Key_Return)


def test_nobody_is_ringed_as_if_they_were_chosen(page: SignInWindow[str]) -> None:
    assert focused() is page.who
    assert page.who.taken == ""
    assert isinstance(page.who, Names)


@pytest.mark.parametrize(
    ("typed", "taken"), [("a", "AK"), ("BN", "BN"), ("bnx", "BNX"), ("qc", "CM"), ("q", "")]
)
def test_initials_are_typed(page: SignInWindow[str], typed: str, taken: str) -> None:
    for letter in typed:
        QTest.keyClicks(focused(), letter)
    assert page.who.taken == taken
    assert page.passphrase.edit.text() == ""
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    if taken:
        assert focused() is page.passphrase.edit
        assert page.problem.text() == ""


def test_an_arrow_takes_the_first_name(page: SignInWindow[str]) -> None:
    QTest.keyClick(focused(), Qt.Key.Key_Right)
    assert page.who.taken == "AK"


def test_what_was_wrong_is_not_said_any_more_once_it_is_right(page: SignInWindow[str]) -> None:
    page.passphrase.edit.setText("some words")
    page.go.click()
    assert page.problem.text() == "Choose who you are first."
    page.who.chip("AK").click()
    assert page.problem.text() == ""
    assert page.passphrase.edit.text() == "some words"
    assert focused() is page.passphrase.edit


def test_six_wrong_of_one_keep_neither_another_nor_the_recovery_key_waiting(page: SignInWindow[str]) -> None:
    page.who.chip("BN").click()
    try_wrong(page, 6)
    assert "wrong tries with BN" in page.problem.text()
    assert not page.passphrase.edit.isEnabled()
    assert focused() is page.who.chip("BN")
    page.who.chip("AK").click()
    assert page.problem.text() == ""
    assert page.passphrase.edit.isEnabled()
    assert focused() is page.passphrase.edit
    try_wrong(page, 1)
    assert page.problem.text() == "That is not the passphrase of AK."
    page.other.click()
    assert page.recovery.edit.isEnabled()
    QTest.keyClicks(page.recovery.edit, "0000")
    page.go.click()
    assert page.problem.text() == "That is not the recovery key."
    page.other.click()
    page.who.chip("BN").click()
    assert "wrong tries with BN" in page.problem.text()


def test_initials_are_typed_while_another_has_to_wait(page: SignInWindow[str]) -> None:
    page.who.chip("BN").click()
    try_wrong(page, 6)
    for letter in "ak":
        QTest.keyClicks(focused(), letter)
    assert (page.who.taken, page.passphrase.edit.text(), page.problem.text()) == ("AK", "", "")
    assert focused() is page.who.chip("AK")


def test_the_recovery_key_waits_by_itself(page: SignInWindow[str]) -> None:
    page.other.click()
    for _ in range(6):
        page.recovery.edit.setText("0000")
        page.go.click()
    assert "wrong tries with the recovery key" in page.problem.text()
    assert not page.recovery.edit.isEnabled()
    page.other.click()
    page.who.chip("AK").click()
    assert page.passphrase.edit.isEnabled()


def test_the_wait_ends_by_itself(page: SignInWindow[str]) -> None:
    page.who.chip("BN").click()
    try_wrong(page, 6)
    for _ in range(30):
        page.countdown._tick()  # noqa: SLF001 - a second passes
    assert page.problem.text() == ""
    assert focused() is page.passphrase.edit


def test_a_name_that_is_typed_in_full_is_led_on_to_its_passphrase(qtbot: QtBot) -> None:
    many = shown(qtbot, Suite((*NAMES, *(f"N{n}" for n in range(30)))))
    assert focused() is many.typed_who.edit
    QTest.keyClicks(focused(), "bn")
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    assert focused() is many.passphrase.edit
    try_wrong(many, 6)
    assert "wrong tries with BN" in many.problem.text()
    assert focused() is many.typed_who.edit
    QTest.keyClicks(focused(), "x")
    assert focused() is many.typed_who.edit
    assert many.problem.text() == ""
