"""The house's rules as checks on source text: what a room may import, touch and weigh.

Every check takes text and answers with sentences, so that a test can plant a fault
and see it found. ``test_architecture.py`` applies them to the program.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

PACKAGE = "desktop_app"

MAY_IMPORT = {
    "core": {"core"},
    "coding": {"coding", "core"},
    "script": {"script", "coding", "core"},
    "cms": {"cms", "coding", "core"},
    "store": {"store", "core", "paths"},
    "exchange": {"exchange", "coding", "core", "paths"},
    "hub": {"hub", "store", "core", "paths"},
    "ui": {"ui", "coding", "core", "paths"},
    "paths": set[str](),
    "data_files": {"coding"},
    "imported_tables": {"coding", "data_files"},
    "rulebook_files": {"coding", "core", "paths", "data_files", "imported_tables"},
    "layout_files": {"exchange", "coding", "core", "paths", "data_files", "rulebook_files"},
    "protocol_files": {"coding", "core", "paths", "data_files", "rulebook_files"},
    "__main__": {"cli"},
}
"""Which rooms (or single files of the top folder) a room may import."""

SEE_EVERYTHING = {"app", "cli", "commands"}
IMPORTED_BY = {"app": {"app", "cli", "commands"}, "commands": {"commands", "cli"}}
"""The rooms that see everything are seen by these alone."""
PURE = {"core", "coding"}
STANDARD_LIBRARY_ONLY = {"core", "coding", "script", "paths"}
EXTRA_PACKAGES = {"paths": {"platformdirs"}}
NETWORK = frozenset(
    {
        *("socket", "ssl", "http", "ftplib", "smtplib", "poplib", "imaplib", "xmlrpc", "socketserver"),
        *("asyncio", "requests", "httpx", "aiohttp"),
    }
)
QT_NETWORK = "PySide6.QtNetwork"
ASKS_THE_DISPLAY = f"{PACKAGE}/commands/display.py"
"""Finds out whether a display answers, which X and Wayland do on a socket of this computer."""
NO_FILES_NO_SQL_NO_CLOCK = {"os", "pathlib", "shutil", "sqlite3", "tempfile", "time"}

QT_PACKAGES = {"PySide6", "shiboken6"}
QT_ROOMS = {"ui", "app", "__main__"}
SQL_PACKAGES = {"sqlite3", "sqlcipher3", "sqlite_utils", "psycopg"}
SQL_ROOMS = {"store", "hub"}

CLOCKS_AND_FILES = {
    "date.today",
    "datetime.now",
    "datetime.today",
    "datetime.utcnow",
    "io.open",
    "time.time",
}
EMPTY_NAMES = {"util", "utils", "helper", "helpers", "manager", "misc", "common"}


@dataclass(frozen=True)
class Source:
    """A file of the program: its path from the project's root, with slashes, and its text."""

    path: str
    text: str

    @property
    def room(self) -> str:
        """Return the folder under the package, or the file's own name in the top folder."""
        return PurePosixPath(PurePosixPath(self.path).parts[1]).stem

    @property
    def tree(self) -> ast.Module:
        """Return the syntax tree."""
        return ast.parse(self.text, filename=self.path)

    def at(self, node: ast.stmt | ast.expr, what: str) -> str:
        """Return a sentence that begins with the place."""
        return f"{self.path}:{node.lineno} {what}"


def _prefix(source: Source, level: int) -> list[str]:
    """Return the package a relative import of that level starts from."""
    return list(PurePosixPath(source.path).parts)[:-level]


def _names(source: Source, node: ast.Import | ast.ImportFrom) -> list[str]:
    """Return the dotted names of everything an import statement may load."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    base = _prefix(source, node.level) if node.level else []
    base += node.module.split(".") if node.module else []
    return [".".join([*base, alias.name]) for alias in node.names]


def imports(source: Source) -> Iterator[tuple[ast.stmt, str]]:
    """Yield each import, wherever it stands, with the full dotted name."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            for name in _names(source, node):
                yield node, name


def _room_named(name: str) -> str:
    """Return the room a dotted name of the package leads to, or nothing."""
    package, _, inside = name.partition(".")
    return inside.split(".")[0] if package == PACKAGE else ""


def forbidden_rooms(source: Source) -> list[str]:
    """Return each import of a room that this file's room may not see."""
    if source.room in SEE_EVERYTHING | {"__init__"}:
        return []
    if source.room not in MAY_IMPORT:
        return [f"{source.path}:1 {source.room} is a room without a rule"]
    allowed = MAY_IMPORT[source.room] | {"__version__"}
    return [
        source.at(node, f"{source.room} imports {name}")
        for node, name in imports(source)
        if name.split(".")[0] == PACKAGE and _room_named(name) not in allowed
    ]


