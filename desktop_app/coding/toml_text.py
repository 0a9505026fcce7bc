"""TOML read with suspicion: every key asked for by name and kind, and none left over.

Every fault is told with file, line, key and what was expected.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from desktop_app.coding.refusals import RulebookError

_FAULT_LINE = re.compile(r"at line (\d+)")


@dataclass(frozen=True, slots=True)
class Section:
    """One table of a TOML file, with where it stands for the sentence of a refusal."""

    file: str
    text: str
    header: str
    """``[name]`` or ``[[name]]`` as written; empty for the top of the file."""
    nth: int
    """Which of the sections with this header, from 0."""
    values: Mapping[str, object]

    def word(self, key: str, default: str | None = None) -> str:
        """Return a text; empty texts are allowed."""
        value = self.values.get(key, default)
        if not isinstance(value, str):
            raise self.refusal(key, "a text in quotes")
        return value

    def number(self, key: str) -> int:
        """Return a whole number over 0."""
        value = self.values.get(key)
        if not isinstance(value, int) or isinstance(value, bool) or value <= 0:
            raise self.refusal(key, "a whole number over 0")
        return value

    def yes(self, key: str) -> bool:
        """Return a yes or no; no where the key is missing."""
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            raise self.refusal(key, "true or false")
        return value

    def day(self, key: str) -> date:
        """Return a date."""
        value = self.values.get(key)
        if type(value) is not date:
            raise self.refusal(key, "a date such as 2026-01-01")
        return value

    def words(self, key: str) -> tuple[str, ...]:
        """Return a list of texts with at least one in it."""
        value = self.values.get(key)
        if not isinstance(value, list) or not value or not all(isinstance(item, str) for item in value):
            raise self.refusal(key, "a list of texts with at least one in it")
        return tuple(value)

    def one_of(self, key: str, allowed: tuple[str, ...]) -> str:
        """Return a text that must be one of some words."""
        value = self.values.get(key)
        if value not in allowed or not isinstance(value, str):
            raise self.refusal(key, "one of " + ", ".join(allowed))
        return value

    def table(self, key: str) -> Mapping[str, object]:
        """Return a table; an empty one where the key is missing."""
        value = self.values.get(key, {})
        if not isinstance(value, dict):
            raise self.refusal(key, "a table in braces")
        return value

    def section(self, name: str) -> Section:
        """Return the table under ``[name]``."""
        value = self.values[name]
        if not isinstance(value, dict):
            raise self.refusal(name, f"a table under [{name}]")
        return Section(self.file, self.text, f"[{name}]", 0, value)

    def sections(self, key: str) -> Iterator[Section]:
        """Yield the tables of a list of tables, in order; none where the key is missing."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self.refusal(key, "a list of tables, each under a [[header]]")
        name = self.header.strip("[]")
        header = f"[[{name}.{key}]]" if name else f"[[{key}]]"
        for nth, item in enumerate(value):
            yield Section(self.file, self.text, header, nth, item)

    def only(self, *keys: str) -> None:
        """Refuse any key but these."""
        for key in self.values:
            if key not in keys:
                raise self.refusal(key, "gone: it is not a key of this table")

    def refusal(self, key: str, expected: str) -> RulebookError:
        """Return the refusal of what stands under a key here."""
        name = f"{self.header} {key}".strip()
        return RulebookError(self.file, self._line_of(key), name, expected)

    def _line_of(self, key: str) -> int:
        lines = self.text.splitlines()
        start = _header_line(lines, self.header, self.nth)
        for number, line in enumerate(lines[start:], start + 1):
            if re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=", line):
                return number
            if line.startswith("[") and number > start + 1:
                break
        return start + 1


def _header_line(lines: list[str], header: str, nth: int) -> int:
    places = [number for number, line in enumerate(lines) if header and line.split("#")[0].strip() == header]
    return places[nth] if nth < len(places) else 0


def read_toml(file: str, text: str) -> Section:
    """Return the top of a TOML text. Raises RulebookError where it is not TOML."""
    try:
        return Section(file, text, "", 0, tomllib.loads(text))
    except tomllib.TOMLDecodeError as fault:
        found = _FAULT_LINE.search(str(fault))
        line = int(found.group(1)) if found else len(text.splitlines())
        raise RulebookError(file, line, "the text", f"TOML, but there is: {fault}") from None


def named_sections(top: Section) -> Iterator[tuple[str, Section]]:
    """Yield every ``[name]`` table of a file with its name."""
    for name in top.values:
        yield name, top.section(name)
