"""Every parser of the program, fed with mutants: which examples it is given, and what a refusal of it is.

A parser may take a mutant or refuse it. What it must not do: raise anything but its own refusal, refuse
in more than one line or with signs that would act on a terminal, take its time, or write anything.
"""

from __future__ import annotations

import io
import json
import re
import time
import traceback
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from openpyxl import Workbook

from desktop_app.cms.cells import Wanted
from desktop_app.cms.faults import ImportRefused
from desktop_app.cms.reading import Asked, read_file
from desktop_app.coding.ndc import NdcFault, resolve, ten_digits
from desktop_app.coding.protocol_text import read_protocols
from desktop_app.coding.refusals import RulebookError
from desktop_app.coding.table_text import read_index
from desktop_app.coding.tables import TableKind
from desktop_app.commands.code import line_answer
from desktop_app.commands.registering import told_in
from desktop_app.commands.streams import NothingDone
from desktop_app.core.events import KINDS
from desktop_app.core.suite import Suite
from desktop_app.exchange import claim_checks, fhir_checks, hl7_checks
from desktop_app.exchange.excel_cells import marked
from desktop_app.exchange.excel_checks import LINES, TOTALS, faults_of_workbook
from desktop_app.exchange.pdf_checks import faults_of_pdf
from desktop_app.exchange.read_back import require_none
from desktop_app.exchange.sending import CannotBeSent
from desktop_app.exchange.table_checks import Expected, faults_of_csv
from desktop_app.layout_files import read_kept, ready_layouts
from desktop_app.rulebook_files import load_rules, load_standard, read_profile, read_text
from desktop_app.store.codec import decode, encode
from desktop_app.store.faults import JournalUnusable, SettingRefused, UnreadableEvent
from desktop_app.store.keys import create_keys, read_keys
from desktop_app.store.settings import SETTINGS, checked
from desktop_app.ui.vials import is_vial, lot_of, read_vial
from tests.cms import files as cms
from tests.exchange.adt_files import message, written
from tests.exchange.claim_files import INSTITUTIONAL, PROFESSIONAL, rows_of_number, write_claims
from tests.exchange.fhir_files import write_bundle
from tests.exchange.hl7_files import write_charges
from tests.mutants import mutants
from tests.script.house import House
from tests.store.examples import NINE
from tests.ui.stand_ins import StandInProducts

ROOT = Path(__file__).resolve().parent.parent
RESOURCES = ROOT / "resources"
TODAY = date(2026, 3, 2)
MOST_SECONDS = 3.0
"""Of work for one mutant; most take a thousandth."""
LONGEST_SENTENCE = 1_200
"""Signs of a refusal: a column's fault lists every column there is."""

Answer = Sequence[str]
"""The sentences of a refusal; none where it was taken."""


@dataclass(frozen=True)
class Parser:
    """A way in: good examples for it, and a call that gives the sentences of a refusal."""

    name: str
    examples: Callable[[Path], Sequence[bytes]]
    take: Callable[[bytes, Path], Answer]
    """Is given a mutant and a folder of its own to put it into; that folder is looked at afterwards."""


def in_file(name: str, take: Callable[[Path], Answer], *refusals: type[Exception]) -> Callable[..., Answer]:
    """Return what puts a mutant into a file of a name and has it read."""

    def taken(content: bytes, folder: Path) -> Answer:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        try:
            return take(path)
        except refusals as fault:
            return [str(fault)]

    return taken


def in_text(take: Callable[[str], object], *refusals: type[Exception]) -> Callable[..., Answer]:
    """Return what has a mutant read as text, lone surrogates and all."""

    def taken(content: bytes, _folder: Path) -> Answer:
        try:
            take(content.decode("utf-8", errors="surrogatepass" if b"\xed\xa0" in content else "replace"))
        except refusals as fault:
            return [str(fault)]
        except UnicodeDecodeError:
            return []
        return []

    return taken


def _cases(_: Path) -> list[bytes]:
    published = json.loads((ROOT / "tests/coding/cases/published.json").read_bytes())
    cases = published["cases"] if isinstance(published, dict) else published
    whole = [json.dumps(case.get("case", case)).encode() for case in cases[:12]]
    return [json.dumps(_FULL_CASE).encode(), *whole]


