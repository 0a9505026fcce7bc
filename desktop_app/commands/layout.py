"""``chairtime layout``: the layouts of tables there are, what one writes, and one of the practice's own."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

from rich.text import Text

from desktop_app import paths
from desktop_app.coding.profile_text import NAME_EXPECTED, PROFILE_NAME
from desktop_app.commands.files_rights import require_may_bill
from desktop_app.commands.own_files import make_folders, renamed, write_new
from desktop_app.commands.page import Page, add_row, table_of
from desktop_app.commands.streams import NothingDone, require_folder
from desktop_app.core.layouts import Layout, LayoutColumn, warnings
from desktop_app.layout_files import (
    KeptLayout,
    Layouts,
    load_layouts,
    own_layout_path,
    read_kept,
    ready_layouts,
)


def run(arguments: Namespace) -> int:
    """Do what was asked about layouts. Raises RulebookError or NothingDone, one sentence, when it cannot."""
    return _ACTIONS[arguments.what](arguments)


def layout_named(data_dir: Path, name: str) -> Layout:
    """Return a layout that can be used. Raises NothingDone, with its own fault where its file has one."""
    return _known(load_layouts(data_dir), name).layout


def _known(layouts: Layouts, name: str) -> KeptLayout:
    known = layouts.all()
    if name in known:
        return known[name]
    if name in layouts.faults:
        raise NothingDone(layouts.faults[name])
    raise NothingDone(f"There is no layout {name}, only {', '.join(sorted(known))}.")


def _folder(arguments: Namespace) -> Path:
    return Path(arguments.data_dir or paths.user_data_dir())


def _new(arguments: Namespace) -> int:
    """Copy a layout into the data folder under a name of its own."""
    name, folder = arguments.name, _folder(arguments)
    if not PROFILE_NAME.fullmatch(name):
        raise NothingDone(f"{name} cannot be a layout's name; it should be {NAME_EXPECTED}.")
    layouts = load_layouts(folder)
    if name in layouts.all() or name in layouts.faults:
        raise NothingDone(f"There is a layout {name} already; choose another name.")
    source = _known(layouts, arguments.source)
    require_may_bill(arguments)
    path = own_layout_path(folder, name)
    make_folders(path.parent, folder)
    title = f"{name} (after {source.layout.name})"
    write_new(path, renamed(source.text, name, title))
    read_kept(path)
    print(f"{path} is a copy of {source.layout.name}: change it to what your system imports.")
    return 0


def _list(arguments: Namespace) -> int:
    """Print every layout with its title, and on standard error what is wrong with the files of others."""
    require_folder(arguments.data_dir)
    layouts = load_layouts(_folder(arguments))
    table = table_of("Layout", "Title", "Columns", "Whose")
    for name, kept in layouts.all().items():
        whose = "the program's" if name in layouts.ready else "your own"
        add_row(table, name, kept.layout.title, str(len(kept.layout.columns)), whose)
    Page().print(table)
    for fault in layouts.faults.values():
        print(f"chairtime: {fault}", file=sys.stderr)
    return 1 if layouts.faults else 0


def _check(arguments: Namespace) -> int:
    """Say that a file can be used as a layout, and what in it is mostly a mistake."""
    layout = read_kept(Path(arguments.file)).layout
    if layout.name in ready_layouts():
        raise NothingDone(f"The program has a layout {layout.name} already; the file needs another name.")
    columns = len(layout.columns)
    print(f"{arguments.file}: OK. It is the layout {layout.name}, “{layout.title}”, with {columns} columns.")
    for warning in warnings(layout):
        print(f"Warning: {warning}")
    return 0


def _show(arguments: Namespace) -> int:
    """Print a layout's form and columns."""
    require_folder(arguments.data_dir)
    layout = layout_named(_folder(arguments), arguments.name)
    page = Page()
    page.print(Text(f"{layout.name}: {layout.title}", style="bold"))
    page.print(Text(_form(layout)))
    table = table_of("Heading", "What stands in it", "Needed")
    for column in layout.columns:
        add_row(table, column.head, _content(column), "yes" if column.needed else "")
    page.print(table)
    for warning in warnings(layout):
        page.print(Text(f"Warning: {warning}"))
    return 0


def _form(layout: Layout) -> str:
    said = {
        "dates": layout.dates,
        "times": layout.times,
        "decimal": layout.decimal,
        "delimiter": layout.delimiter,
        "line ends": layout.line_ends,
        "byte order mark": layout.mark,
        "headings": layout.header,
        "apostrophe before formulas": layout.guard,
        "dates in Excel": layout.excel_dates,
    }
    texts = {name: ("yes" if v else "no") if isinstance(v, bool) else v for name, v in said.items()}
    return "; ".join(f"{name}: {text}" for name, text in texts.items()) + "\n"


def _content(column: LayoutColumn) -> str:
    return column.take or f"always “{column.fixed}”"


_ACTIONS: dict[str, Callable[[Namespace], int]] = {"new": _new, "list": _list, "check": _check, "show": _show}
