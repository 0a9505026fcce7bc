"""Where each format says a field, and what it may refuse: the tests' own account.

A place is a function of the folder. It returns the text as the file has it, with the format's escapes
undone, read by others than the program. A field that a format has no place for stands in no table here; then
it must change nothing in the file.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
import string
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import hl7  # type: ignore[import-untyped]  # it has no stubs

from desktop_app.exchange.x12_text import spelt
from tests.exchange.claim_files import INSTITUTIONAL, PROFESSIONAL, segments
from tests.exchange.fhir_files import Told, bundle_in, every, led_to
from tests.exchange.readers import plain, read, records, sheet

Place = Callable[[Path], str]

COLUMNS = {
    "session id": "session",
    "MRN": "mrn",
    "initials": "initials",
    "initials alone": "initials",
    "chair": "chair",
    "place of service": "place_of_service",
    "last name": "family_name",
    "first name": "given_name",
    "visit number": "account",
    "payer": "payer",
    "payer id": "payer_id",
    "member id": "member_id",
    "group number": "group_number",
    "authorisation": "authorisation",
    "last name of who ordered": "ordering_provider",
    "first name of who ordered": "ordering_provider",
    "last name of who gave it": "rendering_provider",
    "first name of who gave it": "rendering_provider",
    "service": "services",
    "encounter": "encounter",
    "who signed": "signed_by",
    "rulebook": "rulebook",
    "profile": "profile",
    "reason of the line": "why",
    "drugs of the line": "drugs",
    "drugs of a line without a code": "drugs",
    "rule of the line": "rules",
    "source of the line": "sources",
    "fixed text": "Fixed",
}
"""The columns of a table that hold a field."""
BEFORE = {
    "first name of who ordered": "Example, ",
    "first name of who gave it": "Example, ",
    "encounter": "month-017-",
}
"""What stands before a field in its column."""


def _in_text(folder: Path, field: str) -> str:
    raw = (folder / "lines.csv").read_bytes()
    (row,) = read(raw)
    assert [row] == list(csv.DictReader(io.StringIO(raw.decode("utf-8"), newline=""), strict=True))
    return plain(row[COLUMNS[field]]).removeprefix(BEFORE.get(field, ""))


def _in_workbook(folder: Path, field: str) -> str:
    head, row = sheet(folder / "lines.xlsx")
    return str(dict(zip(head, row, strict=True))[COLUMNS[field]]).removeprefix(BEFORE.get(field, ""))


def _who_made_it(folder: Path) -> str:
    totals = {str(name): str(value) for name, value in sheet(folder / "lines.xlsx", "Totals")}
    return totals["made_by"]


def _of_claim(*names: str, at: int, component: int | None = None, nth: int = 0) -> Place:
    """Return what reads an element of the segment that begins with these elements: the first or another."""

    def said(folder: Path) -> str:
        (path,) = (folder / name for name in (PROFESSIONAL, INSTITUTIONAL) if (folder / name).exists())
        every_one = segments(path.read_text(encoding="ascii"), names[0])
        found = [one for one in every_one if one[: len(names)] == list(names)][nth]
        element = found[at] if at < len(found) else ""
        return element if component is None else element.split(":")[component]

    return said


def _of_message(name: str, field: int, component: int = 1) -> Place:
    """Return what reads a component of a field of the first segment of a name."""

    def said(folder: Path) -> str:
        message = _message(folder)
        repetition = message.segment(name)[field][0]
        parts = list(repetition) if isinstance(repetition, hl7.Repetition) else [repetition]
        return _meant(str(parts[component - 1]) if component <= len(parts) else "")

    return said


def _message(folder: Path) -> Any:  # noqa: ANN401 - the library has no types
    ((message,),) = hl7.parse_file((folder / "charges.hl7").read_bytes().decode("utf-8"))
    return message


def _in_note(name: str, begins: str = "") -> Place:
    def said(folder: Path) -> str:
        told = dict(str(one).partition("=")[::2] for one in _message(folder).segment("NTE")[3])
        return _meant(told.get(name, "")).removeprefix(begins)

    return said


def _meant(written: str) -> str:
    r"""Return a text without its escapes, read by the letter of the standard: ``\X..\`` holds bytes."""
    meant = {"F": "|", "S": "^", "T": "&", "R": "~", "E": "\\"}
    pieces = re.split(r"\\([FSTRE]|X[0-9A-F]+)\\", written)
    raw = (
        piece.encode()
        if place % 2 == 0
        else bytes.fromhex(piece[1:])
        if piece[0] == "X"
        else meant[piece].encode()
        for place, piece in enumerate(pieces)
    )
    return b"".join(raw).decode("utf-8")


def _named_in_message(field: int) -> Place:
    """Return what reads a name of the practice's own: it stands first, or second where it is long."""
    return lambda folder: _of_message("MSH", field)(folder) or _of_message("MSH", field, 2)(folder)


