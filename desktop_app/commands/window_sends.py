"""Batches as the window asks for them: what is due, what is missing, how it would look, and the sending."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property, partial
from itertools import islice
from pathlib import Path

from desktop_app.commands.aside import place_aside
from desktop_app.commands.billing import exporting
from desktop_app.commands.layout_shelf import LayoutShelf
from desktop_app.commands.send_words import lacks_of, step_words
from desktop_app.core.decisions import Refusal
from desktop_app.core.desk import Desk
from desktop_app.core.guard import requiring
from desktop_app.core.layouts import Layout
from desktop_app.core.session import Session
from desktop_app.core.values import dataclass
from desktop_app.exchange.batch import Exporter
from desktop_app.exchange.formats import FORMATS, chosen
from desktop_app.exchange.ledger import Ledger
from desktop_app.exchange.looking import Due, due_of, looking
from desktop_app.exchange.preview import Preview, preview
from desktop_app.exchange.rows import Row, rows_of
from desktop_app.exchange.sample import Sample, samples
from desktop_app.exchange.sending import STANDARD, CannotBeSent, Format
from desktop_app.exchange.steps import told_as
from desktop_app.store.durable_file import write_durably
from desktop_app.ui.billing_ports import ExportFailed
from desktop_app.ui.export.ports import Lack, Offer, Progress, Shown, Wanted

MOST_LOOKED_AT = 200
"""The beginnings of the files are made of so many sessions: more of them no beginning shows."""
STANDARD_LAYOUT = "complete"
"""The layout that is the canonical table; files written in it are as those written without one."""
MOST_ROWS = 14
"""Of a table that is only looked at."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export wrote, and where."""

    folder: Path
    sessions: int
    lines: int
    note: str


