"""Own checks of a file of charge messages, run on what was written before the batch gets its name.

Validators see whether messages have the form of the standard. They do not see whether the totals
are those that were to be written, a charge has a diagnosis the message does not name, a code has
the shape of one, or an NPI's digits fit. Here that is looked at, as a receiver would read it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import field
from pathlib import Path

from desktop_app.core.values import dataclass
from desktop_app.exchange.hl7_charges import Charge
from desktop_app.exchange.hl7_faults import CREDITS, message_faults, segment_faults
from desktop_app.exchange.hl7_reader import ReadMessage, ReadSegment, messages, read_segments
from desktop_app.exchange.hl7_text import money
from desktop_app.exchange.read_back import RIGHT, first
from desktop_app.exchange.shapes import cents_in, whole_in

_AROUND = ("FHS", "BHS", "BTS", "FTS")


@dataclass(slots=True)
class Expected:
    """What must be found in a file, counted from what was to be written."""

    messages: int = 0
    lines: int = 0
    cents: int = 0
    """What is charged, less what is credited."""
    units: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Units by what they do, charge or credit, and by code."""

    def add(self, charges: Sequence[Charge]) -> None:
        """Count a message."""
        self.messages += 1
        self.lines += len(charges)
        for charge in charges:
            self.cents += -charge.cents if charge.kind in CREDITS else charge.cents
            self.units[charge.kind, charge.row.line.code] += charge.row.line.units


def faults_of_file(path: Path, expected: Expected | None = None) -> list[str]:
    """Return what is wrong with a file of charge messages, each with its place; empty when all is right.

    Raises OSError.
    """
    return first(looks_at_file(path, expected))


def looks_at_file(path: Path, expected: Expected | None = None) -> Iterator[str]:
    """Yield, message by message, what is wrong with a file, or that it is right. Raises OSError."""
    return _Checked(expected).faults(path)


class _Checked:
    """One reading of a file."""

    def __init__(self, expected: Expected | None) -> None:
        self._expected = expected
        self._found = Expected()
        self._controls: set[str] = set()
        self._ids: set[str] = set()
        self._around: list[str] = []

    def faults(self, path: Path) -> Iterator[str]:
        """Yield everything that is wrong, and after each message that it was looked at."""
        for item in messages(read_segments(path)):
            if isinstance(item, ReadMessage):
                yield from self._of_message(item)
                yield RIGHT
            else:
                yield from segment_faults(item)
                yield from self._of_envelope(item)
        if tuple(self._around) != _AROUND:
            yield f"around its messages stands {' '.join(self._around) or 'nothing'}"
        yield from self._of_totals()

    def _of_message(self, message: ReadMessage) -> Iterator[str]:
        named = f"message {message.head[10] or 'without an id'}"
        if self._around != ["FHS", "BHS"]:
            yield f"{named}: it stands outside of the batch"
        if not message.head[10] or message.head[10] in self._controls:
            yield f"{named}: another message has its id, or it has none"
        self._controls.add(message.head[10])
        for read in message.segments:
            yield from segment_faults(read)
        for fault in message_faults(message):
            yield f"{named}: {fault}"
        self._found.messages += 1
        for read in message.every("FT1"):
            yield from self._of_charge(named, read)

    def _of_charge(self, named: str, read: ReadSegment) -> Iterator[str]:
        name, kind = read.part(2), read.part(6)
        if not name or name in self._ids:
            yield f"{named}: line {name or 'without an id'} stands in the file twice"
        self._ids.add(name)
        cents = cents_in(read.part(11)) or 0
        self._found.lines += 1
        self._found.cents += -cents if kind in CREDITS else cents
        self._found.units[kind, read.part(7)] += whole_in(read.part(10)) or 0

    def _of_envelope(self, read: ReadSegment) -> Iterator[str]:
        self._around.append(read.name)
        counted = {"BTS": (1, self._found.messages, "messages"), "FTS": (1, 1, "batches")}
        counts = [counted[read.name]] if read.name in counted else []
        if read.name == "BTS":
            counts.append((3, self._found.lines, "lines"))
        for number, found, what in counts:
            if read[number] != str(found):
                yield f"segment {read.place}: {read.name} counts {read[number]} {what}, there are {found}"

    def _of_totals(self) -> Iterator[str]:
        wanted, found = self._expected, self._found
        if wanted is None:
            return
        if wanted.messages != found.messages:
            yield f"it has {found.messages} messages, of {wanted.messages}"
        if wanted.lines != found.lines:
            yield f"it has {found.lines} lines, of {wanted.lines}"
        if wanted.cents != found.cents:
            yield f"it charges {money(found.cents)} of {money(wanted.cents)}"
        for kind, code in wanted.units | found.units:
            told, due = found.units[kind, code], wanted.units[kind, code]
            if told != due:
                yield f"it has {told} units of {code} as {kind}, of {due}"
