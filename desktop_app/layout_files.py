"""Where layouts are read from disk: those of the program, and the practice's own in its data folder.

    layouts/our-system.toml     one layout a file

A file that cannot be read is left out and told: a slip in one layout must not keep another from
being used. Nothing here is ever written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from functools import cache
from pathlib import Path

from desktop_app import paths
from desktop_app.coding.refusals import RulebookError
from desktop_app.core.layouts import Layout
from desktop_app.core.values import dataclass
from desktop_app.data_files import paths_in
from desktop_app.exchange.layout import read_layout
from desktop_app.rulebook_files import read_text

FOLDER = "layouts"
UNFINISHED = ".new"


@dataclass(frozen=True, slots=True)
class KeptLayout:
    """A layout and the file it stands in."""

    layout: Layout
    path: Path
    text: str
    """The file as it was read: what is changed must still be this."""


@dataclass(frozen=True, slots=True)
class Layouts:
    """Every layout that can be used, and what is wrong with the files that cannot."""

    ready: Mapping[str, KeptLayout]
    """Those that travel with the program, by name."""
    own: Mapping[str, KeptLayout] = field(default_factory=dict)
    faults: Mapping[str, str] = field(default_factory=dict)
    """A sentence for each file that is left out, by the file's name without its ending."""

    def all(self) -> dict[str, KeptLayout]:
        """Return all of them by name, those of the program first."""
        return {**self.ready, **self.own}


@cache
def ready_layouts() -> Mapping[str, KeptLayout]:
    """Read the layouts that travel with the program, once. Raises RulebookError."""
    kept = [read_kept(path) for path in paths_in(paths.resource(FOLDER))]
    return {one.layout.name: one for one in kept}


def load_layouts(data_dir: Path) -> Layouts:
    """Return the program's layouts and what can be read of a data folder's own."""
    ready, own, faults = ready_layouts(), dict[str, KeptLayout](), dict[str, str]()
    for path in _files(data_dir / FOLDER, faults):
        try:
            own[path.stem] = _own(path, ready)
        except RulebookError as fault:
            faults[path.stem] = str(fault)
    return Layouts(ready, own, faults)


def own_layout_path(data_dir: Path, name: str) -> Path:
    """Return where a layout of the practice's own lies in a data folder."""
    return data_dir / FOLDER / f"{name}.toml"


def read_kept(path: Path) -> KeptLayout:
    """Return the layout in a file. Raises RulebookError."""
    text = read_text(path, str(path))
    return KeptLayout(read_layout(str(path), text), path, text)


def _own(path: Path, ready: Mapping[str, KeptLayout]) -> KeptLayout:
    if path.suffix != ".toml":
        expected = "one that ends with .toml, or the file should lie elsewhere"
        raise RulebookError(str(path), 1, "the name", expected)
    if path.stem in ready:
        taken = f"another than {path.stem}: the program has a layout of that name"
        raise RulebookError(str(path), 1, "the name", taken)
    return read_kept(path)


def _files(folder: Path, faults: dict[str, str]) -> list[Path]:
    """Return what lies in the folder but for what is hidden, and what was not written to its end."""
    try:
        return [path for path in paths_in(folder) if path.name[0] != "." and path.suffix != UNFINISHED]
    except RulebookError as fault:
        faults[folder.name] = str(fault)
        return []
