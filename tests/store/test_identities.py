"""Names that sort as they were made and never meet again."""

from __future__ import annotations

import uuid

from desktop_app.core.ports import Identities
from desktop_app.store.identities import TimeOrderedIdentities


def test_a_name_is_a_uuid_of_version_seven_with_its_millisecond_in_front() -> None:
    names: Identities = TimeOrderedIdentities(lambda: 0x0123_4567_89AB)
    made = uuid.UUID(names.new())
    assert (made.version, made.variant) == (7, uuid.RFC_4122)
    assert made.int >> 80 == 0x0123_4567_89AB
    assert str(made) == str(made).lower()


def test_names_sort_as_they_were_made_even_within_a_millisecond() -> None:
    names = TimeOrderedIdentities(lambda: 1_000)
    made = [names.new() for _ in range(5_000)]
    assert made == sorted(set(made))


def test_a_clock_that_steps_back_does_not_disturb_the_order() -> None:
    hands = iter([5_000, 4_000, 3_000, 6_000])
    names = TimeOrderedIdentities(lambda: next(hands))
    made = [names.new() for _ in range(4)]
    assert made == sorted(set(made))


def test_a_counter_that_runs_out_borrows_the_next_millisecond() -> None:
    names = TimeOrderedIdentities(lambda: 1_000)
    first = names.new()
    names._counter = (1 << 26) - 1  # noqa: SLF001 - 67 million names would take a minute
    second = names.new()
    assert first < second
    assert uuid.UUID(second).int >> 80 == 1_001


def test_two_workstations_do_not_make_the_same_names() -> None:
    one, other = TimeOrderedIdentities(lambda: 1), TimeOrderedIdentities(lambda: 1)
    assert not {one.new() for _ in range(1_000)} & {other.new() for _ in range(1_000)}
