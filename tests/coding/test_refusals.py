"""A refusal is one sentence, and knows where the fault is."""

from __future__ import annotations

import pytest

from desktop_app.coding.case_text import NotJson
from desktop_app.coding.refusals import CaseError, Path, RulebookError, key_path


def test_a_rulebook_is_refused_with_file_line_key_and_what_was_expected() -> None:
    fault = RulebookError("codes.toml", 7, "label", "a text in quotes")
    assert str(fault) == "codes.toml, line 7: label should be a text in quotes."
    assert (fault.file, fault.line, fault.key, fault.expected) == (
        "codes.toml",
        7,
        "label",
        "a text in quotes",
    )


def test_a_case_is_refused_with_the_place_and_the_fault() -> None:
    fault = CaseError(("services", 2, "dose"), "must be a number")
    assert str(fault) == "services[2].dose must be a number."
    assert (fault.path, fault.fault) == (("services", 2, "dose"), "must be a number")
    assert str(CaseError((), "must be an object in braces")) == "The case must be an object in braces."


def test_a_text_that_is_no_json_knows_its_line() -> None:
    fault = NotJson("the text is not JSON: expecting value", 3)
    assert (str(fault), fault.line) == ("the text is not JSON: expecting value", 3)


@pytest.mark.parametrize(
    ("path", "told"),
    [
        (("id",), "id"),
        (("services", 0), "services[0]"),
        (("services", 0, "pauses", 1, 0), "services[0].pauses[1][0]"),
        ((0, "id"), "[0].id"),
        (("options", ""), "options."),
        (("a\nb\ud800",), "a?b?"),
        (("x" * 60,), "x" * 60),
        (("\n" + "x" * 59,), "?" + "x" * 59),
        (("x" * 61,), "x" * 60 + "..."),
    ],
)
def test_a_place_in_a_case_is_told_as_people_write_it(path: Path, told: str) -> None:
    assert key_path(path) == told
