"""The export: signed lines into a batch folder, whole or not at all, and each line once.

The journal and the file system have no common transaction, so the intent is told first::

    hidden folder -----> BatchPrepared -----> one rename -----> BatchSent
       '- cut off here:      '- cut off here:     '- cut off here:
          nothing told          abandoned            sent

``settle`` reads off the disk which of these it was, at the next start or export: the hidden
folder is there before the rename and gone after it (see ``fate``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from desktop_app.core import events as e
from desktop_app.core.decisions import Refusal
from desktop_app.core.moments import local_date, local_time
from desktop_app.core.ports import Clock, Identities, Journal, JournalError, Write
from desktop_app.core.session import Session
from desktop_app.exchange import fate, manifest
from desktop_app.exchange.formats import FORMATS, chosen
from desktop_app.exchange.ledger import Batch, Ledger, fold_ledger, read_ledger
from desktop_app.exchange.naming import hidden, next_name, remove_remains
from desktop_app.exchange.rows import Row, rows_due
from desktop_app.exchange.whole_folder import (
    not_there,
    reachable,
    remove,
    reveal,
    sync_folder,
    why_not,
    write_file,
)


class Exporter:
    """Writes batches and keeps the ledger of what was sent.

    Every method that records raises ``JournalError`` when the journal does not take the
    events; what is on disk then is settled by the next start or export.
    """

    def __init__(self, journal: Journal, clock: Clock, names: Identities, actor: str) -> None:
        self.actor = actor
        self._journal = journal
        self._clock = clock
        self._names = names
        self._ledger = read_ledger(journal)

    def batches(self) -> tuple[Batch, ...]:
        """Return every batch, oldest first, with how far it got."""
        return self._ledger.batches

    def sent(self) -> frozenset[str]:
        """Return the ids of all lines that were sent."""
        return self._ledger.sent

    def ready(self, sessions: Iterable[Session]) -> tuple[Session, ...]:
        """Return the sessions with something to send."""
        return tuple(session for session in sessions if _due(self._ledger, [session], again=False))

    def settle(self) -> tuple[Batch, ...]:
        """Find out what became of every batch that was prepared and not told of since.

        Returns the batches still in doubt, because their place cannot be reached now. Their
        lines are not sent again unless somebody asks.
        """
        for batch in self._ledger.unsettled:
            self._settle(batch)
        return self._ledger.unsettled

    def export(
        self,
        sessions: Iterable[Session],
        folder: Path,
        formats: Sequence[str] = ("csv",),
        *,
        again: bool = False,
    ) -> Batch | Refusal:
        """Send what is due of these sessions into a new batch folder inside ``folder``.

        ``again`` sends lines that were sent before too, and the file says so. After a Refusal
        nothing is left behind and nothing counts as sent. A batch that stays PREPARED is written
        and not recorded as sent, or nobody can tell; its note says which.
        """
        if refusal := _cannot_export(folder, formats):
            return refusal
        self.settle()
        rows = _due(self._ledger, sessions, again=again)
        if not rows:
            return _nothing_due(self._ledger)
        return self._write(rows, folder.resolve(), formats)

    def _write(self, rows: Sequence[Row], folder: Path, formats: Sequence[str]) -> Batch | Refusal:
        origin = self._journal.origin
        try:
            final = folder / self._next_name(folder)
            remove_remains(folder, origin, self._unsettled_remains())
        except OSError as error:
            return Refusal(why_not(error, folder))
        unnamed = hidden(final, origin)
        try:
            prepared = self._prepare(rows, final, unnamed, formats)
        except (OSError, UnicodeEncodeError) as error:
            remove(unnamed)
            return Refusal(why_not(error, folder))
        return self._send(prepared, final, unnamed)

    def _next_name(self, folder: Path) -> str:
        reading = self._clock.now()
        taken = {batch.name for batch in self._ledger.batches} | {path.name for path in folder.iterdir()}
        return next_name(local_date(reading.wall_us, reading.zone), taken)

    def _prepare(
        self, rows: Sequence[Row], final: Path, unnamed: Path, formats: Sequence[str]
    ) -> e.BatchPrepared:
        """Write all files under the hidden name, durably, and return what is to be told of them."""
        batch, reading = self._names.new(), self._clock.now()
        unnamed.mkdir()
        files = [
            write_file(unnamed, form.file_name, partial(form.write, rows=rows)) for form in chosen(formats)
        ]
        content = manifest.manifest(
            rows,
            files,
            batch=batch,
            name=final.name,
            made_at=local_time(reading.wall_us, reading.zone),
            by=self.actor,
            head=self._journal.head(),
        )
        files.append(
            write_file(unnamed, manifest.FILE_NAME, partial(manifest.write_manifest, content=content))
        )
        sync_folder(unnamed)
        # What is told to the journal next must be found after a power cut, under this name.
        sync_folder(unnamed.parent)
        return e.BatchPrepared(
            at_us=reading.wall_us,
            batch=batch,
            folder=str(final),
            sessions=tuple(dict.fromkeys(row.session.id for row in rows)),
            lines=tuple(row.id for row in rows),
            files=tuple(files),
            again=any(row.sent_before for row in rows),
        )

    def _unsettled_remains(self) -> set[str]:
        return {hidden(batch.folder, batch.origin).name for batch in self._ledger.unsettled}

    def _send(self, prepared: e.BatchPrepared, final: Path, unnamed: Path) -> Batch | Refusal:
        """Tell the journal what is about to be sent, give the folder its name, tell that it has it."""
        try:
            self._record(prepared)
        except JournalError:
            remove(unnamed)
            raise
        batch = self._ledger[prepared.batch]
        try:
            reveal(unnamed, final)
        except OSError as error:
            return self._after_no_reveal(batch, why_not(error, final.parent))
        return self._confirm(batch)

    def _after_no_reveal(self, batch: Batch, reason: str) -> Batch | Refusal:
        """Look what happened: over a network a rename can be reported as failed and have been done."""
        try:
            revealed = fate.was_revealed(batch)
        except OSError:
            return replace(batch, note=fate.not_known(batch))
        if revealed:
            return self._confirm(batch)
        self._abandon(batch, reason)
        return Refusal(reason)

    def _confirm(self, batch: Batch) -> Batch:
        """Make the name durable and tell that the batch was sent; it stays written if either fails."""
        try:
            sync_folder(batch.folder.parent)
            self._tell_sent(batch)
        except (OSError, JournalError):
            return replace(batch, note=fate.not_recorded(batch))
        return self._ledger[batch.id]

    def _settle(self, batch: Batch) -> None:
        """Tell the journal what became of a batch, as far as its place can be seen."""
        try:
            revealed = fate.was_revealed(batch)
            note = fate.changed_since(batch) if revealed else ""
            sync_folder(batch.folder.parent)
        except OSError:
            return
        if revealed:
            self._tell_sent(batch, note)
        else:
            self._abandon(batch, "the program was cut off before the folder had its name")

    def _tell_sent(self, batch: Batch, note: str = "") -> None:
        self._record(e.BatchSent(at_us=self._clock.now().wall_us, batch=batch.id, note=note))

    def _abandon(self, batch: Batch, reason: str) -> None:
        """Tell that a batch never got its name, then remove what is hidden: without it, it counts as sent."""
        self._record(e.BatchAbandoned(at_us=self._clock.now().wall_us, batch=batch.id, reason=reason))
        remove(hidden(batch.folder, batch.origin))

    def _record(self, event: e.Event) -> None:
        stamp = e.Stamp(touch=self._names.new(), actor=self.actor, reading=self._clock.now())
        write = Write(e.EXPORT_STREAM, self._ledger.version, (event,))
        self._ledger = fold_ledger(self._journal.append([write], stamp), self._ledger)


def _cannot_export(folder: Path, formats: Sequence[str]) -> Refusal | None:
    if unknown := [name for name in formats if name not in FORMATS]:
        return Refusal(f"there is no format “{unknown[0]}”, only {', '.join(FORMATS)}")
    if not formats:
        return Refusal("no format was chosen; nothing was sent")
    if not reachable(folder):
        return Refusal(not_there(folder))
    return None


def _due(ledger: Ledger, sessions: Iterable[Session], *, again: bool) -> tuple[Row, ...]:
    """Return the rows to send. A line in doubt waits with those that were sent."""
    return rows_due(sessions, ledger.gone_out, again=again)


def _nothing_due(ledger: Ledger) -> Refusal:
    if not ledger.unsettled:
        return Refusal("there is nothing to send: no signed line is unsent")
    place = ledger.unsettled[0].folder
    return Refusal(
        f"there is nothing to send until {place.parent} can be reached: batch {place.name} is in doubt"
    )
