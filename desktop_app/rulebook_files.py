"""Where the rulebook and the payer profiles are read from disk; the coding room opens no file.

A data folder may hold rules of the practice's own, and tables it imported::

    rules/codes.toml        a code map in the place of the program's
    rules/profiles/*.toml   payer profiles beside the program's
    tables/                 tables that were imported
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from desktop_app import paths
from desktop_app.coding.profile_text import load_profile
from desktop_app.coding.refusals import RulebookError
from desktop_app.coding.rulebook import Profile, Rulebook, profile_fault
from desktop_app.coding.rulebook_text import CODE_MAP, RULEBOOK_FILES, load_rulebook
from desktop_app.coding.tables import EMPTY_TABLES
from desktop_app.core.orders import Setting
from desktop_app.core.values import dataclass
from desktop_app.data_files import content_of, paths_in
from desktop_app.imported_tables import load_tables

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
    if own is None or not (own.exists() or own.is_symlink()):
        return standard
    return _with_own_rules(own, standard)


def _with_own_rules(own: Path, standard: StandardRules) -> StandardRules:
    _require_no_other_folder(own, f"{PROFILES}, or lie elsewhere: no other is read here", PROFILES)
    _require_no_other_folder(own / PROFILES, "elsewhere: only files are read here")
    rulebook = _with_own_codes(own, standard.rulebook)
    profiles = _profiles(own / PROFILES, rulebook, named_by_path=True)
    for name in profiles.keys() & standard.profiles.keys():
        taken = f"another than {name}: the program has a profile of that name"
        raise RulebookError(str(own / PROFILES / f"{name}.toml"), 1, "the name", taken)
    return StandardRules(rulebook, {**standard.profiles, **profiles})


def _require_no_other_folder(own: Path, expected: str, *known: str) -> None:
    """Refuse a folder that nothing would read; what begins with a dot is some other program's."""
    for path in paths_in(own):
        other = path.name not in known and not path.name.startswith(".") and not _is_toml(path)
        if other and path.is_dir():
            raise RulebookError(str(path), 1, "the folder", expected)


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
    content = content_of(path, file, LARGEST_BYTES + 1)
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
    files = _toml_files(folder)
    for path in files:
        if path.suffix != ".toml":
            raise RulebookError(str(path), 1, "the name", f"{path.stem.lower()}.toml")
    found = (
        read_profile(path, rulebook, "" if named_by_path else f"{PROFILES}/{path.name}") for path in files
    )
    return {profile.name: profile for profile in found}


def _toml_files(folder: Path) -> list[Path]:
    """Return the TOML files of a folder by name, however that is written. Raises RulebookError."""
    return [path for path in paths_in(folder) if _is_toml(path)]


def _is_toml(path: Path) -> bool:
    return path.suffix.lower() == ".toml"
