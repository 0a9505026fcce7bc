"""The dataclass of this house: the standard library's, made when its first value is made.

The standard library writes and compiles six methods for every class while its module is loaded,
half a millisecond a class. The window loads well over a hundred and draws its first picture with
half of them. So a class waits for its first value, or for somebody who asks for its fields; and
only ``__init__`` is compiled for it, what is the same for all of them stands here. Even that waits
until a class has made a few values, since most make one or two: those are set field by field.

``fields``, ``replace`` and ``asdict`` of the standard library work as ever, and for the type
checker a class is a dataclass of the standard library. It always has slots; it is not pickled.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, Field, FrozenInstanceError
from inspect import get_annotations
from operator import attrgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(
        *, slots: bool, frozen: bool = False, eq: bool = True, kw_only: bool = False
    ) -> Callable[[type], type]:
        """Return what makes a class of values with slots, chosen as for ``dataclasses.dataclass``."""
        if not slots:
            message = "a class without slots is made by dataclasses.dataclass"
            raise TypeError(message)
        methods = {"__repr__": _repr} | (_FROZEN if frozen else {}) | (_EQUAL[frozen] if eq else {})
        return lambda kind: _promised(kind, methods, kw_only=kw_only)


__all__ = ["dataclass"]

_FIELDS = "__dataclass_fields__"
_BY_HAND = 32
"""So many values take as long to set field by field as an ``__init__`` to compile."""
_VALUES = "__compared_values__"


def _promised(kind: type, methods: Mapping[str, Any], *, kw_only: bool) -> type:
    """Return a class anew with slots for its fields, and the promise of what depends on them."""
    names = [name for name, hint in get_annotations(kind).items() if "ClassVar" not in hint]
    own = {name: value for name, value in vars(kind).items() if name not in {"__dict__", "__weakref__"}}
    defaults = {name: own.pop(name) for name in names if name in own}
    promise = _Promise(defaults, kw_only=kw_only)
    promised = {"__slots__": tuple(names), "__init__": promise.first(), _FIELDS: promise}
    made = type(kind)(kind.__name__, kind.__bases__, {**methods, **own, **promised})
    made.__qualname__ = kind.__qualname__
    made.__doc__ = kind.__doc__ or kind.__name__
    promise.kind = made
    return made


class _Promise:
    """Stands in a class where its fields will be."""

    kind: type

    def __init__(self, defaults: Mapping[str, object], *, kw_only: bool) -> None:
        self._defaults = defaults
        self._kw_only = kw_only
        self._left = _BY_HAND

    def first(self) -> Callable[..., None]:
        """Return the ``__init__`` of the first values; those after them have one that is compiled."""
        given_fields: list[Field[Any]] = []

        def make_first(value: object, *given: object, **named: object) -> None:
            kind, self._left = self.kind, self._left - 1
            if not given_fields:
                given_fields.extend(field for field in dataclasses.fields(kind) if field.init)
            if self._left > 0 and _set_by_hand(value, given_fields, given, named):
                if after := getattr(value, "__post_init__", None):
                    after()
                return
            kind.__init__ = _init(kind, given_fields)  # type: ignore[misc]
            kind.__init__(value, *given, **named)  # type: ignore[misc]  # the class's own by now

        return make_first

    def __get__(self, _value: object, _kind: type) -> object:
        self._keep()
        return getattr(self.kind, _FIELDS)

    def _keep(self) -> None:
        """Find the fields, as the standard library does, and make what depends on them."""
        kind = self.kind
        slots = {name: vars(kind)[name] for name in self._defaults}
        for name, default in self._defaults.items():
            setattr(kind, name, default)
        dataclasses.dataclass(init=False, repr=False, eq=False, kw_only=self._kw_only)(kind)
        for name, slot in slots.items():
            setattr(kind, name, slot)
        fields = dataclasses.fields(kind)
        compared = [field.name for field in fields if field.compare]
        setattr(kind, _VALUES, attrgetter(*compared) if compared else lambda _: ())


def _set_by_hand(
    value: object, fields: Sequence[Field[Any]], given: tuple[object, ...], named: Mapping[str, object]
) -> bool:
    """Set the fields of a new value; return whether what was given fits, which the compiled one tells of."""
    by_place = [field.name for field in fields if not field.kw_only]
    told = {**dict(zip(by_place, given, strict=False)), **named}
    if len(told) != len(given) + len(named):
        return False
    for field in fields:
        new = told.pop(field.name, field.default)
        if new is MISSING:
            if field.default_factory is MISSING:
                return False
            new = field.default_factory()
        object.__setattr__(value, field.name, new)
    return not told


def _init(kind: type, given: Sequence[Field[Any]]) -> Callable[..., None]:
    """Return the ``__init__`` for the fields it is given: by place first, then by keyword.

    A field it is not given is for ``__post_init__`` to set.
    """
    known: dict[str, object] = {"_set": object.__setattr__, "_MISSING": MISSING}
    by_word = [field for field in given if field.kw_only]
    told = [_told(field, known) for field in given if not field.kw_only]
    told += ["*"] * bool(by_word) + [_told(field, known) for field in by_word]
    does = [f"_set(self, {field.name!r}, {_given(field, known)})" for field in given]
    does += ["self.__post_init__()"] * hasattr(kind, "__post_init__")
    text = f"def __init__({', '.join(['self', *told])}):\n " + "\n ".join(does or ["pass"])
    exec(text, known)  # noqa: S102 - nothing but the names of fields is in it
    made: Callable[..., None] = known["__init__"]  # type: ignore[assignment]  # the text says so
    made.__qualname__ = f"{kind.__qualname__}.__init__"
    return made


def _told(field: Field[Any], known: dict[str, object]) -> str:
    """Return a field as it stands among the parameters."""
    if field.default is not MISSING:
        known[f"_default_{field.name}"] = field.default
        return f"{field.name}=_default_{field.name}"
    return field.name if field.default_factory is MISSING else f"{field.name}=_MISSING"


def _given(field: Field[Any], known: dict[str, object]) -> str:
    """Return the value a field gets."""
    if field.default_factory is MISSING:
        return field.name
    known[f"_new_{field.name}"] = field.default_factory
    return f"_new_{field.name}() if {field.name} is _MISSING else {field.name}"


def _repr(value: Any) -> str:  # noqa: ANN401 - a value of any of these classes
    shown = [field.name for field in dataclasses.fields(value) if field.repr]
    told = ", ".join(f"{name}={getattr(value, name)!r}" for name in shown)
    return f"{type(value).__qualname__}({told})"


def _eq(value: object, other: object) -> Any:  # noqa: ANN401 - a truth or NotImplemented
    kind = value.__class__
    if other.__class__ is not kind:
        return NotImplemented
    values = getattr(kind, _VALUES)
    return values(value) == values(other)


def _hash(value: object) -> int:
    return hash(getattr(type(value), _VALUES)(value))


def _may_not_set(value: object, name: str, _new: object) -> None:
    message = f"cannot assign to field {name!r} of {type(value).__qualname__}"
    raise FrozenInstanceError(message)


def _may_not_delete(value: object, name: str) -> None:
    message = f"cannot delete field {name!r} of {type(value).__qualname__}"
    raise FrozenInstanceError(message)


_FROZEN = {"__setattr__": _may_not_set, "__delattr__": _may_not_delete}
_EQUAL = {True: {"__eq__": _eq, "__hash__": _hash}, False: {"__eq__": _eq, "__hash__": None}}
"""By whether the class is frozen: what can change has no hash."""
