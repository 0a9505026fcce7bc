"""What is wrong with a file, said once and with its place."""

from __future__ import annotations

_LONGEST_SHOWN = 40


class ImportRefused(Exception):
    """A file that is not what it claims to be; ``str`` is one sentence for a person."""


class CellFault(ValueError):
    """A cell that does not hold what its column should; where it stands is added on the way out."""

    def __init__(self, column: str, expected: str, found: str) -> None:
        """Say which column should hold what, and what it holds."""
        super().__init__(f"{column} should be {expected}, and is {shown(found)}")


def shown(text: str) -> str:
    """Return what a cell holds as it can stand in a sentence."""
    plain = "".join(letter if letter.isprintable() else "?" for letter in text[:_LONGEST_SHOWN])
    return f"“{plain}{'...' if len(text) > _LONGEST_SHOWN else ''}”" if text else "empty"
