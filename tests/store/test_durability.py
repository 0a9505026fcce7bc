"""A touch that was answered is on disk, whatever happens to the program next."""

from __future__ import annotations

import random
import subprocess
import sys
from collections import Counter
from pathlib import Path

from desktop_app.store.opening import open_folder
from desktop_app.store.verify import verify
from tests.store.examples import open_here

ROOT = Path(__file__).resolve().parents[2]
KILLS = 15


def appender(path: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.store.appender", str(path)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own program


def killed_after(path: Path, answers: int) -> int:
    """Let the program answer so many touches, kill it in the midst of the next, return the last answer."""
    with appender(path) as program:
        assert program.stdout is not None
        answered = [int(program.stdout.readline()) for _ in range(answers)]
        program.kill()
        rest = [int(line) for line in program.stdout.read().split("\n")[:-1]]
    return [*answered, *rest][-1]


def touches_on_disk(path: Path) -> list[int]:
    """Return how many events each touch has left, in a journal that is whole and without a gap."""
    folder = open_folder(path, read_only=True)
    assert verify(folder.journal, folder.known_head) is None
    recorded = list(folder.journal.since(0))
    assert [one.origin_seq for one in recorded] == list(range(1, len(recorded) + 1))
    folder.close()
    return list(Counter(one.stamp.touch for one in recorded).values())


def test_no_answered_touch_is_lost_when_the_program_is_killed(tmp_path: Path) -> None:
    chance = random.Random(1)  # noqa: S311 - the same moments each time, as far as a kill allows
    for _ in range(KILLS):
        last_answer = killed_after(tmp_path, chance.randint(1, 40))
        touches = touches_on_disk(tmp_path)
        assert set(touches) == {2}, "a touch is there with all its events, or not at all"
        assert sum(touches) >= last_answer


def test_the_lists_equal_a_rebuild_after_a_kill(tmp_path: Path) -> None:
    killed_after(tmp_path, 12)
    folder = open_here(tmp_path)
    listed = folder.journal.open_sessions(), folder.journal.all_sessions()
    folder.journal.rebuild()
    assert (folder.journal.open_sessions(), folder.journal.all_sessions()) == listed
    folder.close()


def test_another_program_is_refused_with_a_sentence_changes_nothing_and_is_let_in_afterwards(
    tmp_path: Path,
) -> None:
    mine = open_here(tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    with appender(tmp_path) as program:
        said, _ = program.communicate(timeout=60)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
    assert said == f"Another Chairtime already works in the data folder {tmp_path}.\n"
    assert program.returncode == 1
    mine.close()
    assert killed_after(tmp_path, 1) >= 2
