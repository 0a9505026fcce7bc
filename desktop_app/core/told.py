"""How patients and what they were given are told, in the words that screens and paper share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from desktop_app.core.moments import HowKnown, Moment
from desktop_app.core.orders import Container, Dose, Order, Route, Setting
from desktop_app.core.recordable import as_line, plain_number
from desktop_app.core.session import Session

HIDDEN = "••"
SHOWN_DIGITS = 4
LONGEST_NUMBER = 24
LONGEST_NAME = 200
"""The most that is shown of a drug's name or an access site; an old record may hold more."""

ROUTE_WORDS = {
    Route.IV_INFUSION: "infusion",
    Route.IV_PUSH: "IV push",
    Route.IM: "IM",
    Route.SC: "SC",
    Route.SC_INFUSION: "SC infusion",
    Route.IA_INFUSION: "IA infusion",
    Route.IA_PUSH: "IA push",
    Route.PUMP_REFILL: "pump refill",
    Route.DECLOT: "declot",
    Route.PORT_FLUSH: "port flush",
    Route.FLUSH: "flush",
    Route.ORAL: "PO",
    Route.OBSERVATION: "observation",
    Route.DRUG_ONLY: "drug only",
}

SETTING_WORDS = {Setting.PHYSICIAN: "office", Setting.FACILITY: "hospital outpatient"}
"""Where a patient is treated, for people."""

HOW_WORDS = {
    HowKnown.PRESSED: "pressed",
    HowKnown.BACK_DATED: "seen and told later",
    HowKnown.PUMP: "as on the pump",
    HowKnown.COMPUTED: "computed",
    HowKnown.CHARTED: "from the chart",
    HowKnown.SCRIPTED: "from a script",
    HowKnown.EARLIEST: "pressed while the clock was behind, the earliest it can have been",
    HowKnown.NOTICED: "noticed by the program",
}
"""How an instant is known, for people."""


def number(value: Decimal) -> str:
    """Write a decimal without needless zeros; one that no dose can be, in short."""
    text = plain_number(value)
    if len(text) > LONGEST_NUMBER:
        return f"about {value:.1e}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def amount(value: Decimal, unit: str) -> str:
    """Write an amount with its unit: 400 mg."""
    return f"{number(value)} {unit}".strip()


def dose_words(order: Order) -> str:
    """Write the dose of an order, for example 400 mg; empty when none is recorded."""
    dose = order.dose
    return "" if dose is None or dose.amount is None else amount(dose.amount, dose.unit)


def site_words(site: str) -> str:
    """Write an access site; a bare number is a site's number."""
    return f"site {site}" if site.isdigit() else as_line(site, LONGEST_NAME)


def chairs_words(chairs: Sequence[str]) -> str:
    """Name one chair or several: chairs 3, 4 and 7."""
    *others, last = chairs
    return f"chairs {', '.join(others)} and {last}" if others else f"chair {last}"


def count_words(count: int, one: str, many: str) -> str:
    """Write a count with its noun."""
    return f"{count} {one if count == 1 else many}"


def containers_words(containers: Iterable[Container], unit: str) -> str:
    """Write containers as 2 × 100 mg + 1 × 500 mg."""
    return " + ".join(f"{c.count} × {amount(c.size, unit)}" for c in containers)


def left_over(dose: Dose) -> Decimal | None:
    """Return how much of single-dose containers was not given; None where that does not follow."""
    if dose.amount is None or not dose.containers or not all(c.single_dose for c in dose.containers):
        return None
    left = sum((c.size * c.count for c in dose.containers), Decimal(0)) - dose.amount
    return left if left >= 0 else None


def hidden_mrn(mrn: str) -> str:
    """Write only the last digits of an MRN."""
    return f"{HIDDEN}{mrn[-SHOWN_DIGITS:]}" if mrn else ""


def dotted(initials: str) -> str:
    """Write initials with full stops: RM becomes R. M."""
    letters = initials.replace(".", "").replace(" ", "")
    if letters.isalpha() and len(letters) <= 3:  # noqa: PLR2004 - longer is a name or a nickname, left as typed
        return " ".join(f"{letter.upper()}." for letter in letters)
    return initials


def who(session: Session) -> str:
    """Write a patient as initials and the last digits of the MRN."""
    return " · ".join(part for part in (dotted(session.initials), hidden_mrn(session.mrn)) if part)


def day_words(day: date) -> str:
    """Write a day as Mon 2 Mar 2026."""
    return f"{day:%a} {day.day} {day:%b} {day.year:04}"


def drug_words(order: Order) -> str:
    """Write a drug by its whole name with a large first letter, and its dose."""
    name = as_line(order.drug) or ROUTE_WORDS[order.route]
    return f"{name[:1].upper()}{name[1:]} {dose_words(order)}".strip()


def way_words(order: Order) -> str:
    """Write how and where something is given: infusion, site 1."""
    return f"{ROUTE_WORDS[order.route]}, {site_words(order.site)}"


def known_words(moment: Moment) -> str:
    """Write how an instant is known and who says so: pressed, AK."""
    return ", ".join(filter(None, (HOW_WORDS[moment.how], as_line(moment.by))))
