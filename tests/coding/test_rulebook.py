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
from desktop_app.coding.refusals import RulebookError
from desktop_app.coding.rule_names import RULE_NAMES
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
    if path.name not in {"roles.py", "rule_names.py"}
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


def test_no_code_number_stands_in_the_program() -> None:
    number = re.compile(r"[0-9A-Z]\d{4}")
    assert [word for word in WORDS_OF_THE_PROGRAM if number.fullmatch(word)] == []


def test_every_rule_is_used_and_has_a_place_in_the_order() -> None:
    built = {f"dates-{value}" for value in RULES.rulebook.options["midnight_dates"].values}
    assert set(RULES.rulebook.rules) == set(RULE_NAMES) <= WORDS_OF_THE_PROGRAM | built
    assert {rule.step for rule in RULES.rulebook.rules.values()} <= set(range(1, 17))


def test_every_add_on_stands_behind_codes_of_the_map() -> None:
    for era in RULES.rulebook.eras:
        for addon, behind in era.addons.items():
            assert {addon, *behind} <= set(era.codes)


def test_the_eras_have_no_gap_and_every_role_but_one_is_there_from_the_first_day() -> None:
    eras = RULES.rulebook.eras
    assert [era.since for era in eras] == sorted({era.since for era in eras})
    assert set(eras[-1].codes) - set(eras[0].codes) == {"pump-start-home"}
    assert eras[0].since == date(2009, 1, 1)


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


def with_longest_pushes(*dated: tuple[str, int]) -> Rulebook:
    """Return the rulebook with further blocks below the one that says how long a push may be."""
    blocks = "".join(
        f"[[push_longest_minutes.dated]]\nfrom = {day}\nvalue = {minutes}\n"
        'sources = ["A later rule"]\nevidence = "read"\nchecked = 2029-12-01\n\n'
        for day, minutes in dated
    )
    text = TEXTS["rulebook/thresholds.toml"].replace("[hour_minutes]", f"{blocks}[hour_minutes]", 1)
    return loaded(rulebook__thresholds=text)


def test_a_changed_number_is_a_new_block_and_the_old_days_keep_the_old_one() -> None:
    book = with_longest_pushes(("2030-01-01", 20))
    before, after = book.on(date(2029, 12, 31)), book.on(date(2030, 1, 1))
    assert before is not None
    assert after is not None
    assert (before.thresholds.push_longest_minutes, after.thresholds.push_longest_minutes) == (15, 20)


def test_every_block_is_later_than_the_one_above_it() -> None:
    with pytest.raises(RulebookError, match="from should be after the date of the block above it"):
        with_longest_pushes(("2030-01-01", 20), ("2020-01-01", 25))


def test_what_held_before_the_rules_begin_opens_no_time_of_its_own() -> None:
    text = TEXTS["rulebook/thresholds.toml"].replace("from = 2009-01-01", "from = 1999-01-01", 1)
    book = loaded(rulebook__thresholds=text)
    assert [era.since for era in book.eras] == [era.since for era in RULES.rulebook.eras]


def test_a_rulebook_has_the_version_of_its_first_page_alone() -> None:
    text = TEXTS["rulebook/about.toml"].replace('version = "2026.1"', 'version = "2026.2"')
    assert loaded(rulebook__about=text).version == "2026.2"


def test_before_the_rules_begin_an_option_is_its_first_default() -> None:
    day, profile = date(2008, 12, 31), RULES.profile_for(Setting.FACILITY)
    assert RULES.rulebook.on(day) is None
    assert options_on(RULES.rulebook, profile, Setting.FACILITY, day, ()).pump_start == "pump-start"


ABOUT, THRESHOLDS, OPTIONS = (f"rulebook/{name}.toml" for name in ("about", "thresholds", "options"))
ADDONS, LIMITS, ONE_RULE = (f"rulebook/{name}.toml" for name in ("addons", "limits", "rules"))

