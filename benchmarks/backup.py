"""A touch while a backup of a long journal is made beside it, against the same touch without.

The backup is the process that the window starts. Both are timed for as long as it takes, and the longest
wait of each is what counts: no nurse may feel that a backup is made.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.journal import _median_and_p99, _touch
from desktop_app.commands.window_backups import begin_backup
from desktop_app.store.opening import open_folder
from tests.stress.grown_journal import grow

_EVENTS = 200_000
_BETWEEN_S = 0.02
"""Between two touches: a busy suite's touches of hours."""
_AT_MOST_S = 60.0


def _timed(touch: Callable[[], object], goes_on: Callable[[], bool]) -> list[float]:
    times = []
    while goes_on():
        began = time.perf_counter_ns()
        touch()
        times.append((time.perf_counter_ns() - began) / 1000)
        time.sleep(_BETWEEN_S)
    return times


def _told(name: str, times: list[float]) -> tuple[float, float, float]:
    median, p99 = _median_and_p99(times)
    print(f"{name:28} median {median:7.0f} µs   p99 {p99:8.0f} µs   longest {max(times):8.0f} µs")
    return median, p99, max(times)


def main(events: str = str(_EVENTS)) -> None:
    """Time the touches of a backup, and as many without one, and print both with their ratios."""
    with tempfile.TemporaryDirectory() as name:
        grow(Path(name) / "data", int(events))
        folder = open_folder(Path(name) / "data")
        touch = _touch(folder)
        process = begin_backup(folder.path, folder.database_key, Path(name) / "backups")
        until = time.monotonic() + _AT_MOST_S
        beside = _timed(touch, lambda: process.poll() is None and time.monotonic() < until)
        process.wait()
        left = iter(range(max(len(beside), 200)))
        alone = _timed(touch, lambda: next(left, None) is not None)
        size = (folder.path / "chairtime.db").stat().st_size
        folder.close()
    print(f"{int(events):,} events, {size // 1_000_000} MB; {len(beside)} touches beside the backup")
    base, met = _told("a touch alone", alone), _told("a touch beside a backup", beside)
    ratios = [one / other for one, other in zip(met, base, strict=True)]
    print(f"{'ratio':28} median {ratios[0]:7.2f}      p99 {ratios[1]:8.2f}      longest {ratios[2]:8.2f}")


if __name__ == "__main__":
    main()
