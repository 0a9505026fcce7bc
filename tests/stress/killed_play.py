"""A program killed at a random moment while it plays a script, and what must be true afterwards."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from desktop_app.core.events import session_stream
from desktop_app.core.fold import fold
from desktop_app.core.moments import MINUTE_US
from desktop_app.core.service import Service, ServiceState
from desktop_app.script.reading import Entry, log
from desktop_app.store.codec import encode
from desktop_app.store.folder import open_folder
from desktop_app.store.verify import verify
from tests.fakes import at

SEATED = datetime.fromisoformat("2026-03-02T08:00")
ROOT = Path(__file__).resolve().parent.parent.parent
ROUNDS_OF_TOUCHES = 2000
MOST_ANSWERS = 300
LONGEST_WAIT_S = 1.2
FRESH_FOLDER_EVERY = 5

Answer = dict[str, Any]


@dataclass
class Killed:
    """What one run of the program said before it died."""

    session: str
    said: list[Answer] = field(default_factory=list)

    @property
    def kept(self) -> dict[str, list[str]]:
        """The event kinds of every touch that was answered ok, by the name that made it."""
        return {f"{self.session}-{a['line']}": a["events"] for a in self.said if a["ok"]}


def touches(session: str) -> Iterator[dict[str, Any]]:
    """Yield a long visit, a minute a touch: an infusion, paused and resumed all day, and notes."""
    order = {"service": "a", "drug": "rituximab", "category": "chemo", "route": "iv-infusion"}
    yield {"do": "seat", "session": session, "mrn": session, "timezone": "UTC"}
    yield {"do": "start", "session": session, **order}
    for number in range(ROUNDS_OF_TOUCHES):
        yield {"do": "pause", "session": session, "service": "a", "reason": f"pause {number}"}
        yield {"do": "note", "session": session, "text": f"note {number}"}
        yield {"do": "resume", "session": session, "service": "a"}


def script(session: str, chair: str) -> str:
    """Return the visit as a script in which each touch is made by a name of its own."""
    lines = []
    for number, touch in enumerate(touches(session), start=1):
        when = {"at": (SEATED + timedelta(minutes=number)).isoformat(), "by": f"{session}-{number}"}
        lines.append(json.dumps(touch | when | ({"chair": chair} if number == 1 else {})))
    return "\n".join(lines) + "\n"


def play_and_kill(folder: Path, session: str, chair: str, chance: random.Random) -> Killed:
    """Play into a data folder and kill the program: after a random answer, or after a random time."""
    path = folder.parent / "script.jsonl"
    path.write_text(script(session, chair), encoding="utf-8")
    command = [sys.executable, "-m", "desktop_app", "play", "--data-dir", str(folder), str(path)]
    killed = Killed(session)
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        if chance.random() < 0.5:
            for _ in range(chance.randrange(1, MOST_ANSWERS)):
                killed.said.append(json.loads(program.stdout.readline()))
        else:
            _wait(program, chance.uniform(0, LONGEST_WAIT_S))
        program.kill()
        rest = program.stdout.read().split("\n")
    killed.said += [json.loads(line) for line in rest[:-1]]
    return killed


def _wait(program: subprocess.Popen[str], seconds: float) -> None:
    try:
        program.wait(seconds)
    except subprocess.TimeoutExpired:
        return
    message = "the program came to its end before it was killed"
    raise AssertionError(message)


def check_after(folder: Path, killed: Killed) -> None:
    """Open the folder as the next start does and check that nothing that was said is untrue."""
    opened = open_folder(folder)
    try:
        assert verify(opened.journal, opened.known_head) is None
        kept = _touches_of(killed.session, list(log(opened.journal, encode)))
        for name, kinds in killed.kept.items():
            assert kept[name] == kinds
        assert len(kept) - len(killed.kept) in {0, 1}, "more than one touch is kept that was not answered"
        session = fold(opened.journal.load(session_stream(killed.session)))
        assert killed.session not in opened.journal.open_sessions() or session is not None
    finally:
        opened.close()
    if session is not None and session.services:
        _check_the_infusion(session.services[0], len(kept))


def _touches_of(session: str, entries: list[Entry]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for entry in entries:
        if entry["stream"] == session_stream(session):
            found.setdefault(entry["actor"], []).append(entry["kind"])
    return found


def _check_the_infusion(infusion: Service, kept: int) -> None:
    """Check that it runs or is paused as its last touch says, and that its minutes are right.

    The touches come a minute apart: 1 seat, 2 start, then pause, note and resume in turn; so
    of every three minutes one runs.
    """
    now_us = at(SEATED.isoformat(), "UTC") + (kept + 5) * MINUTE_US
    rounds, step = divmod(kept - 2, 3)
    running = step == 0
    assert infusion.state is (ServiceState.RUNNING if running else ServiceState.PAUSED)
    minutes = rounds + 5 if running else rounds + 1
    assert infusion.elapsed_us(now_us) == minutes * MINUTE_US


def kill_many_times(rounds: int, folder: Path, seed: int) -> int:
    """Kill the program so many times; return how many touches were kept over all of them."""
    chance, kept = random.Random(seed), 0  # noqa: S311 - moments, not secrets
    for number in range(rounds):
        data = folder / f"data-{number // FRESH_FOLDER_EVERY}"
        chair = str(number % FRESH_FOLDER_EVERY + 1)
        killed = play_and_kill(data, f"r{number}", chair, chance)
        check_after(data, killed)
        kept += len(killed.kept)
    return kept
