"""The export as the script and the window ask for it: sessions in, a batch or one sentence out."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_app.app import Parts
from desktop_app.commands.drawing import are_drawn, be_able_to_draw
from desktop_app.commands.papers import WindowPapers
from desktop_app.commands.streams import plain
from desktop_app.core.decisions import Refusal
from desktop_app.core.guard import requiring
from desktop_app.core.moments import local_date
from desktop_app.core.orders import Setting
from desktop_app.core.session import Session
from desktop_app.core.values import dataclass
from desktop_app.store.durable_file import sync_folder
from desktop_app.store.folder import OWNER_ONLY_FOLDER
from desktop_app.ui.words import count_words

if TYPE_CHECKING:
    from desktop_app.commands.charge_list import ChargeList
    from desktop_app.commands.registering import PatientFile
    from desktop_app.commands.window_days import WindowDays
    from desktop_app.commands.window_sends import WindowSends
    from desktop_app.core.day import ToldOf
    from desktop_app.core.record.chronicle import Record
    from desktop_app.exchange.batch import Exporter
    from desktop_app.exchange.ledger import Batch
    from desktop_app.exchange.steps import Step


def export(
    parts: Parts,
    sessions: Iterable[Session],
    folder: Path,
    formats: Sequence[str],
    *,
    again: bool,
    step: Callable[[Step], None] | None = None,
) -> Batch | Refusal:
    """Export sessions, oldest first, as ``exporting`` does, at once; ``step`` is told how far it is."""
    from desktop_app.exchange.steps import at_once  # noqa: PLC0415 - no touch waits for it

    exporter = readied(parts)
    return at_once(exporting(exporter, sessions, folder, formats or ("csv",), again=again), step)


def readied(parts: Parts) -> Exporter:
    """Return the exporter, told who works here and who bills as it is now."""
    # Loaded with what it belongs to: no touch waits for it.
    from desktop_app.commands.practice import practice_of  # noqa: PLC0415
    from desktop_app.commands.records import PartsRecords  # noqa: PLC0415

    exporter = parts.exporter
    exporter.actor = parts.desk.actor
    exporter.practice = practice_of(parts.folder.settings, parts.folder.path)
    exporter.records = PartsRecords(parts)
    return exporter


def exporting(
    exporter: Exporter, sessions: Iterable[Session], folder: Path, formats: Sequence[str], *, again: bool
) -> Generator[Step, None, Batch | Refusal]:
    """Export by steps; the folder's last part is made when only that is missing, and not left empty.

    A folder whose parent is missing too is more likely a drive that is not there.
    """
    if are_drawn(formats):
        be_able_to_draw()
    try:
        made = folder.parent.is_dir() and not folder.exists()
        if made:
            folder.mkdir(mode=OWNER_ONLY_FOLDER)
            sync_folder(folder.parent)
    except OSError as error:
        return Refusal(f"the folder {folder} cannot be made: {plain(error)}; nothing was sent")
    except ValueError:
        return Refusal("no folder can have that name; nothing was sent")
    is_kept = False
    try:
        batch = yield from exporter.exporting(sessions, folder, formats, again=again)
        is_kept = not isinstance(batch, Refusal)
    finally:
        if made and not is_kept:
            with suppress(OSError):
                folder.rmdir()
    return batch


class ScriptBilling:
    """Serves the script's ``export``."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def export(
        self, sessions: Iterable[Session], folder: str, formats: tuple[str, ...], *, again: bool
    ) -> Mapping[str, Any] | Refusal:
        """Send what is ready of these sessions; the answer names the batch."""
        batch = export(self._parts, sessions, Path(folder), formats, again=again)
        if isinstance(batch, Refusal):
            return batch
        held = self._parts.exporter.held
        return answer_of(batch) | ({"held": held} if held else {})

    def is_due(self, session: Session) -> bool:
        """Say whether a signed session has something left to send."""
        from desktop_app.core.day import DUE  # noqa: PLC0415 - as the exporter
        from desktop_app.exchange.due import fate_of  # noqa: PLC0415 - as the exporter

        return fate_of(session, self._parts.exporter.ledger) in DUE