class WindowSends:
    """Serves the export page: everything is asked of the exporter as the settings have it now."""

    def __init__(self, readied: Callable[[], Exporter], desk: Desk, data_dir: Path) -> None:
        self._readied = readied
        self._desk = desk
        self._data_dir = data_dir
        self._listed: tuple[tuple[int, str], dict[str, int]] | None = None

    @cached_property
    def layouts(self) -> LayoutShelf:
        """How tables may be laid out."""
        return LayoutShelf(self._data_dir, requiring(self._desk))

    def offers(self) -> Sequence[Offer]:
        """Return every format."""
        forms = chosen(FORMATS)
        return [
            Offer(name=name, title=form.title, about=form.about, has_layout=form.has_layout)
            for name, form in forms.items()
        ]

    def due(self, wanted: Wanted) -> Due:
        """Return what is due of the sessions, counted off the journal's own list as far as that tells."""
        ledger, due = self._readied().ledger, Due()
        told = {} if wanted.again else self._told_by_list(ledger)
        for name in wanted.sessions:
            if name in told:
                due.sessions, due.lines = due.sessions + 1, due.lines + told[name]
        others = self._sessions([name for name in wanted.sessions if name not in told])
        return due_of(others, ledger.gone_out, again=wanted.again, so_far=due)

    def sessions_of(self, batch: str) -> tuple[str, ...]:
        """Return the ids of the sessions that went out in a batch."""
        found = (one.sessions for one in self._readied().batches() if one.name == batch)
        return next(found, ())

    def looking(self, wanted: Wanted) -> Generator[int, None, tuple[Lack, ...]]:
        """Look at the sessions one by one; return what is to be known before they are sent."""
        exporter, forms = self._laid_out(wanted), chosen(wanted.formats)
        sessions, gone_out = self._sessions(wanted.sessions), exporter.gone_out()
        found = yield from looking(sessions, forms, exporter.sending(""), gone_out, again=wanted.again)
        return tuple(lacks_of(found, forms, exporter.practice))

    def table(self, layout: Layout, sessions: Sequence[str]) -> Shown:
        """Return how the first lines of some sessions would stand in a table, sent before or not."""
        charges = self._readied().practice.charges
        return _table("", self.layouts.preview(layout, self._sessions(sessions), charges))

    def shown(self, wanted: Wanted) -> Sequence[Shown]:
        """Return the beginning of every file as it would be written."""
        exporter = self._laid_out(wanted)
        rows = list(islice((rows for rows in self._rows(exporter, wanted) if rows), MOST_LOOKED_AT))
        return [
            shown
            for name, form in chosen(wanted.formats).items()
            for shown in self._shown(name, form, rows, exporter)
        ]

    def sending(self, wanted: Wanted, folder: Path) -> Generator[Progress, None, Exported]:
        """Write the batch whole, step by step. Raises ExportFailed or JournalError; nothing was sent then."""
        exporter, sessions = self._laid_out(wanted), self._sessions(wanted.sessions)
        steps = exporting(exporter, sessions, folder, wanted.formats, again=wanted.again)
        batch = yield from told_as(steps, partial(step_words, sessions=len(wanted.sessions)))
        if isinstance(batch, Refusal):
            raise ExportFailed(f"{batch.text[0].upper()}{batch.text[1:]}.")
        return Exported(batch.folder, len(batch.sessions), len(batch.lines), batch.note)

    def _laid_out(self, wanted: Wanted) -> Exporter:
        """Return the exporter with the layout of the tables. Raises ExportFailed where there is none."""
        exporter = self._readied()
        has_tables = any(form.has_layout for form in chosen(wanted.formats).values())
        exporter.layout = self._layout(wanted.layout) if has_tables else STANDARD
        return exporter

    def _layout(self, name: str) -> Layout:
        if name in {"", STANDARD_LAYOUT}:
            return STANDARD
        found = next((layout for layout in self.layouts.all() if layout.name == name), None)
        if found is None:
            raise ExportFailed(
                f"The layout {name} cannot be used any more; choose another. Nothing was sent."
            )
        return found

    def _sessions(self, names: Sequence[str]) -> Iterator[Session]:
        """Yield sessions, none that is held, each read when it is wanted: no memory holds a year of them."""
        found = map(self._desk.shelf.session, names)
        return (session for session in found if session is not None and not session.hold_reason)

    def _told_by_list(self, ledger: Ledger) -> dict[str, int]:
        """Return how many lines are due of each session that was signed once and never sent."""
        now = (ledger.version, self._desk.head)
        if self._listed is None or self._listed[0] != now:
            doubtful = {session for batch in ledger.unsettled for session in batch.sessions}
            self._listed = (
                now,
                {
                    one.session: one.lines
                    for one in self._desk.shelf.listed()
                    if one.version == 1 and not one.hold_reason and one.session not in doubtful
                },
            )
        return self._listed[1]

    def _rows(self, exporter: Exporter, wanted: Wanted) -> Iterator[Sequence[Row]]:
        gone_out = exporter.gone_out()
        for session in self._sessions(wanted.sessions):
            yield rows_of(session, gone_out, again=wanted.again)

    def _shown(
        self, name: str, form: Format, rows: Sequence[Sequence[Row]], exporter: Exporter
    ) -> Iterator[Shown]:
        if form.has_layout:
            yield _table(name, preview(exporter.layout, rows, exporter.practice.charges, MOST_ROWS))
            return
        sending = exporter.sending("preview")
        try:
            with place_aside(self._data_dir) as place:
                found = samples(form, rows, sending, place)
            yield from (_part(name, sample, sending.made_at) for sample in found)
        except CannotBeSent as fault:
            yield Shown(format=name, note=f"Nothing to show: the first session {fault}.")
        except UnicodeEncodeError:
            yield Shown(format=name, note="Nothing to show: a text of the first sessions is none.")
        except OSError as fault:
            yield Shown(format=name, note=f"Nothing to show: {(fault.strerror or str(fault)).lower()}.")


def _table(name: str, seen: Preview) -> Shown:
    note = f"The first of them {seen.lacking[0]}." if seen.lacking else ""
    lines = tuple(seen.text.splitlines())
    return Shown(format=name, head=seen.head, rows=seen.rows, lines=lines, sessions=seen.sessions, note=note)


def _part(name: str, sample: Sample, made_at: datetime) -> Shown:
    note = "The file goes on." if sample.is_cut else ""
    shown = Shown(format=name, file=sample.file, lines=sample.lines, sessions=sample.sessions, note=note)
    if sample.paper is None:
        return shown
    from desktop_app.exchange.pdf_printing import Printable  # noqa: PLC0415 - only papers need it

    return replace(shown, paper=Printable(sample.paper, sample.file, made_at, write_durably))
