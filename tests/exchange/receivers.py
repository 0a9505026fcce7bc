"""Receivers of batches: each reads one format with a reader of others' making and keeps its books.

A receiver is given the batches in their order, and does what the file tells it to: charge a line, put lines
in the place of others, take lines back. What its books hold then is what will be paid.
"""

from __future__ import annotations

import io
import json
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from pathlib import Path
from typing import Any

import hl7  # type: ignore[import-untyped]  # it has no stubs
from pyx12.x12file import X12Reader  # type: ignore[import-untyped]  # as above

from tests.exchange.readers import read, sheet

Billed = tuple[str, tuple[str, ...], int]
"""What one line bills: code, modifiers, units."""
Books = dict[str, list[Billed]]
"""The lines in force by session, sorted."""


@dataclass
class Receiver(ABC):
    """Somebody who is billed."""

    heard: Counter[str] = dataclass_field(default_factory=Counter)
    """How often each line was charged or taken back."""
    _lines: dict[str, tuple[str, Billed]] = dataclass_field(default_factory=dict)
    """Session and line, by the line's id."""

    @abstractmethod
    def take(self, folder: Path) -> None:
        """Read a batch's file and do what it says."""

    @property
    def books(self) -> Books:
        """What is in force."""
        found: Books = {}
        for session, billed in self._lines.values():
            found.setdefault(session, []).append(billed)
        return {session: sorted(lines) for session, lines in found.items()}

    def _charge(self, line: str, session: str, billed: Billed) -> None:
        """Enter a line; one that is known already must say what it said."""
        self.heard[line] += 1
        assert self._lines.setdefault(line, (session, billed)) == (session, billed)

    def _take_back(self, line: str, billed: Billed | None = None, *, again: bool) -> None:
        """Strike a line; only what is sent once more may be struck already.

        Where the file says what it takes back, that is what the line said.
        """
        self.heard[f"{line} taken back"] += 1
        assert again or line in self._lines, line
        struck = self._lines.pop(line, None)
        assert struck is None or billed in {None, struck[1]}, line


class _TableReceiver(Receiver):
    """Reads a table with the canonical headings; each row of a corrected version names all it replaces."""

    @abstractmethod
    def _rows(self, folder: Path) -> list[dict[str, str]]:
        """Return the rows by their headings."""

    def take(self, folder: Path) -> None:
        rows = self._rows(folder)
        replaced = {line: row["sent_before"] == "yes" for row in rows for line in row["replaces"].split()}
        voided = {row["replaces"]: _billed_in(row) for row in rows if row["action"] == "void"}
        for line, known in replaced.items():
            self._take_back(line, voided.get(line), again=known)
        for row in rows:
            if row["action"] != "void":
                self._charge(row["line"], row["session"], _billed_in(row))


def _billed_in(row: Mapping[str, str]) -> Billed:
    modifiers = tuple(filter(None, (row[f"modifier_{place}"] for place in range(1, 5))))
    return row["code"], modifiers, int(row["units"])


class CsvReceiver(_TableReceiver):
    """Reads text by hand, as RFC 4180 has it."""

    def _rows(self, folder: Path) -> list[dict[str, str]]:
        return read((folder / "lines.csv").read_bytes())


class ExcelReceiver(_TableReceiver):
    """Reads a workbook with openpyxl."""

    def _rows(self, folder: Path) -> list[dict[str, str]]:
        head, *rows = sheet(folder / "lines.xlsx")
        return [dict(zip(map(str, head), map(str, row), strict=True)) for row in rows]


