"""The rulebook that travels with the program, and what is refused in its place."""

from __future__ import annotations

import ast
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app import paths
from desktop_app.coding.options import OPTION_NAMES
from desktop_app.coding.profile_text import load_profile
from desktop_app.coding.refusals import RulebookError
from desktop_app.coding.rulebook import Rulebook, options_on
from desktop_app.coding.rulebook_text import RULEBOOK_FILES, load_rulebook
from desktop_app.core.orders import Category, Setting
from desktop_app.rulebook_files import StandardRules, load_standard, read_rules
from tests.coding.given import RULES

RESOURCES = paths.resources()
TEXTS = {name: (RESOURCES / name).read_text(encoding="utf-8") for name in RULEBOOK_FILES}
CODING = Path(__file__).resolve().parents[2] / "desktop_app" / "coding"

WORDS_OF_THE_PROGRAM = {
    node.value
    for path in CODING.glob("*.py")
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    if isinstance(node, ast.Constant) and isinstance(node.value, str)
}


def loaded(**changed: str) -> Rulebook:
    return load_rulebook(TEXTS | {name.replace("__", "/") + ".toml": text for name, text in changed.items()})


def refusal(file: str, old: str, new: str) -> str:
    assert old in TEXTS[file]
    with pytest.raises(RulebookError) as fault:
        load_rulebook(TEXTS | {file: TEXTS[file].replace(old, new, 1)})
    return str(fault.value)


def test_every_mapped_code_is_used_by_the_program() -> None:
    used = WORDS_OF_THE_PROGRAM | {
        role for option in RULES.rulebook.options.values() for role in option.roles.values()
    }
    assert set(RULES.rulebook.eras[-1].codes) <= used


def test_no_code_number_stands_in_the_program() -> None:
    number = re.compile(r"[0-9A-Z]\d{4}")
    assert [word for word in WORDS_OF_THE_PROGRAM if number.fullmatch(word)] == []


def test_every_rule_is_used_and_has_a_place_in_the_order() -> None:
    built = {f"dates-{value}" for value in RULES.rulebook.options["midnight_dates"].values}
    assert set(RULES.rulebook.rules) <= WORDS_OF_THE_PROGRAM | built
    assert {rule.step for rule in RULES.rulebook.rules.values()} <= set(range(1, 17))


def test_every_add_on_stands_behind_codes_of_the_map() -> None:
    codes = RULES.rulebook.eras[-1].codes
    for addon, behind in RULES.rulebook.addons.items():
        assert {addon, *behind} <= set(codes)


def test_two_roles_never_share_a_number() -> None:
    numbers = [code.number for code in RULES.rulebook.eras[-1].codes.values()]
    assert len(numbers) == len(set(numbers))


def test_the_eras_have_no_gap_and_every_role_but_one_is_there_from_the_first_day() -> None:
    eras = RULES.rulebook.eras
    assert [era.since for era in eras] == sorted({era.since for era in eras})
    assert set(eras[-1].codes) - set(eras[0].codes) == {"pump-start-home"}


@pytest.mark.parametrize(
    ("day", "since"),
    [
        (date(2008, 12, 31), None),
        (date(2009, 1, 1), date(2009, 1, 1)),
        (date(2016, 12, 31), date(2016, 1, 1)),
        (date(2017, 1, 1), date(2017, 1, 1)),
        (date(2190, 1, 1), RULES.rulebook.eras[-1].since),
    ],
)
def test_a_date_of_service_picks_what_held_that_day(day: date, since: date | None) -> None:
    era = RULES.rulebook.on(day)
    assert (era.since if era else None) == since


def test_a_changed_number_is_a_new_block_and_the_old_days_keep_the_old_one() -> None:
    block = (
        "[[push_longest_minutes.dated]]\nfrom = 2030-01-01\nvalue = 20\n"
        'sources = ["A later rule"]\nevidence = "read"\nchecked = 2029-12-01\n\n[hour_minutes]'
    )
    book = loaded(rulebook__thresholds=TEXTS["rulebook/thresholds.toml"].replace("[hour_minutes]", block, 1))
    before, after = book.on(date(2029, 12, 31)), book.on(date(2030, 1, 1))
    assert before is not None
    assert after is not None
    assert (before.thresholds.push_longest_minutes, after.thresholds.push_longest_minutes) == (15, 20)


def test_a_code_number_may_follow_another() -> None:
    later = (
        '[[declot]]\ncode = "36593"\nlabel = "Old"\nfrom = 2009-01-01\n'
        '[[declot]]\ncode = "36999"\nlabel = "New"\nfrom = 2030-01-01\n'
    )
    text = TEXTS["codes.toml"].replace(
        '[declot]\ncode = "36593"\nlabel = "Clotted line cleared with a drug"\nfrom = 2009-01-01\n', later
    )
    book = loaded(codes=text)
    assert [era.codes["declot"].number for era in (book.eras[0], book.eras[-1])] == ["36593", "36999"]


