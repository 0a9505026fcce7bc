"""Files of charge messages for the tests: small ones to look at and to change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from desktop_app.exchange.hl7 import FILE_NAME, Hl7Writer
from desktop_app.exchange.hl7_faults import notes_of
from desktop_app.exchange.hl7_reader import ReadMessage, ReadSegment, messages, read_segments
from desktop_app.exchange.place import Place
from desktop_app.exchange.rows import Row
from desktop_app.exchange.sending import Practice
from tests.exchange.claim_files import SENDING
from tests.exchange.month import PRACTICE


def write_charges(folder: Path, *sessions: Sequence[Row], practice: Practice = PRACTICE) -> str:
    """Write sessions as charge messages and return the file's text. Raises CannotBeSent."""
    writer = Hl7Writer(Place(folder), replace(SENDING, practice=practice))
    for rows in sessions:
        writer.add(rows)
    (file,) = writer.close()
    assert file.name == FILE_NAME
    return text_in(folder)


def text_in(folder: Path) -> str:
    """Return the text of the file in a folder, its carriage returns as they are."""
    return (folder / FILE_NAME).read_bytes().decode("utf-8")


def messages_in(folder: Path) -> list[ReadMessage]:
    """Return the messages of the file in a folder."""
    every = messages(read_segments(folder / FILE_NAME))
    return [item for item in every if isinstance(item, ReadMessage)]


def charges_in(message: ReadMessage) -> list[tuple[ReadSegment, dict[str, str]]]:
    """Return the transactions of a message, each with what its note holds."""
    notes = map(notes_of, message.every("NTE"))
    return list(zip(message.every("FT1"), notes, strict=True))