_FULL_CASE: dict[str, object] = {
    "id": "full",
    "setting": "facility",
    "date": "2026-03-02",
    "timezone": "America/New_York",
    "options": {"overlap": "any"},
    "site_reasons": {"2": "a reason"},
    "evaluation": "99213",
    "services": [
        {
            "id": "a",
            "drug": "rituximab",
            "category": "chemo",
            "route": "iv-infusion",
            "site": "1",
            "start": "2026-03-02T09:00",
            "stop": "2026-03-02T11:30:15",
            "pauses": [["2026-03-02T09:30", "2026-03-02T09:40"]],
            "planned_minutes": 120,
            "volume_ml": 500,
            "rate_ml_h": 250.5,
            "hcpcs": "J9312",
            "unit_amount": 10,
            "unit": "mg",
            "dose": 679.5,
            "units": 68,
            "ndc": "50242-0053-06",
            "expiry": "2027-01",
            "containers": [{"size": 500, "count": 1, "single_dose": True}],
        }
    ],
}


def _code(content: bytes, _folder: Path) -> Answer:
    answer = line_answer(content, 1, load_standard(), "")
    json.dumps(answer)
    return [str(answer["error"])] if "error" in answer else []


def _script(content: bytes, _folder: Path) -> Answer:
    said = []
    for answer in House().play(*(line.decode("utf-8", "replace") for line in content.split(b"\n")[:40])):
        json.dumps(answer)
        said += [answer[key] for key in ("error", "refused") if key in answer]
    return said


def _day(_: Path) -> list[bytes]:
    lines = (RESOURCES / "demo/day.jsonl").read_bytes().splitlines(keepends=True)
    return [b"".join(lines[at : at + 12]) for at in range(0, len(lines), 12)]


def _patients(path: Path) -> Answer:
    return told_in(str(path), TODAY).faults


_CSV = (
    b"mrn,account,family_name,given_name,birth_date,sex,diagnoses,street,city,state,zip_code,payer,member_id,"
    b"insured_relation,insured_family,insured_given,insured_birth_date,insured_sex,ordering_provider,"
    b"ordering_npi,date_of_service\r\n"
    b"0004821,V000123,Muster,Rosa,1960-02-29,F,C18.9 Z51.11,7 Oak Street,Springfield,IL,62704,Plan,W1,"
    b'spouse,Muster,Max,1958-12-31,M,"Renderer, Ray",1000002018,2026-03-02\r\n'
    b'\'=1,V2,"Mu""ster",Rosa,1960-02-29,F,C18.9,,,,,,,,,,,,,,\r\n'
)


def _messages(_: Path) -> list[bytes]:
    return [written(message(), message(event="A03"), message(number=2)), written(message(), end="\r\n")]


_SCANS = (
    b"]d2010350242005306317270131" + b"10LOT1",
    b"0103502420053063172701311" + b"0LOT1\x1d21SERIAL",
    b"50242-0053-06",
    b"350242005306",
    b"00350242005306",
    b"0004821",
    b"]C101035024200530631727013110AB-1/2",
)


def _scan(text: str) -> None:
    for ask in (is_vial, lot_of):
        ask(text)
    for read in (resolve, ten_digits):
        with suppress(NdcFault):
            read(text)
    read_vial(text, StandInProducts(), Suite(chairs=("1",)))


def _cms(_: Path) -> list[bytes]:
    kinds = (
        (cms.PTP_HEAD, cms.PTP),
        (cms.MUE_HEAD, cms.MUE),
        (cms.CROSSWALK_HEAD, cms.CROSSWALK),
        (cms.ADD_ON_HEAD, cms.ADD_ON),
        (cms.HCPCS_HEAD, cms.HCPCS),
    )
    texts = [form(*kind) for kind in kinds for form in (cms.tabbed, cms.comma)]
    charges = b"code,charge,revenue_code\n96365,250.00,0335\nJ0001,10.5,0636\n"
    return [*texts, cms.records(), cms.add_on_lines(), charges]


def _sheets(_: Path) -> list[bytes]:
    sheet = cms.sheet(cms.MUE_HEAD, cms.MUE)
    return [sheet, cms.packed(a__xlsx=sheet), cms.packed(b__csv=cms.comma(cms.PTP_HEAD, cms.PTP))]


_WANTED = Wanted(["96365", "96366", "96367", "96374", "96413", "96361", "96415", "J0001", "J0002"])


_QUARTER = date(2026, 1, 1)
_AS_KINDS = (None, TableKind.MUE_HOSPITAL, TableKind.CHARGES)


def _imported(path: Path) -> Answer:
    said: list[str] = []
    for kind in _AS_KINDS:
        try:
            read_file(path, Asked(_WANTED, kind, _QUARTER), lambda _: None)
        except ImportRefused as fault:
            said.append(str(fault))
    return said if len(said) == len(_AS_KINDS) else []


