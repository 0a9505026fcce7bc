"""The power fails at any instant of a busy day: what the program's own start finds afterwards."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from desktop_app.app import open_parts, script_defaults
from desktop_app.commands.billing import ScriptBilling
from desktop_app.core.ports import JournalError
from desktop_app.script.play import play
from desktop_app.store import keys, left_log
from desktop_app.store.durable_file import write_durably
from desktop_app.store.folder import Folder
from desktop_app.store.opening import open_folder
from desktop_app.store.verify import verify
from desktop_app.store.verify_heads import first_bad_head
from tests.store.examples import abandon
from tests.stress.busy_day import busy_day
from tests.stress.cut_disk import CutDisk
from tests.stress.engine_disk import EngineDisk, Op, engine_disk


@dataclass
class Recorded:
    """All that a day asked of the disk, and the hashes of its events in their order."""

    ops: list[Op]
    hashes: list[bytes]


@dataclass
class Found:
    """What the starts after the cuts found."""

    cuts: int = 0
    lost: int = 0
    """Cuts after which an answered touch was not there."""
    refused: Counter[str] = field(default_factory=Counter)
    """Why starts were refused, and how often."""
    false: Counter[str] = field(default_factory=Counter)
    """What was wrong in a journal that opened."""

    @property
    def is_well(self) -> bool:
        return not (self.lost or self.refused or self.false)


@contextmanager
def recorded_disk() -> Iterator[EngineDisk]:
    """See what the engine asks of the disk, and each exchange of the key file beside it."""
    with engine_disk() as disk, pytest.MonkeyPatch.context() as patch:

        def written(path: Path, content: str | bytes) -> None:
            data = content.encode() if isinstance(content, str) else content
            disk.ops.append(Op("replacing", path.name, content=data))
            write_durably(path, content)
            disk.ops.append(Op("replaced", path.name, content=data))

        def flushed(path: Path) -> None:
            if path.exists():
                disk.ops.append(Op("sync", path.name))

        patch.setattr(keys, "write_durably", written)
        patch.setattr(left_log, "flush_left", flushed)
        yield disk


def record_day(folder: Path, touches: int, pragmas: Sequence[str] = ()) -> Recorded:
    """Play a day into a new data folder and close it; the first pages are made under the eyes, too."""
    with recorded_disk() as disk:
        with open_parts(folder) as parts:
            for pragma in pragmas:
                parts.folder.journal._run(f"PRAGMA {pragma}").fetchall()  # noqa: SLF001 - a worse setting
            billing, defaults = ScriptBilling(parts), script_defaults(parts.folder)
            lines = busy_day(touches)
            for answer in play(lines, parts.desk, coder=parts.coder, billing=billing, defaults=defaults):
                assert answer["ok"], answer
                disk.mark(parts.folder.journal.appended)
                if not pragmas:
                    # The key file is told of each touch and not once a minute: what it knows must be on the
                    # disk. With a worse setting the start would tell by it; there the harness has to see it.
                    parts.folder.upkeep._notes_at_us = 0  # noqa: SLF001 - as above
                parts.folder.upkeep.do_due()
            hashes = [row.hash for row in parts.folder.journal.rows()]
        return Recorded(list(disk.ops), hashes)


def cut_many_times(day: Recorded, cuts: int, place: Path, seed: int) -> Found:
    """Cut the power at so many instants of a recorded day, and start the program after each."""
    chance, found, disk = random.Random(seed), Found(), CutDisk()  # noqa: S311 - instants, not secrets
    instants = iter(sorted(chance.choices(range(len(day.ops) + 1), k=cuts)))
    instant = next(instants, None)
    for done in range(len(day.ops) + 1):
        while instant == done:
            disk.cut_into(place / "cut", chance)
            _start(place / "cut", disk.marked, day.hashes, found)
            shutil.rmtree(place / "cut")
            instant = next(instants, None)
        if done < len(day.ops):
            disk.ask(day.ops[done])
    return found


def kill_then_cut(day: Recorded, times: int, place: Path, seed: int) -> Found:
    """Kill the program before a flush, start it again, and cut the power once it is up.

    What the second program found was in the system's memory, and may not have been on the disk.
    """
    chance, found, disk = random.Random(seed), Found(), CutDisk()  # noqa: S311 - as above
    flushes = [at for at, op in enumerate(day.ops) if (op.what, op.file) == ("sync", "chairtime.db-wal")]
    kills = set(chance.sample(flushes[2:], times))
    for done, op in enumerate(day.ops):
        if done in kills:
            _kill_here(disk, place, chance, day.hashes, found)
        disk.ask(op)
    return found


def _kill_here(disk: CutDisk, place: Path, chance: random.Random, hashes: list[bytes], found: Found) -> None:
    killed, after = place / "killed", CutDisk()
    disk.whole_into(killed)
    after.files = {name: type(file)(file.durable, list(file.pending)) for name, file in disk.files.items()}
    with recorded_disk() as seen:
        again = open_folder(killed)
        shown, _ = again.journal.last()
        for op in seen.ops:
            after.ask(op)
        abandon(again)
    after.cut_into(place / "cut", chance)
    _start(place / "cut", shown, hashes, found)
    shutil.rmtree(killed)
    shutil.rmtree(place / "cut")


def _start(folder: Path, answered: int, hashes: list[bytes], found: Found) -> None:
    found.cuts += 1
    try:
        opened = open_folder(folder)
    except JournalError as fault:
        found.refused[str(fault).replace(str(folder), "…")] += 1
        return
    try:
        _check(opened, answered, hashes, found)
    finally:
        opened.close()


def _check(opened: Folder, answered: int, hashes: list[bytes], found: Found) -> None:
    there = [row.hash for row in opened.journal.rows()]
    bad = verify(opened.journal, opened.known_head)
    faults = (
        bad.sentence if bad else "",
        opened.journal.misshape(),
        first_bad_head(opened),
        opened.journal.false_list(),
        "" if there == hashes[: len(there)] else "there are other events than were made",
    )
    found.false.update(fault for fault in faults if fault)
    found.lost += len(there) < answered
