"""Every still can be taken; how it looks is for eyes."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from tests.gallery.scene import Look, Still
from tests.gallery.taking import ALL_STILLS, LOOKS, chosen, take

pytestmark = pytest.mark.qt_log_ignore(r"This plugin does not support (raise|propagateSizeHints)\(\)")
LOOK = LOOKS["1280x720"]


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("still", ALL_STILLS, ids=lambda still: still.name)
def test_each_still_is_taken_and_shows_something(still: Still, tmp_path: Path) -> None:
    picture = QImage(str(take(still, LOOK, "light", tmp_path)))
    assert (
        len(
            {picture.pixel(x, y) for x in range(0, picture.width(), 7) for y in range(0, picture.height(), 7)}
        )
        > 2
    )


@pytest.mark.usefixtures("qapp")
def test_a_whole_window_has_the_size_that_was_asked_for(tmp_path: Path) -> None:
    picture = QImage(str(take(chosen(["board-empty"])[0], Look("small", 1100, 700), "dark", tmp_path)))
    assert (picture.width(), picture.height()) == (1100, 700)


def test_no_two_stills_have_one_name() -> None:
    names = [still.name for still in ALL_STILLS]
    assert len(set(names)) == len(names)
