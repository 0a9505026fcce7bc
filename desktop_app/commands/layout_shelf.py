"""The layouts as a page chooses, edits and keeps them: each change on disk before it is shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path

from desktop_app.coding.profile_text import NAME_EXPECTED, PROFILE_NAME
from desktop_app.coding.refusals import RulebookError
from desktop_app.core.access import Right
from desktop_app.core.guard import Require, require_nothing
from desktop_app.core.layouts import Layout, warnings
from desktop_app.core.session import Session
from desktop_app.exchange.charges import Charges
from desktop_app.exchange.columns import ALL_NAMES
from desktop_app.exchange.layout import layout_text, read_layout
from desktop_app.exchange.preview import Preview, preview
from desktop_app.exchange.rows import rows_of
from desktop_app.layout_files import KeptLayout, Layouts, load_layouts, own_layout_path
from desktop_app.store.small_files import FileNotKept, keep_file, remove_file


class LayoutShelf:
    """The program's layouts and the practice's own of one data folder."""

    def __init__(self, data_dir: Path, require: Require = require_nothing) -> None:
        self._data_dir = data_dir
        self._require = require

    @cached_property
    def _layouts(self) -> Layouts:
        """What lies in the folder; read when it is first asked for."""
        return load_layouts(self._data_dir)

    def all(self) -> Sequence[Layout]:
        """Return every layout, those of the program first."""
        return [kept.layout for kept in self._layouts.all().values()]

    def columns(self) -> Sequence[str]:
        """Return what a column can take, in the order of the canonical table."""
        return ALL_NAMES

    def faults(self) -> Sequence[str]:
        """Return a sentence for each file that could not be read."""
        return list(self._layouts.faults.values())

    def is_own(self, name: str) -> bool:
        """Return whether a layout is the practice's own; the others cannot be changed."""
        return name in self._layouts.own

    def fault(self, layout: Layout) -> str:
        """Return in one sentence why a layout cannot be used as it is, or nothing."""
        if not PROFILE_NAME.fullmatch(layout.name):
            return f"A layout's name is {NAME_EXPECTED}."
        try:
            read_layout(f"{layout.name}.toml", layout_text(layout))
        except RulebookError as fault:
            return f"{fault.key} should be {fault.expected}."
        return ""

    def warnings(self, layout: Layout) -> Sequence[str]:
        """Return a sentence for each thing in a layout that is allowed and mostly a mistake."""
        return warnings(layout)

    def preview(self, layout: Layout, sessions: Iterable[Session], charges: Charges) -> Preview:
        """Return how the first signed lines of some sessions would be written, sent before or not."""
        signed = (rows_of(session, (), again=True) for session in sessions)
        return preview(layout, signed, charges)

    def save(self, layout: Layout, instead_of: str = "") -> None:
        """Keep a layout, in the place of one of the practice's own where one is named.

        Raises FileNotKept or NotAllowed with one sentence; nothing has changed then.
        """
        self._require(Right.BILLING)
        if fault := self.fault(layout):
            raise FileNotKept(fault)
        before = self._layouts.own.get(instead_of)
        taken = self._layouts.all().keys() | self._layouts.faults.keys()
        if layout.name in taken and not (before and layout.name == instead_of):
            raise FileNotKept(f"There is a layout {layout.name} already; choose another name.")
        path, text = own_layout_path(self._data_dir, layout.name), layout_text(layout)
        renames = before is not None and before.layout.name != layout.name
        keep_file(path, text, was=before.text if before and not renames else None)
        self._put(KeptLayout(layout, path, text))
        if before and renames:
            self.delete(instead_of)

    def delete(self, name: str) -> None:
        """Delete one of the practice's own. Raises FileNotKept or NotAllowed; those of the program stay."""
        self._require(Right.BILLING)
        own = self._layouts.own.get(name)
        if own is None:
            raise FileNotKept(f"{name} is not one of the practice's own layouts, so it stays.")
        remove_file(own.path, was=own.text)
        left = {other: kept for other, kept in self._layouts.own.items() if other != name}
        self._layouts = Layouts(self._layouts.ready, left, self._layouts.faults)

    def _put(self, kept: KeptLayout) -> None:
        own = {**self._layouts.own, kept.layout.name: kept}
        self._layouts = Layouts(self._layouts.ready, dict(sorted(own.items())), self._layouts.faults)
