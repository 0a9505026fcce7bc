"""What travels in the bundle: the part of Qt that is used, spare libraries, fonts, licences.

The entries are PyInstaller's: (path in the bundle, path on this machine, kind).
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable
from importlib import metadata
from pathlib import Path, PurePath

from chores.environment import BUILD, DEV, RUN
from chores.pins import normal, pins_of
from chores.system_packages import font_files

Entry = tuple[str, str, str]
Data = tuple[str, str]

PLUGINS = re.compile(
    r"platforms/(lib)?q(xcb|wayland|offscreen|windows|cocoa)\b"
    r"|platformthemes/(lib)?qxdgdesktopportal"
    r"|platforminputcontexts/(lib)?(compose|ibus)"
    r"|wayland-(shell-integration|decoration-client)/"
    r"|imageformats/(lib)?q(svg|ico)\b"
    r"|iconengines/"
    r"|printsupport/"
    r"|styles/"
)
"""The plugins of Qt the program can use: to open a window, draw it, take keys, print."""

SPARE = ("libEGL.so.1", "libGL.so.1", "libGLX.so.0", "libGLdispatch.so.0", "libxcb.so.1")
"""Libraries Qt needs that PyInstaller leaves to the system, since its graphics driver brings them."""

OF_THE_C_LIBRARY = re.compile(r"lib(c|m|dl|pthread|rt|resolv|util)\.so|ld-linux")

FONT_WEIGHTS = re.compile(r"Inter(Variable|-(Regular|Medium|SemiBold|Bold))\.(otf|ttf)$")
FONT_LICENCE = Path("/usr/share/doc/fonts-inter/copyright")

SYSTEM_LICENCES = Path("/usr/share/common-licenses")
LICENCE_FILE = re.compile(r"(licen[cs]e|copying|notice)", re.IGNORECASE)


def needed_binaries(entries: Iterable[Entry]) -> list[Entry]:
    """Return the modules, the plugins in use, and the libraries that those load."""
    if sys.platform == "darwin":  # frameworks hold data that must stay beside their library
        return list(entries)
    from PyInstaller.depend.bindepend import get_imports  # noqa: PLC0415 - only there while building

    return reachable(entries, lambda path: [name for name, _ in get_imports(path)])


def reachable(entries: Iterable[Entry], loads: Callable[[str], list[str]]) -> list[Entry]:
    """Return the entries that something which is used loads, directly or not."""
    known = list(entries)
    named: dict[str, list[Entry]] = {}
    for entry in known:
        named.setdefault(PurePath(entry[0]).name, []).append(entry)
    kept = {entry[0] for entry in known if _is_used_itself(entry)}
    open_ends = [entry for entry in known if entry[0] in kept]
    while open_ends:
        for name in loads(open_ends.pop()[1]):
            new = [entry for entry in named.get(PurePath(name).name, []) if entry[0] not in kept]
            kept.update(entry[0] for entry in new)
            open_ends += new
    return [entry for entry in known if entry[0] in kept]


def _is_used_itself(entry: Entry) -> bool:
    path, _, kind = entry
    slashed = path.replace("\\", "/")
    if "/plugins/" in slashed:
        return PLUGINS.search(slashed.partition("/plugins/")[2]) is not None
    return kind == "EXTENSION" or slashed.startswith(("spare/", "libpython", "python3"))


def needed_data(entries: Iterable[Entry], binaries: Iterable[Entry]) -> list[Entry]:
    """Return the data files and the links whose target is there, without Qt's own translations."""
    known = [entry for entry in entries if "translations" not in PurePath(entry[0]).parts]
    there = {entry[0] for entry in (*known, *binaries)}
    return [entry for entry in known if entry[2] != "SYMLINK" or _target(entry) in there]


def _target(link: Entry) -> str:
    """Return what a link in the bundle points at, as a path in the bundle."""
    return os.path.normpath(PurePath(link[0]).parent / link[1])


def spare_libraries() -> list[Data]:
    """Return the libraries that a system without a graphics driver lacks, with all they load."""
    if sys.platform != "linux":
        return []
    from PyInstaller.depend.bindepend import get_imports, resolve_library_path  # noqa: PLC0415 - as above

    open_ends = [path for name in SPARE if (path := resolve_library_path(name))]
    closure: set[str] = set()
    while open_ends:
        library = open_ends.pop()
        if library not in closure and not OF_THE_C_LIBRARY.match(PurePath(library).name):
            closure.add(library)
            open_ends += [path for _, path in get_imports(library) if path]
    return [(library, "spare") for library in sorted(closure)]


def fonts() -> list[Data]:
    """Return Inter's files and licence from this system; nothing where it has none."""
    files = sorted(path for path in font_files() if FONT_WEIGHTS.match(path.name))
    licence = [(str(FONT_LICENCE), "licences/fonts-inter")] if files and FONT_LICENCE.is_file() else []
    return [*((str(path), "resources/fonts") for path in files), *licence]


def only_of_checks() -> list[str]:
    """Return the modules of packages that only check the program, so that no bundle holds them.

    Where the checks were installed too, some package would else take what it finds of them along.
    """
    travels = {pin.name for lock in (RUN, BUILD) for pin in pins_of(lock)}
    checks = {pin.name for pin in pins_of(DEV)} - travels
    owners = metadata.packages_distributions().items()
    return sorted(module for module, names in owners if set(map(normal, names)) <= checks)


def licences(root: Path) -> list[Data]:
    """Return the licences of the program and of everything that travels with it."""
    texts = [(str(SYSTEM_LICENCES / name), "licences/qt") for name in ("LGPL-3", "GPL-3")]
    own = [(str(root / "LICENSE"), "licences/chairtime")]
    here = {normal(str(found.metadata["Name"])) for found in metadata.distributions()}
    # What a lock pins for some systems alone may not be there on this one, and then does not travel.
    names = [pin.name for pin in pins_of(RUN) if not pin.only or pin.name in here]
    return own + [text for text in texts if Path(text[0]).is_file()] + _package_licences(names)


def _package_licences(names: Iterable[str]) -> list[Data]:
    return [
        (str(file.locate()), f"licences/{name}")
        for name in names
        for file in metadata.distribution(name).files or ()
        if LICENCE_FILE.search(file.name) and ".dist-info" in str(file)
    ]
