"""The sound that travels with the program is the one its script makes, soft and without a click."""

from __future__ import annotations

import array
import wave
from pathlib import Path

import soft_sound


def frames(path: Path) -> array.array[int]:
    with wave.open(str(path), "rb") as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, soft_sound.RATE)
        return array.array("h", file.readframes(file.getnframes()))


def test_the_sound_can_be_made_again(tmp_path: Path) -> None:
    soft_sound.write(tmp_path / "again.wav")
    kept, made = frames(soft_sound.PLACE), frames(tmp_path / "again.wav")
    assert len(kept) == len(made)
    # A library's sine may differ in its last digit.
    assert max(abs(one - other) for one, other in zip(kept, made, strict=True)) <= 1


def test_it_is_soft_short_and_begins_and_ends_in_silence() -> None:
    made = soft_sound.samples()
    loudest = max(abs(one) for one in made)
    assert soft_sound.LOUDEST * 0.1 < loudest < soft_sound.LOUDEST * 0.4
    assert len(made) < 2 * soft_sound.RATE
    assert abs(made[0]) + abs(made[-1]) < 50
