"""What a card says of its lines tells what was given from what was wasted."""

from __future__ import annotations

from datetime import date

from desktop_app.coding.reasons import Kind, Line
from desktop_app.ui.board.card_codes import code_words


def drug_line(units: int, *modifiers: str) -> Line:
    """Return a drug's line."""
    return Line(
        code="J9075",
        units=units,
        modifiers=modifiers,
        kind=Kind.DRUG,
        date=date(2026, 3, 2),
        services=("1",),
        minutes=None,
        why="",
        rules=(),
        sources=(),
        role="",
        label="",
    )


def test_what_was_wasted_of_a_drug_is_told_from_what_was_given() -> None:
    assert code_words([drug_line(258), drug_line(42, "JW")]) == ("J9075 ×258", "J9075-JW ×42")
    assert code_words([drug_line(258, "JZ")]) == ("J9075 ×258",)