REFUSED = [
    (
        "rulebook/about.toml",
        'version = "2026.1"',
        "version = 2026",
        "line 2: version should be a text in quotes",
    ),
    ("rulebook/about.toml", "checked", "looked", "line 3: looked should be gone"),
    ("rulebook/about.toml", '"2026.1"', '"2026.1', "the text should be TOML"),
    ("rulebook/thresholds.toml", "value = 15", "value = 0", "value should be a whole number over 0"),
    ("rulebook/thresholds.toml", "value = 15", "value = true", "value should be a whole number over 0"),
    ("rulebook/thresholds.toml", "from = 2009-01-01", 'from = "2009"', "from should be a date"),
    ("rulebook/thresholds.toml", "from = 2017-01-01", "from = 2009-01-01", "from should be after the date"),
    (
        "rulebook/thresholds.toml",
        "[hour_minutes]",
        "[hours_minute]",
        "[hours_minute] dated should be at least one block",
    ),
    ("rulebook/thresholds.toml", '["19", "21", "22", "23", "24"]', "[19]", "value should be a list of texts"),
    ("rulebook/thresholds.toml", 'evidence = "read"', 'evidence = "heard"', "evidence should be one of read"),
    ("rulebook/thresholds.toml", "checked = 2026-11-23", "", "checked should be a date"),
    (
        "rulebook/options.toml",
        'facility = "elapsed"',
        'facility = "exact"',
        "facility should be one of elapsed",
    ),
    ("rulebook/options.toml", "[equal_rank]", "[equal_ranks]", "equal_ranks should be gone"),
    ("rulebook/options.toml", '"96549" = "chemo-unlisted"', '"96549" = "x"', 'and "x" is none'),
    ("rulebook/options.toml", ', "96549" = "chemo-unlisted"', "", "roles should be one role for each value"),
    (
        "rulebook/options.toml",
        'roles = { "96417"',
        'roles = 5 # { "96417"',
        "roles should be a table in braces",
    ),
    ("rulebook/options.toml", "[minute_basis]", "[[minute_basis]]", "minute_basis should be a table under"),
    ("rulebook/addons.toml", 'behind = ["infusion-first", "inf', 'behind = ["x", "inf', 'and "x" is none'),
    ("rulebook/limits.toml", "most = 8", "most = -8", "most should be a whole number over 0"),
    ("rulebook/limits.toml", "[[limit]]", "[limits]", "limits should be gone"),
    ("rulebook/rules.toml", "step = 1", 'step = "1"', "step should be a whole number over 0"),
    (
        "codes.toml",
        'code = "96365"',
        "code = 96365",
        "line 7: [infusion-first] code should be a text in quotes",
    ),
    (
        "codes.toml",
        "hour = true\nfrom",
        'hour = "yes"\nfrom',
        "line 9: [infusion-first] hour should be true or false",
    ),
    ("codes.toml", "[infusion-more]", "infusion-more = 5\n[x]", "should be"),
    ("drugs.csv", "hcpcs,drug", "hcpcs;drug", "line 1: the first line should be the columns hcpcs"),
    ("drugs.csv", "abatacept (Orencia),10,", "abatacept (Orencia),ten,", "line 2: unit_amount should be"),
    ("drugs.csv", "abatacept (Orencia),10,", "abatacept (Orencia),0,", "line 2: unit_amount should be"),
    ("drugs.csv", "10,mg,chemo,yes", "10,mg,poison,yes", "line 2: category should be one of chemo"),
    ("drugs.csv", "yes,2025-10-01", "yes,October", "line 2: valid_from should be a date"),
    ("drugs.csv", "yes,2025-10-01,,", "yes,2025-10-01,,,,", "line 2: the row should be 9 columns"),
]


@pytest.mark.parametrize(("file", "old", "new", "expected"), REFUSED, ids=range(len(REFUSED)))
def test_a_bad_rulebook_is_refused_with_file_line_key_and_what_was_expected(
    file: str, old: str, new: str, expected: str
) -> None:
    sentence = refusal(file, old, new)
    assert sentence.startswith(f"{file}, line ")
    assert expected in sentence


def test_a_file_without_a_name_the_program_needs_is_refused() -> None:
    with pytest.raises(RulebookError, match="minute_basis should be there: a table of this name is missing"):
        loaded(rulebook__options="")


