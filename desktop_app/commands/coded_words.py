"""What a coded visit says, in the words the terminal page and the document share."""

from __future__ import annotations

from desktop_app.coding.reasons import Coding, Finding, Level, Line, NotBilled
from desktop_app.ui.words import count_words

COLUMNS = ("Code", "Units", "Modifiers", "Date", "Minutes", "For", "Services")
RIGHT = frozenset({"Units", "Minutes"})
"""The columns of numbers."""

NO_LINES = "No lines."
_HEAVIEST_FIRST = tuple(Level)


def cells(line: Line) -> tuple[str, ...]:
    """Return a line's cells, one for each of the columns."""
    return (
        line.code,
        str(line.units),
        " ".join(line.modifiers),
        line.date.isoformat(),
        "" if line.minutes is None else str(line.minutes),
        line.label,
        ", ".join(line.services),
    )


def line_name(line: Line) -> str:
    """Return how a line is called: 96365-59 x1."""
    return "-".join((line.code, *line.modifiers)) + f" x{line.units}"


def reason(item: Line | NotBilled) -> str:
    """Return why a line or a service left out is so, and what one minute more or less would change."""
    return f"{item.why} {item.one_minute}"


def cited(item: Line | NotBilled) -> str:
    """Return the rules that made an item, and where they can be read."""
    return f"{', '.join(item.rules)}: {'; '.join(item.sources)}"


def by_weight(coding: Coding) -> list[Finding]:
    """Return the findings, blockers before warnings before notes."""
    return sorted(coding.findings, key=lambda finding: _HEAVIEST_FIRST.index(finding.level))


def finding_text(finding: Finding) -> str:
    """Return what a finding says, and of which service."""
    return f"{finding.text} ({finding.service})" if finding.service else finding.text


def made_by(coding: Coding) -> str:
    """Return by which rules a visit was coded."""
    return f"rulebook {coding.rulebook}, profile {coding.profile}"


def sum_of(coding: Coding) -> str:
    """Return how long anything was infused, and the hours that are billed."""
    minutes = count_words(coding.infused_minutes, "minute", "minutes")
    return f"{minutes} infused, {count_words(coding.billable_hours, 'billable hour', 'billable hours')}"


def blocked(coding: Coding) -> str:
    """Return that the visit cannot be signed as it stands; empty where it can."""
    found = len(coding.blockers)
    return f"{count_words(found, 'blocker', 'blockers')}: it cannot be signed as it stands" if found else ""
