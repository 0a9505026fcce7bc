"""The table of touches in the documents says what two hands and a scanner count in the real window."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.ui.window import MainWindow
from tests.commands.test_documents import rows
from tests.ui import deeds, deeds_meanwhile
from tests.ui.at_work import Hands
from tests.ui.conftest import Ward
from tests.ui.hands import Mouse, Typist

PAGE, HEADING = "docs/touches.md", "The table"
HANDS = ("mouse", "keyboard", "scanner")
NO_PART = "–"
"""What stands where a scanner has no part."""
TABLE = {row[-1].strip("`"): dict(zip(HANDS, row[1:4], strict=True)) for row in rows(PAGE, HEADING)}
CELLS = [
    pytest.param(deed, hand, told, id=f"{deed}-{hand}")
    for deed, cells in TABLE.items()
    for hand, told in cells.items()
    if told != NO_PART
]


def performances() -> dict[str, Callable[[Hands], None]]:
    """Return every deed that the hands know, by its name with its hand: ``stop_by_mouse``."""
    ends = tuple(f"_by_{hand}" for hand in HANDS)
    known = {**vars(deeds), **vars(deeds_meanwhile)}
    return {name: act for name, act in known.items() if name.endswith(ends)}


@pytest.mark.parametrize(("deed", "hand", "told"), CELLS)
def test_a_cell_of_the_table_is_what_the_hands_count(
    ward: Ward, window: MainWindow, qtbot: QtBot, deed: str, hand: str, told: str
) -> None:
    hands = Hands(ward, window, Mouse(qtbot), Typist(qtbot, window), qtbot)
    performances()[f"{deed}_by_{hand}"](hands)
    assert str(hands.touches) == told
    assert window.sheets.sheet is None, "nothing is left to answer"


def test_the_table_has_every_deed_that_is_performed() -> None:
    assert {f"{deed}_by_{hand}" for deed, hand, _ in (cell.values for cell in CELLS)} == set(performances())
