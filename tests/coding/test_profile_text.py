"""A payer profile: what it says, from when to when, and what is refused in its place."""

from __future__ import annotations

import re
from datetime import date

import pytest

from desktop_app import paths
from desktop_app.coding.options import OPTION_NAMES
from desktop_app.coding.profile_text import PROFILE_NAME, load_profile
from desktop_app.coding.refusals import RulebookError
from desktop_app.coding.rulebook import Profile, profile_fault
from desktop_app.core.orders import Category, Dose, Order, Route, Setting
from tests.coding.given import RULES

SHIPPED = {
    path.stem: path.read_text(encoding="utf-8") for path in sorted(paths.resource("profiles").glob("*.toml"))
}
TEXT = SHIPPED["commercial"]
DAY = date(2026, 3, 2)
CITED = 'sources = ["Contract 7"]\nevidence = "read"\nchecked = 2026-01-05\n'


def profile(text: str = TEXT) -> Profile:
    return load_profile("profiles/commercial.toml", text, RULES.rulebook)


def order(hcpcs: str) -> Order:
    return Order(drug="a drug", category=Category.CHEMO, route=Route.IV_INFUSION, dose=Dose(hcpcs=hcpcs))


def test_a_profile_holds_from_its_dates() -> None:
    commercial = RULES.profiles["commercial"]
    assert commercial.choices(date(2008, 1, 1)) == {}
    assert commercial.choices(DAY)["jw_jz"] == "false"


def test_a_later_block_replaces_only_what_it_chooses() -> None:
    later = f"[[options]]\nfrom = 2026-03-02\nset = {{ jw_jz = true }}\n{CITED}\n[[drug]]"
    changed = profile(TEXT.replace("[[drug]]", later, 1))
    assert changed.choices(date(2026, 3, 1))["jw_jz"] == "false"
    assert changed.choices(DAY) == {
        "jw_jz": "true",
        "separate_site_modifier": "XS",
        "separate_encounter_modifier": "XE",
    }
    chosen_before = changed.chosen_in("jw_jz", date(2026, 3, 1))
    assert chosen_before is not None
    assert chosen_before.since == date(2009, 1, 1)
    said_by = {name: changed.chosen_in(name, DAY) for name in ("jw_jz", "separate_site_modifier", "overlap")}
    assert [block and block.since for block in said_by.values()] == [DAY, date(2009, 1, 1), None]


def test_a_drug_category_ends_with_its_last_day_and_another_may_follow() -> None:
    follows = f'[[drug]]\nhcpcs = "J1745"\ncategory = "chemo"\nfrom = 2026-03-02\n{CITED}'
    text = TEXT.replace("from = 2024-01-01\n", "from = 2024-01-01\nuntil = 2024-12-31\n", 1) + follows
    changed, remicade = profile(text), order("J1745")
    days = (date(2023, 12, 31), date(2024, 12, 31), date(2025, 1, 1), date(2026, 3, 1), DAY)
    assert [changed.category(remicade, day) for day in days] == [
        None,
        Category.THERAPEUTIC,
        None,
        None,
        Category.CHEMO,
    ]
    assert changed.category(order("J0000"), DAY) is None


def test_every_profile_that_travels_with_the_program_is_cited_and_known() -> None:
    for name, shipped in RULES.profiles.items():
        assert load_profile(f"{name}.toml", SHIPPED[name], RULES.rulebook).name == name
        cited = [block.cited for block in shipped.options] + [block.cited for block in shipped.drugs]
        assert all(citation.sources and citation.checked.year >= 2026 for citation in cited)
        for block in shipped.options:
            assert {choice for choice, _value in block.choices} <= set(OPTION_NAMES)


def test_the_own_profile_sets_every_option_to_its_default() -> None:
    custom = RULES.profiles["custom"]
    defaults = {name: option.defaults[Setting.FACILITY] for name, option in RULES.rulebook.options.items()}
    assert custom.setting is Setting.FACILITY
    assert custom.choices(DAY) == defaults
    assert list(custom.choices(DAY)) == list(OPTION_NAMES)


def test_the_own_profile_tells_every_allowed_value_above_its_option() -> None:
    told = SHIPPED["custom"].split("[options.set]")[1].split("[[drug]]")[0].strip().split("\n\n")
    for name, paragraph in zip(OPTION_NAMES, told, strict=False):
        comment, setting = paragraph.rsplit("\n", 1)
        assert setting.startswith(f"{name} = ")
        words = set(re.findall(r"[\w-]+", comment))
        assert set(RULES.rulebook.options[name].values) <= words, name


def test_the_own_profile_codes_its_drug_as_the_drug_table_does() -> None:
    (drug,) = RULES.profiles["custom"].drugs
    entry = RULES.rulebook.drugs.find(drug.hcpcs, DAY)
    assert entry is not None
    assert drug.category is entry.category


@pytest.mark.parametrize(
    ("name", "setting", "fault"),
    [
        ("commercial", Setting.PHYSICIAN, ""),
        ("custom", Setting.FACILITY, ""),
        ("custom", Setting.PHYSICIAN, "the payer profile “custom” is not for a physician"),
        ("x", Setting.PHYSICIAN, "there is no payer profile “x”, only commercial, medicare-physician"),
        ("", Setting.FACILITY, "there is no payer profile “”, only commercial, custom, medicare-facility"),
    ],
)
def test_a_profile_is_offered_only_for_the_setting_it_asks_for(
    name: str, setting: Setting, fault: str
) -> None:
    assert profile_fault(RULES.profiles, name, setting) == fault
    assert RULES.profile_fault(name, setting) == (fault if name else "")


@pytest.mark.parametrize("name", ["a", "a-1", "0", "x" * 40, "console", "com"])
def test_a_profile_has_a_plain_name(name: str) -> None:
    assert PROFILE_NAME.fullmatch(name)


