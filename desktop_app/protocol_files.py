"""Where protocols are read from disk: the program's examples, and the suite's own in its data folder.

    protocols/iron-sucrose.toml     one protocol a file

A file that cannot be read is left out and told, and so is what lies there and is no such file:
a slip in a protocol must not keep a suite from timing. Nothing here is ever written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from functools import cache
from pathlib import Path

from desktop_app import paths
from desktop_app.coding.protocol_text import read_protocol, read_protocols, same_name
from desktop_app.coding.refusals import RulebookError
from desktop_app.coding.toml_text import read_toml
from desktop_app.core.protocols import Protocol
from desktop_app.core.values import dataclass
from desktop_app.data_files import paths_in
from desktop_app.rulebook_files import read_text

FOLDER = "protocols"
EXAMPLES = "protocols.toml"
UNFINISHED = ".new"


@dataclass(frozen=True, slots=True)
class OwnProtocol:
    """A protocol of the suite's own, and the file it stands in."""

    protocol: Protocol
    path: Path
    text: str
    """The file as it was read: what is changed must still be this."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """Every protocol that can be chosen, and what is wrong with the files that cannot."""

    examples: tuple[Protocol, ...]
    own: Mapping[str, OwnProtocol] = field(default_factory=dict)
    """The suite's own, by name."""
    faults: tuple[str, ...] = ()

    def all(self) -> tuple[Protocol, ...]:
        """Return the suite's own, then the examples that none of them replaces."""
        own = tuple(kept.protocol for kept in self.own.values())
        return own + tuple(p for p in self.examples if not any(same_name(p.name, o.name) for o in own))

    def own_named(self, name: str) -> OwnProtocol | None:
        """Return the suite's own protocol of a name."""
        return next((kept for known, kept in self.own.items() if same_name(known, name)), None)


@cache
def load_examples() -> tuple[Protocol, ...]:
    """Read the protocols that travel with the program, once. Raises RulebookError."""
    return read_protocols(EXAMPLES, read_text(paths.resource(EXAMPLES), EXAMPLES))


def load_shelf(data_dir: Path) -> Shelf:
    """Return the program's examples and what can be read of a data folder's own."""
    faults: list[str] = []
    own: dict[str, OwnProtocol] = {}
    for path in _files(data_dir / FOLDER, faults):
        try:
            kept = _read(path, own)
        except RulebookError as fault:
            faults.append(str(fault))
        else:
            own[kept.protocol.name] = kept
    in_order = sorted(own, key=str.casefold)
    return Shelf(load_examples(), {name: own[name] for name in in_order}, tuple(faults))


def _files(folder: Path, faults: list[str]) -> list[Path]:
    """Return what lies in the folder but for what is hidden, and what was not written to its end."""
    try:
        return [path for path in paths_in(folder) if path.name[0] != "." and path.suffix != UNFINISHED]
    except RulebookError as fault:
        faults.append(str(fault))
        return []


def _read(path: Path, others: Mapping[str, OwnProtocol]) -> OwnProtocol:
    file = str(path)
    if path.suffix != ".toml":
        raise RulebookError(file, 1, "the name", "one that ends with .toml, or the file should lie elsewhere")
    text = read_text(path, file)
    protocol = read_protocol(file, text)
    for name, other in others.items():
        if same_name(name, protocol.name):
            block = next(read_toml(file, text).sections("protocol"))
            raise block.refusal("name", f"another than “{name}”, which stands in {other.path.name}")
    return OwnProtocol(protocol, path, text)
