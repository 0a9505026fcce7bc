"""Rules with a line lost, a value of another kind or a block twice: refused in place, or as good as whole."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.coding.profile_text import load_profile
from desktop_app.coding.refusals import RulebookError
from desktop_app.coding.rulebook import Profile, Rulebook, options_on
from desktop_app.coding.rulebook_text import load_rulebook
from desktop_app.core.orders import Setting
from tests.coding.given import RULES
from tests.coding.test_profile_text import SHIPPED
from tests.coding.test_rulebook import TEXTS

TOML = {name: text for name, text in TEXTS.items() if name.endswith(".toml")}
PROFILES = {f"profiles/{name}.toml": text for name, text in SHIPPED.items()}
DAY = date(2026, 3, 2)

VALUE = re.compile(r"(?<== )(?P<value>[^\n]+)$", re.MULTILINE)
BLOCK = re.compile(r"^\[.*?(?=^\[|\Z)", re.MULTILINE | re.DOTALL)
KINDS = {
    "text": '"x"',
    "number": "5",
    "yes": "true",
    "date": "2026-01-01",
    "instant": "2026-01-01T10:00:00",
    "list": "[1]",
    "table": "{a = 1}",
    "part": "1.5",
    "nothing": "",
}
"""A value of each kind there is, and none at all."""
SIGNS = {'"': "text", "[": "list", "{": "table", "t": "yes", "f": "yes"}


def kind_of(value: str) -> str:
    if value[0] in SIGNS:
        return SIGNS[value[0]]
    return "date" if "-" in value else "number"


@st.composite
def mangled(draw: st.DrawFn, texts: dict[str, str]) -> tuple[str, str]:
    """Return a file and its text with one line lost, one value of another kind, or one block twice."""
    file = draw(st.sampled_from(sorted(texts)))
    text = texts[file]
    blocks = list(BLOCK.finditer(text))
    harm = draw(st.sampled_from(["line", "kind", "block"] if blocks else ["line", "kind"]))
    if harm == "line":
        lines = text.splitlines(keepends=True)
        del lines[draw(st.integers(0, len(lines) - 1))]
        return file, "".join(lines)
    if harm == "kind":
        place = draw(st.sampled_from(list(VALUE.finditer(text))))
        other = draw(st.sampled_from([kind for kind in KINDS if kind != kind_of(place["value"])]))
        return file, text[: place.start()] + KINDS[other] + text[place.end() :]
    block = draw(st.sampled_from(blocks))
    return file, f"{text[: block.end()]}\n{block.group()}{text[block.end() :]}"


def in_place(fault: RulebookError, file: str, text: str) -> bool:
    """Whether a refusal names the file, a line of it, a key and what was expected, in one sentence."""
    at = fault.file == file and 1 <= fault.line <= text.count("\n") + 1
    told = bool(fault.key.strip()) and bool(fault.expected.strip())
    return at and told and str(fault).isprintable() and str(fault).endswith(".")


def bones(book: Rulebook) -> dict[str, Any]:
    """Return what the coder reads of a rulebook: all but words, notes and citations."""
    return {
        "rules": {name: (rule.step, rule.since) for name, rule in book.rules.items()},
        "eras": [(era.since, era.thresholds, era.limits, era.addons) for era in book.eras],
        "codes": [{role: (c.number, c.label, c.hour) for role, c in era.codes.items()} for era in book.eras],
        "options": {
            name: (option.values, option.roles, [(d.since, d.values) for d in option.dated])
            for name, option in book.options.items()
        },
    }


def flesh(profile: Profile, setting: Setting) -> dict[str, Any]:
    """Return what a profile comes to in a setting."""
    return {
        "name": profile.name,
        "options": options_on(RULES.rulebook, profile, setting, DAY, ()),
        "drugs": [(d.hcpcs, d.category, d.since, d.until) for d in profile.drugs],
    }


def loaded(file: str, text: str) -> Rulebook | RulebookError:
    try:
        return load_rulebook(TEXTS | {file: text})
    except RulebookError as fault:
        return fault


def profile(file: str, text: str) -> Profile | RulebookError:
    try:
        return load_profile(file, text, RULES.rulebook)
    except RulebookError as fault:
        return fault


@given(mangled(TOML))
def test_a_mangled_rulebook_is_refused_in_place_or_says_the_same(changed: tuple[str, str]) -> None:
    found = loaded(*changed)
    if isinstance(found, RulebookError):
        assert in_place(found, *changed)
    else:
        assert bones(found) == bones(RULES.rulebook)


@given(mangled(PROFILES))
def test_a_mangled_profile_is_refused_in_place_or_says_the_same(changed: tuple[str, str]) -> None:
    found = profile(*changed)
    if isinstance(found, RulebookError):
        assert in_place(found, *changed)
    else:
        whole = RULES.profiles[found.name]
        setting = whole.setting or Setting.FACILITY
        assert flesh(found, setting) == flesh(whole, setting)


@given(st.sampled_from(sorted(TOML)), st.text(max_size=60))
def test_any_text_in_the_place_of_a_file_is_refused_in_place(file: str, text: str) -> None:
    found = loaded(file, text)
    assert isinstance(found, RulebookError)
    assert in_place(found, file, text)
