"""The canonical table: every column a billing system may want, with what stands in it.

There is no common charge file; importers map columns. So there is one table with all of them,
and a profile chooses, orders and renames. Session, encounter and line ids always stand in it:
some importers merge equal codes of one day otherwise.
"""

from __future__ import annotations

from collections.abc import Callable

from desktop_app.core.moments import local_time
from desktop_app.core.people import Provider
from desktop_app.core.values import dataclass
from desktop_app.exchange.rows import Row, pointers


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name in the header, and its text for a row."""

    name: str
    text: Callable[[Row], str]


def cells(row: Row) -> tuple[str, ...]:
    """Return the row's text for every column."""
    return tuple(column.text(row) for column in COLUMNS)


def _when(at_us: int | None, zone: str) -> str:
    """Return a local time with its offset, to the second; empty for no time."""
    return "" if at_us is None else local_time(at_us, zone).isoformat(timespec="seconds")


def _start(row: Row) -> str:
    return _when(row.line.start_us, row.session.zone)


def _stop(row: Row) -> str:
    return _when(row.line.stop_us, row.session.zone)


def _minutes(row: Row) -> str:
    return "" if row.line.minutes is None else str(row.line.minutes)


def _ndc_quantity(row: Row) -> str:
    return "" if row.line.ndc_quantity is None else f"{row.line.ndc_quantity:f}"


def _modifier(place: int) -> Callable[[Row], str]:
    return lambda row: row.line.modifiers[place] if place < len(row.line.modifiers) else ""


def _encounter(row: Row) -> str:
    """Return the encounter's id: the session's, and which encounter of it the line's services are."""
    services = (row.session.service(name) for name in row.line.services)
    named = dict.fromkeys(service.order.encounter for service in services if service is not None)
    return " ".join(f"{row.session.id}-{name}" for name in named) or row.session.id


def _birth_date(row: Row) -> str:
    born = row.session.registration.birth_date
    return "" if born is None else born.isoformat()


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
    Column("version", lambda row: str(row.signature.version)),
    Column("action", lambda row: row.action.value),
    Column("sent_before", lambda row: "yes" if row.sent_before else ""),
    Column("replaces", lambda row: " ".join(row.replaces)),
    Column("mrn", lambda row: row.session.mrn),
    Column("initials", lambda row: row.session.initials),
    Column("date_of_service", lambda row: row.line.date.isoformat()),
    Column("setting", lambda row: row.session.setting.value),
    Column("place_of_service", lambda row: row.session.place_of_service),
    Column("chair", lambda row: row.session.chair),
    Column("kind", lambda row: row.line.kind),
    Column("code", lambda row: row.line.code),
    Column("units", lambda row: str(row.line.units)),
    *(Column(f"modifier_{place + 1}", _modifier(place)) for place in range(4)),
    Column("start", _start),
    Column("stop", _stop),
    Column("minutes", _minutes),
    Column("drugs", lambda row: "; ".join(row.line.drugs)),
    Column("ndc", lambda row: row.line.ndc),
    Column("ndc_quantity", _ndc_quantity),
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
    Column("birth_date", _birth_date),
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
"""Every column, in the order of the standard CSV."""

NAMES = tuple(column.name for column in COLUMNS)
