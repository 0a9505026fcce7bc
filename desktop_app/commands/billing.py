"""The export as the script and the window ask for it: sessions in, a batch or one sentence out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_app.app import Parts
from desktop_app.commands.drawing import are_drawn, be_able_to_draw
from desktop_app.commands.papers import WindowPapers
from desktop_app.commands.patient_files import read_patients
from desktop_app.commands.streams import plain
from desktop_app.core.decisions import Refusal
from desktop_app.core.moments import local_date
from desktop_app.core.orders import Setting
from desktop_app.core.session import Session, sessions_by_age
from desktop_app.core.values import dataclass
from desktop_app.store.durable_file import sync_folder
from desktop_app.ui.ports import ExportFailed
from desktop_app.ui.words import count_words

if TYPE_CHECKING:
    from desktop_app.commands.registering import PatientFile
    from desktop_app.exchange.ledger import Batch


def export(
    parts: Parts, sessions: Iterable[Session], folder: Path, formats: Sequence[str], *, again: bool
) -> Batch | Refusal:
    """Export into a folder; its last part is made when only that is missing, and not left empty.

    A folder whose parent is missing too is more likely a drive that is not there.
    """
    try:
        made = folder.parent.is_dir() and not folder.exists()
        if made:
            folder.mkdir()
            sync_folder(folder.parent)
    except OSError as error:
        return Refusal(f"the folder {folder} cannot be made: {plain(error)}; nothing was sent")
    except ValueError:
        return Refusal("no folder can have that name; nothing was sent")
    # Loaded with what it belongs to: no touch waits for it.
    from desktop_app.commands.practice import practice_of  # noqa: PLC0415
    from desktop_app.commands.records import PartsRecords  # noqa: PLC0415

    formats = formats or ("csv",)
    if are_drawn(formats):
        be_able_to_draw()
    exporter = parts.exporter
    exporter.practice = practice_of(parts.folder.settings, parts.folder.path)
    exporter.records = PartsRecords(parts)
    batch = exporter.export(sessions_by_age(sessions), folder, formats, again=again)
    if made and isinstance(batch, Refusal):
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
        return batch if isinstance(batch, Refusal) else answer_of(batch)


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


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export wrote, and where."""

    folder: Path
    sessions: int
    lines: int
    note: str


class WindowBilling:
    """Serves the window's pages of billing."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self.papers = WindowPapers(parts)

    def ready(self) -> Sequence[Session]:
        """Return the sessions that are signed and not yet sent, oldest first."""
        return sessions_by_age(self._parts.exporter.ready(self._parts.desk.suite.sessions.values()))

    def export(self, sessions: Sequence[str] | None, folder: Path) -> Exported:
        """Write the batch whole, or raise ExportFailed and write nothing."""
        self._parts.exporter.actor = self._parts.folder.settings.get("actor")
        ready = [s for s in self.ready() if sessions is None or s.id in sessions]
        batch = export(self._parts, ready, folder, ("csv",), again=False)
        if isinstance(batch, Refusal):
            raise ExportFailed(batch.text[0].upper() + batch.text[1:] + ".")
        return Exported(batch.folder, len(batch.sessions), len(batch.lines), batch.note)

    def payers(self, setting: Setting | None = None) -> Sequence[tuple[str, str]]:
        """Return the payer profiles for a setting, or for who bills; first Medicare's, the usual."""
        setting = setting or Setting(self._parts.folder.settings.get("setting"))
        profiles = self._parts.rules.profiles
        usual = f"medicare-{setting.value}"
        others = (p for name, p in sorted(profiles.items()) if p.serves(setting) and name != usual)
        return [("", profiles[usual].title), *((profile.name, profile.title) for profile in others)]

    def read_patients(self, path: Path) -> PatientFile:
        """Return a file from a registration system as it was read. Raises CannotBeRead with one sentence."""
        settings = self._parts.folder.settings
        today = local_date(self._parts.desk.now().at_us, settings.get("zone"))
        return read_patients(path, self._parts.desk, self._parts.folder.journal, today)

    def sent_batches(self) -> Sequence[Sent]:
        """Return what was sent, newest first."""
        return [_sent(batch) for batch in reversed(self._parts.exporter.batches()) if batch.is_sent]


def _sent(batch: Batch) -> Sent:
    counts = len(batch.sessions), len(batch.lines)
    return Sent(batch.name, batch.at_us, *counts, str(batch.folder), batch.note)
