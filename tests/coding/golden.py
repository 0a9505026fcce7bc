"""Whole answers to many cases as one text, so that a change of any sentence is seen and explained.

``python -m tests.coding.golden`` writes the text anew; what changed in it belongs in the commit.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from desktop_app.coding.case import read_case
from desktop_app.coding.coder import code
from desktop_app.coding.reasons import Coding
from tests.coding.given import RULES
from tests.coding.golden_visits import VISITS

FOLDER = Path(__file__).parent / "cases"
ANSWERS = FOLDER / "golden.txt"
Case = dict[str, Any]


def codings() -> Iterator[tuple[str, Coding]]:
    """Yield every kept answer by its name; a published case that may be either is coded for both settings."""
    for name, make in VISITS.items():
        yield name, make()
    cases = json.loads((FOLDER / "published.json").read_text(encoding="utf-8"), parse_float=Decimal)
    for case in cases:
        settings = ["facility", "physician"] if case["setting"] == "either" else [case["setting"]]
        yield from ((case["id"], coded(case | {"setting": setting})) for setting in settings)


def coded(case: Case) -> Coding:
    """Return the coding of a case by the standard profile of its setting."""
    visit = read_case(case, RULES.rulebook)
    return code(visit, RULES.rulebook, RULES.profile_for(visit.setting))


def text_of(name: str, coding: Coding) -> str:
    """Return an answer as lines of text; where a rule stands written is left to the rulebook."""
    return "\n".join([_head(name, coding), *_lines(coding)]) + "\n"


def _head(name: str, coding: Coding) -> str:
    sums = f"{coding.infused_minutes} minutes infused, {coding.billable_hours} hours billable"
    return f"# {name}: {coding.profile}; {sums}"


def _lines(coding: Coding) -> Iterator[str]:
    for line in coding.lines:
        named = "-".join((line.code, *line.modifiers))
        yield f"{named} x{line.units} {line.date} {', '.join(line.services)} {line.minutes} minutes"
        yield f"    {line.why}"
        yield f"    {', '.join(line.rules)}; {', '.join(line.drugs)}"
    for item in coding.not_billed:
        yield f"not billed: {item.service} {item.minutes} minutes"
        yield f"    {item.why}"
        yield f"    {', '.join(item.rules)}"
    for finding in coding.findings:
        yield f"{finding.level}: {finding.name} {finding.service}".rstrip()
        yield f"    {finding.text}"


def golden() -> str:
    """Return the whole text as the coder would have it now."""
    return "\n".join(text_of(name, coding) for name, coding in codings())


if __name__ == "__main__":
    ANSWERS.write_text(golden(), encoding="utf-8")