class X12Receiver(Receiver):
    """Reads claims with pyx12's reader of segments; a claim takes the place of the one it names whole."""

    def __init__(self) -> None:
        super().__init__()
        self._claims: dict[str, list[str]] = {}

    def take(self, folder: Path) -> None:
        for name in ("claims-837p.x12", "claims-837i.x12"):
            if (folder / name).exists():
                for claim in self._claims_in(folder / name):
                    self._take_claim(claim)

    def _take_claim(self, claim: dict[str, Any]) -> None:
        name, frequency, again = claim["id"], claim["frequency"], claim["purpose"] == "18"
        if frequency in {"7", "8"}:
            assert again or claim["corrects"] in self._claims
            voided = dict(claim["lines"]) if frequency == "8" else {}
            for line in self._claims.pop(claim["corrects"], ()):
                self._take_back(line, voided.get(line), again=again)
        if frequency != "8":
            self._claims[name] = [line for line, _ in claim["lines"]]
            for line, billed in claim["lines"]:
                self._charge(line, name.rpartition("-")[0], billed)

    @staticmethod
    def _claims_in(path: Path) -> Iterator[dict[str, Any]]:
        claim: dict[str, Any] = {}
        purpose = ""
        for segment in X12Reader(io.StringIO(path.read_text(encoding="ascii"))):
            match segment.get_seg_id():
                case "BHT":
                    purpose = segment.get_value("BHT02")
                case "CLM" | "SE":
                    if claim:
                        yield claim
                    claim = {} if segment.get_seg_id() == "SE" else _claim_of(segment, purpose)
                case "REF" if segment.get_value("REF01") == "F8":
                    claim["corrects"] = segment.get_value("REF02")
                case "SV1" | "SV2":
                    claim["service"] = _billed_by(segment)
                case "REF" if segment.get_value("REF01") == "6R":
                    claim["lines"].append((segment.get_value("REF02"), claim["service"]))


def _claim_of(segment: Any, purpose: str) -> dict[str, Any]:  # noqa: ANN401 - the library has no types
    frequency = segment.get_value("CLM05-3")
    return {"id": segment.get_value("CLM01"), "frequency": frequency, "purpose": purpose, "lines": []}


def _billed_by(segment: Any) -> Billed:  # noqa: ANN401 - as above
    name = segment.get_seg_id()
    procedure, units = {"SV1": ("SV101", "SV104"), "SV2": ("SV202", "SV205")}[name]
    modifiers = (segment.get_value(f"{procedure}-{place}") for place in range(3, 7))
    return segment.get_value(f"{procedure}-2"), tuple(filter(None, modifiers)), int(segment.get_value(units))


class Hl7Receiver(Receiver):
    """Reads charge messages with hl7; a credit names the line it takes back."""

    def take(self, folder: Path) -> None:
        (batch,) = hl7.parse_file((folder / "charges.hl7").read_bytes().decode("utf-8"))
        for message in batch:
            session = str(message.segment("PV1")[50][0][0])
            for charge, note in zip(message.segments("FT1"), message.segments("NTE"), strict=True):
                self._take_charge(session, charge, dict(str(one).partition("=")[::2] for one in note[3]))

    def _take_charge(self, session: str, charge: Any, said: Mapping[str, str]) -> None:  # noqa: ANN401 - as above
        modifiers = tuple(filter(None, map(str, charge[26]))) if len(charge) > 26 else ()
        billed = (str(charge[25][0][0]), modifiers, int(str(charge[10])))
        if str(charge[6]) == "CD":
            self._take_back(said["replaces"], billed, again="sent_before" in said)
        else:
            self._charge(str(charge[2]), session, billed)


class FhirReceiver(Receiver):
    """Reads a bundle with json alone; the last word on each line counts."""

    def take(self, folder: Path) -> None:
        entries = json.loads((folder / "charges.fhir.json").read_bytes())["entry"]
        by_address = {entry["fullUrl"]: entry["resource"] for entry in entries}
        for charge in by_address.values():
            if charge["resourceType"] == "ChargeItem":
                visit = by_address[charge["context"]["reference"]]["identifier"][0]["value"]
                self._take_charge(visit.rpartition("-")[0], charge)

    def _take_charge(self, session: str, charge: dict[str, Any]) -> None:
        code, *modifiers = (coding["code"] for coding in charge["code"]["coding"])
        billed = (code, tuple(modifiers), int(charge["quantity"]["value"]))
        (line,) = (one["value"] for one in charge["identifier"])
        if charge["status"] == "entered-in-error":
            tags = charge.get("meta", {}).get("tag", ())
            self._take_back(line, billed, again=any(tag["code"] == "sent-before" for tag in tags))
        else:
            self._charge(line, session, billed)


RECEIVERS: dict[str, Callable[[], Receiver]] = {
    "csv": CsvReceiver,
    "xlsx": ExcelReceiver,
    "x12": X12Receiver,
    "hl7": Hl7Receiver,
    "fhir": FhirReceiver,
}
"""Who reads each format. A new format has a line here, or the tests do not pass."""
