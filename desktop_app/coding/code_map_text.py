"""From text to a checked code map: a number and a label for every role, with no day left out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from desktop_app.coding.citing import CITED, cited, cited_as
from desktop_app.coding.refusals import RulebookError
from desktop_app.coding.roles import HOUR_ROLES, LATER_ROLES, ROLES
from desktop_app.coding.rulebook import Code
from desktop_app.coding.toml_text import Section, dated_sections

LONGEST_LABEL = 48
"""The most characters of a label: it stands beside its code on a card."""
_NUMBER = re.compile(r"[0-9A-Z][0-9]{3}[0-9A-Z]")


def read_codes(top: Section, first: date) -> list[Code]:
    """Return the codes of a code map, those of one role in the order of their dates.

    ``first`` is the day the rules begin. Raises RulebookError for any fault.
    """
    top.only("version", *CITED, *ROLES)
    usual = cited(top)
    found: list[tuple[Code, Section]] = []
    for role, block in dated_sections(top, but=("version", *CITED)):
        block.only("code", "label", "from", *CITED)
        code = Code(
            role=role,
            number=block.shaped("code", _NUMBER, "a code of five digits or capital letters, in quotes"),
            label=block.label("label", LONGEST_LABEL),
            hour=role in HOUR_ROLES,
            since=block.day("from"),
            cited=cited_as(block, usual),
        )
        _require_later(block, [other for other, _block in found if other.role == role], code, first)
        found.append((code, block))
    _require_roles(top, {code.role for code, _block in found})
    _require_own_numbers(found)
    return [code for code, _block in found]


def _require_later(block: Section, before: list[Code], code: Code, first: date) -> None:
    """Refuse a date that leaves a gap behind it, or that does not follow the block above."""
    if before and code.since <= before[-1].since:
        raise block.refusal("from", "after the date of the block above it")
    if not before and code.since > first and code.role not in LATER_ROLES:
        raise block.refusal("from", f"{first} or earlier, when the rules begin")


def _require_roles(top: Section, found: Iterable[str]) -> None:
    missing = sorted(ROLES.difference(found))
    if missing:
        raise RulebookError(top.file, 1, missing[0], "there: a table of this name is missing")


def _require_own_numbers(codes: list[tuple[Code, Section]]) -> None:
    """Refuse a number that two roles have on one day: nobody could say what a line of it is."""
    for day in sorted({code.since for code, _block in codes}):
        taken: dict[str, str] = {}
        for role, (code, block) in _on(day, codes).items():
            other = taken.setdefault(code.number, role)
            if other != role:
                raise block.refusal("code", f"a number of its own: {other} has {code.number} on {day}")


def _on(day: date, codes: list[tuple[Code, Section]]) -> dict[str, tuple[Code, Section]]:
    return {code.role: (code, block) for code, block in codes if code.since <= day}