def _of_bundle(kind: str, way: Callable[[Told], object]) -> Place:
    return lambda folder: str(way(every(bundle_in(folder), kind)[0]))


def _named(kind: str, name: str) -> Place:
    return _of_bundle(
        kind, lambda one: one["name"][0].get(name, [""])[-1 if name == "given" else slice(None)]
    )


def _payer(folder: Path) -> Told:
    bundle = bundle_in(folder)
    return led_to(bundle, every(bundle, "Coverage")[0]["payor"][0])


def _provider(place: int, name: str) -> Place:
    """Return what reads the name of who ordered (first) or gave it (second)."""

    def said(folder: Path) -> str:
        bundle = bundle_in(folder)
        who = led_to(bundle, every(bundle, "ChargeItem")[0]["performer"][place]["actor"])["name"][0]
        return str(who["given"][0] if name == "given" else who["family"])

    return said


def _stands_on(name: str) -> Place:
    def said(folder: Path) -> str:
        known = (one["what"].get("identifier", {}) for one in _entities(folder))
        return next((str(one["value"]) for one in known if one.get("system") == f"urn:chairtime:{name}"), "")

    return said


def _entities(folder: Path) -> list[Told]:
    entities: list[Told] = every(bundle_in(folder), "Provenance")[0]["entity"]
    return entities


_RULES = "Rules: "
_OF_PRACTICE = partial(_of_bundle, "Organization")
_OF_CARE = partial(_of_bundle, "MedicationAdministration")
_OF_LINE = partial(_of_bundle, "ChargeItem")

