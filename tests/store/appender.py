"""A program of its own that stores touches until it is killed: ``python -m tests.store.appender FOLDER``.

Each touch is two events in two streams; its last number is printed once the journal has
answered. What is printed must be on disk, whatever happens next.
"""

from __future__ import annotations

import sys
from pathlib import Path

from desktop_app.core import events as e
from desktop_app.core.ports import Journal, JournalError, Write
from desktop_app.store.clock import SystemClock
from desktop_app.store.identities import TimeOrderedIdentities
from desktop_app.store.opening import open_folder
from tests.store.examples import seated, started

_TOUCHES_A_SESSION = 5


def _append_for_ever(journal: Journal) -> None:
    clock, names = SystemClock(), TimeOrderedIdentities()
    while True:
        stream, suite = e.session_stream(names.new()), len(journal.load(e.SUITE_STREAM))
        for version in range(_TOUCHES_A_SESSION):
            stamp = e.Stamp(touch=names.new(), actor="R.N.", reading=clock.now())
            event = started(str(version)) if version else seated()
            mark = e.MarkMade(at_us=stamp.reading.wall_us, mark=stamp.touch)
            writes = [Write(stream, version, (event,)), Write(e.SUITE_STREAM, suite + version, (mark,))]
            stored = journal.append(writes, stamp)
            print(stored[-1].origin_seq, flush=True)  # noqa: T201 - its answers go to standard output


def _main(path: Path) -> int:
    try:
        _append_for_ever(open_folder(path).journal)
    except JournalError as error:
        print(error, flush=True)  # noqa: T201 - as above
    return 1


if __name__ == "__main__":
    sys.exit(_main(Path(sys.argv[1])))