def _settings(_: Path) -> list[bytes]:
    values = [f"{setting.key}\n{setting.default}" for setting in SETTINGS.values()]
    special = (
        "chair-labels\nA,B",
        "own-drugs\nx|therapeutic|mg",
        "zone\nAmerica/New_York",
        "strip-place\n1,2",
    )
    return [text.encode() for text in (*values, *special)]


def _set(text: str) -> None:
    key, _, value = text.partition("\n")
    checked(key, value)


def _keys(folder: Path) -> list[bytes]:
    create_keys(folder / "keys.json")
    return [(folder / "keys.json").read_bytes()]


def _own_protocols(path: Path) -> object:
    return read_protocols(str(path), read_text(path, str(path)))


def _own_codes(path: Path) -> object:
    return load_rules(path.parent.parent)


@cache
def _events() -> list[bytes]:
    house = House()
    house.play(*(RESOURCES / "demo/day.jsonl").read_text("utf-8").splitlines())
    rows = {f"{r.event.KIND}": r.event for r in house.journal.since(0)}
    return [f"{kind}\n{event.SCHEMA}\n{encode(event)}".encode() for kind, event in rows.items()]


def _decode(text: str) -> None:
    kind, _, rest = text.partition("\n")
    schema, _, body = rest.partition("\n")
    number = int(schema) if schema.isascii() and schema.isdigit() and len(schema) < 9 else 1
    decode(kind, number, NINE, body, name="7")
    for known in KINDS:
        with suppress(UnreadableEvent):
            decode(known, KINDS[known].SCHEMA, NINE, body, name="7")


def _index(_: Path) -> list[bytes]:
    source = {"file": "t.csv", "sha256": "0" * 64, "since": "2026-01-01", "imported": "2026-01-02T03:04:05"}
    entry = {
        "file": "mue-hospital-0123456789ab.csv",
        "sha256": "0" * 64,
        "rows": 3,
        "since": "2026-01-01",
        "sources": [source | {"first": "", "last": ""}],
    }
    said = {"format": 1, "tables": {"mue-hospital": entry}, "ndcs": {"1234567890": "01234567890"}}
    return [json.dumps(said).encode()]


def _claims(folder: Path) -> list[bytes]:
    texts = write_claims(folder, *map(rows_of_number, (0, 1, 4)))
    return [texts[PROFESSIONAL].encode(), texts[INSTITUTIONAL].encode()]


def _charges(folder: Path) -> list[bytes]:
    return [write_charges(folder, *map(rows_of_number, (0, 1))).encode()]


def _bundle(folder: Path) -> list[bytes]:
    return [write_bundle(folder, rows_of_number(1)).encode()]


def _pdf(_: Path) -> list[bytes]:
    return [_SMALL_PDF]


def _table(_: Path) -> list[bytes]:
    return [b"a,b\r\n1,2\r\n", b'a,"b\r\n"\r\n']


def _table_faults(path: Path) -> list[str]:
    expected = Expected(2, ("a", "b"))
    expected.add(("1", "2"))
    return faults_of_csv(path, ready_layouts()["complete"].layout, expected)


_TOTALS = (("Sessions", 1), ("Lines", 2))


def _book(_: Path) -> list[bytes]:
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in ((LINES, (("a", "b"), ("1", "2"))), (TOTALS, _TOTALS)):
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return [stream.getvalue(), cms.packed(b__csv=b"a,b")]


def _book_faults(path: Path) -> list[str]:
    expected = Expected(2, (marked("a"), marked("b")))
    expected.add((marked("1"), marked("2")))
    return faults_of_workbook(path, expected, _TOTALS)


def _paper_faults(path: Path) -> list[str]:
    return list(faults_of_pdf(path, ["ab"]))


def _checked(find: Callable[[Path], list[str]]) -> Callable[[Path], Answer]:
    """Return what looks at a written file as an export does: at its first fault it is not sent."""

    def check(path: Path) -> Answer:
        require_none(path.name, find(path))
        return []

    return check


def _named(*names: str) -> Callable[[Path], list[bytes]]:
    """Return the program's own files, called as the file they are put into."""
    return lambda _: [_NAME.sub(b'name = "mine"', (RESOURCES / name).read_bytes(), count=1) for name in names]


_NAME = re.compile(rb'^name = "[a-z-]+"', re.MULTILINE)


def _own_map(_: Path) -> list[bytes]:
    return [(RESOURCES / "codes.toml").read_bytes().replace(b'version = "', b'version = "own-', 1)]


def _done(take: Callable[[Path], object]) -> Callable[[Path], Answer]:
    """Return what has nothing to say of what was taken."""

    def taken(path: Path) -> Answer:
        take(path)
        return []

    return taken


