"""The report of a fault of the program: enough to mend it, and nothing of a patient in it.

What an exception says may hold anything that was typed, so of an exception only its kind is told, and of
the way to it files, lines and functions: no values, and no path above the program's own. A report lies in
the data folder, for its owner alone, and is what the window copies.
"""

from __future__ import annotations

import hashlib
import platform
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path, PurePath
from types import TracebackType

from desktop_app import __version__, paths

FOLDER = "crash-reports"
MOST_KEPT = 20
_PACKAGE = "desktop_app"
_MOST_FRAMES = 60
_MOST_CAUSES = 8
_OWNER_ONLY_FOLDER = 0o700


def kind_of(fault: BaseException) -> str:
    """Return what kind of exception it is, and nothing that it says."""
    kind = type(fault)
    return kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"


def way_to(fault: BaseException) -> list[str]:
    """Return where an exception came by, outermost first, and what it came of: without any value."""
    told: list[str] = []
    for number, one in enumerate(_causes(fault)):
        told += [f"which came of {kind_of(one)}:"] if number else []
        told += [f"  {place}" for place in _places(one.__traceback__)]
    return told


def _causes(fault: BaseException) -> Iterator[BaseException]:
    """Yield an exception and what it came of; a ring of them is walked once."""
    seen: list[BaseException] = []
    one: BaseException | None = fault
    while one is not None and one not in seen and len(seen) < _MOST_CAUSES:
        seen.append(one)
        yield one
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)


def _places(trace: TracebackType | None) -> list[str]:
    places: list[str] = []
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{short_path(code.co_filename)}:{trace.tb_lineno} in {code.co_name}")
        trace = trace.tb_next
    if len(places) > _MOST_FRAMES:
        half = _MOST_FRAMES // 2
        left_out = f"({len(places) - 2 * half} more)"
        places = [*places[:half], left_out, *places[-half:]]
    return places


def short_path(path: str) -> str:
    """Return a path from the program's own folder on; of a file elsewhere only its name."""
    parts = PurePath(path.replace("\\", "/")).parts
    if _PACKAGE in parts:
        return "/".join(parts[len(parts) - 1 - parts[::-1].index(_PACKAGE) :])
    return f".../{parts[-1]}" if parts else "?"


def report_of(fault: BaseException, standing: str, at: datetime) -> str:
    """Return the report of a fault, as text that can be sent to anybody."""
    way = way_to(fault)
    last = next((line.strip() for line in reversed(way) if _PACKAGE in line), "a place that is not known")
    head = (
        f"Something in the program went wrong: {kind_of(fault)} at {last}.",
        "This report holds no patient's data: no values, no names, no texts that were typed.",
        "",
        f"program   chairtime {__version__}{' (bundle)' if getattr(sys, 'frozen', False) else ''}",
        f"python    {platform.python_version()}",
        f"qt        {_qt_version()}",
        f"system    {platform.system()} {platform.release()}, {platform.machine()}",
        f"at        {at.astimezone(UTC).isoformat(timespec='seconds')}",
        f"journal   {standing}",
        "",
        "The way to it:",
    )
    return "\n".join([*head, *way, f"{kind_of(fault)}", ""])


def _qt_version() -> str:
    qt = sys.modules.get("PySide6")
    return str(getattr(qt, "__version__", "")) or "not loaded"


class CrashReports:
    """Makes the reports of a data folder; the same fault is written once each time the program runs."""

    def __init__(
        self,
        data_dir: Path,
        standing: Callable[[], str] = lambda: "not open",
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.folder = data_dir / FOLDER
        self._standing = standing
        self._now = now
        self._written: set[str] = set()

    def keep(self, fault: BaseException) -> str:
        """Return the report of a fault; it lies in the folder too, where that can be written."""
        text = report_of(fault, self._where_the_journal_stands(), self._now())
        mark = hashlib.sha256("\n".join(way_to(fault)).encode()).hexdigest()
        if mark not in self._written:
            self._written.add(mark)
            # A full disk may be what went wrong; the report can be copied all the same.
            with suppress(OSError):
                self._write(text, mark)
        return text

    def _where_the_journal_stands(self) -> str:
        try:
            return self._standing()
        except Exception as fault:  # noqa: BLE001 - what is asked here may be the very thing that is broken
            return f"cannot be asked ({kind_of(fault)})"

    def _write(self, text: str, mark: str) -> None:
        from desktop_app.store.durable_file import write_durably  # noqa: PLC0415 - hardly any run has a fault

        self.folder.mkdir(mode=_OWNER_ONLY_FOLDER, exist_ok=True)
        write_durably(self.folder / f"{self._now():%Y-%m-%dT%H%M%SZ}-{mark[:8]}.txt", text)
        for old in sorted(self.folder.glob("*.txt"))[:-MOST_KEPT]:
            old.unlink()


def tell(fault: BaseException, data_dir: Path | None) -> None:
    """Print the report of a command's fault, and keep it in the data folder where there is one."""
    folder = data_dir or paths.user_data_dir()
    if folder.is_dir():
        text = CrashReports(folder).keep(fault)
    else:
        text = report_of(fault, "not open", datetime.now(UTC))
    if sys.stderr is not None:
        with suppress(OSError):
            print(text, file=sys.stderr, flush=True)
