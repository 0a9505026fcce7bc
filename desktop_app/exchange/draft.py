"""A batch while it is written under its hidden name, a session at a time through every format."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from desktop_app.core.events import BatchFile
from desktop_app.core.recordable import as_line
from desktop_app.core.values import dataclass
from desktop_app.exchange import manifest
from desktop_app.exchange.place import OWNER_ONLY_FOLDER, Place
from desktop_app.exchange.rows import Row
from desktop_app.exchange.sending import CannotBeSent, Format, Sending, Tally, Writer
from desktop_app.exchange.steps import ClosesByStep, Closing, Step, told_as
from desktop_app.exchange.whole_folder import remove, sync_folder

LONGEST_NAME = 40
"""As much of a name as a sentence has room for."""


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A format that some sessions of a batch are not in, because they are none for it."""

    format: str
    sessions: int
    is_all: bool
    """Whether none of the batch goes out in it, so that it has no file."""
    first: str
    """Who is the first of them, where, and why."""


class Draft:
    """Writes sessions in all formats and counts them; the folder comes with the first session.

    Once a session cannot be written, the others are only looked at, so that every fault is told
    at once.
    """

    def __init__(self, folder: Path, formats: Mapping[str, Format], sending: Sending) -> None:
        self.folder = folder
        self.sending = sending
        self.tally = Tally()
        self.files: list[BatchFile] = []
        self.faults: list[str] = []
        """What is in the way, a sentence's end for each session that cannot be sent so."""
        self.passed_over: dict[str, str] = {}
        """Of each format that does not take all sessions, the first it passes over, and why."""
        self.is_whole = False
        self._formats = formats
        self._place = Place(folder)
        self._writers: dict[str, Writer] = {}

    def add(self, rows: Sequence[Row]) -> None:
        """Write what is due of one session, if anything is. Raises OSError."""
        if not rows:
            return
        taking = self._taking(rows)
        if self.faults:
            return
        if not self._writers and not self._begin():
            return
        try:
            for name in taking:
                self._writers[name].add(rows)
        except CannotBeSent as fault:
            self.faults.append(_about(rows, str(fault)))
        except UnicodeEncodeError:
            self.faults.append(_about(rows, "has a text that cannot be written as UTF-8"))
        self.tally.add(rows, passed_over=self._formats.keys() - taking)

    def _begin(self) -> bool:
        """Begin every file; return whether each format can say what the settings and the layout say."""
        self.folder.mkdir(mode=OWNER_ONLY_FOLDER)
        try:
            self._writers = {
                name: form.begin(self._place, self.sending) for name, form in self._formats.items()
            }
        except CannotBeSent as fault:
            self.faults.append(f"the batch {fault}")
        return not self.faults

    def _taking(self, rows: Sequence[Row]) -> list[str]:
        """Return which formats a session goes out in; add what is in the way to the faults."""
        reasons = {name: form.passes_over(rows) for name, form in self._formats.items()}
        taking = [name for name, reason in reasons.items() if not reason]
        for name in reasons.keys() - taking:
            self.passed_over.setdefault(name, _about(rows, reasons[name]))
        lacking = [self._formats[name].lacks(rows, self.sending.practice) for name in taking]
        # Two tables of one layout miss the same.
        lacking += dict.fromkeys(self._formats[name].unready(rows, self.sending) for name in taking)
        if not taking:
            lacking = list(reasons.values())[:1]
        self.faults += [_about(rows, lack) for lack in lacking if lack]
        return taking

    def told_passed_over(self) -> tuple[PassedOver, ...]:
        """Return the formats that do not take all of the batch, in the order they were asked for."""
        counts = {name: len(self.tally.passed_over.get(name, ())) for name in self._formats}
        every = len(self.tally.sessions)
        return tuple(
            PassedOver(name, count, count == every, self.passed_over[name])
            for name, count in counts.items()
            if count
        )

    def finishing(self) -> Iterator[Step]:
        """Close every file, durably, and write the manifest, step by step. Raises OSError."""
        if self.faults or not self._writers:
            return
        try:
            yield from self._closing()
        except CannotBeSent as fault:
            self.faults.append(str(fault))
            return
        content = manifest.manifest(self.sending, self.tally, self.files)
        write = partial(manifest.write_manifest, content=content)
        self.files.append(self._place.write(manifest.FILE_NAME, write))
        sync_folder(self.folder)
        # What is told to the journal next must be found after a power cut, under this name.
        sync_folder(self.folder.parent)
        self.is_whole = True

    def _closing(self) -> Iterator[Step]:
        places = len(self._writers)
        for place, writer in enumerate(self._writers.values()):
            at = partial(replace, place=place, places=places)
            self.files += yield from told_as(_closing_of(writer), at)

    def give_up(self) -> None:
        """Remove what was written."""
        self._place.give_up()
        remove(self.folder)


def _closing_of(writer: Writer) -> Closing:
    """Return a writer's closing as steps: those it has, or one for all of it."""
    if isinstance(writer, ClosesByStep):
        return writer.closing()
    return _whole(writer)


def _whole(writer: Writer) -> Closing:
    yield Step(0)
    return tuple(writer.close())


def _about(rows: Sequence[Row], lack: str) -> str:
    session = rows[0].session
    who, chair = session.initials or session.mrn, session.chair
    return f"{as_line(who, LONGEST_NAME)} in chair {as_line(chair, LONGEST_NAME)} {lack}"
