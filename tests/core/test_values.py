"""The house's dataclass is the standard library's in all that is used of it, whenever it is made."""

from __future__ import annotations

import dataclasses
from dataclasses import FrozenInstanceError, field, fields, is_dataclass, replace
from types import MemberDescriptorType
from typing import Any, ClassVar

import pytest

from desktop_app.core.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A value with everything the program's values have."""

    KIND: ClassVar[str] = "moment"

    at_us: int
    how: str = "pressed"
    seen: tuple[str, ...] = ()
    before: Moment | None = field(default=None, repr=False, compare=False)
    notes: list[str] = field(default_factory=list)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Usual:
    """The same, by the standard library."""

    at_us: int
    how: str = "pressed"
    seen: tuple[str, ...] = ()
    before: Usual | None = field(default=None, repr=False, compare=False)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected(Moment):
    KIND: ClassVar[str] = "corrected"

    reason: str


@dataclass(slots=True)
class Book:
    owner: str
    pages: int = 1
    title: str = field(init=False)

    def __post_init__(self) -> None:
        self.title = f"{self.owner}'s"


@dataclass(frozen=True, slots=True, eq=False)
class Itself:
    name: str


@dataclass(frozen=True, slots=True)
class Nothing:
    pass


def test_its_values_are_written_and_compared_as_the_standard_librarys() -> None:
    told: list[dict[str, Any]] = [{"at_us": 1}, {"at_us": 1, "how": "typed", "seen": ("a",), "notes": ["n"]}]
    for one in told:
        assert repr(Moment(**one)) == repr(Usual(**one)).replace("Usual", "Moment")
        assert Moment(**one) == Moment(**one)
    assert Moment(at_us=1) != Moment(at_us=2)
    assert Moment(at_us=1, before=Moment(at_us=0)) == Moment(at_us=1)
    other: object = Usual(at_us=1)
    assert Moment(at_us=1) != other


def test_its_fields_are_the_standard_librarys() -> None:
    told = [(one.name, one.kw_only, one.compare, one.default) for one in fields(Moment)]
    assert told == [(one.name, one.kw_only, one.compare, one.default) for one in fields(Usual)]
    assert is_dataclass(Nothing)
    assert fields(Nothing) == ()
    assert [one.name for one in fields(Corrected)][-1] == "reason"


def test_a_class_is_made_once_whoever_asks_first() -> None:
    @dataclass(frozen=True, slots=True)
    class Late:
        name: str
        size: int = 2

    def own(name: str) -> object:
        return vars(Late)[name]

    first = own("__init__")
    assert Late("a") == Late("a", 2)
    assert own("__init__") is first
    assert isinstance(own("size"), MemberDescriptorType)
    assert {Late(str(number), size=number) for number in range(40)} == {Late(str(n), n) for n in range(40)}
    made = own("__init__")
    assert made is not first
    assert Late("b").size == 2
    assert own("__init__") is made


def test_a_frozen_value_cannot_be_changed_and_can_be_a_key() -> None:
    one = Corrected(at_us=1, reason="typed late", notes=[])
    with pytest.raises(FrozenInstanceError, match="at_us"):
        one.at_us = 2  # type: ignore[misc]  # that is the point
    with pytest.raises(FrozenInstanceError, match="reason"):
        del one.reason
    assert {Nothing(): 1}[Nothing()] == 1
    assert hash(Itself("a")) != hash(Itself("a"))
    assert Itself("a") != Itself("a")
    assert replace(one, at_us=3).at_us == 3
    assert (one.KIND, Moment.KIND) == ("corrected", "moment")


def test_what_can_change_is_compared_and_is_no_key() -> None:
    book = Book("AK")
    book.pages = 4
    assert (book, book.title) == (Book("AK", 4), "AK's")
    with pytest.raises(TypeError, match="unhashable"):
        hash(book)


def test_each_value_has_a_list_of_its_own_and_nothing_but_its_slots() -> None:
    one, other = Moment(at_us=1), Moment(at_us=1)
    one.notes.append("seen")
    assert other.notes == []
    assert not hasattr(one, "__dict__")
    assert vars(Corrected)["__slots__"] == ("reason",)


def test_the_first_values_of_a_class_are_as_those_after_them() -> None:
    @dataclass(slots=True)
    class Page:
        owner: str
        size: int = field(default=2, kw_only=True)
        notes: list[str] = field(default_factory=list)
        title: str = field(init=False)

        def __post_init__(self) -> None:
            self.title = f"{self.owner}'s, {self.size}"

    def pages() -> list[Page]:
        return [Page("AK"), Page(owner="BN"), Page("CB", ["seen"], size=3), Page("DM", size=4)]

    first, *later = [pages() for _ in range(20)]
    assert later == [first] * 19
    assert [page.title for page in first] == ["AK's, 2", "BN's, 2", "CB's, 3", "DM's, 4"]
    first[0].notes.append("seen")
    assert first[1].notes == []


def test_what_does_not_fit_the_first_value_of_a_class_is_refused_as_later() -> None:
    @dataclass(frozen=True, slots=True)
    class Late:
        name: str
        size: int = 2

    make: Any = Late
    for given, named, why in (
        ((), {}, "name"),
        (("a", 1, 2), {}, "positional"),
        (("a",), {"name": "b"}, "multiple values"),
        (("a",), {"colour": 1}, "colour"),
    ):
        with pytest.raises(TypeError, match=why):
            make(*given, **named)


def test_a_field_that_is_not_given_or_not_known_is_refused() -> None:
    with pytest.raises(TypeError, match="reason"):
        Corrected(at_us=1)  # type: ignore[call-arg]  # that is the point
    with pytest.raises(TypeError, match="size"):
        Moment(at_us=1, size=2)  # type: ignore[call-arg]  # that is the point
    with pytest.raises(TypeError, match="positional"):
        Moment(1)  # type: ignore[call-arg]  # that is the point
