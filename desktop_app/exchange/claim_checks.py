"""Own checks of a file of claims, run on what was written before the batch gets its name.

Validators see whether a file has the form of its guide. They do not see whether totals add up, a
line points to a diagnosis that is there, a code has the shape of one, or an NPI's digits fit.
Here that is looked at, on the file as a receiver would read it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import field
from pathlib import Path

from desktop_app.core.values import dataclass
from desktop_app.exchange.claim_faults import claim_faults, segment_faults, service_of
from desktop_app.exchange.claim_reader import NotAnInterchange, Read, ReadClaim, read_claims, read_segments
from desktop_app.exchange.claims import Claim
from desktop_app.exchange.read_back import RIGHT, first
from desktop_app.exchange.x12_text import dollars


@dataclass(slots=True)
class Expected:
    """What must be found in a file, counted from what was to be written."""

    version: str
    claims: int = 0
    lines: int = 0
    cents: int = 0
    units: Counter[str] = field(default_factory=Counter)
    """Units by code, those of claims that are taken back included."""

    def add(self, claim: Claim) -> None:
        """Count a claim."""
        self.claims += 1
        self.lines += len(claim.lines)
        self.cents += claim.cents
        for line in claim.lines:
            self.units[line.line.code] += line.line.units


def faults_of_file(path: Path, expected: Expected | None = None) -> list[str]:
    """Return what is wrong with a file of claims, each with its place; empty when all is right.

    Raises OSError.
    """
    return first(looks_at_file(path, expected))


def looks_at_file(path: Path, expected: Expected | None = None) -> Iterator[str]:
    """Yield, claim by claim, what is wrong with a file of claims, or that it is right. Raises OSError."""
    try:
        yield from _Checked(expected).faults(path)
    except NotAnInterchange:
        yield "it does not begin with a header of 106 characters"


class _Checked:
    """One reading of a file."""

    def __init__(self, expected: Expected | None) -> None:
        self._expected = expected
        self._found = Expected("")
        self._claims: set[str] = set()
        self._line_ids: set[str] = set()
        self._envelope: dict[str, Read] = {}
        self._segments = self._levels = self._transactions = self._groups = 0
        self._set_numbers: set[str] = set()

    def faults(self, path: Path) -> Iterator[str]:
        """Yield everything that is wrong, and after each claim that it was looked at."""
        last = ""
        for item in read_claims(read_segments(path)):
            if isinstance(item, ReadClaim):
                yield from self._of_claim(item)
                yield RIGHT
                continue
            last = item.tag
            self._segments += 1
            yield from segment_faults(item)
            yield from self._of_envelope(item)
        if last != "IEA":
            yield "it ends before its end"
        yield from self._of_totals()

    def _of_claim(self, claim: ReadClaim) -> Iterator[str]:
        for read in claim.every():
            self._segments += 1
            yield from segment_faults(read)
            if read.tag == "HL":
                yield from self._of_level(read)
        if not claim.head:
            yield f"segment {claim.people[0].place}: a person without a claim"
            return
        yield from claim_faults(claim, self._envelope["GS"][8] if "GS" in self._envelope else "")
        yield from self._of_ids(claim)
        self._count(claim)

    def _of_ids(self, claim: ReadClaim) -> Iterator[str]:
        name = claim.begin[1]
        if name in self._claims:
            yield f"claim {name}: its id stands in the file twice"
        self._claims.add(name)
        for line in claim.lines:
            for read in line:
                if read.tag == "REF" and read[1] == "6R":
                    if read[2] in self._line_ids:
                        yield f"claim {name}: line {read[2]} stands in the file twice"
                    self._line_ids.add(read[2])

    def _count(self, claim: ReadClaim) -> None:
        self._found.claims += 1
        self._found.lines += len(claim.lines)
        for line in claim.lines:
            for read in line:
                if read.tag in {"SV1", "SV2"}:
                    code, units, cents = service_of(read)
                    self._found.cents += cents
                    self._found.units[code] += units

    def _of_envelope(self, read: Read) -> Iterator[str]:
        if read.tag in {"ISA", "GS", "ST"}:
            self._envelope[read.tag] = read
        if read.tag == "ST":
            self._segments, self._levels = 1, 0
            self._transactions += 1
            if read[2] in self._set_numbers:
                yield f"segment {read.place}: transaction {read[2]} stands in the file twice"
            self._set_numbers.add(read[2])
        elif read.tag == "GS":
            self._groups += 1
        elif read.tag == "HL":
            yield from self._of_level(read)
        elif read.tag in _ENDS:
            yield from self._of_end(read)

    def _of_level(self, read: Read) -> Iterator[str]:
        self._levels += 1
        if read[1] != str(self._levels):
            yield f"segment {read.place}: level {read[1]} should be {self._levels}"
        parent = {"20": "", "22": "1", "23": str(self._levels - 1)}.get(read[3])
        if read[2] != parent:
            yield f"segment {read.place}: level {read[1]} hangs under {read[2] or 'nothing'}"

    def _of_end(self, read: Read) -> Iterator[str]:
        """Yield what of an end does not fit its beginning: its number, and what it counts."""
        begin, at, counted = _ENDS[read.tag]
        found = {"SE": self._segments, "GE": self._transactions, "IEA": self._groups}[read.tag]
        if begin not in self._envelope or self._envelope[begin][at] != read[2]:
            yield f"segment {read.place}: {read.tag} does not have the number of its {begin}"
        if read[1] != str(found):
            yield f"segment {read.place}: {read.tag} counts {read[1]} {counted}, there are {found}"

    def _of_totals(self) -> Iterator[str]:
        wanted, found = self._expected, self._found
        if wanted is None:
            return
        version = self._envelope["GS"][8] if "GS" in self._envelope else ""
        if version != wanted.version:
            yield f"it is of version {version}, not {wanted.version}"
        if wanted.claims != found.claims:
            yield f"it has {found.claims} claims, of {wanted.claims}"
        if wanted.lines != found.lines:
            yield f"it has {found.lines} lines, of {wanted.lines}"
        if wanted.cents != found.cents:
            yield f"it charges {dollars(found.cents)} of {dollars(wanted.cents)}"
        for code in wanted.units | found.units:
            if wanted.units[code] != found.units[code]:
                yield f"it has {found.units[code]} units of {code}, of {wanted.units[code]}"


_ENDS = {"SE": ("ST", 2, "segments"), "GE": ("GS", 6, "transactions"), "IEA": ("ISA", 13, "groups")}