PLACES: dict[str, dict[str, Place]] = {
    "csv": {
        **{name: partial(_in_text, field=name) for name in COLUMNS},
        "heading": lambda folder: records((folder / "lines.csv").read_bytes())[0][0],
    },
    "xlsx": {
        **{name: partial(_in_workbook, field=name) for name in COLUMNS},
        "heading": lambda folder: str(sheet(folder / "lines.xlsx")[0][0]),
        "who sends": _who_made_it,
    },
    "x12": {
        "session id": _of_claim("CLM", at=1),
        "MRN": _of_claim("REF", "EA", at=2),
        "place of service": _of_claim("CLM", at=5, component=0),
        "last name": _of_claim("NM1", "QC", at=3),
        "first name": _of_claim("NM1", "QC", at=4),
        "street": _of_claim("N3", at=1, nth=1),
        "city": _of_claim("N4", at=1, nth=1),
        "payer": _of_claim("NM1", "PR", at=3),
        "payer id": _of_claim("NM1", "PR", at=9),
        "claim filing code": _of_claim("SBR", at=9),
        "member id": _of_claim("NM1", "IL", at=9),
        "group number": _of_claim("SBR", at=3),
        "authorisation": _of_claim("REF", "G1", at=2),
        "insured person's last name": _of_claim("NM1", "IL", at=3),
        "insured person's first name": _of_claim("NM1", "IL", at=4),
        "last name of who ordered": _of_claim("NM1", "DK", at=3),
        "first name of who ordered": _of_claim("NM1", "DK", at=4),
        "last name of who gave it": _of_claim("NM1", "82", at=3),
        "first name of who gave it": _of_claim("NM1", "82", at=4),
        "drugs of a line without a code": _of_claim("SV1", at=1, component=6),
        "practice": _of_claim("NM1", "85", at=3),
        "practice without a submitter id": _of_claim("NM1", "85", at=3),
        "taxonomy code": _of_claim("PRV", at=3),
        "street of the practice": _of_claim("N3", at=1),
        "city of the practice": _of_claim("N4", at=1),
        "contact": _of_claim("PER", at=2),
        "telephone number": _of_claim("PER", at=4),
        "submitter id": _of_claim("NM1", "41", at=9),
        "receiver": _of_claim("NM1", "40", at=3),
        "receiver id": _of_claim("NM1", "40", at=9),
    },
    "hl7": {
        "session id": _of_message("PV1", 50),
        "MRN": _of_message("PID", 3),
        "chair": _of_message("PV1", 3, 9),
        "place of service": _in_note("place_of_service"),
        "last name": _of_message("PID", 5),
        "first name": _of_message("PID", 5, 2),
        "visit number": _of_message("PID", 18),
        "street": _of_message("PID", 11),
        "city": _of_message("PID", 11, 3),
        "payer": _of_message("IN1", 4),
        "payer id": _of_message("IN1", 3),
        "claim filing code": _of_message("IN1", 15),
        "member id": _of_message("IN1", 36),
        "group number": _of_message("IN1", 8),
        "authorisation": _of_message("IN1", 14),
        "insured person's last name": _of_message("IN1", 16),
        "insured person's first name": _of_message("IN1", 16, 2),
        "last name of who ordered": _of_message("FT1", 21, 2),
        "first name of who ordered": _of_message("FT1", 21, 3),
        "last name of who gave it": _of_message("FT1", 20, 2),
        "first name of who gave it": _of_message("FT1", 20, 3),
        "encounter": _in_note("encounter", BEFORE["encounter"]),
        "who signed": _in_note("signed_by"),
        "rulebook": _in_note("rulebook"),
        "profile": _in_note("profile"),
        "reason of the line": _in_note("why"),
        "drugs of the line": _in_note("drugs"),
        "drugs of a line without a code": _in_note("drugs"),
        "rule of the line": _in_note("rules"),
        "practice without a submitter id": _named_in_message(4),
        "submitter id": _named_in_message(4),
        "receiving application": _named_in_message(5),
        "receiving facility": _named_in_message(6),
        "who sends": _of_message("EVN", 5),
    },
    "fhir": {
        "session id": _of_bundle("Encounter", lambda one: one["identifier"][0]["value"].removesuffix("-1")),
        "MRN": _of_bundle("Patient", lambda one: one["identifier"][0]["value"]),
        "initials alone": _of_bundle("Patient", lambda one: one["name"][0]["text"]),
        "chair": _of_bundle("Location", lambda one: one["name"].removeprefix("Chair ")),
        "place of service": _of_bundle("Location", lambda one: one["type"][0]["coding"][0]["code"]),
        "last name": _named("Patient", "family"),
        "first name": _named("Patient", "given"),
        "visit number": _of_bundle("Encounter", lambda one: one["account"][0]["identifier"]["value"]),
        "street": _of_bundle("Patient", lambda one: one["address"][0]["line"][0]),
        "city": _of_bundle("Patient", lambda one: one["address"][0]["city"]),
        "payer": lambda folder: str(_payer(folder)["name"]),
        "payer id": lambda folder: str(_payer(folder)["identifier"][0]["value"]),
        "claim filing code": _of_bundle("Coverage", lambda one: one["type"]["coding"][0]["code"]),
        "member id": _of_bundle("Coverage", lambda one: one["subscriberId"]),
        "group number": _of_bundle("Coverage", lambda one: one["class"][0]["value"]),
        "authorisation": _of_bundle("Claim", lambda one: one["insurance"][0]["preAuthRef"][0]),
        "insured person's last name": _named("RelatedPerson", "family"),
        "insured person's first name": _named("RelatedPerson", "given"),
        "last name of who ordered": _provider(0, "family"),
        "first name of who ordered": _provider(0, "given"),
        "last name of who gave it": _provider(1, "family"),
        "first name of who gave it": _provider(1, "given"),
        "service": _OF_CARE(lambda one: one["identifier"][0]["value"].removeprefix("month-017/")),
        "drug": _OF_CARE(lambda one: one["medicationCodeableConcept"]["text"]),
        "unit of the dose": _OF_CARE(lambda one: one["dosage"]["dose"]["unit"]),
        "site": _OF_CARE(lambda one: one["dosage"]["site"]["text"]),
        "encounter": _of_bundle(
            "Encounter", lambda one: one["identifier"][0]["value"].removeprefix(BEFORE["encounter"])
        ),
        "note": _OF_CARE(lambda one: one["note"][0]["text"]),
        "reason of a pause": _OF_CARE(lambda one: one["extension"][0]["extension"][1]["valueString"]),
        "who signed": _OF_LINE(lambda one: one["enterer"]["display"]),
        "rulebook": _stands_on("rulebook"),
        "profile": _stands_on("profile"),
        "reason of the line": _OF_LINE(lambda one: one["note"][0]["text"]),
        "drugs of the line": _OF_LINE(lambda one: one["productCodeableConcept"]["text"]),
        "drugs of a line without a code": _OF_LINE(lambda one: one["productCodeableConcept"]["text"]),
        "rule of the line": _OF_LINE(lambda one: one["note"][1]["text"].removeprefix(_RULES)),
        "reason of a void": _OF_CARE(lambda one: one["statusReason"][0]["text"]),
        "reason of a reopening": _of_bundle("Provenance", lambda one: one["reason"][0]["text"]),
        "practice": _OF_PRACTICE(lambda one: one["name"]),
        "practice without a submitter id": _OF_PRACTICE(lambda one: one["name"]),
        "taxonomy code": _OF_PRACTICE(lambda one: one["type"][0]["coding"][0]["code"]),
        "street of the practice": _OF_PRACTICE(lambda one: one["address"][0]["line"][0]),
        "city of the practice": _OF_PRACTICE(lambda one: one["address"][0]["city"]),
        "contact": _OF_PRACTICE(lambda one: one["contact"][0]["name"]["text"]),
        "telephone number": _OF_PRACTICE(lambda one: one["telecom"][0]["value"]),
    },
}
"""By format and field. A new format has a table here, or the tests do not pass."""


