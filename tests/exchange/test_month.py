"""The demo month holds what the formats must be able to say."""

from __future__ import annotations

from collections import Counter

from desktop_app.core.orders import Setting
from desktop_app.exchange.rows import Action
from tests.exchange.month import (
    REPLACED,
    SESSIONS,
    TAKEN_BACK,
    correction_rows,
    first_rows,
    signed_month,
)


def test_the_month_has_two_hundred_signed_sessions_of_both_settings() -> None:
    settings = Counter(rows[0].session.setting for rows in first_rows())
    assert settings.total() == SESSIONS
    assert min(settings[Setting.FACILITY], settings[Setting.PHYSICIAN]) > SESSIONS // 3


def test_the_month_has_waste_ndcs_further_diagnoses_and_insured_persons() -> None:
    rows = [row for session in first_rows() for row in session]
    modifiers = Counter(modifier for row in rows for modifier in row.line.modifiers)
    units = {row.line.ndc_unit for row in rows if row.line.ndc}
    registered = [session[0].session.registration for session in first_rows()]
    assert modifiers["JW"] > 20
    assert modifiers["JZ"] > 100
    assert units >= {"", "UN", "ML", "ME"}
    assert sum(len(known.diagnoses) > 1 for known in registered) > 100
    assert sum(bool(known.pointers) for known in registered) > 50
    assert {known.insured.relation for known in registered if known.insured} == {"spouse", "child", "other"}


def test_what_is_put_right_later_goes_out_as_corrections() -> None:
    actions = Counter(rows[0].action for rows in correction_rows())
    assert actions == {Action.REPLACE: len(REPLACED), Action.VOID: len(TAKEN_BACK)}


def test_the_month_is_the_same_each_time() -> None:
    shorter, longer = (list(signed_month(sessions).journal.since(0)) for sessions in (11, 12))
    assert len(shorter) > 100
    assert shorter == longer[: len(shorter)]
