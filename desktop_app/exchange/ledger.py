"""What was sent, told from the journal: every batch, and how far it got."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from desktop_app.core import events as e
from desktop_app.core.ports import Journal


class BatchState(StrEnum):
    """How far a batch got."""

    PREPARED = "prepared"
    """Its files were written; whether they got their name is not recorded yet."""
    SENT = "sent"
    ABANDONED = "abandoned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """One export: what it holds, where it lies, how far it got."""

    id: str
    folder: Path
    at_us: int
    by: str
    origin: str
    """The workstation that made it."""
    sessions: tuple[str, ...]
    lines: tuple[str, ...]
    """The ids of its rows: of lines, and of lines taken back."""
    files: tuple[e.BatchFile, ...]
    again: bool
    state: BatchState = BatchState.PREPARED
    reason: str = ""
    """Why it was abandoned."""
    note: str = ""
    """What a person should know of it though it went out; usually nothing."""

    @property
    def name(self) -> str:
        """The name of its folder, such as ``chairtime-2026-03-02-A``."""
        return self.folder.name

    @property
    def is_sent(self) -> bool:
        """Whether it is known to have gone out."""
        return self.state is BatchState.SENT


@dataclass(frozen=True)
class Ledger:
    """All batches, oldest first, and the version of their stream."""

    by_id: Mapping[str, Batch] = field(default_factory=dict)
    version: int = 0

    @property
    def batches(self) -> tuple[Batch, ...]:
        """Every batch, oldest first."""
        return tuple(self.by_id.values())

    @cached_property
    def sent(self) -> frozenset[str]:
        """The ids of all rows that were sent."""
        return _lines(self.batches, BatchState.SENT)

    @cached_property
    def gone_out(self) -> frozenset[str]:
        """The ids of all rows that were sent, and of those of which nobody knows yet whether they were."""
        return self.sent | _lines(self.batches, BatchState.PREPARED)

    @property
    def unsettled(self) -> tuple[Batch, ...]:
        """The batches that were prepared and neither sent nor abandoned."""
        return tuple(batch for batch in self.batches if batch.state is BatchState.PREPARED)

    def __getitem__(self, batch: str) -> Batch:
        return self.by_id[batch]


NOTHING_SENT = Ledger()


def read_ledger(journal: Journal) -> Ledger:
    """Return what the journal says was sent."""
    return fold_ledger(journal.load(e.EXPORT_STREAM))


def fold_ledger(history: Iterable[e.Recorded], before: Ledger = NOTHING_SENT) -> Ledger:
    """Replay events of the exports, oldest first, on what was known before."""
    found, version = dict(before.by_id), before.version
    for recorded in history:
        version = recorded.version
        batch = _after(found, recorded)
        found[batch.id] = batch
    return Ledger(found, version)


def _after(found: Mapping[str, Batch], recorded: e.Recorded) -> Batch:
    event = recorded.event
    if isinstance(event, e.BatchPrepared):
        return _prepared(event, recorded)
    if isinstance(event, e.BatchSent):
        return replace(found[event.batch], state=BatchState.SENT, note=event.note)
    if isinstance(event, e.BatchAbandoned):
        return replace(found[event.batch], state=BatchState.ABANDONED, reason=event.reason)
    message = f"event {recorded.id} ({event.KIND}) does not belong to the exports"
    raise ValueError(message)


def _prepared(event: e.BatchPrepared, recorded: e.Recorded) -> Batch:
    return Batch(
        id=event.batch,
        folder=Path(event.folder),
        at_us=event.at_us,
        by=recorded.stamp.actor,
        origin=recorded.origin,
        sessions=event.sessions,
        lines=event.lines,
        files=event.files,
        again=event.again,
    )


def _lines(batches: Iterable[Batch], state: BatchState) -> frozenset[str]:
    return frozenset(line for batch in batches if batch.state is state for line in batch.lines)
