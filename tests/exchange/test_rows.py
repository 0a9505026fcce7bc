"""Which lines are due: each once, corrections as replacements, nothing silently lost."""

from __future__ import annotations

from desktop_app.exchange.rows import Action, rows_of
from tests.exchange.signed import SuiteOfChairs, line


def test_a_signed_session_has_its_lines_due() -> None:
    (row,) = rows_of(SuiteOfChairs().signed("s1"), ())
    assert (row.id, row.action, row.replaces) == ("s1.1.01", Action.NEW, ())


def test_a_session_that_is_not_signed_has_nothing_due() -> None:
    suite = SuiteOfChairs()
    suite.signed("s1")
    suite.desk.reopen("s1", "wrong drug")
    assert rows_of(suite.session("s1"), ()) == ()


def test_a_line_that_was_sent_is_not_due_again() -> None:
    session = SuiteOfChairs().signed("s1", line("s1.1.01"), line("s1.1.02"))
    assert [row.id for row in rows_of(session, {"s1.1.01"})] == ["s1.1.02"]


def test_a_sent_line_goes_out_again_when_asked_for_and_says_so() -> None:
    session = SuiteOfChairs().signed("s1", line("s1.1.01"), line("s1.1.02"))
    rows = rows_of(session, {"s1.1.01"}, again=True)
    assert [(row.id, row.sent_before) for row in rows] == [("s1.1.01", True), ("s1.1.02", False)]


def test_a_version_corrected_before_it_was_sent_is_simply_new() -> None:
    suite = SuiteOfChairs()
    suite.signed("s1")
    (row,) = rows_of(suite.correct("s1", line("s1.2.01")), ())
    assert (row.id, row.action, row.replaces) == ("s1.2.01", Action.NEW, ())


def test_a_version_corrected_after_it_was_sent_replaces_what_was_sent() -> None:
    suite = SuiteOfChairs()
    suite.signed("s1", line("s1.1.01"), line("s1.1.02"))
    (row,) = rows_of(suite.correct("s1", line("s1.2.01")), {"s1.1.01", "s1.1.02"})
    assert (row.id, row.action, row.replaces) == ("s1.2.01", Action.REPLACE, ("s1.1.01", "s1.1.02"))


def test_a_correction_replaces_the_last_version_that_was_sent() -> None:
    suite = SuiteOfChairs()
    suite.signed("s1")
    suite.correct("s1", line("s1.2.01"))
    (row,) = rows_of(suite.correct("s1", line("s1.3.01")), {"s1.1.01"})
    assert row.replaces == ("s1.1.01",)


def test_a_correction_that_leaves_no_line_takes_the_sent_ones_back() -> None:
    suite = SuiteOfChairs()
    suite.signed("s1")
    session = suite.correct("s1")
    (row,) = rows_of(session, {"s1.1.01"})
    assert (row.id, row.action, row.replaces) == ("s1.1.01.void", Action.VOID, ("s1.1.01",))
    assert rows_of(session, {"s1.1.01", "s1.1.01.void"}) == ()


def test_lines_after_what_was_taken_back_are_new() -> None:
    suite = SuiteOfChairs()
    suite.signed("s1")
    suite.correct("s1")
    (row,) = rows_of(suite.correct("s1", line("s1.3.01")), {"s1.1.01", "s1.1.01.void"})
    assert (row.id, row.action, row.replaces) == ("s1.3.01", Action.NEW, ())
