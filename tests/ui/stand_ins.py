"""What the window is given in these tests: a journal that records, a coder of three rules, plain settings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from desktop_app.coding.ndc import resolve
from desktop_app.coding.reasons import Change, Coding, Finding, Kind, Level, Line, NotBilled
from desktop_app.coding.second_stops import second_stops
from desktop_app.commands.billing import sent_of
from desktop_app.commands.charge_list import ChargeList
from desktop_app.commands.practice import practice_of
from desktop_app.commands.window_days import WindowDays
from desktop_app.commands.window_sends import WindowSends
from desktop_app.core import events as e
from desktop_app.core.day import Told, ToldOf
from desktop_app.core.decisions import Decision, When
from desktop_app.core.desk import Action, Desk
from desktop_app.core.moments import MINUTE_US, is_zone
from desktop_app.core.orders import Category, Dose, Order, PlannedRate, Route, Setting
from desktop_app.core.ports import Clock, JournalError, NotSaved, StaleVersion, Write
from desktop_app.core.protocols import Protocol
from desktop_app.core.record.chronicle import Record
from desktop_app.core.service import Service
from desktop_app.core.session import Session
from desktop_app.core.stay import sign_session
from desktop_app.exchange.batch import Exporter
from desktop_app.exchange.paper import Column, Paper, Table, TableRow
from desktop_app.exchange.pdf_printing import Printable
from desktop_app.store.durable_file import write_durably
from desktop_app.store.setting_checks import chair_names
from desktop_app.store.settings import SETTINGS
from desktop_app.ui.billing_ports import PatientFile, SentBatch
from desktop_app.ui.drug_book import DrugBook
from desktop_app.ui.ports import Settings
from tests.fakes import InMemoryJournal, SequentialIdentities

ORAL = Order(
    drug="Acetaminophen", category=Category.OTHER, route=Route.ORAL, dose=Dose(amount=Decimal(650), unit="mg")
)
INFLIXIMAB = Order(
    drug="Infliximab",
    category=Category.CHEMO,
    route=Route.IV_INFUSION,
    planned_minutes=120,
    volume_ml=Decimal(250),
    rate_steps=(PlannedRate(0, Decimal(20)), PlannedRate(15, Decimal(40))),
    vitals_every_minutes=30,
    observe_minutes=30,
    dose=Dose(hcpcs="J1745", unit="mg", amount=Decimal(400)),
)
VEDOLIZUMAB = Order(
    drug="Vedolizumab",
    category=Category.THERAPEUTIC,
    route=Route.IV_INFUSION,
    planned_minutes=30,
    dose=Dose(hcpcs="J3380", unit="mg", amount=Decimal(300)),
)
FLUSH = Order(drug="flush", category=Category.OTHER, route=Route.FLUSH)
PROTOCOLS = (
    Protocol(name="Infliximab, titrated", services=(ORAL, INFLIXIMAB, FLUSH), about="An example."),
    Protocol(name="Vedolizumab", services=(VEDOLIZUMAB, FLUSH)),
)


class RecordingJournal(InMemoryJournal):
    """Keeps what was appended and when, and can be a full disk."""

    def __init__(self) -> None:
        super().__init__()
        self.kinds: list[str] = []
        """Of what was touched; that somebody looked is told a moment later, at any time."""
        self.is_full = False
        self.is_stale = False
        self.unstorable = ""
        """The kind of event that this journal can never store."""
        self.on_stored: Callable[[], None] = lambda: None

    def append(self, writes: Sequence[Write], stamp: e.Stamp) -> tuple[e.Recorded, ...]:
        if self.is_full:
            raise NotSaved("the disk is full.")
        if self.is_stale:
            raise StaleVersion("This was changed elsewhere in the meantime; nothing was stored.")
        if self.unstorable in {event.KIND for write in writes for event in write.events}:
            raise JournalError("A text of this touch is none that can be stored.")
        recorded = super().append(writes, stamp)
        self.kinds += [one.event.KIND for one in recorded if one.event.KIND != "record-viewed"]
        self.on_stored()
        return recorded


class StandInCoder:
    """Codes by three rules: minutes to one initial code and hours, pushes, a drug line for each dose."""

    asked_minutes = 0
    """How often it was asked what one minute would change."""

    def as_recorded(self, session: Session) -> Coding:
        return self._code(session, None)

    def told(self, session: Session) -> Told:
        coding = self.as_recorded(session)
        lines = session.signature.lines if session.signature else coding.lines
        blocker = coding.blockers[0].text if coding.blockers else ""
        return Told(len(lines), coding.billable_hours, coding.infused_minutes, blocker)

    def if_stopped(self, session: Session, at_us: int) -> Coding:
        return self._code(session, at_us)

    def at_plan_end(self, session: Session, now_us: int) -> tuple[int, Coding] | None:
        ends = [service.planned_end_us(now_us) for service in session.open_services]
        known = [max(end, now_us) for end in ends if end is not None]
        return (max(known), self._code(session, max(known))) if known else None

    def next_change(self, session: Session, now_us: int) -> Change | None:
        ticks = [now_us + MINUTE_US - s.elapsed_us(now_us) % MINUTE_US for s in session.open_services]
        return Change(min(ticks), certain=False) if ticks else None

    def next_change_at_plan_end(self, session: Session, now_us: int) -> Change | None:
        return self.next_change(session, now_us)

    def one_minute(
        self, session: Session, services: tuple[str, ...], now_us: int, *, at_plan_end: bool
    ) -> str:
        self.asked_minutes += 1
        return (
            f"One minute of {session.id} {'and'.join(services)} {'at plan end' if at_plan_end else now_us}."
        )

    def unit_minutes(self, session: Session, order: Order, most: int) -> tuple[int, ...]:
        first = 31 if order.category is Category.HYDRATION else 16
        return tuple(at for at in (first, 91, 151, 211) if at <= most and session.services)

    def signing(self, session: Session, head: str) -> Action:
        coding = self.as_recorded(session)
        version = len(session.signatures) + 1
        lines = tuple(
            _signed(session, line, f"{session.id}.{version}.{at:02}")
            for at, line in enumerate(coding.lines, 1)
        )

        def act(current: Session, when: When) -> Decision:
            blockers = [finding.text for finding in coding.blockers]
            return sign_session(
                current, when, rulebook="2026", profile="plain", head=head, lines=lines, blockers=blockers
            )

        return act

    def _code(self, session: Session, at_us: int | None) -> Coding:
        lines: list[Line] = []
        not_billed: list[NotBilled] = []
        findings: list[Finding] = [*second_stops(session)]
        infused = 0
        for service in session.begun_services:
            if service.order.runs and service.stop is None and at_us is None:
                findings.append(_missing(service))
                continue
            minutes = service.elapsed_us(at_us or 0) // MINUTE_US
            infused += minutes if service.order.runs else 0
            lines += _administration(service, minutes, is_first=not lines)
            if not _administration(service, minutes, is_first=not lines):
                not_billed.append(_left_out(service, minutes))
            lines += _drug(service)
        hours = sum(line.units for line in lines if line.code in {"96365", "96366"})
        return Coding(
            id=session.id, rulebook="2026", profile="plain", lines=tuple(lines), not_billed=tuple(not_billed),
            findings=tuple(findings), infused_minutes=infused, billable_hours=hours,
        )  # fmt: skip


def _signed(session: Session, line: Line, name: str) -> e.SignedLine:
    service = session.service(line.services[0])
    timed = service if service is not None and line.minutes else None
    return e.SignedLine(
        id=name, code=line.code, units=line.units, modifiers=line.modifiers, kind=line.kind.value,
        date=line.date, services=line.services, drugs=line.drugs, minutes=line.minutes,
        start_us=timed.start.at_us if timed and timed.start else None,
        stop_us=timed.stop.at_us if timed and timed.stop else None,
        ndc="", why=line.why, rules=line.rules, sources=line.sources,
    )  # fmt: skip


def _administration(service: Service, minutes: int, *, is_first: bool) -> list[Line]:
    if service.order.route is Route.IV_PUSH or (service.order.runs and 0 < minutes <= 15):
        return [
            _line(
                "96374" if is_first else "96375", 1, service, None, f"{service.order.drug} given as a push."
            )
        ]
    if service.order.category is Category.HYDRATION or minutes < 16:
        return []
    first = _line("96365", 1, service, minutes, f"First hour of {service.order.drug}, the initial service.")
    more = (minutes - 31) // 60 if minutes >= 31 else 0
    why = f"{minutes - 60} min past the first hour; each further hour needs 31."
    return [first, *([_line("96366", more, service, minutes, why)] if more else [])]


def _drug(service: Service) -> list[Line]:
    dose = service.order.dose
    if dose is None or dose.amount is None or dose.unit_amount is None:
        return []
    units = -(-dose.amount // dose.unit_amount)
    why = f"{dose.amount} {dose.unit} at {dose.unit_amount} {dose.unit} a unit."
    return [_line(dose.hcpcs, int(units), service, None, why, Kind.DRUG)]


def _line(
    code: str, units: int, service: Service, minutes: int | None, why: str, kind: Kind = Kind.ADMINISTRATION
) -> Line:
    return Line(
        code=code, units=units, modifiers=(), kind=kind, date=date(2026, 3, 2), services=(service.id,),
        minutes=minutes, why=why, rules=("stand-in",), sources=("Test",), role="", label="",
        drugs=(service.order.drug,),
    )  # fmt: skip


def _missing(service: Service) -> Finding:
    text = f"{service.order.drug} has no stop time."
    return Finding(level=Level.BLOCKER, name="missing-stop", text=text, service=service.id)


def _left_out(service: Service, minutes: int) -> NotBilled:
    why = f"{minutes} min of {service.order.drug}; 31 are needed."
    return NotBilled(service=service.id, minutes=minutes, why=why, rules=("stand-in",), sources=())


@dataclass
class StandInSettings:
    """Settings in memory, with the defaults of a small office."""

    values: dict[str, str] = field(
        default_factory=lambda: {
            "suite-name": "Infusion suite",
            "zone": "America/New_York",
            "setting": "physician",
            "place-of-service": "11",
            "profile": "",
            "chairs": "12",
            "chair-labels": "",
            "scheme": "light",
            "text-size": "100",
            "density": "roomy",
            "card-names": "initials",
            "one-minute": "yes",
            "actor": "AK",
            "export-folder": "",
            "favourite-drugs": "",
            "cpt-licence": "yes",
        }
    )

    def get(self, key: str) -> str:
        return self.values[key] if key in self.values else SETTINGS[key].default

    def set(self, key: str, text: str) -> None:
        if key == "chairs" and not (text.isdigit() and 1 <= int(text) <= 60):
            raise ValueError("Number of chairs: must be a whole number from 1 to 60.")
        if key == "zone" and not is_zone(text):
            raise ValueError("Time zone: must be a zone name such as America/New_York.")
        if key.endswith("-minutes") and not text.isdigit():
            raise ValueError("Minutes: must be a whole number.")
        self.values[key] = text

    def chairs(self) -> tuple[str, ...]:
        return chair_names(int(self.get("chairs")), self.get("chair-labels"))


@dataclass(frozen=True)
class Sent:
    name: str
    sent_us: int
    sessions: int
    lines: int
    folder: str
    note: str = ""
    by: str = "AK"
    kinds: tuple[str, ...] = ("CSV",)
    checksum: str = "9f3c1ab2"
    again: bool = False


class StandInPapers:
    """Makes small papers of two pages, and keeps what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.fault: Exception | None = None
        self.listed: tuple[str, ...] = ()
        """Whose patients the list of a downtime names."""

    def superbill(self, session: str) -> Printable:
        return self._made("Superbill", session, sessions=(session,))

    def day_summary(self, day: date) -> Printable:
        return self._made("Day summary", day.isoformat())

    def history(self, session: str) -> Printable:
        return self._made("Session history", session, sessions=(session,), table="{}", kind="json")

    def downtime(self, outage: str) -> Printable:
        return self._made("Downtime list", outage, sessions=self.listed, table="a,b\r\n")

    def _made(
        self, title: str, of: str, sessions: tuple[str, ...] = (), table: str = "", kind: str = "csv"
    ) -> Printable:
        if self.fault is not None:
            raise self.fault
        self.asked.append(f"{title} {of}")
        rows = tuple(TableRow((str(number), of)) for number in range(1, 61))
        block = Table((Column("No", 30), Column("What")), rows)
        paper = Paper(title=title, sender=("Infusion suite",), blocks=(block,), foot="at the foot")
        made_at = datetime(2026, 3, 2, 9, tzinfo=UTC)
        return Printable(paper, "paper.pdf", made_at, write_durably, sessions, table, kind)


