"""The protocols as the window chooses and keeps them: read once, each change on disk before it is shown."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.core.access import Right
from desktop_app.core.guard import Require, require_nothing
from desktop_app.core.protocols import Protocol, protocol_fault
from desktop_app.store.small_files import FileNotKept, free_path, keep_file, remove_file

if TYPE_CHECKING:
    from desktop_app.protocol_files import OwnProtocol, Shelf

# ruff: noqa: PLC0415 - what reads and writes protocols is loaded with the first of them: the board comes up first


class ProtocolShelf:
    """The program's examples and the suite's own protocols of one data folder."""

    def __init__(self, data_dir: Path, require: Require = require_nothing) -> None:
        self._data_dir = data_dir
        self._require = require

    @cached_property
    def _shelf(self) -> Shelf:
        """What lies in the folder; read when it is first asked for, so that the board comes up first."""
        from desktop_app.protocol_files import load_shelf

        return load_shelf(self._data_dir)

    def all(self) -> Sequence[Protocol]:
        """Return every protocol, the suite's own first."""
        return self._shelf.all()

    def faults(self) -> Sequence[str]:
        """Return a sentence for each file that could not be read."""
        return self._shelf.faults

    def is_own(self, name: str) -> bool:
        """Return whether a protocol is the suite's own."""
        return self._shelf.own_named(name) is not None

    def save(self, protocol: Protocol, instead_of: str = "") -> None:
        """Keep a protocol, in the place of one of the suite's own where one is named.

        Raises FileNotKept or NotAllowed with one sentence; nothing has changed then.
        """
        self._require(Right.PROTOCOLS)
        from desktop_app.coding.protocol_text import protocol_text
        from desktop_app.protocol_files import FOLDER, OwnProtocol

        if fault := protocol_fault(protocol):
            raise FileNotKept(f"{fault[0].upper()}{fault[1:]}.")
        before = self._shelf.own_named(instead_of) if instead_of else None
        other = self._shelf.own_named(protocol.name)
        if other is not None and other is not before:
            raise FileNotKept(f"There is a protocol “{other.protocol.name}” already; choose another name.")
        folder = self._data_dir / FOLDER
        path = before.path if before else free_path(folder, protocol.name)
        text = protocol_text(protocol)
        keep_file(path, text, was=before.text if before else None)
        self._replace(before, OwnProtocol(protocol, path, text))

    def delete(self, name: str) -> None:
        """Delete one of the suite's own. Raises FileNotKept or NotAllowed; the examples stay."""
        self._require(Right.PROTOCOLS)
        own = self._shelf.own_named(name)
        if own is None:
            raise FileNotKept(f"“{name}” is not one of the suite's own protocols, so it stays.")
        remove_file(own.path, was=own.text)
        self._replace(own, None)

    def _replace(self, before: OwnProtocol | None, after: OwnProtocol | None) -> None:
        from desktop_app.protocol_files import Shelf

        kept = [own for own in self._shelf.own.values() if own is not before]
        kept += [after] if after else []
        kept.sort(key=lambda own: own.protocol.name.casefold())
        own = {one.protocol.name: one for one in kept}
        self._shelf = Shelf(self._shelf.examples, own, self._shelf.faults)