REFUSED = [
    (
        ABOUT,
        '"2026.1"',
        "2026",
        "line 3: version should be a short name of letters, digits, dots and hyphens",
    ),
    (ABOUT, "title", "name", "line 4: name should be gone: it is not a key of this table"),
    (ABOUT, '"2026.1"', '"2026.1', "line 3: the text should be TOML, but there is: "),
    (ABOUT, 'title = "US', 'title = " " # "US', "title should be a text in quotes, of 1 to 400 characters"),
    (ABOUT, "from = 2009-01-01", "from = 2009-01-01T00:00:00", "from should be a date such as 2026-01-01"),
    (ABOUT, "checked = 2026-11-25\n", "", "line 1: checked should be a date"),
    (THRESHOLDS, "[hour_minutes]", "[hour_minutes]\nsay = 5", "[hour_minutes] say should be gone"),
    (THRESHOLDS, 'says = "The', 'says = "" # "The', "[push_longest_minutes] says should be a text in quotes"),
    (THRESHOLDS, "value = 15", "values = 15", "[[push_longest_minutes.dated]] values should be gone"),
    (THRESHOLDS, "value = 15", "value = 0", "value should be a whole number from 1 to 100000"),
    (THRESHOLDS, "value = 15", "value = true", "value should be a whole number"),
    (THRESHOLDS, "value = 15", "value = 100_001", "value should be a whole number from 1 to 100000"),
    (THRESHOLDS, "from = 2009-01-01", 'from = "2009"', "from should be a date"),
    (THRESHOLDS, "from = 2009-01-01", "from = 2009-01-02", "from should be 2009-01-01 or earlier"),
    (
        THRESHOLDS,
        "from = 2017-01-01",
        "from = 2009-01-01",
        "from should be after the date of the block above",
    ),
    (THRESHOLDS, "[hour_minutes]", "[hours_minute]", "[hours_minute] dated should be at least one block"),
    (THRESHOLDS, '["19", "21", "22", "23", "24"]', "[19]", "value should be a list of texts"),
    (THRESHOLDS, '["19", "21"', '["19", "19"', "value should be a list in which nothing stands twice"),
    (THRESHOLDS, 'value = "JW"', 'value = "jw"', "value should be two digits or capital letters"),
    (
        THRESHOLDS,
        'evidence = "read"',
        'evidence = "heard"',
        "evidence should be one of read, restated, unread",
    ),
    (THRESHOLDS, 'evidence = "read"', 'evidence = ["read"]', "evidence should be one of read"),
    (THRESHOLDS, "checked = 2026-11-25", "", "checked should be a date"),
    (THRESHOLDS, 'note = "', 'note = "\\n', "note should be a text in quotes, on one line"),
    (OPTIONS, "[minute_basis]", "[minute_basis]\nsay = 5", "[minute_basis] say should be gone"),
    (OPTIONS, 'facility = "elapsed"', 'home = "elapsed"', "[[minute_basis.dated]] home should be gone"),
    (OPTIONS, 'facility = "elapsed"', 'facility = "exact"', "facility should be one of elapsed, charted"),
    (OPTIONS, "[equal_rank]", "[equal_ranks]", "[equal_ranks] dated should be at least one block"),
    (OPTIONS, "[[equal_rank.dated]]", "[[equal_ranks.dated]]", "[equal_rank] dated should be at least one"),
    (
        OPTIONS,
        '"96549" = "chemo-unlisted"',
        '"96549" = "x"',
        "] roles.96549 should be a role of the code map",
    ),
    (OPTIONS, '"96549" = "chemo-unlisted"', '"96549" = 5', "] roles.96549 should be a text in quotes"),
    (OPTIONS, ', "96549" = "chemo-unlisted"', "", "roles should be one role for each value"),
    (OPTIONS, 'roles = { "96417"', 'roles = 5 # { "96417"', "roles should be a table in braces"),
    (OPTIONS, 'roles = { "96417"', '# roles = { "96417"', "[concurrent_chemo] roles should be one role for"),
    (
        OPTIONS,
        "[[equal_rank.dated]]",
        'roles = { longest = "declot", first = "declot" }\n[[equal_rank.dated]]',
        "[equal_rank] roles should be left out: no value is a code",
    ),
    (OPTIONS, "[minute_basis]", "[[minute_basis]]", "minute_basis should be a table under"),
    (OPTIONS, "from = 2009-01-01", "from = 2010-01-01", "from should be 2009-01-01 or earlier"),
    (
        ADDONS,
        'behind = ["infusion-first", "inf',
        'behind = ["x", "inf',
        '[infusion-more] behind should be a role of the code map, and "x" is none',
    ),
    (ADDONS, "behind = [", "beside = [", "[infusion-more] beside should be gone"),
    (ADDONS, 'evidence = "read"', 'evidence = "heard"', "[infusion-more] evidence should be one of read"),
    (ADDONS, "[push-again]", "[push-first]", "push-first should be gone: it is no role that stands behind"),
    (ADDONS, "from = 2009-01-01", "from = 2019-01-01", "from should be 2009-01-01 or earlier"),
    (LIMITS, "most = 8", "most = 8\nleast = 1", "[[limit]] least should be gone"),
    (LIMITS, 'evidence = "read"', 'evidence = "heard"', "[[limit]] evidence should be one of read"),
    (LIMITS, '"transfusion"', '"x"', '[[limit]] role should be a role of the code map, and "x" is none'),
    (LIMITS, "most = 8", "most = -8", "most should be a whole number"),
    (LIMITS, "[[limit]]", "[limits]", "limits should be gone"),
    (LIMITS, '"infusion-more"', '"hydration-more"', "from should be after the date of the block above it"),
    (ONE_RULE, "step = 1", 'step = "1"', "step should be a whole number from 1 to 16"),
    (ONE_RULE, "step = 16", "step = 17", "step should be a whole number from 1 to 16"),
    (ONE_RULE, "[dates-start-date]\nstep", '["a\\nb"]\nsteps', "[a?b] steps should be gone"),
    ("drugs.csv", "hcpcs,drug", "hcpcs;drug", "line 1: the first line should be the columns hcpcs"),
    ("drugs.csv", "abatacept (Orencia),10,", "abatacept (Orencia),ten,", "line 2: unit_amount should be"),
    ("drugs.csv", "abatacept (Orencia),10,", "abatacept (Orencia),0,", "line 2: unit_amount should be"),
    ("drugs.csv", "10,mg,chemo,yes", "10,mg,poison,yes", "line 2: category should be one of chemo"),
    ("drugs.csv", "yes,2025-10-01", "yes,October", "line 2: valid_from should be a date"),
    ("drugs.csv", "yes,2025-10-01,,", "yes,2025-10-01,,,,", "line 2: the row should be 10 columns"),
]