class StandInBilling:
    """Says which sessions are signed and which batches were sent; the batches are the program's own."""

    def __init__(
        self, desk: Desk, journal: InMemoryJournal, clock: Clock, settings: Settings, folder: Path
    ) -> None:
        self.papers = StandInPapers()
        self.record: Record = journal
        self.signed: list[Session] = []
        self.batches: list[Sent] = []
        self.folder = folder
        """The data folder, for what is not in the journal."""
        self._settings = settings
        self._desk = desk
        self.exporter = Exporter(journal, clock, SequentialIdentities("batch"), "AK")
        self.sends = WindowSends(self._readied, desk, folder)
        self.charges = ChargeList(folder)
        self.read: Callable[[Path], PatientFile] | None = None
        """Reads files of patients as the program does."""

    def days(self, told_of: ToldOf) -> WindowDays:
        return WindowDays(self._desk, lambda: self.exporter, told_of)

    def _readied(self) -> Exporter:
        self.exporter.practice = practice_of(self._settings, self.folder)
        return self.exporter

    def read_patients(self, path: Path) -> PatientFile:
        assert self.read is not None
        return self.read(path)

    def sent_batches(self) -> Sequence[SentBatch]:
        sent = [batch for batch in reversed(self.exporter.batches()) if batch.is_sent]
        return [*self.batches, *map(sent_of, sent)]

    def payers(self, setting: Setting | None = None) -> Sequence[tuple[str, str]]:
        of_hospitals = [("clinic", "A clinic's payer")] if setting is Setting.FACILITY else []
        return [("", "Medicare"), ("commercial", "A commercial payer"), *of_hospitals]