def _toml(take: Callable[[Path], object]) -> Callable[..., Answer]:
    return in_file("mine.toml", _done(take), RulebookError)


PARSERS = (
    Parser("cases", _cases, _code),
    Parser("scripts", _day, _script),
    Parser("registration csv", lambda _: [_CSV], in_file("p.csv", _patients, NothingDone)),
    Parser("registration hl7", _messages, in_file("p.hl7", _patients, NothingDone)),
    Parser("scans", lambda _: _SCANS, in_text(_scan, NdcFault)),
    Parser("cms text", _cms, in_file("t.csv", _imported)),
    Parser("cms packed", _sheets, in_file("t.zip", _imported)),
    Parser("layouts", _named("layouts/complete.toml"), _toml(read_kept)),
    Parser(
        "profiles",
        _named("profiles/custom.toml", "profiles/commercial.toml", "profiles/medicare-facility.toml"),
        _toml(lambda path: read_profile(path, load_standard().rulebook)),
    ),
    Parser("protocols", _named("protocols.toml"), _toml(_own_protocols)),
    Parser("code map", _own_map, in_file("rules/codes.toml", _done(_own_codes), RulebookError)),
    Parser("table index", _index, in_text(lambda text: read_index("index.json", text), RulebookError)),
    Parser("settings", _settings, in_text(_set, SettingRefused)),
    Parser("key file", _keys, in_file("keys.json", _done(read_keys), JournalUnusable)),
    Parser("journal rows", lambda _: _events(), in_text(_decode, UnreadableEvent)),
    Parser("claims", _claims, in_file("c.x12", _checked(claim_checks.faults_of_file), CannotBeSent)),
    Parser("charge messages", _charges, in_file("c.hl7", _checked(hl7_checks.faults_of_file), CannotBeSent)),
    Parser("bundles", _bundle, in_file("c.json", _checked(fhir_checks.faults_of_file), CannotBeSent)),
    Parser("sent tables", _table, in_file("lines.csv", _checked(_table_faults), CannotBeSent)),
    Parser("sent workbooks", _book, in_file("lines.xlsx", _checked(_book_faults), CannotBeSent)),
    Parser("papers", _pdf, in_file("p.pdf", _checked(_paper_faults), CannotBeSent)),
)
"""Every way in of bytes from outside."""


def _pdf_of(*objects: bytes) -> bytes:
    data, places = b"%PDF-1.4\n", [0]
    for number, said in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, said)
    rows = b"".join(b"%010d 00000 n \n" % at for at in places)
    return data + b"xref\n0 %d\n%strailer\n<< /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(places),
        rows,
        len(data),
    )


_MAP = b"1 begincodespacerange\n<0001> <0002> <0061>\n"
_SHOWN = b"/F1 12 Tf <00010002> Tj"
_SMALL_PDF = _pdf_of(
    b"<< /Pages 2 0 R >>",
    b"<< /Kids [ 3 0 R ] >>",
    b"<< /Contents 4 0 R /Resources 5 0 R >>",
    b"<< /Length %d >>\nstream\n%s\nendstream" % (len(_SHOWN), _SHOWN),
    b"<< /F1 6 0 R >>",
    b"<< /ToUnicode 7 0 R >>",
    b"<< /Length %d >>\nstream\n%s\nendstream" % (len(_MAP), _MAP),
)


def faults(parser: Parser, count: int, folder: Path, seed: int = 0) -> Iterable[str]:
    """Yield what a parser did that it must not do, with the mutant it did it to."""
    examples, place = folder / "examples", folder / "data"
    for each in (examples, place):
        each.mkdir()
    for number, mutant in enumerate(mutants(parser.examples(examples), count, seed)):
        named = f"{parser.name}, mutant {number} of seed {seed} ({mutant[:160]!r})"
        began = time.process_time()
        try:
            said = parser.take(mutant, place)
        except Exception as fault:  # noqa: BLE001 - that is what is looked for
            yield f"{named}: {type(fault).__name__}: {fault} {_where(fault)}"
            continue
        if time.process_time() - began > MOST_SECONDS:
            yield f"{named}: took {time.process_time() - began:.1f} s"
        yield from (f"{named}: said {sentence!r}" for sentence in said if not _is_sentence(sentence))
        there = [path for path in place.rglob("*") if path.is_file()]
        if len(there) > 1:
            yield f"{named}: wrote {there}"


def _where(fault: Exception) -> str:
    last = traceback.extract_tb(fault.__traceback__)[-1]
    return f"at {Path(last.filename).name}:{last.lineno}"


def _is_sentence(text: str) -> bool:
    return bool(text.strip()) and text.isprintable() and len(text) <= LONGEST_SENTENCE
