"""Where the rulebook and the payer profiles are read from disk; the coding room opens no file.

A data folder may hold rules of the practice's own, and tables it imported::

    rules/codes.toml        a code map in the place of the program's
    rules/profiles/*.toml   payer profiles beside the program's
    tables/                 tables that were imported
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

from desktop_app import paths
from desktop_app.coding.profile_text import load_profile
from desktop_app.coding.refusals import RulebookError
from desktop_app.coding.rulebook import Profile, Rulebook, profile_fault
from desktop_app.coding.rulebook_text import CODE_MAP, RULEBOOK_FILES, load_rulebook
from desktop_app.coding.table_text import (
    FOLDER,
    INDEX,
    NOTHING_IMPORTED,
    Entry,
    Index,
    read_index,
    read_table,
)
from desktop_app.coding.tables import EMPTY_TABLES, TableKind, TableRow, Tables, by_key
from desktop_app.core.orders import Setting

OWN_RULES = "rules"
PROFILES = "profiles"
LARGEST_BYTES = 1_000_000
"""No file of rules is larger; what is, is something else."""


@dataclass(frozen=True, slots=True, eq=False)
class StandardRules:
    """A rulebook and the profiles to it."""

    rulebook: Rulebook
    profiles: Mapping[str, Profile]

    def profile_fault(self, name: str, setting: Setting) -> str:
        """Return in a few words why a profile cannot be chosen in a setting, or nothing; no name can."""
        return profile_fault(self.profiles, name, setting) if name else ""

    def profile_for(self, setting: Setting, name: str = "") -> Profile:
        """Return a profile by name, or the Medicare one of a setting. Raises KeyError for no such name."""
        return self.profiles[name or f"medicare-{setting.value}"]


@cache
def load_standard() -> StandardRules:
    """Read the program's own rulebook and profiles once. Raises RulebookError; a person must see it."""
    return read_rules(paths.resources())


def load_rules(data_dir: Path | None) -> StandardRules:
    """Return the rules for a data folder: the program's, with the rules and tables that lie in it.

    Raises RulebookError.
    """
    rules = load_own_rules(data_dir)
    tables = EMPTY_TABLES if data_dir is None else load_tables(data_dir)
    if tables is EMPTY_TABLES:
        return rules
    return replace(rules, rulebook=replace(rules.rulebook, tables=tables))


def load_own_rules(data_dir: Path | None) -> StandardRules:
    """Return the rules for a data folder without its tables. Raises RulebookError."""
    standard = load_standard()
    own = data_dir / OWN_RULES if data_dir else None
    return _with_own_rules(own, standard) if own is not None and own.exists() else standard


def _with_own_rules(own: Path, standard: StandardRules) -> StandardRules:
    rulebook = _with_own_codes(own, standard.rulebook)
    profiles = _profiles(own / PROFILES, rulebook, named_by_path=True)
    for name in profiles.keys() & standard.profiles.keys():
        taken = f"another than {name}: the program has a profile of that name"
        raise RulebookError(str(own / PROFILES / f"{name}.toml"), 1, "the name", taken)
    return StandardRules(rulebook, {**standard.profiles, **profiles})


def own_profile_path(data_dir: Path, name: str) -> Path:
    """Return where a profile of the practice's own lies in a data folder."""
    return data_dir / OWN_RULES / PROFILES / f"{name}.toml"


def read_rules(folder: Path) -> StandardRules:
    """Read a rulebook and its profiles from a resources folder. Raises RulebookError."""
    rulebook = load_rulebook(_texts(folder))
    return StandardRules(rulebook, _profiles(folder / PROFILES, rulebook, named_by_path=False))


def read_profile(path: Path, rulebook: Rulebook, file: str = "") -> Profile:
    """Read a profile from a file, which a refusal calls by its path or as given. Raises RulebookError."""
    return load_profile(file or str(path), read_text(path, file or str(path)), rulebook)


def read_text(path: Path, file: str) -> str:
    """Return the text of a file of rules. Raises RulebookError, by the file's name, where it has none."""
    if path.is_dir():
        raise RulebookError(file, 1, "the file", "a file, and it is a folder")
    try:
        with path.open("rb") as stream:
            content = stream.read(LARGEST_BYTES + 1)
    except OSError as fault:
        raise RulebookError(file, 1, "the file", f"readable, but: {fault.strerror}") from None
    if len(content) > LARGEST_BYTES:
        raise RulebookError(file, 1, "the file", f"at most {LARGEST_BYTES} bytes")
    try:
        return content.decode("utf-8-sig")  # some editors begin a text with a mark of its own
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        raise RulebookError(file, line, "the text", "UTF-8") from None


def _texts(folder: Path) -> dict[str, str]:
    return {name: read_text(folder / name, name) for name in RULEBOOK_FILES}


def _with_own_codes(own: Path, standard: Rulebook) -> Rulebook:
    """Return the program's rulebook, on the practice's code map where there is one.

    A file that nothing would read is refused, so that no slip in a name is passed over in silence.
    """
    found = _toml_files(own)
    for path in found:
        if path.name != CODE_MAP:
            expected = f"{CODE_MAP}, or the file should lie in the folder {PROFILES}"
            raise RulebookError(str(path), 1, "the name", expected)
    if not found:
        return standard
    (path,) = found
    texts = _texts(paths.resources()) | {str(path): read_text(path, str(path))}
    return load_rulebook(texts, code_map=str(path))


def _profiles(folder: Path, rulebook: Rulebook, *, named_by_path: bool) -> dict[str, Profile]:
    """Read every profile of a folder; a refusal calls it by its path, or as one of the program's."""
    found = (
        read_profile(path, rulebook, "" if named_by_path else f"{PROFILES}/{path.name}")
        for path in _toml_files(folder)
    )
    return {profile.name: profile for profile in found}


def _toml_files(folder: Path) -> list[Path]:
    """Return the TOML files of a folder by name; none where it is missing. Raises RulebookError."""
    try:
        return sorted(path for path in folder.iterdir() if path.suffix == ".toml")
    except FileNotFoundError:
        return []
    except OSError as fault:
        raise RulebookError(str(folder), 1, "the folder", f"readable, but: {fault.strerror}") from None


def load_index(data_dir: Path) -> Index:
    """Read which tables a data folder holds. Raises RulebookError."""
    file = data_dir / FOLDER / INDEX
    if not file.exists():
        return NOTHING_IMPORTED
    return read_index(f"{FOLDER}/{INDEX}", _table_text(file))


def load_tables(data_dir: Path) -> Tables:
    """Read the tables that were imported into a data folder. Raises RulebookError."""
    index = load_index(data_dir)
    if not index.tables and not index.ndcs:
        return EMPTY_TABLES
    rows = {kind: by_key(load_rows(data_dir, kind, entry)) for kind, entry in index.tables.items()}
    since = {kind: date.fromisoformat(entry.since) for kind, entry in index.tables.items()}
    return Tables(rows, since, index.ndcs)


def load_rows(data_dir: Path, kind: TableKind, entry: Entry) -> tuple[TableRow, ...]:
    """Read one table of a data folder. Raises RulebookError where it is not what was imported."""
    return read_table(f"{FOLDER}/{entry.file}", kind, _table_text(data_dir / FOLDER / entry.file), entry)


def _table_text(file: Path) -> str:
    """Return a file's text; what is not UTF-8 in it is no part of what was written."""
    try:
        return file.read_bytes().decode("utf-8", errors="replace")
    except OSError as fault:
        name = f"{FOLDER}/{file.name}"
        raise RulebookError(name, 1, "the file", f"readable, but: {fault.strerror}") from None