@dataclass
class StandInProducts:
    """Knows what it is told, and remembers what is chosen unless it cannot."""

    codes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The drug codes of NDCs; those that are listed decide what ten digits stand for."""
    remembered: dict[str, str] = field(default_factory=dict)
    problem: str = ""

    def resolve(self, written: str) -> str:
        return resolve(written, self.codes, self.remembered)

    def codes_of(self, ndc: str) -> tuple[str, ...]:
        return self.codes.get(ndc, ())

    def remember(self, ten: str, ndc: str) -> None:
        if self.problem:
            raise JournalError(self.problem)
        self.remembered[ten] = ndc


@dataclass
class StandInProtocols:
    """A shelf in memory: the examples, and what is saved."""

    examples: tuple[Protocol, ...] = PROTOCOLS
    own: dict[str, Protocol] = field(default_factory=dict)
    told: tuple[str, ...] = ()
    problem: str = ""

    def all(self) -> Sequence[Protocol]:
        return (*self.own.values(), *(p for p in self.examples if p.name not in self.own))

    def faults(self) -> Sequence[str]:
        return self.told

    def is_own(self, name: str) -> bool:
        return name in self.own

    def save(self, protocol: Protocol, instead_of: str = "") -> None:
        if self.problem:
            raise JournalError(self.problem)
        if protocol.name in self.own and protocol.name != instead_of:
            raise JournalError("There is a protocol of that name already.")
        self.own.pop(instead_of, None)
        self.own[protocol.name] = protocol

    def delete(self, name: str) -> None:
        if self.problem:
            raise JournalError(self.problem)
        del self.own[name]


@dataclass(frozen=True)
class Row:
    hcpcs: str
    drug: str
    unit_amount: Decimal
    unit: str
    category: Category


DRUGS = DrugBook(
    (
        Row("J1745", "infliximab (Remicade)", Decimal(10), "mg", Category.CHEMO),
        Row("Q5103", "infliximab-dyyb (Inflectra)", Decimal(10), "mg", Category.CHEMO),
        Row("J3370", "vancomycin", Decimal(500), "mg", Category.THERAPEUTIC),
        Row("J9312", "rituximab (Rituxan)", Decimal(10), "mg", Category.CHEMO),
        Row("J1756", "iron sucrose (Venofer)", Decimal(1), "mg", Category.THERAPEUTIC),
        Row("J9271", "pembrolizumab (Keytruda)", Decimal(1), "mg", Category.CHEMO),
        Row("J3380", "vedolizumab (Entyvio)", Decimal(1), "mg", Category.THERAPEUTIC),
        Row("J1200", "diphenhydramine", Decimal(50), "mg", Category.THERAPEUTIC),
        Row("J1569", "immune globulin (Gammagard liquid)", Decimal(500), "mg", Category.THERAPEUTIC),
        Row("J7040", "normal saline, 500 mL size", Decimal(500), "mL", Category.HYDRATION),
    )
)
