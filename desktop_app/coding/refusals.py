"""What is refused at the door: a rulebook that is not one, a case that is not one.

Each refusal is one sentence for a person, with the place of the fault.
"""

from __future__ import annotations

Path = tuple[str | int, ...]
"""Where in a case a value stands: keys and list positions from the outside in."""


class RulebookError(ValueError):
    """A rulebook, code map, profile or drug table does not hold what it should."""

    def __init__(self, file: str, line: int, key: str, expected: str) -> None:
        """Say in which file and line which key should have held what."""
        super().__init__(f"{file}, line {line}: {key} should be {expected}.")
        self.file = file
        self.line = line
        self.key = key
        self.expected = expected


class CaseError(ValueError):
    """A case that cannot be coded. ``fault`` says what is wrong, ``path`` where it stands."""

    def __init__(self, path: Path, fault: str) -> None:
        """Say what is wrong with the value at a path, for example ``must be a number``."""
        self.path = path
        self.fault = fault
        super().__init__(f"{key_path(path)} {fault}." if path else f"The case {fault}.")


def key_path(path: Path) -> str:
    """Return a path as people write it: ``services[0].dose``."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f"{'.' if text else ''}{shown(step)}"
    return text


def shown(key: str) -> str:
    """Return a key as it can stand in a sentence, whatever a file has for one."""
    plain = "".join(letter if letter.isprintable() else "?" for letter in key[:_LONGEST_KEY])
    return plain if len(key) <= _LONGEST_KEY else plain + "..."


_LONGEST_KEY = 60
