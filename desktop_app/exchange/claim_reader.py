"""Reads a file of claims back, by nothing but the standard: not by what wrote it.

::

    ISA GS  ST BHT ...              the envelope
      HL 20  PRV NM1 ...            who bills
        HL 22  SBR NM1 ...          people, of one claim
        (HL 23  PAT NM1 ...)
          CLM HI REF ...            head
            LX SV1 DTP REF ...      line
    SE GE IEA
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import field
from pathlib import Path

from desktop_app.core.values import dataclass

_HEADER = 106
_CHUNK = 65_536
_SUBSCRIBER = "22"


class NotAnInterchange(ValueError):
    """The file does not begin as an interchange does."""


@dataclass(frozen=True, slots=True)
class Read:
    """A segment as it was read, with its place in the file, counted from 1."""

    place: int
    parts: tuple[str, ...]
    component: str

    @property
    def tag(self) -> str:
        """Its name."""
        return self.parts[0]

    def __getitem__(self, element: int) -> str:
        """Return an element by its number; empty where the segment ended before."""
        return self.parts[element] if element < len(self.parts) else ""

    def of(self, element: int) -> tuple[str, ...]:
        """Return the components of an element."""
        return tuple(self[element].split(self.component))


@dataclass(slots=True)
class ReadClaim:
    """One claim with the people before it."""

    people: list[Read]
    head: list[Read] = field(default_factory=list)
    lines: list[list[Read]] = field(default_factory=list)

    @property
    def begin(self) -> Read:
        """Its first segment, CLM."""
        return self.head[0]

    def every(self) -> Iterator[Read]:
        """Yield all its segments."""
        yield from self.people
        yield from self.head
        for line in self.lines:
            yield from line


def read_segments(path: Path) -> Iterator[Read]:
    """Yield every segment of a file, by the separators it declares. Raises OSError, NotAnInterchange."""
    with path.open(encoding="ascii", errors="replace", newline="") as file:
        header = file.read(_HEADER)
        if len(header) < _HEADER or not header.startswith("ISA"):
            raise NotAnInterchange
        element, component, end = header[3], header[104], header[105]
        pieces = _pieces(header, iter(lambda: file.read(_CHUNK), ""), end)
        for place, text in enumerate(pieces, start=1):
            yield Read(place, tuple(text.split(element)), component)


def _pieces(first: str, more: Iterable[str], end: str) -> Iterator[str]:
    """Yield what stands between the ends of segments; what follows the last one too, if anything."""
    rest = first
    for chunk in more:
        *whole, rest = (rest + chunk).split(end)
        yield from whole
    *whole, rest = rest.split(end)
    yield from whole
    if rest:
        yield rest


def read_claims(segments: Iterable[Read]) -> Iterator[ReadClaim | Read]:
    """Yield claims whole, and every segment that belongs to none."""
    claim: ReadClaim | None = None
    for read in segments:
        if claim is not None and _ends(claim, read):
            yield claim
            claim = None
        if read.tag == "HL" and read[3] == _SUBSCRIBER:
            claim = ReadClaim([])
        if claim is None:
            yield read
        else:
            _put(claim, read)
    if claim is not None:
        yield claim


def _ends(claim: ReadClaim, read: Read) -> bool:
    """Whether a segment is none of a claim's any more."""
    return read.tag in {"SE", "GE", "IEA", "ST"} or (read.tag == "HL" and bool(claim.head))


def _put(claim: ReadClaim, read: Read) -> None:
    if read.tag == "LX":
        claim.lines.append([read])
    elif claim.lines:
        claim.lines[-1].append(read)
    elif claim.head or read.tag == "CLM":
        claim.head.append(read)
    else:
        claim.people.append(read)
