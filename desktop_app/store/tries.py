"""Wrong tries and how long to wait after them; kept on disk, so that starting again shortens no wait.

After five wrong tries each further one has to wait, twice as long every time. How much of a wait is over
is read off the clock that counts since the computer was started and that nobody can set: after another
start of the computer the time since then counts. The clock on the wall says only when a try was.

Before anybody has signed in the tries are lines of a file beside the key file, added and never rewritten
meanwhile: a program without the key must not write the file that holds it. Whoever may delete that file
may copy the folder too; what stands against guessing at leisure is what a guess costs.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from time import monotonic, sleep

from desktop_app.core.ports import Clock, MustWait, NotSaved
from desktop_app.core.values import dataclass
from desktop_app.store.durable_file import OWNER_ONLY, write_durably
from desktop_app.store.exclusive import take
from desktop_app.store.plain_files import refuse_no_file, require_file

FREE_TRIES = 5
_FIRST_WAIT_US = 30_000_000
_LONGEST_WAIT_US = 15 * 60_000_000
_MOST_DOUBLINGS = 10
_SECOND_US = 1_000_000
LONGEST_WAIT_FOR_OTHERS_S = 5.0
"""A try takes a tenth of a second; whoever holds the lock for longer hangs."""
_BETWEEN_S = 0.02
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_LATEST_US = 250_000_000_000_000_000
"""No clock of ours says more."""
_MOST_READ = 200_000
"""Some two thousand tries; older ones are passed over."""


@dataclass(frozen=True, slots=True)
class FailedTry:
    """Somebody gave a wrong secret for a name; an empty name is the recovery key's."""

    name: str
    at_us: int


@dataclass(frozen=True, slots=True)
class Wrong:
    """How many wrong tries there were since the last right one, and where the counting clock stood then."""

    tries: int = 0
    counting_us: int = 0


def _is_got(handle: int, until: float) -> bool:
    """Return whether the lock of an open file was got before some moment; whoever has it may be stopped."""
    while True:
        with suppress(OSError):
            take(handle)
            return True
        if monotonic() >= until:
            return False
        sleep(_BETWEEN_S)


