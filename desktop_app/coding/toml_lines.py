"""Where each key of a TOML text stands, so that a refusal can name its line.

The parser of the standard library forgets the lines. This walks a text that it has accepted,
inline tables, lists and dotted keys included, and is only asked once something is wrong.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import field

from desktop_app.core.values import dataclass

Path = tuple[str | int, ...]
"""Keys and list positions from the outside in."""

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}(?!")'
    r"|'''.*?'{3,5}(?!')"
    r'|"(?:\\.|[^"\\])*"'
    r"|'[^']*'",
    re.DOTALL,
)
_SCALAR = re.compile(r"[^,\]}\n#]+")
_KEY_PART = re.compile(r"[A-Za-z0-9_-]+")


@dataclass(slots=True)
class _Inside:
    """A list or an inline table that is being read."""

    path: Path
    is_list: bool
    count: int = 0


@dataclass(slots=True)
class _Walk:
    text: str
    at: int = 0
    line: int = 1
    counted: int = 0
    """Up to where the lines are counted; what is noted stands further on each time."""
    base: Path = ()
    """The table under whose header the walk is."""
    inside: list[_Inside] = field(default_factory=list)
    lists: dict[Path, int] = field(default_factory=dict)
    """How many blocks a ``[[list]]`` has so far."""
    found: dict[Path, int] = field(default_factory=dict)

    def skip(self) -> None:
        """Go past blanks and comments."""
        self.at = self._past(_BLANK)

    def _past(self, pattern: re.Pattern[str]) -> int:
        match = pattern.match(self.text, self.at)
        return match.end() if match else self.at + 1

    def note(self, path: Path, at: int) -> None:
        """Keep the line of a path, and of every table it is the first sign of."""
        self.line += self.text.count("\n", self.counted, at)
        self.counted = at
        for place in range(len(path)):
            self.found.setdefault(path[: place + 1], self.line)

    def key(self) -> tuple[str, ...]:
        """Read a key, dotted or not."""
        parts = [self._key_part()]
        while self.text.startswith(".", self.at):
            self.at += 1
            parts.append(self._key_part())
        return tuple(parts)

    def _key_part(self) -> str:
        """Read one part of a key, and the blanks around it."""
        self.skip()
        quoted = self.text[self.at] in "\"'"
        end = self._past(_STRING if quoted else _KEY_PART)
        part = self.text[self.at : end]
        self.at = end
        self.skip()
        return str(tomllib.loads(f"key = {part}")["key"]) if quoted else part

    def header(self) -> None:
        """Read ``[name]`` or ``[[name]]``: what follows stands in that table."""
        start = self.at
        bracket = "[[" if self.text.startswith("[[", start) else "["
        self.at += len(bracket)
        path: Path = ()
        *outer, last = self.key()
        for part in outer:
            path += (part, self.lists[(*path, part)] - 1) if (*path, part) in self.lists else (part,)
        path += (last,)
        if bracket == "[[":
            self.lists[path] = self.lists.get(path, 0) + 1
            path += (self.lists[path] - 1,)
        self.note(path, start)
        self.base = path
        self.at += len(bracket)

    def entry(self, base: Path) -> None:
        """Read ``key = value`` of a table."""
        start = self.at
        path = base + self.key()
        self.note(path, start)
        self.at += 1  # the sign between key and value
        self.skip()
        self.value(path)

    def value(self, path: Path) -> None:
        """Read a value, or step into it."""
        sign = self.text[self.at]
        if sign in "[{":
            self.at += 1
            self.inside.append(_Inside(path, is_list=sign == "["))
        else:
            self.at = self._past(_STRING if sign in "\"'" else _SCALAR)

    def step(self) -> None:
        """Read the next thing of a list or an inline table."""
        inside = self.inside[-1]
        sign = self.text[self.at]
        if sign in "]}":
            self.inside.pop()
            self.at += 1
        elif sign == ",":
            self.at += 1
        elif inside.is_list:
            path = (*inside.path, inside.count)
            inside.count += 1
            self.note(path, self.at)
            self.value(path)
        else:
            self.entry(inside.path)


def key_lines(text: str) -> dict[Path, int]:
    """Return the line of every key and list item of a TOML text, from 1."""
    walk = _Walk(text)
    walk.skip()
    while walk.at < len(text):
        if walk.inside:
            walk.step()
        elif text[walk.at] == "[":
            walk.header()
        else:
            walk.entry(walk.base)
        walk.skip()
    return walk.found


def line_of(text: str, path: Path) -> int:
    """Return the line of a path, else that of the nearest table or list around it, else 1."""
    found = key_lines(text)
    while path and path not in found:
        path = path[:-1]
    return found.get(path, 1)
