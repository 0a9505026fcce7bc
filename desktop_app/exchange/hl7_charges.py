"""Each line as a financial transaction: FT1, and beside it NTE with what FT1 has no field for.

A line that takes the place of others goes out after these are credited; one that was taken back is
credited alone. A credit names the line it takes back and has an id of its own, which ends in ``.void``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from desktop_app.coding.clock_findings import clock_note
from desktop_app.core.moments import local_time
from desktop_app.core.values import dataclass
from desktop_app.exchange.cells import Cells
from desktop_app.exchange.charges import NO_CHARGES
from desktop_app.exchange.columns import CLOCK_NOTE, NAMES
from desktop_app.exchange.hl7_faults import CHARGE
from desktop_app.exchange.hl7_people import diagnosis, provider
from desktop_app.exchange.hl7_text import (
    LONGEST_NOTE,
    NOTHING,
    Er7,
    below,
    day,
    moment,
    money,
    number,
    parts,
    repeated,
    segment,
    text,
)
from desktop_app.exchange.rows import Action, Row, pointers, taken_back
from desktop_app.exchange.sending import STANDARD, Sending

CPT, HCPCS, NDC = Er7("C4"), Er7("HCPCS"), Er7("NDC")
DOLLARS, UNIT_PRICE, TOTAL_PRICE = Er7("USD"), Er7("UP"), Er7("TP")
_TABLE = Cells(STANDARD, NO_CHARGES)
SENDING_PARTY = Er7("L")
"""Says of a note that the sender of the charge wrote it."""
NOTED = (
    "why",
    "drugs",
    "minutes",
    "ndc_quantity",
    "ndc_unit",
    "action",
    "replaces",
    "sent_before",
    "encounter",
    "version",
    "place_of_service",
    "chair",
    "rules",
    "rulebook",
    "profile",
    "signed_at",
    "signed_by",
)
"""The columns of the canonical table that a note holds, each as ``name=value``."""
TIMES = ("start", "stop")
"""The columns a note holds too where FT1-4 has only the day."""


@dataclass(frozen=True, slots=True)
class Charge:
    """One transaction: a row as it goes out, and what it charges or credits."""

    row: Row
    kind: Er7
    """Whether it charges or credits, in the word of the receiver."""
    each: int | None
    """What one unit costs, in cents; None where nobody said."""

    @property
    def cents(self) -> int:
        """What it comes to; 0 where no charge is known."""
        return (self.each or 0) * self.row.line.units


def charges_of(rows: Sequence[Row], sending: Sending) -> tuple[Charge, ...]:
    """Return the transactions that say what is due of one session, credits before charges."""
    practice = sending.practice
    return tuple(
        Charge(
            row,
            Er7(practice.credit if row.action is Action.VOID else CHARGE),
            practice.charges.cents(row.line.code, row.line.date),
        )
        for row in (*taken_back(rows[0]), *rows)
    )


def transaction(place: int, charge: Charge, sending: Sending) -> Iterator[str]:
    """Yield a transaction and its note. Raises CannotBeSent for what a message cannot hold."""
    row, line, known = charge.row, charge.row.line, charge.row.session.registration
    coded = parts(text("code", line.code), NOTHING, CPT if line.code[:1].isdigit() else HCPCS)
    within = _within(row) if not sending.practice.charge_days else NOTHING
    pointed = (known.diagnoses[place - 1] for place in pointers(row) if place <= len(known.diagnoses))
    yield segment(
        "FT1",
        {
            1: number(place),
            2: text("line id", row.id),
            3: text("batch name", sending.name),
            4: within or day(line.date),
            5: moment(sending.made_at),
            6: charge.kind,
            7: coded,
            10: number(line.units),
            11: _price(charge.cents, TOTAL_PRICE) if charge.each is not None else NOTHING,
            12: _price(charge.each, UNIT_PRICE) if charge.each is not None else NOTHING,
            19: repeated(map(diagnosis, pointed)),
            20: provider("rendering provider", known.rendering),
            21: provider("ordering provider", known.ordering),
            25: coded,
            26: repeated(text("modifier", modifier) for modifier in line.modifiers),
            29: parts(text("NDC", line.ndc), NOTHING, NDC) if line.ndc else NOTHING,
        },
    )
    yield _note(row, with_times=not within)


def _price(cents: int, kind: Er7) -> Er7:
    return parts(below(money(cents), DOLLARS), kind)


def _within(row: Row) -> Er7:
    """Return from when to when; nothing where that is not known or would tell another date of service."""
    line, zone = row.line, row.session.zone
    if line.start_us is None:
        return NOTHING
    start = local_time(line.start_us, zone)
    if start.date() != line.date:
        return NOTHING
    return parts(
        moment(start), moment(local_time(line.stop_us, zone)) if line.stop_us is not None else NOTHING
    )


def _note(row: Row, *, with_times: bool) -> str:
    said = dict(zip(NAMES, _TABLE.texts(row), strict=True))
    named = (*NOTED, *(TIMES if with_times else ()))
    noted = {**{name: said[name] for name in named}, CLOCK_NOTE: clock_note(row.session)}
    told = (text(name, f"{name}={value}", LONGEST_NOTE) for name, value in noted.items() if value)
    return segment("NTE", {1: number(1), 2: SENDING_PARTY, 3: repeated(told)})
