"""A busy day during which the program is killed again and again, and what must be true each time."""

from __future__ import annotations

import random
from collections.abc import Iterable
from pathlib import Path

from desktop_app.core.events import Recorded
from desktop_app.store.folder import KEYS_NAME, Folder
from desktop_app.store.opening import open_folder
from desktop_app.store.verify import verify
from desktop_app.store.verify_heads import first_bad_head
from tests.stress.busy_day import busy_day
from tests.stress.killer import Killer

ROOT = Path(__file__).resolve().parent.parent.parent
KILLS_A_DAY = 20
TOUCHES_A_START = 400
LONGEST_S = 0.2
_AFTER_AN_ANSWER = 0.75
"""How often the kill comes after an answer at least; else it may come while the folder is opened."""


def kill_many_times(kills: int, place: Path, seed: int) -> int:
    """Kill the program so many times, each day in a new folder; return how many touches were answered."""
    chance, killer, answered = random.Random(seed), Killer(ROOT), 0  # noqa: S311 - moments, not secrets
    try:
        for day in range(-(-kills // KILLS_A_DAY)):
            rounds = min(KILLS_A_DAY, kills - day * KILLS_A_DAY)
            answered += _killed_day(place / f"day-{day}", rounds, killer, chance)
    finally:
        killer.close()
    return answered


def _killed_day(place: Path, rounds: int, killer: Killer, chance: random.Random) -> int:
    """Play a day that goes on after each kill where the disk says it was; return what was answered."""
    place.mkdir()
    touches = busy_day(rounds * TOUCHES_A_START)
    data, script, kept, answered = place / "data", place / "script.jsonl", 0, 0
    for _ in range(rounds):
        script.write_text("\n".join(touches[kept:]), encoding="utf-8")
        words = ["play", "--data-dir", str(data), str(script)]
        later, answered_once = chance.uniform(0, LONGEST_S), chance.random() < _AFTER_AN_ANSWER
        said = killer.kill(words, place / "answers.jsonl", later, answered=answered_once)
        assert all(answer["ok"] for answer in said), said[-1]
        now = kept_after(data, chance) if (data / KEYS_NAME).exists() else 0
        assert now - kept - len(said) in {0, 1}, f"{len(said)} answered, {now - kept} kept"
        kept, answered = now, answered + len(said)
    return answered


def kept_after(data: Path, chance: random.Random) -> int:
    """Open the folder as the next start does, check all of it, and return how many touches are there.

    Now and then it is closed in order afterwards; else the next start finds what the kill has left.
    """
    opened = open_folder(data, read_only=_can_be_read(data, chance))
    try:
        return _checked(opened)
    finally:
        opened.close()


def _can_be_read(data: Path, chance: random.Random) -> bool:
    """Look without the right to write, where the folder was finished, so that nothing is put right yet."""
    return chance.random() < 0.8 and _is_made(data)


def _is_made(data: Path) -> bool:
    return '"head": null' not in (data / KEYS_NAME).read_text()


def _checked(opened: Folder) -> int:
    journal = opened.journal
    assert verify(journal, opened.known_head) is None
    assert first_bad_head(opened) == ""
    assert journal.misshape() == ""
    assert journal.false_list() == ""
    return touches_of(journal.since(0))


def touches_of(events: Iterable[Recorded]) -> int:
    """Return how many touches left events; the first ones of the day, each whole and in its order."""
    actors = list(dict.fromkeys(event.stamp.actor for event in events))
    assert actors == [f"t{number}" for number in range(1, len(actors) + 1)]
    return len(actors)
