"""The canonical table: every column a billing system may want, with what stands in it.

There is no common charge file; importers map columns. So there is one table with all of them,
and a layout chooses, orders and renames. A column gives a value and not a text: how a day, an
instant or a number is written is the layout's.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

from desktop_app.coding.clock_findings import clock_note
from desktop_app.core.moments import local_time
from desktop_app.core.people import Provider
from desktop_app.core.values import dataclass
from desktop_app.exchange.charges import NO_CHARGES, Charges
from desktop_app.exchange.rows import Row, pointers

Value = str | int | Decimal | date | datetime | None
"""What stands in a cell before it is written: an instant has its place's offset; None is empty."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name in the canonical table, and its value for a row."""

    name: str
    value: Callable[[Row], Value]


def _when(at_us: int | None, zone: str) -> datetime | None:
    return None if at_us is None else local_time(at_us, zone)


def _modifier(place: int) -> Callable[[Row], str]:
    return lambda row: row.line.modifiers[place] if place < len(row.line.modifiers) else ""


def _encounter(row: Row) -> str:
    """Return the encounter's id: the session's, and which encounter of it the line's services are."""
    services = (row.session.service(name) for name in row.line.services)
    named = dict.fromkeys(service.order.encounter for service in services if service is not None)
    return " ".join(f"{row.session.id}-{name}" for name in named) or row.session.id


def _name_of(role: str) -> Callable[[Row], str]:
    def text(row: Row) -> str:
        provider: Provider | None = getattr(row.session.registration, role)
        return ", ".join(filter(None, (provider.family, provider.given))) if provider else ""

    return text


def _npi_of(role: str) -> Callable[[Row], str]:
    def text(row: Row) -> str:
        provider: Provider | None = getattr(row.session.registration, role)
        return provider.npi if provider else ""

    return text


COLUMNS: tuple[Column, ...] = (
    Column("session", lambda row: row.session.id),
    Column("encounter", _encounter),
    Column("line", lambda row: row.id),
    Column("version", lambda row: row.signature.version),
    Column("action", lambda row: row.action.value),
    Column("sent_before", lambda row: "yes" if row.sent_before else ""),
    Column("replaces", lambda row: " ".join(row.replaces)),
    Column("mrn", lambda row: row.session.mrn),
    Column("initials", lambda row: row.session.initials),
    Column("date_of_service", lambda row: row.line.date),
    Column("setting", lambda row: row.session.setting.value),
    Column("place_of_service", lambda row: row.session.place_of_service),
    Column("chair", lambda row: row.session.chair),
    Column("kind", lambda row: row.line.kind),
    Column("code", lambda row: row.line.code),
    Column("units", lambda row: row.line.units),
    *(Column(f"modifier_{place + 1}", _modifier(place)) for place in range(4)),
    Column("start", lambda row: _when(row.line.start_us, row.session.zone)),
    Column("stop", lambda row: _when(row.line.stop_us, row.session.zone)),
    Column("minutes", lambda row: row.line.minutes),
    Column("drugs", lambda row: "; ".join(row.line.drugs)),
    Column("ndc", lambda row: row.line.ndc),
    Column("ndc_quantity", lambda row: row.line.ndc_quantity),
    Column("ndc_unit", lambda row: row.line.ndc_unit),
    Column("services", lambda row: " ".join(row.line.services)),
    Column("why", lambda row: row.line.why),
    Column("rules", lambda row: " ".join(row.line.rules)),
    Column("sources", lambda row: "; ".join(row.line.sources)),
    Column("rulebook", lambda row: row.signature.rulebook),
    Column("profile", lambda row: row.signature.profile),
    Column("signed_at", lambda row: _when(row.signature.at.at_us, row.session.zone)),
    Column("signed_by", lambda row: row.signature.at.by),
    Column("account", lambda row: row.session.registration.account),
    Column("family_name", lambda row: row.session.registration.family),
    Column("given_name", lambda row: row.session.registration.given),
    Column("birth_date", lambda row: row.session.registration.birth_date),
    Column("sex", lambda row: row.session.registration.sex or ""),
    Column("ordering_provider", _name_of("ordering")),
    Column("ordering_npi", _npi_of("ordering")),
    Column("rendering_provider", _name_of("rendering")),
    Column("rendering_npi", _npi_of("rendering")),
    Column("diagnoses", lambda row: " ".join(row.session.registration.diagnoses)),
    Column("diagnosis_pointers", lambda row: " ".join(map(str, pointers(row)))),
    Column("payer", lambda row: row.session.registration.payer),
    Column("payer_id", lambda row: row.session.registration.payer_id),
    Column("member_id", lambda row: row.session.registration.member_id),
    Column("group_number", lambda row: row.session.registration.group),
    Column("authorisation", lambda row: row.session.registration.authorisation),
)
"""Every column, in the order of the standard table."""

NAMES = tuple(column.name for column in COLUMNS)

JOINED = "modifiers"
"""All modifiers of a line in one cell."""
CLOCK_NOTE = "clock_note"
"""What happened to the computer's clock while the session was timed."""


def further_columns(charges: Charges, joint: str) -> tuple[Column, ...]:
    """Return the columns a layout may have besides: its charge, all its modifiers, what the clock did."""
    return (
        Column(JOINED, lambda row: joint.join(row.line.modifiers)),
        Column("charge_per_unit", lambda row: _dollars(_cents(row, charges))),
        Column("charge", lambda row: _dollars(_cents(row, charges), row.line.units)),
        Column("revenue_code", lambda row: charges.revenue(row.line.code, row.line.date)),
        Column(CLOCK_NOTE, lambda row: clock_note(row.session)),
    )


def _cents(row: Row, charges: Charges) -> int | None:
    return charges.cents(row.line.code, row.line.date)


def _dollars(cents: int | None, units: int = 1) -> Decimal | None:
    return None if cents is None else Decimal(cents * units).scaleb(-2)


FURTHER_NAMES = tuple(column.name for column in further_columns(NO_CHARGES, ""))
ALL_NAMES = NAMES + FURTHER_NAMES
CHARGED = frozenset(FURTHER_NAMES) - {JOINED, CLOCK_NOTE}
"""The columns that stand on the practice's charges."""