@pytest.mark.parametrize(("file", "old", "new", "expected"), REFUSED, ids=range(len(REFUSED)))
def test_a_bad_rulebook_is_refused_with_file_line_key_and_what_was_expected(
    file: str, old: str, new: str, expected: str
) -> None:
    sentence = refusal(file, old, new)
    assert sentence.startswith(f"{file}, line ")
    assert expected in sentence


def test_a_file_without_a_name_the_program_needs_is_refused() -> None:
    for file in ("thresholds", "options", "rules", "addons"):
        text = TEXTS[f"rulebook/{file}.toml"]
        first = re.findall(r"^\[([^\[\]]+)\]$", text, re.MULTILINE)[0]
        without = re.sub(rf"^\[{first}\].*?(?=^\[(?!\[{first}))", "", text, flags=re.MULTILINE | re.DOTALL)
        missing = f"{first} should be there: a table of this name is missing"
        with pytest.raises(RulebookError, match=missing):
            loaded(**{f"rulebook__{file}": without})


def test_a_missing_file_is_refused() -> None:
    with pytest.raises(RulebookError, match=r"codes\.toml, line 1: the file should be there"):
        load_rulebook({name: text for name, text in TEXTS.items() if name != "codes.toml"})


def test_a_threshold_without_any_block_is_refused() -> None:
    text = TEXTS["rulebook/thresholds.toml"].split("[hour_minutes]", maxsplit=1)[0]
    assert "dated" in refusal("rulebook/thresholds.toml", text, '[push_longest_minutes]\nsays = "x"\n')