def require_free(wrong: Wrong, now_counting_us: int) -> None:
    """Raise MustWait while the wait after some wrong tries is not over."""
    left_us = _wait_us(wrong.tries) - _passed_us(wrong.counting_us, now_counting_us)
    if left_us > 0:
        seconds = -(-left_us // _SECOND_US)
        told = f"{seconds} seconds" if seconds < 120 else f"{-(-seconds // 60)} minutes"  # noqa: PLR2004
        raise MustWait(f"There were {wrong.tries} wrong tries; the next one can be made in {told}.", seconds)


def _wait_us(tries: int) -> int:
    if tries < FREE_TRIES:
        return 0
    return min(_FIRST_WAIT_US << min(tries - FREE_TRIES, _MOST_DOUBLINGS), _LONGEST_WAIT_US)


def _passed_us(then_us: int, now_us: int) -> int:
    """Return how much time has passed at least: a clock that stands lower was started anew in between."""
    return now_us - then_us if now_us >= then_us else now_us


@dataclass(frozen=True, slots=True)
class _Try:
    """A line of the file."""

    name: str
    at_us: int
    counting_us: int
    is_right: bool
    is_told: bool = False


class TriesFile:
    """The tries at the door of one folder."""

    def __init__(self, path: Path, clock: Clock) -> None:
        self._path = path
        self._clock = clock

    @contextmanager
    def one_at_a_time(self) -> Iterator[None]:
        """Let one try be asked, made and noted before the next is asked, whichever program makes it.

        The file of the lock goes when nobody waits for it. Raises NotSaved where the lock is not given.
        """
        handle = self._locked()
        try:
            yield
        finally:
            if handle >= 0:
                # Where an open file cannot be taken away it stays, and does no harm.
                with suppress(OSError):
                    self._lock_path.unlink()
                os.close(handle)

    @property
    def _lock_path(self) -> Path:
        return self._path.with_suffix(".lock")

    def _locked(self) -> int:
        """Return the handle that has the lock; -1 where the folder takes no file, so that no try counts."""
        until = monotonic() + LONGEST_WAIT_FOR_OTHERS_S
        while True:
            try:
                handle = os.open(self._lock_path, os.O_RDWR | os.O_CREAT | _NO_LINK, OWNER_ONLY)
            except OSError as error:
                self._require_takes_no_file(error)
                return -1
            if _is_got(handle, until) and self._is_there(handle):
                return handle
            os.close(handle)
            if monotonic() >= until:
                raise NotSaved(
                    f"Another program holds {self._lock_path} and does not let go of it, so no secret is "
                    "tried; end that program, or wait for it."
                )

    def _require_takes_no_file(self, error: OSError) -> None:
        """Raise NotSaved where the folder can be written, and what lies there is in the way of the lock."""
        if os.path.lexists(self._lock_path) and os.access(self._path.parent, os.W_OK):
            raise NotSaved(
                f"{self._lock_path} cannot be locked ({error.strerror}), so no secret is tried; take it away."
            ) from error

    def _is_there(self, handle: int) -> bool:
        """Return whether the file of the lock is the one whose lock was got, and not taken away meanwhile."""
        with suppress(OSError):
            return os.path.samestat(os.fstat(handle), self._lock_path.lstat())
        return False

    def require_free(self, name: str) -> None:
        """Raise MustWait after too many wrong tries for a name."""
        wrong = Wrong()
        for one in self._tries(name):
            wrong = Wrong() if one.is_right else Wrong(wrong.tries + 1, one.counting_us)
        require_free(wrong, self._clock.now().counting_us)

    def note(self, name: str, *, right: bool) -> None:
        """Add a try, durable on return where the folder can be written.

        A right one is noted only where there were wrong ones before.
        """
        if right and not self._tries(name):
            return
        now = self._clock.now()
        # In a folder that is read-only nobody is let in by this either; only no try is counted.
        with suppress(OSError):
            self._add(_Try(name, now.wall_us, now.counting_us, right))

    def failed(self) -> tuple[FailedTry, ...]:
        """Return the wrong tries that the journal was not told yet, oldest first."""
        untold = (one for one in self._tries() if not one.is_right and not one.is_told)
        return tuple(FailedTry(one.name, one.at_us) for one in untold)

    def be_told(self, told: Iterable[FailedTry]) -> None:
        """Count some wrong tries as told; what somebody still has to wait for, and what came since, stays.

        Raises OSError or NotSaved.
        """
        with self.one_at_a_time():
            if left := _left_after(self._tries(), Counter(told)):
                write_durably(self._path, "".join(map(_text, left)))
            else:
                self._path.unlink(missing_ok=True)

    def _add(self, one: _Try) -> None:
        refuse_no_file(self._path)
        how = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0)
        handle = os.open(self._path, how, OWNER_ONLY)
        with os.fdopen(handle, "ab") as file:
            file.write(_text(one).encode())
            file.flush()
            os.fsync(file.fileno())

    def _tries(self, name: str | None = None) -> list[_Try]:
        found = (_try(line) for line in self._lines())
        return [one for one in found if one is not None and name in {None, one.name}]

    def _lines(self) -> list[bytes]:
        try:
            require_file(self._path)
            with self._path.open("rb") as file:
                file.seek(max(0, self._path.stat().st_size - _MOST_READ))
                return file.read(_MOST_READ).splitlines()
        except OSError:
            return []


class NoTries(TriesFile):
    """Counts nothing where a backup is only read: whoever has it may copy it, so a count stops nobody."""

    @contextmanager
    def one_at_a_time(self) -> Iterator[None]:
        """Let everybody try at once: no file is made in the backup's folder."""
        yield

    def note(self, name: str, *, right: bool) -> None:
        """Leave the backup's folder as it is."""


def _left_after(tries: list[_Try], told: Counter[FailedTry]) -> list[_Try]:
    """Return what of some tries stays in the file once some of the wrong ones are told."""
    marked = [replace(one, is_told=one.is_told or _is_among(one, told)) for one in tries]
    over = {one.name: n for n, one in enumerate(marked) if one.is_right}
    untold = {one.name for n, one in enumerate(marked) if not one.is_told and n < over.get(one.name, -1)}

    def stays(n: int, one: _Try) -> bool:
        # A right one forgives the wrong ones before, so it stays as long as one of them does.
        is_over = n == over.get(one.name, -1)
        return one.name in untold if is_over else n > over.get(one.name, -1) or not one.is_told

    return [one for n, one in enumerate(marked) if stays(n, one)]


def _is_among(one: _Try, told: Counter[FailedTry]) -> bool:
    """Return whether a try is one of those told, each of which is one try."""
    wrong = FailedTry(one.name, one.at_us)
    if one.is_right or one.is_told or not told[wrong]:
        return one.is_right
    told[wrong] -= 1
    return True


def _text(one: _Try) -> str:
    return json.dumps([one.name, one.at_us, one.counting_us, one.is_right, one.is_told]) + "\n"


def _try(line: bytes) -> _Try | None:
    """Return what a line tells; a line that was cut off tells nothing."""
    try:
        raw = json.loads(line)
    except (ValueError, RecursionError):
        return None
    match raw:
        case [str(name), int(at_us), int(counting_us), bool(is_right), bool(is_told)] if (
            name.isprintable() and 0 <= at_us < _LATEST_US and 0 <= counting_us < _LATEST_US
        ):
            return _Try(name, at_us, counting_us, is_right, is_told)
    return None