def test_a_missing_file_is_refused() -> None:
    with pytest.raises(RulebookError, match=r"codes\.toml, line 1: the file should be there"):
        load_rulebook({name: text for name, text in TEXTS.items() if name != "codes.toml"})


def test_a_threshold_without_any_block_is_refused() -> None:
    text = TEXTS["rulebook/thresholds.toml"].split("[hour_minutes]", maxsplit=1)[0]
    assert "dated" in refusal("rulebook/thresholds.toml", text, '[push_longest_minutes]\nsays = "x"\n')


def test_the_line_of_a_later_block_is_the_one_named() -> None:
    sentence = refusal("rulebook/thresholds.toml", 'value = "JW"', "value = 5")
    line = TEXTS["rulebook/thresholds.toml"].splitlines().index('value = "JW"') + 1
    assert f"line {line}: [[discarded_modifier.dated]] value should be a text" in sentence


PROFILE = (RESOURCES / "profiles" / "commercial.toml").read_text(encoding="utf-8")


def test_a_profile_holds_from_its_dates() -> None:
    profile = RULES.profiles["commercial"]
    assert profile.choices(date(2008, 1, 1)) == {}
    assert profile.choices(date(2026, 1, 1))["jw_jz"] == "false"


def test_a_drug_category_of_a_profile_ends_with_its_last_day() -> None:
    text = PROFILE.replace("from = 2024-01-01\n", "from = 2024-01-01\nuntil = 2024-12-31\n", 1)
    profile = load_profile("x.toml", text, RULES.rulebook)
    drug = profile.drugs[0]
    assert (drug.hcpcs, drug.category, drug.until) == ("J1745", Category.THERAPEUTIC, date(2024, 12, 31))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("jw_jz = false", "jw_jz = 5", "set should be jw_jz as one of true, false"),
        ("jw_jz = false", "speed = 5", 'set should be options of the rulebook, and "speed" is none'),
        ("set = {", "set = 5 # {", "set should be a table in braces"),
        ('category = "therapeutic"', 'category = "cheap"', "category should be one of chemo"),
        ('name = "commercial"', 'name = "commercial"\nsetting = "home"', "setting should be one of facility"),
        ("[[drug]]", "[[drugs]]", "drugs should be gone"),
        ("[[options]]", "[options]", "options should be a list of tables"),
        ("source", "sources", "sources should be gone"),
    ],
)
def test_a_bad_profile_is_refused(old: str, new: str, expected: str) -> None:
    assert old in PROFILE
    with pytest.raises(RulebookError, match=re.escape(expected)):
        load_profile("x.toml", PROFILE.replace(old, new, 1), RULES.rulebook)


def test_a_visit_chooses_before_its_profile_and_the_profile_before_the_default() -> None:
    day, book = date(2026, 3, 2), RULES.rulebook
    commercial = RULES.profiles["commercial"]
    options = options_on(book, commercial, Setting.FACILITY, day, (("separate_site_modifier", "XU"),))
    assert options.separate_site_modifier == ("XU",)
    assert options.separate_encounter_modifier == ("XE",)
    assert options.stopped_early == "by-time"
    assert options_on(book, commercial, Setting.PHYSICIAN, day, ()).stopped_early == "modifier-53"


def test_every_value_of_every_option_can_be_chosen() -> None:
    for name in OPTION_NAMES:
        for value in RULES.rulebook.options[name].values:
            own = ((name, value),)
            profile = RULES.profile_for(Setting.FACILITY)
            chosen = options_on(RULES.rulebook, profile, Setting.FACILITY, date(2026, 3, 2), own)
            assert hasattr(chosen, name)


def test_the_standard_rules_are_read_once_and_name_their_profiles() -> None:
    assert load_standard() is load_standard()
    assert set(RULES.profiles) == {"medicare-facility", "medicare-physician", "commercial"}
    assert RULES.profile_for(Setting.PHYSICIAN).name == "medicare-physician"
    assert RULES.profile_for(Setting.PHYSICIAN, "commercial").name == "commercial"


def test_rules_are_read_from_a_folder() -> None:
    rules: StandardRules = read_rules(RESOURCES)
    assert rules.rulebook.version == RULES.rulebook.version


def test_the_drug_table_knows_a_code_from_its_date() -> None:
    drugs = RULES.rulebook.drugs
    entry = drugs.find("J1745", date(2026, 3, 2))
    assert entry is not None
    assert (entry.unit_amount, entry.unit) == (Decimal(10), "mg")
    assert (entry.category, entry.category_varies) == (Category.CHEMO, True)
    assert drugs.find("J1745", date(2020, 3, 2)) is None
    assert drugs.find("J0000", date(2026, 3, 2)) is None
    assert len(drugs.on(date(2026, 3, 2))) == 203
