"""Every sentence of the coder, in answers kept from an earlier day."""

from __future__ import annotations

from desktop_app.coding.reasons import Coding, Line, NotBilled
from tests.coding.given import RULES
from tests.coding.golden import ANSWERS, codings, golden, text_of


def told(coding: Coding) -> list[Line | NotBilled]:
    return [*coding.lines, *coding.not_billed]


def test_every_answer_is_what_it_was() -> None:
    """Where this fails on purpose: ``python -m tests.coding.golden``, and tell in the commit what changed."""
    kept = ANSWERS.read_text(encoding="utf-8").split("\n\n")
    now = golden().split("\n\n")
    assert [answer for answer in now if answer not in kept] == []
    assert len(now) == len(kept)


def test_every_rule_of_the_rulebook_shows_in_a_kept_answer() -> None:
    shown = {rule for _name, coding in codings() for item in told(coding) for rule in item.rules}
    assert set(RULES.rulebook.rules) - shown == set()


def test_a_kept_answer_has_every_line_every_service_left_out_and_every_finding() -> None:
    for name, coding in codings():
        text = text_of(name, coding)
        assert all(item.why in text and item.one_minute in text for item in told(coding))
        assert all(finding.text in text for finding in coding.findings)