def test_a_name_the_program_does_not_know_is_refused() -> None:
    renamed = TEXTS["rulebook/options.toml"].replace("equal_rank", "equal_ranks")
    with pytest.raises(RulebookError, match="equal_ranks should be gone: the program knows no such name"):
        loaded(rulebook__options=renamed)


def test_a_role_that_cannot_stand_behind_another_is_refused() -> None:
    for file in ("rulebook/addons.toml", "rulebook/limits.toml"):
        assert "is none" in refusal(file, '"infusion-more"', '"infusion-less"')


def test_an_add_on_may_stand_behind_other_codes_from_a_later_day_on() -> None:
    first = TEXTS["rulebook/addons.toml"].split("\n\n")[1]
    later = first.replace("2009-01-01", "2030-01-01").replace(
        '["infusion-first", "infusion-next"]', '["push-first"]'
    )
    blocks = f"{first}\n\n{later}".replace("[infusion-more]", "[[infusion-more]]")
    book = loaded(rulebook__addons=TEXTS["rulebook/addons.toml"].replace(first, blocks))
    before, after = book.on(date(2029, 12, 31)), book.on(date(2030, 1, 1))
    assert before is not None
    assert after is not None
    assert before.addons["infusion-more"] == ("infusion-first", "infusion-next")
    assert after.addons["infusion-more"] == ("push-first",)


def test_a_default_may_change_and_the_old_days_keep_the_old_one() -> None:
    later = (
        '[[overlap.dated]]\nfrom = 2030-01-01\nfacility = "any"\nphysician = "majority"\n'
        'sources = ["A later rule"]\nevidence = "read"\nchecked = 2029-12-01\n\n[concurrent_min]'
    )
    book = loaded(rulebook__options=TEXTS["rulebook/options.toml"].replace("[concurrent_min]", later))
    medicare = RULES.profiles["medicare-facility"]
    chosen = [
        options_on(book, medicare, setting, day, ()).overlap
        for day in (date(2029, 12, 31), date(2030, 1, 1))
        for setting in Setting
    ]
    assert chosen == ["deduct", "deduct", "any", "majority"]
    newest = book.options["overlap"].default_on(date(2030, 1, 1)).cited
    assert (newest.sources, newest.note) == (("A later rule",), "")
    assert book.options["overlap"].defaults[Setting.FACILITY] == "any"
    assert book.options["overlap"].default_on(date(1999, 1, 1)).values[Setting.FACILITY] == "deduct"


def test_a_code_that_is_not_there_yet_leaves_the_default() -> None:
    home = (("pump_start", "G0498"),)
    profile = RULES.profile_for(Setting.PHYSICIAN)
    starts = [
        options_on(RULES.rulebook, profile, Setting.PHYSICIAN, day, home).pump_start
        for day in (date(2015, 12, 31), date(2016, 1, 1))
    ]
    assert starts == ["pump-start", "pump-start-home"]


def test_the_line_of_a_later_block_is_the_one_named() -> None:
    sentence = refusal("rulebook/thresholds.toml", 'value = "JW"', "value = 5")
    line = TEXTS["rulebook/thresholds.toml"].splitlines().index('value = "JW"') + 1
    assert f"line {line}: [[discarded_modifier.dated]] value should be two digits" in sentence


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
    assert set(RULES.profiles) == {"medicare-facility", "medicare-physician", "commercial", "custom"}
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
