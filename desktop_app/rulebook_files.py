"""Where the rulebook and the payer profiles are read from disk; the coding room opens no file.

A data folder may hold rules of the practice's own::

    rules/codes.toml        a code map in the place of the program's
    rules/profiles/*.toml   payer profiles beside the program's
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from desktop_app import paths
from desktop_app.coding.profile_text import load_profile
from desktop_app.coding.refusals import RulebookError
from desktop_app.coding.rulebook import Profile, Rulebook
from desktop_app.coding.rulebook_text import CODE_MAP, RULEBOOK_FILES, load_rulebook
from desktop_app.core.orders import Setting

OWN_RULES = "rules"
LARGEST_BYTES = 1_000_000
"""No file of rules is larger; what is, is something else."""


@dataclass(frozen=True, slots=True, eq=False)
class StandardRules:
    """A rulebook and the profiles to it."""

    rulebook: Rulebook
    profiles: Mapping[str, Profile]

    def profile_for(self, setting: Setting, name: str = "") -> Profile:
        """Return a profile by name, or the Medicare one of a setting. Raises KeyError for no such name."""
        return self.profiles[name or f"medicare-{setting.value}"]


@cache
def load_standard() -> StandardRules:
    """Read the program's own rulebook and profiles once. Raises RulebookError; a person must see it."""
    return read_rules(paths.resources())


def load_rules(data_dir: Path | None) -> StandardRules:
    """Return the rules for a data folder: the program's, with those that lie in it. Raises RulebookError."""
    standard = load_standard()
    own = data_dir / OWN_RULES if data_dir else None
    if own is None or not own.exists():
        return standard
    rulebook = _with_own_codes(own, standard.rulebook)
    profiles = _profiles(own, f"{OWN_RULES}/", rulebook)
    for name in profiles:
        if name in standard.profiles:
            file = f"{OWN_RULES}/profiles/{name}.toml"
            raise RulebookError(file, 1, "the name", f"another than {name}: the program has that profile")
    return StandardRules(rulebook, {**standard.profiles, **profiles})


def read_rules(folder: Path) -> StandardRules:
    """Read a rulebook and its profiles from a resources folder. Raises RulebookError."""
    rulebook = load_rulebook(_texts(folder))
    return StandardRules(rulebook, _profiles(folder, "", rulebook))


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
        return content.decode("utf-8")
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        raise RulebookError(file, line, "the text", "UTF-8") from None


def _texts(folder: Path) -> dict[str, str]:
    return {name: read_text(folder / name, name) for name in RULEBOOK_FILES}


def _with_own_codes(own: Path, standard: Rulebook) -> Rulebook:
    """Return the program's rulebook, on the practice's code map where there is one."""
    path = own / CODE_MAP
    if not path.exists():
        return standard
    file = f"{OWN_RULES}/{CODE_MAP}"
    texts = _texts(paths.resources()) | {file: read_text(path, file)}
    return load_rulebook(texts, code_map=file)


def _profiles(folder: Path, shown: str, rulebook: Rulebook) -> dict[str, Profile]:
    """Read every profile of a folder; a refusal calls it by its path within the folder."""
    files = sorted((folder / "profiles").glob("*.toml"))
    found = (read_profile(path, rulebook, f"{shown}profiles/{path.name}") for path in files)
    return {profile.name: profile for profile in found}
