"""Makes resources/sounds/soft.wav: two soft notes, so that the sound is ours and can be made again.

python3 packaging/soft_sound.py
"""

from __future__ import annotations

import array
import math
import sys
import wave
from pathlib import Path

PLACE = Path(__file__).resolve().parent.parent / "resources" / "sounds" / "soft.wav"
RATE = 22_050
LOUDEST = 32_767
QUIET = 0.22
"""How much of full loudness it reaches: heard in a room with people asleep, and no more."""
NOTES = ((0.0, 523.25), (0.18, 659.26))
"""When each begins, in seconds, and its pitch: c, then e."""
SECONDS = 1.1
RISE_S, FALL_S = 0.03, 0.28
OVERTONE = 0.18


def loudness(since_s: float) -> float:
    """Return how loud a note is so long after it began: it rises without a click and dies away."""
    if since_s < 0:
        return 0.0
    return min(1.0, since_s / RISE_S) * math.exp(-since_s / FALL_S)


def sample(at_s: float) -> int:
    """Return the sample at a time."""
    sounding = sum(
        loudness(at_s - begin)
        * (
            math.sin(math.tau * pitch * (at_s - begin))
            + OVERTONE * math.sin(2 * math.tau * pitch * (at_s - begin))
        )
        for begin, pitch in NOTES
    )
    ending = min(1.0, (SECONDS - at_s) / RISE_S)
    return round(LOUDEST * QUIET * sounding * ending / (1 + OVERTONE))


def samples() -> array.array[int]:
    """Return the whole sound, sixteen bits a sample."""
    return array.array("h", (sample(at / RATE) for at in range(round(SECONDS * RATE))))


def write(path: Path) -> None:
    """Write it as a WAV file that every system plays."""
    made = samples()
    if sys.byteorder == "big":
        made.byteswap()
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(made.tobytes())


if __name__ == "__main__":
    write(PLACE)
    print(PLACE)
