"""What the clock did, in words."""

from __future__ import annotations

import pytest

from desktop_app.core.clock_words import moved_words

SECOND_US = 1_000_000


@pytest.mark.parametrize(
    ("by_us", "told"),
    [
        (3600 * SECOND_US - 20_000, "set forward by 1 h"),
        (-3600 * SECOND_US + 20_000, "set back by 1 h"),
        (3600 * SECOND_US - 600_000, "set forward by 59 min 59 s"),
        (60 * SECOND_US - 400_000, "set forward by 1 min"),
        (3_200_000, "set forward by 3.2 s"),
        (-400_000, "set back by 0.4 s"),
    ],
)
def test_how_far_the_clock_was_moved_is_told_to_the_nearest_second(by_us: int, told: str) -> None:
    assert moved_words(by_us) == told
