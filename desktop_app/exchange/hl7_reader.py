"""Reads HL7 v2 messages back, by nothing but the standard: not by what wrote them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import field
from pathlib import Path

from desktop_app.core.values import dataclass
from desktop_app.exchange.hl7_text import ENCODING, END, FIELD, unescaped

HEADERS = frozenset({"FHS", "BHS", "MSH"})
"""Segments that declare the separators of what follows."""
UNUSED = "\0"
"""Stands for a separator that a header does not declare."""
_SIGNS = slice(3, 8)


@dataclass(frozen=True, slots=True)
class ReadSegment:
    """A segment as it was read, with its place in the file, counted from 1."""

    place: int
    fields: tuple[str, ...]
    """Its name and its fields, by the numbers of the standard."""
    signs: str = FIELD + ENCODING
    """The separators of its message, in the order in which a header declares them."""
    charset: str = "utf-8"

    @property
    def name(self) -> str:
        """Its name."""
        return self.fields[0]

    def __getitem__(self, number: int) -> str:
        """Return a field as it is written; empty where the segment ended before."""
        return self.fields[number] if number < len(self.fields) else ""

    def repetitions(self, number: int) -> tuple[str, ...]:
        """Return the repetitions of a field as they are written; none of an empty field."""
        return tuple(self[number].split(self.signs[2])) if self[number] else ()

    def part(self, number: int, component: int = 1, below: int = 1, *, repetition: int = 0) -> str:
        """Return the text of a component, or of a part of one; empty where it is not there."""
        every = self.repetitions(number)
        whole = every[repetition] if repetition < len(every) else ""
        piece = _at(whole.split(self.signs[1]), component)
        return self.meant(_at(piece.split(self.signs[4]), below))

    def texts(self, number: int) -> tuple[str, ...]:
        """Return the texts of a field that repeats and has no components."""
        return tuple(map(self.meant, self.repetitions(number)))

    def meant(self, written: str) -> str:
        """Return the text that something written in it means."""
        return unescaped(written, self.signs, self.charset)


@dataclass(slots=True)
class ReadMessage:
    """One message: its header and what follows until the next."""

    segments: list[ReadSegment] = field(default_factory=list)

    @property
    def head(self) -> ReadSegment:
        """Its first segment, MSH."""
        return self.segments[0]

    def every(self, name: str) -> list[ReadSegment]:
        """Return the segments of one name."""
        return [read for read in self.segments if read.name == name]

    def first(self, name: str) -> ReadSegment:
        """Return the first segment of a name; an empty one where there is none."""
        return next((read for read in self.segments if read.name == name), ReadSegment(0, (name,)))


def read_segments(path: Path) -> Iterator[ReadSegment]:
    """Yield every segment of a file in UTF-8. Raises OSError; a byte that is no UTF-8 stays one."""
    with path.open(encoding="utf-8", errors="surrogateescape", newline=END) as file:
        yield from parsed(line.removesuffix(END) for line in file)


def parsed(lines: Iterable[str], charset: str = "utf-8") -> Iterator[ReadSegment]:
    """Yield lines as segments, each by the separators that were declared last."""
    signs = FIELD + ENCODING
    for place, line in enumerate(lines, start=1):
        if line[:3] in HEADERS:
            signs = line[_SIGNS].ljust(len(FIELD + ENCODING), UNUSED)
        fields = line.split(signs[0])
        if line[:3] in HEADERS:
            # The separator itself is the first field.
            fields[1:1] = [signs[0]]
        yield ReadSegment(place, tuple(fields), signs, charset)


def messages(segments: Iterable[ReadSegment]) -> Iterator[ReadMessage | ReadSegment]:
    """Yield messages whole, and every segment of the file around them."""
    message: ReadMessage | None = None
    for read in segments:
        if read.name in {"MSH", "FHS", "BHS", "BTS", "FTS"}:
            if message is not None:
                yield message
            message = ReadMessage() if read.name == "MSH" else None
        if message is None:
            yield read
        else:
            message.segments.append(read)
    if message is not None:
        yield message


def _at(pieces: list[str], number: int) -> str:
    return pieces[number - 1] if number <= len(pieces) else ""