def size_of(batch: Batch) -> str:
    """Return how much a batch holds, in words."""
    sessions = count_words(len(batch.sessions), "session", "sessions")
    return f"{sessions}, {count_words(len(batch.lines), 'line', 'lines')}"


def answer_of(batch: Batch) -> dict[str, Any]:
    """Return what is said of a batch that was written, with a note where that it was sent is not recorded."""
    return {
        "events": ["batch-prepared", *(["batch-sent"] if batch.is_sent else [])],
        "batch": batch.name,
        "folder": str(batch.folder),
        "sessions": len(batch.sessions),
        "lines": len(batch.lines),
        **({"note": batch.note} if batch.note else {}),
    }


@dataclass(frozen=True, slots=True)
class Sent:
    """One batch as the export page lists it."""

    name: str
    sent_us: int
    sessions: int
    lines: int
    folder: str
    note: str
    by: str
    kinds: tuple[str, ...]
    checksum: str
    again: bool


class WindowBilling:
    """Serves the window's pages of billing."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._days: WindowDays | None = None
        self.papers = WindowPapers(parts)

    @cached_property
    def sends(self) -> WindowSends:
        """The way batches are made; what they are made with is loaded when it is first asked for."""
        from desktop_app.commands.window_sends import WindowSends  # noqa: PLC0415 - as the coder

        return WindowSends(self._readied, self._parts.desk, self._parts.folder.path)

    @property
    def record(self) -> Record:
        """Everything that was ever recorded, to look back at."""
        return self._parts.folder.journal

    def days(self, told_of: ToldOf) -> WindowDays:
        """Return the lists of days, with what is told of each session."""
        from desktop_app.commands.window_days import WindowDays  # noqa: PLC0415 - as the coder

        if self._days is None:
            self._days = WindowDays(self._parts.desk, lambda: self._parts.exporter, told_of)
        return self._days

    @cached_property
    def charges(self) -> ChargeList:
        """What the practice charges."""
        from desktop_app.commands.charge_list import ChargeList  # noqa: PLC0415 - as the coder

        return ChargeList(self._parts.folder.path, requiring(self._parts.desk))

    def _readied(self) -> Exporter:
        return readied(self._parts)

    def payers(self, setting: Setting | None = None) -> Sequence[tuple[str, str]]:
        """Return the payer profiles for a setting, or for who bills; first Medicare's, the usual."""
        setting = setting or Setting(self._parts.folder.settings.get("setting"))
        profiles = self._parts.rules.profiles
        usual = f"medicare-{setting.value}"
        others = (p for name, p in sorted(profiles.items()) if p.serves(setting) and name != usual)
        return [("", profiles[usual].title), *((profile.name, profile.title) for profile in others)]

    def read_patients(self, path: Path) -> PatientFile:
        """Return a file from a registration system as it was read. Raises CannotBeRead with one sentence."""
        from desktop_app.commands.patient_files import read_patients  # noqa: PLC0415 - as the coder

        settings = self._parts.folder.settings
        today = local_date(self._parts.desk.now().at_us, settings.get("zone"))
        return read_patients(path, self._parts.desk, self._parts.folder.journal, today)

    def sent_batches(self) -> Sequence[Sent]:
        """Return what was sent, newest first."""
        return [sent_of(batch) for batch in reversed(self._parts.exporter.batches()) if batch.is_sent]


def sent_of(batch: Batch) -> Sent:
    """Return a batch as the export page lists it."""
    from desktop_app.exchange.sent_files import called, checksum_of  # noqa: PLC0415 - as the exporter

    return Sent(
        name=batch.name,
        sent_us=batch.at_us,
        sessions=len(batch.sessions),
        lines=len(batch.lines),
        folder=str(batch.folder),
        note=batch.note,
        by=batch.by,
        kinds=called(batch.files),
        checksum=checksum_of(batch.files),
        again=batch.again,
    )