@pytest.mark.parametrize("name", ["", "-a", "A", "a b", "a/b", "..", "x" * 41, "con", "com1", "ä"])
def test_a_name_no_file_should_have_is_none(name: str) -> None:
    assert not PROFILE_NAME.fullmatch(name)


REFUSED = [
    ("jw_jz = false", "jw_jz = 5", "line 9: [[options]] set.jw_jz should be one of true, false"),
    ("jw_jz = false", 'jw_jz = ["x"]', "line 9: [[options]] set.jw_jz should be one of true, false"),
    ("jw_jz = false", "speed = 5", "line 9: [[options]] set.speed should be gone: the rulebook has no"),
    ("jw_jz = false", "overlap.jw = 5", "line 9: [[options]] set.overlap should be one of deduct, majority"),
    ("set = {", "set = 5 # {", "line 9: [[options]] set should be a table in braces"),
    ("set = {", "set = {} # {", "line 9: [[options]] set should be at least one option with its"),
    ("set = {", "# {", "line 7: [[options]] set should be at least one option with its value"),
    ('category = "therapeutic"', 'category = "cheap"', "line 17: [[drug]] category should be one of chemo"),
    (
        'title = "Com',
        'setting = "home"\ntitle = "Com',
        "line 5: setting should be one of facility, physician",
    ),
    ('title = "Commercial payer (example)"', 'title = ""', "line 5: title should be a text in quotes"),
    ('name = "commercial"', 'name = "aetna"', 'line 4: name should be "commercial", as the file is called'),
    ('name = "commercial"', 'name = "A payer"', "line 4: name should be a name of at most 40 small letters"),
    ('name = "commercial"\n', "", "line 1: name should be a name of at most 40"),
    ("[[drug]]", "[[drugs]]", "line 15: drugs should be gone"),
    ("[[options]]", "[options]", "line 7: options should be a list of tables"),
    ('category = "therapeutic"', 'group = "therapeutic"', "line 17: [[drug]] group should be gone"),
    ("sources", "source", "line 10: [[options]] source should be gone"),
    ("checked = 2026-11-25\n", "", "line 7: [[options]] checked should be a date"),
    ('evidence = "restated"', 'evidence = "heard"', "line 11: [[options]] evidence should be one of"),
    ("from = 2009-01-01", "from = 2009", "line 8: [[options]] from should be a date"),
    (
        "[[drug]]",
        f"[[options]]\nfrom = 2009-01-01\nset = {{ jw_jz = true }}\n{CITED}[[drug]]",
        "line 16: [[opt",
    ),
    ('"J2350"', '"J1745"', "line 27: [[drug]] from should be after the block above for J1745, which has no"),
    ('"J1745"', '"1745"', "line 16: [[drug]] hcpcs should be a drug code such as J1745"),
    ('"J1745"', "1745", "line 16: [[drug]] hcpcs should be a drug code such as J1745"),
    (
        "from = 2024-01-01",
        "from = 2024-01-01\nuntil = 2023-12-31",
        "line 19: [[drug]] until should be a date not",
    ),
    ("from = 2024-01-01", "from = 2024-01-01\nuntil = true", "line 19: [[drug]] until should be a date"),
]


@pytest.mark.parametrize(("old", "new", "expected"), REFUSED, ids=range(len(REFUSED)))
def test_a_bad_profile_is_refused_with_file_line_key_and_what_was_expected(
    old: str, new: str, expected: str
) -> None:
    assert old in TEXT
    with pytest.raises(RulebookError) as fault:
        profile(TEXT.replace(old, new, 1))
    assert f"profiles/commercial.toml, {expected}" in str(fault.value)


def test_every_block_of_options_is_later_than_the_one_above_it() -> None:
    blocks = "".join(
        f"[[options]]\nfrom = {day}\nset = {{ jw_jz = true }}\n{CITED}"
        for day in ("2030-01-01", "2020-01-01")
    )
    with pytest.raises(RulebookError, match="from should be after the date of the block above it"):
        profile(TEXT.replace("[[drug]]", f"{blocks}[[drug]]", 1))


def test_every_block_of_a_drug_is_later_than_the_one_above_it() -> None:
    blocks = "".join(
        f'[[drug]]\nhcpcs = "J9035"\ncategory = "chemo"\nfrom = {day}\n{until}{CITED}'
        for day, until in (
            ("2020-01-01", "until = 2020-12-31\n"),
            ("2021-01-01", "until = 2024-12-31\n"),
            ("2022-01-01", ""),
        )
    )
    with pytest.raises(
        RulebookError, match="from should be after 2024-12-31, the last day of the block above"
    ):
        profile(TEXT + blocks)


def test_a_drug_may_be_classed_for_one_day_and_otherwise_from_the_next() -> None:
    text = TEXT.replace('"J2350"', '"J1745"').replace("2024-01-01", "2024-01-01\nuntil = 2024-01-01", 1)
    changed = profile("2024-01-02".join(text.rsplit("2024-01-01", 2)))
    (one_day,) = [drug for drug in changed.drugs if drug.until]
    assert one_day.until == one_day.since == date(2024, 1, 1)
    with pytest.raises(RulebookError, match="from should be after 2024-01-01, the last day"):
        profile(text)


def test_two_categories_of_one_drug_on_one_day_are_refused() -> None:
    text = TEXT.replace('"J2350"', '"J1745"')
    overlapping = text.replace("from = 2024-01-01", "from = 2024-01-01\nuntil = 2025-01-01", 1)
    expected = r"from should be after 2025-01-01, the last day of the block above for J1745\."
    with pytest.raises(RulebookError, match=expected):
        profile(overlapping)
