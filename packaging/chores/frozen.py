"""What is frozen into a bundle, read from the bundle itself by the Python that made it.

Run as ``python -m chores.frozen FOLDER`` in the environment of the build: PyInstaller knows how its archive
is laid out, and that environment knows which package a module or a file is of. Answers in JSON.
"""

from __future__ import annotations

import hashlib
import json
import platform
import sys
from collections.abc import Collection, Iterable, Iterator
from importlib import import_module, metadata
from pathlib import Path, PurePosixPath
from typing import Any

from chores.terminal import call_quietly

OWN = ("desktop_app", "__main__", "at_start")
_MAKERS_OWN = ("_sysconfigdata", "pyi", "struct", "PyInstaller", "_pyi", "pyimod", "pyiboot")
_LIBRARY = (".so", ".dll", ".dylib")
_LONGEST_NAME = 80
"""Of a licence; what is longer is its text."""
_INSIDE = "_internal"
_FONTS = "resources/fonts/"
_OF_PYTHON = ("lib-dynload/", "libpython", "python3", "base_library.zip")


def frozen_in(folder: Path) -> dict[str, Any]:
    """Return what a bundle holds: packages, what of it is in none, libraries, and versions below Python."""
    modules, files = set(_modules(folder)), set(_files(folder))
    packages, known_modules, known_files = _packages(modules, files)
    # Several packages may share a name that has no file of its own.
    shared = {name.rpartition(".")[0] for name in known_modules}
    strange = sorted(m for m in modules - known_modules - shared if not _is_expected(m))
    return {
        "packages": packages,
        "strange": strange,
        "libraries": [_library(folder, file) for file in sorted(files - known_files) if _is_library(file)],
        "below": _below({said["name"] for said in packages}),
    }


def _modules(folder: Path) -> Iterator[str]:
    """Yield every Python module in the program's archive."""
    readers = import_module("PyInstaller.archive.readers")
    programs = [folder / "chairtime", folder / "chairtime.exe"]
    archive = readers.CArchiveReader(str(next(path for path in programs if path.is_file())))
    for name in archive.toc:
        if name.endswith(".pyz"):
            yield from archive.open_embedded_archive(name).toc


def _files(folder: Path) -> Iterator[str]:
    inside = folder / _INSIDE
    for path in inside.rglob("*"):
        if path.is_file() and not path.is_symlink():
            yield path.relative_to(inside).as_posix()


def _packages(modules: set[str], files: set[str]) -> tuple[list[dict[str, str]], set[str], set[str]]:
    """Return the packages of which something is there, and all modules and files that they account for."""
    packages, known_modules, known_files = [], set[str](), set[str]()
    for package in metadata.distributions():
        told = [PurePosixPath(str(file)) for file in package.files or ()]
        its_modules = {name for file in told if (name := _module_of(file))}
        its_files = {file.as_posix() for file in told if ".dist-info" not in str(file)}
        if its_modules & modules or its_files & files:
            said = package.metadata
            packages.append(
                {"name": said["Name"], "version": said["Version"], "licence": licence_of(package)}
            )
            known_modules |= its_modules
            known_files |= its_files
    return sorted(packages, key=lambda one: one["name"].lower()), known_modules, known_files


def licence_of(package: metadata.Distribution) -> str:
    """Return the licence a package says it has, in its own words; empty where it says none."""
    said = package.metadata
    classifiers = map(str, said.get_all("Classifier") or ())
    kinds = [word.rpartition(" :: ")[2] for word in classifiers if word.startswith("License :: ")]
    expression, text = (
        str((said.get_all(key) or [""])[0]).strip() for key in ("License-Expression", "License")
    )
    return expression or ", ".join(kinds) or (text if len(text) <= _LONGEST_NAME else "")


def _module_of(file: PurePosixPath) -> str:
    """Return the module that a file of a package is; empty for what is none."""
    if file.suffix not in {".py", ".so", ".pyd"} or ".dist-info" in str(file):
        return ""
    parts = [*file.parts[:-1], file.name.partition(".")[0]]
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _is_expected(module: str) -> bool:
    top = module.partition(".")[0]
    return top in sys.stdlib_module_names or top in OWN or top.startswith(_MAKERS_OWN)


def _is_library(file: str) -> bool:
    if file.startswith(_FONTS):
        return True
    name = PurePosixPath(file).name
    return not file.startswith(_OF_PYTHON) and any(name.endswith(e) or f"{e}." in name for e in _LIBRARY)


def _library(folder: Path, file: str) -> dict[str, str]:
    name = PurePosixPath(file).name
    content = (folder / _INSIDE / file).read_bytes()
    package, version, kind = _of_debian(name)
    return {
        "file": file,
        "sha256": hashlib.sha256(content).hexdigest(),
        "package": package,
        "version": version,
        "arch": kind,
    }


def _of_debian(name: str) -> tuple[str, str, str]:
    """Return the system's package of a library, its version and architecture; empty where none says so."""
    try:
        status, owner = call_quietly(["dpkg-query", "-S", f"*/{name}"])
    except OSError:
        return "", "", ""
    package = owner.partition("\n")[0].partition(": ")[0].partition(",")[0]
    asked = "${Package}\t${Version}\t${Architecture}"
    status = status or call_quietly(["dpkg-query", "-W", package])[0]
    if status:
        return "", "", ""
    found, version, kind = call_quietly(["dpkg-query", "-W", "-f", asked, package])[1].split("\t")
    return found, version, kind


def _below(packages: Collection[str]) -> dict[str, str]:
    """Return what is compiled into what travels, by name and version."""
    sqlcipher = import_module("sqlcipher3.dbapi2")
    (cipher,) = sqlcipher.connect(":memory:").execute("PRAGMA cipher_version").fetchone()
    found = {
        "cpython": platform.python_version(),
        "qt": import_module("PySide6.QtCore").qVersion(),
        "sqlite": sqlcipher.sqlite_version,
        "sqlcipher": cipher.split()[0],
        "openssl": _number(import_module("ssl").OPENSSL_VERSION),
    }
    if "cryptography" in packages:
        own = import_module("cryptography.hazmat.backends.openssl.backend").backend
        found["openssl-of-cryptography"] = _number(own.openssl_version_text())
    return found


def _number(said: str) -> str:
    return next((word for word in said.split() if word[:1].isdigit()), said)


def main(arguments: Iterable[str]) -> None:
    """Print what a bundle holds."""
    (folder,) = arguments
    print(json.dumps(frozen_in(Path(folder))))


if __name__ == "__main__":
    main(sys.argv[1:])
