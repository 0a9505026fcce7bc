"""What is typed to look back: days, words of several parts, words that say what they are."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app.core.record.found_by import Sort, Word
from desktop_app.core.record.wanted import Term, Wanted, read_wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", Wanted()),
        ("  vanc   AK ", Wanted((Term("vanc"), Term("ak")))),
        ("2026-03-02", Wanted((), date(2026, 3, 2), date(2026, 3, 2))),
        ("3/2/2026", Wanted((), date(2026, 3, 2), date(2026, 3, 2))),
        ("2026-03-05..2026-03-02 x", Wanted((Term("x"),), date(2026, 3, 2), date(2026, 3, 5))),
        ("3/2/2026 to 3/5/2026", Wanted((), date(2026, 3, 2), date(2026, 3, 5))),
        ("2026-02", Wanted((), date(2026, 2, 1), date(2026, 2, 28))),
        ("2026-02-30", Wanted((Term("2026-02-30"),))),
        ("not witnessed ak", Wanted((Term("not witnessed", Sort.IS), Term("ak")))),
        ("chair 4", Wanted((Term("4", Sort.CHAIR),))),
        ("CODE:96413 by:LT", Wanted((Term("96413", Sort.CODE), Term("lt", Sort.BY)))),
        ("R. M.", Wanted((Term("rm"),))),
    ],
)
def test_a_text_says_days_and_words(text: str, wanted: Wanted) -> None:
    assert read_wanted(text) == wanted


@pytest.mark.parametrize(
    ("typed", "word", "is_meant"),
    [
        ("vanc", Word(Sort.DRUG, "vancomycin"), True),
        ("saline", Word(Sort.DRUG, "normal saline"), True),
        ("mycin", Word(Sort.DRUG, "vancomycin"), False),
        ("48", Word(Sort.MRN, "0004821"), False),
        ("482", Word(Sort.MRN, "0004821"), True),
        ("0004821", Word(Sort.MRN, "0004821"), True),
        ("r.m", Word(Sort.INITIALS, "rm"), True),
        ("r", Word(Sort.INITIALS, "rm"), False),
        ("9641", Word(Sort.CODE, "96413"), True),
        ("6413", Word(Sort.CODE, "96413"), False),
        ("lot7", Word(Sort.LOT, "lot77a"), True),
        ("4", Word(Sort.CHAIR, "4"), True),
        ("4", Word(Sort.CHAIR, "14"), False),
        ("corrected", Word(Sort.IS, "corrected"), True),
        ("2026-03", Word(Sort.BATCH, "batch-2026-03-02"), True),
    ],
)
def test_a_word_means_what_people_mean_by_it(typed: str, word: Word, *, is_meant: bool) -> None:
    assert Term(typed).means(word) is is_meant


def test_a_word_that_says_what_it_is_means_nothing_else() -> None:
    assert Term("rm", Sort.INITIALS).means(Word(Sort.INITIALS, "rm"))
    assert not Term("rm", Sort.BY).means(Word(Sort.INITIALS, "rm"))
