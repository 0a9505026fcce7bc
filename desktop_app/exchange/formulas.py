"""Texts that a spreadsheet would compute, and how they are kept from it in a text file."""

from __future__ import annotations

import re

_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")  # noqa: RUF001 - the wide forms begin formulas too


def looks_like_a_formula(text: str) -> bool:
    """Say whether a spreadsheet may take a text for a formula, apostrophes before it or not."""
    return bool(_FORMULA.match(text))


def neutral(text: str) -> str:
    """Return a cell's text as no spreadsheet takes it for a formula.

    One that already begins with apostrophes and then like a formula gets one more, so that taking
    one away always gives the text back.
    """
    return f"'{text}" if looks_like_a_formula(text) else text