def imports_of_the_root(source: Source) -> list[str]:
    """Return each import of the composition root or a command from a file that is no way into it."""
    return [
        source.at(node, f"{source.room} imports {name}")
        for node, name in imports(source)
        if source.room not in IMPORTED_BY.get(_room_named(name), {source.room})
    ]


def foreign_packages(source: Source) -> list[str]:
    """Return imports from outside the standard library in rooms that need nothing else."""
    if source.room not in STANDARD_LIBRARY_ONLY:
        return []
    allowed = sys.stdlib_module_names | {PACKAGE} | EXTRA_PACKAGES.get(source.room, set())
    return [
        source.at(node, f"{source.room} imports {name}, not of the standard library")
        for node, name in imports(source)
        if name.split(".")[0] not in allowed
    ]


def files_sql_clocks(source: Source) -> list[str]:
    """Return imports in core and coding that reach files, databases or clocks."""
    if source.room not in PURE:
        return []
    return [
        source.at(node, f"{source.room} imports {name}")
        for node, name in imports(source)
        if name.split(".")[0] in NO_FILES_NO_SQL_NO_CLOCK
    ]


def network_users(source: Source) -> list[str]:
    """Return imports that reach a network; the hub alone will, and a window speaks to itself beside."""
    return [
        source.at(node, f"{source.room} imports {name}")
        for node, name in imports(source)
        if source.room != "hub"
        and source.path != ASKS_THE_DISPLAY
        and (name.split(".")[0] in NETWORK or name.startswith(("urllib.request", QT_NETWORK)))
        and not name.startswith(f"{QT_NETWORK}.QLocal")
    ]


def _may_use_qt(source: Source) -> bool:
    pdf_writer = source.room == "exchange" and "pdf" in PurePosixPath(source.path).stem
    return source.room in QT_ROOMS or pdf_writer


def misplaced_packages(source: Source) -> list[str]:
    """Return Qt outside the window's rooms and SQL outside the store and the hub."""
    banned = (set() if _may_use_qt(source) else QT_PACKAGES) | (
        set() if source.room in SQL_ROOMS else SQL_PACKAGES
    )
    return [
        source.at(node, f"{source.room} imports {name}")
        for node, name in imports(source)
        if name.split(".")[0] in banned
    ]


def _impurity(node: ast.AST) -> str | None:
    """Return what a node does that core and coding must not, or None."""
    match node:
        case ast.Constant(value=float() as number):
            return f"the float {number}"
        case ast.Call(func=ast.Name(id="open" | "float" as name)):
            return f"a call of {name}"
        case ast.Attribute(value=ast.Name(id=owner) | ast.Attribute(attr=owner), attr=name):
            return f"{owner}.{name}" if f"{owner}.{name}" in CLOCKS_AND_FILES else None
    return None


def impurities(source: Source) -> list[str]:
    """Return clocks read, files opened and floats used in core and coding."""
    if source.room not in PURE:
        return []
    found = ((node, _impurity(node)) for node in ast.walk(source.tree))
    return [
        source.at(node, f"{source.room} has {what}")
        for node, what in found
        if what and isinstance(node, ast.stmt | ast.expr)
    ]


def places_found_by_itself(source: Source) -> list[str]:
    """Return each use of a file's own place outside ``paths``: it is another one once installed."""
    return [
        source.at(node, f"{source.room} looks around itself with __file__")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Name) and node.id == "__file__" and source.room != "paths"
    ]


def function_lengths(source: Source) -> list[tuple[int, str]]:
    """Return the length in lines of every function, with its place and name."""
    return [
        ((node.end_lineno or node.lineno) - node.lineno + 1, source.at(node, node.name))
        for node in ast.walk(source.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def long_functions(source: Source, limit: int = 60) -> list[str]:
    """Return every function longer than the limit, in lines."""
    return [f"{where} has {lines} lines" for lines, where in function_lengths(source) if lines > limit]


def empty_names(source: Source) -> list[str]:
    """Return parts of the path that say nothing about what is inside."""
    parts = PurePosixPath(source.path).with_suffix("").parts
    return [f"{source.path}: {part} is no subject" for part in parts if EMPTY_NAMES & set(part.split("_"))]


CHECKS = (
    forbidden_rooms,
    imports_of_the_root,
    foreign_packages,
    files_sql_clocks,
    network_users,
    misplaced_packages,
    impurities,
    places_found_by_itself,
    long_functions,
    empty_names,
)
"""Every rule that one file alone can break."""