def _as_text(text: str, _field: str) -> str | None:
    return text if _is_text(text) else None


def _is_text(text: str) -> bool:
    return not any("\ud800" <= letter <= "\udfff" for letter in text)


def _as_cell(text: str, _field: str) -> str | None:
    return text if _is_text(text) and "\uffff" not in text else None


NOTED = {name for name, place in PLACES["hl7"].items() if place.__qualname__.startswith("_in_note")}
_MOST_IN_FIELD, _MOST_IN_WORD = 199, 20


def _in_segment(text: str, field: str) -> str | None:
    if not _is_text(text):
        return None
    most = {"claim filing code": _MOST_IN_WORD}.get(field, _MOST_IN_FIELD)
    return text if field in NOTED or len(_escaped(text)) <= most else None


def _escaped(text: str) -> str:
    """Return a text in as many characters as it has with its escapes."""
    bare = re.sub(r"[|^&~\\]", "---", text)
    return re.sub(
        "[\x00-\x1f\x7f-\x9f\u2028\u2029]+", lambda found: "-" * (3 + 2 * len(found[0].encode())), bare
    )


def _in_element(text: str, field: str) -> str | None:
    if field == "place of service":
        return None
    allowed = all(letter >= " " or letter in "\t\r\n" for letter in text) and "\uffff" not in text
    return text if allowed and _is_text(text) else None


HOSPITALS: dict[str, Place] = {
    "last name of who ordered": _of_claim("NM1", "71", at=3),
    "first name of who ordered": _of_claim("NM1", "71", at=4),
    "drugs of a line without a code": _of_claim("SV2", at=2, component=6),
    "insured person's last name": _of_claim("NM1", "IL", at=3),
    "last name": _of_claim("NM1", "QC", at=3),
    "MRN": _of_claim("REF", "EA", at=2),
    "authorisation": _of_claim("REF", "G1", at=2),
    "type of bill": _of_claim("CLM", at=5, component=0),
}
"""Where a hospital's claim says what an office's says elsewhere, or is written by other code."""


LETTERS = set(string.ascii_letters + string.digits + " !\"&'()+,-./;?=%@[]_{}\\|<>#$")
"""The extended characters of X12 but ``* : ^ ~``, which part its elements."""
EXACT = {
    "claim filing code": 2,
    "MRN": 50,
    "payer id": 80,
    "member id": 80,
    "group number": 50,
    "authorisation": 50,
    "submitter id": 15,
    "receiver id": 15,
}
SHAPED = {"place of service", "taxonomy code", "telephone number", "type of bill"}
"""What has a shape of its own, in which nothing nasty comes."""
SPELT = {
    "last name": 60,
    "first name": 35,
    "street": 55,
    "city": 30,
    "payer": 60,
    "insured person's last name": 60,
    "insured person's first name": 35,
    "last name of who ordered": 60,
    "first name of who ordered": 35,
    "last name of who gave it": 60,
    "first name of who gave it": 35,
    "practice": 60,
    "practice without a submitter id": 60,
    "street of the practice": 55,
    "city of the practice": 30,
    "contact": 60,
    "receiver": 60,
}
"""The most characters of each field of a claim: what stands there exactly, and what is spelt."""


def _on_claim(text: str, field: str) -> str | None:
    if not _is_text(text) or field in SHAPED:
        return None
    if field == "session id":
        short = re.fullmatch("[0-9A-Za-z-]{1,16}", text)
        return f"{text if short else hashlib.sha256(text.encode()).hexdigest()[:16]}-1"
    said = text if field in EXACT else spelt(text)
    if field == "drugs of a line without a code":
        said = said[:80].strip()
    most = {**EXACT, **SPELT}.get(field, len(said))
    return said if said and set(said) <= LETTERS and len(said) <= most else None


KEPT: dict[str, Callable[[str, str], str | None]] = {
    "csv": _as_text,
    "xlsx": _as_cell,
    "x12": _on_claim,
    "hl7": _in_segment,
    "fhir": _in_element,
}
"""What of a text must come back from a field of each format; None where it is refused."""
