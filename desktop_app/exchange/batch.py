"""The export: signed lines into a batch folder, whole or not at all, and each line once.

The journal and the file system have no common transaction, so the intent is told first::

    hidden folder -----> BatchPrepared -----> one rename -----> BatchSent
       '- cut off here:      '- cut off here:     '- cut off here:
          nothing told          abandoned            sent

``settle`` reads off the disk which of these it was, at the next start or export: the hidden
folder is there before the rename and gone after it (see ``fate``).
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from desktop_app.core import events as e
from desktop_app.core.access import NEEDS
from desktop_app.core.decisions import Refusal
from desktop_app.core.guard import acting_as, sentence
from desktop_app.core.layouts import Layout
from desktop_app.core.moments import local_date, local_time
from desktop_app.core.ports import Clock, Identities, Journal, JournalError, NotAllowed, Write
from desktop_app.core.session import Session
from desktop_app.core.staff import fold_people
from desktop_app.exchange import fate
from desktop_app.exchange.day_sessions import NO_RECORDS, Records
from desktop_app.exchange.draft import Draft, PassedOver
from desktop_app.exchange.due import due_rows
from desktop_app.exchange.formats import FORMATS, chosen
from desktop_app.exchange.ledger import Batch, Ledger, fold_ledger, read_ledger
from desktop_app.exchange.naming import hidden, next_name, remove_remains
from desktop_app.exchange.rows import rows_of
from desktop_app.exchange.sending import NOBODY, STANDARD, Sending
from desktop_app.exchange.steps import Step, at_once
from desktop_app.exchange.whole_folder import not_there, reachable, remove, reveal, sync_folder, why_not

NOTHING_UNSENT = "there is nothing to send: no signed line is unsent"
MOST_FAULTS = 5
"""As many as a person reads at once."""


class Exporter:
    """Writes batches and keeps the ledger of what was sent.

    Every method that records raises ``JournalError`` when the journal does not take the
    events; what is on disk then is settled by the next start or export.
    """

    def __init__(self, journal: Journal, clock: Clock, names: Identities, actor: str) -> None:
        self.actor = actor
        self.practice = NOBODY
        """Who bills; read anew before each export."""
        self.layout = STANDARD
        """How tables are laid out; chosen anew before each export."""
        self.records: Records = NO_RECORDS
        """What else is on record, for what tells more than the lines."""
        self.signed_head: Callable[[], Mapping[str, object]] = dict
        """Signs where the journal stands, for the manifest; a journal that signs nothing says nothing."""
        self.held = 0
        """How many sessions of the last export had something to send and were held."""
        self.passed_over: tuple[PassedOver, ...] = ()
        """Which formats of the last export did not take all of its sessions."""
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

    @property
    def ledger(self) -> Ledger:
        """What was sent so far."""
        return self._ledger

    def gone_out(self) -> frozenset[str]:
        """Return the ids of all lines that were sent, or of which nobody knows yet whether they were."""
        return self._ledger.gone_out

    def ready(self, sessions: Iterable[Session]) -> tuple[Session, ...]:
        """Return the sessions with something to send; none that is held."""
        return tuple(session for session in sessions if due_rows(session, self._ledger))

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
        return at_once(self.exporting(sessions, folder, formats, again=again))

    def exporting(
        self,
        sessions: Iterable[Session],
        folder: Path,
        formats: Sequence[str] = ("csv",),
        *,
        again: bool = False,
    ) -> Generator[Step, None, Batch | Refusal]:
        """Do what ``export`` does a session at a time, and read the files back bit by bit.

        Closed before its end, it leaves nothing behind and nothing counts as sent. Only one may be
        under way.
        """
        if refusal := self._may_not(e.BatchPrepared) or _cannot_export(folder, formats, self.layout):
            return refusal
        self.settle()
        folder = folder.resolve()
        try:
            final = folder / self._next_name(folder)
            remove_remains(folder, self._journal.origin, self._unsettled_remains())
        except OSError as error:
            return Refusal(why_not(error, folder))
        draft = Draft(hidden(final, self._journal.origin), chosen(formats), self.sending(final.name))
        try:
            yield from self._write(draft, sessions, again=again)
            prepared = self._prepared(draft, final)
            self.passed_over = draft.told_passed_over()
        except (OSError, UnicodeEncodeError) as error:
            return Refusal(why_not(error, folder))
        finally:
            if not draft.is_whole:
                draft.give_up()
        return self._nothing_to_name(draft) or self._send(prepared, final, draft.folder)

    def _may_not(self, kind: type[e.Event]) -> Refusal | None:
        """Return why whoever works here may not record a kind of event; None where they may."""
        people = fold_people(self._journal.load(e.PEOPLE_STREAM))
        return acting_as(people, self.actor).why_not(NEEDS[kind.KIND])

    def _write(self, draft: Draft, sessions: Iterable[Session], *, again: bool) -> Iterator[Step]:
        self.held = 0
        for count, session in enumerate(sessions, start=1):
            # A line in doubt waits with those that were sent.
            draft.add(due_rows(session, self._ledger, again=again))
            self.held += bool(session.hold_reason and rows_of(session, self._ledger.gone_out))
            yield Step(count)
        yield from draft.finishing()

    def _nothing_to_name(self, draft: Draft) -> Refusal | None:
        if draft.faults:
            return Refusal(_faults(draft.faults))
        return None if draft.is_whole else _nothing_due(self._ledger, self.held)

    def _next_name(self, folder: Path) -> str:
        reading = self._clock.now()
        taken = {batch.name for batch in self._ledger.batches} | {path.name for path in folder.iterdir()}
        return next_name(local_date(reading.wall_us, reading.zone), taken)

    def sending(self, name: str) -> Sending:
        """Return what formats are told of a batch of this name that is made now."""
        reading = self._clock.now()
        return Sending(
            batch=self._names.new(),
            name=name,
            number=len(self._ledger.batches) + 1,
            made_at=local_time(reading.wall_us, reading.zone),
            by=self.actor,
            head=self._journal.head(),
            signed_head=self.signed_head(),
            practice=self.practice,
            layout=self.layout,
            records=self.records,
        )

    def _prepared(self, draft: Draft, final: Path) -> e.BatchPrepared:
        """Return what is to be told of a batch that is whole under its hidden name."""
        tally = draft.tally
        return e.BatchPrepared(
            at_us=self._clock.now().wall_us,
            batch=draft.sending.batch,
            folder=str(final),
            sessions=tuple(tally.sessions),
            lines=tuple(tally.lines),
            files=tuple(draft.files),
            again=tally.again,
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
        if refusal := self._may_not(type(event)):
            raise NotAllowed(sentence(refusal))
        stamp = e.Stamp(touch=self._names.new(), actor=self.actor, reading=self._clock.now())
        write = Write(e.EXPORT_STREAM, self._ledger.version, (event,))
        self._ledger = fold_ledger(self._journal.append([write], stamp), self._ledger)


def _cannot_export(folder: Path, formats: Sequence[str], layout: Layout) -> Refusal | None:
    if unknown := [name for name in formats if name not in FORMATS]:
        return Refusal(f"there is no format “{unknown[0]}”, only {', '.join(FORMATS)}")
    if not formats:
        return Refusal("no format was chosen; nothing was sent")
    if layout is not STANDARD and not any(form.has_layout for form in chosen(formats).values()):
        return Refusal(f"“{layout.title}” lays out tables, and none was asked for; nothing was sent")
    if not reachable(folder):
        return Refusal(not_there(folder))
    return None


def _faults(faults: Sequence[str]) -> str:
    """Say the first faults, each with its session, and how many more there are."""
    more = len(faults) - MOST_FAULTS
    rest = f"; and {more} more" if more > 0 else ""
    return f"{'; '.join(faults[:MOST_FAULTS])}{rest}; nothing was sent"


def _nothing_due(ledger: Ledger, held: int) -> Refusal:
    if held and not ledger.unsettled:
        return Refusal("there is nothing to send: every signed line that is unsent is held")
    if not ledger.unsettled:
        return Refusal(NOTHING_UNSENT)
    place = ledger.unsettled[0].folder
    return Refusal(
        f"there is nothing to send until {place.parent} can be reached: batch {place.name} is in doubt"
    )
