"""An example answered: drawn, with its lines, what is not billed, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from desktop_app.coding.case import read_case
from desktop_app.coding.coder import code
from desktop_app.coding.ndc import display
from desktop_app.coding.one_minute import with_one_minute
from desktop_app.coding.reasons import Coding, Line, NotBilled
from desktop_app.coding.refusals import CaseError
from desktop_app.coding.visit import Visit
from desktop_app.commands import coded_markdown as md
from desktop_app.commands import coded_words as words
from desktop_app.commands.drawn_visit import drawn
from desktop_app.core.orders import Route
from desktop_app.rulebook_files import StandardRules
from handbook.practice import RULES, by_session, imported, rules_of_practice
from handbook.source import Example

WIDTH = 92
"""Columns of a drawing in the handbook; as much as a page shows without scrolling."""

Case = Mapping[str, Any]


def answered(case: Case, profile: str = "", rules: StandardRules = RULES) -> tuple[Visit, Coding]:
    """Return the visit of a case and its coding, by Medicare's profile where no other is named.

    Raises CaseError, with the name of the example, where it is no case.
    """
    try:
        visit = read_case(dict(case), rules.rulebook)
    except CaseError as fault:
        fault.add_note(f"This is the example {case.get('id')}.")
        raise
    payer = rules.profile_for(visit.setting, profile)
    return visit, with_one_minute(code(visit, rules.rulebook, payer), visit, rules.rulebook, payer)


def answered_in(example: Example) -> tuple[Visit, Coding]:
    """Return an example's visit and its coding, in the practice that the example tells of."""
    rules = rules_of_practice(example)
    visit, coding = answered(example.case, example.profile, rules)
    return visit, by_session(visit, example, rules) if example.is_session else coding


def chosen(case: Case, option: str, value: str) -> Case:
    """Return a case with one option answered."""
    return {**case, "options": {**case.get("options", {}), option: value}}


def rules_of(coding: Coding) -> set[str]:
    """Return the names of the rules in an answer."""
    told: list[Line | NotBilled] = [*coding.lines, *coding.not_billed]
    return {rule for item in told for rule in item.rules}


def worked(example: Example) -> Iterator[str]:
    """Yield an example as Markdown: caption, drawing, the answer and what follows from it."""
    visit, coding = answered_in(example)
    yield example.caption
    yield ""
    yield from imported(example)
    yield from picture(visit, coding)
    yield from answer(visit, coding)
    if example.after:
        yield ""
        yield example.after


def picture(visit: Visit, coding: Coding) -> Iterator[str]:
    """Yield a visit drawn, as a block that is shown as it is; drugs alone have no time to draw."""
    if all(service.order.route is Route.DRUG_ONLY for service in visit.services):
        return
    drawing = drawn(visit, coding, width=WIDTH).text()
    if drawing:
        yield md.code_block(drawing)
        yield ""


def answer(visit: Visit, coding: Coding) -> Iterator[str]:
    """Yield lines and services not billed with their reasons as a table, and the findings below."""
    dated = len({line.date for line in coding.lines}) > 1
    yield md.row(("Line", "For", "Why"))
    yield md.row(("---",) * 3)
    for line in coding.lines:
        yield md.row((_name(line, dated=dated), md.plain(_for(line)), _why(line)))
    for item in coding.not_billed:
        yield md.row(("not billed", md.plain(_given(visit, item.service)), _why(item)))
    listed = [f"- {finding}" for finding in md.findings(coding)]
    if listed:
        yield ""
        yield from listed


def _name(line: Line, *, dated: bool) -> str:
    name = f"**{words.line_name(line)}**"
    return f"{name} {line.date}" if dated else name


def _for(line: Line) -> str:
    """Return what a line is for, and with a drug its NDC and how much of it."""
    quantity = "" if line.ndc_quantity is None else f"{line.ndc_quantity:f} {line.ndc_unit}"
    told = (line.label, f"NDC {display(line.ndc)}" if line.ndc else "", quantity)
    return ", ".join(part for part in told if part)


def _given(visit: Visit, service: str) -> str:
    order = next(item.order for item in visit.services if item.id == service)
    return order.drug or order.route.replace("-", " ")


def _why(item: Line | NotBilled) -> str:
    rules = " ".join(f"`{rule}`" for rule in item.rules)
    return f"{md.plain(words.reason(item))} {rules}"


def in_short(visit: Visit, coding: Coding) -> str:
    """Return an answer on one line: its codes, what is not billed, and its blockers."""
    dated = len({line.date for line in coding.lines}) > 1
    told = [_name(line, dated=dated) for line in coding.lines] or [words.NO_LINES.rstrip(".").lower()]
    left = [f"{md.plain(_given(visit, item.service))} not billed" for item in coding.not_billed]
    return ", ".join((*told, *left, *(["cannot be signed"] if coding.blockers else [])))
