"""The faults that can be planted in a module: small slips of the kind people make.

A fault has a name that stays when lines move: the function it is in and what it changes into what.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
SUMS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
OPPOSITES = {"min": "max", "max": "min", "any": "all", "all": "any"}
SAID_BY_THEMSELVES = (ast.Compare, ast.BoolOp, ast.UnaryOp, ast.Constant)
"""Conditions that are changed from inside."""
TYPES_ALONE = {"annotation", "returns", "decorator_list", "bases", "keywords_of_class"}
"""Fields that say what a thing is, and do nothing."""


@dataclass(frozen=True, eq=False)
class Fault:
    """One thing changed: where, into what, and what to call it."""

    function: str
    """The function or method it is in, as ``Class.method``; empty for a table of the module."""
    change: str
    line: int
    top: ast.stmt
    """The statement of the module it stands in."""
    holder: ast.AST
    field: str
    index: int | None
    new: ast.AST | None

    def plant(self) -> None:
        """Change the tree for good: a fork is thrown away."""
        if self.index is None:
            setattr(self.holder, self.field, self.new)
        elif self.new is None:
            del getattr(self.holder, self.field)[self.index]
            if isinstance(self.holder, ast.Dict):
                del self.holder.values[self.index]
        else:
            getattr(self.holder, self.field)[self.index] = self.new


@dataclass(frozen=True)
class _Spot:
    """Where the walk is."""

    function: str
    top: ast.stmt
    line: int
    inside: bool
    """Whether it is inside a function, and so runs when that is called."""


def faults_in(tree: ast.Module) -> list[Fault]:
    """Return every fault that can be planted in a module, each under a name of its own."""
    found: list[Fault] = []
    seen: Counter[tuple[str, str]] = Counter()
    for place, top in enumerate(tree.body):
        spot = _Spot("", top, top.lineno, inside=False)
        for fault in _here(tree, "body", place, top, spot):
            seen[fault.function, fault.change] += 1
            nth = seen[fault.function, fault.change]
            found.append(fault if nth == 1 else replace(fault, change=f"{fault.change} ({nth})"))
    return found


def _here(holder: ast.AST, field: str, index: int | None, node: ast.AST, spot: _Spot) -> Iterator[Fault]:
    if _left_alone(node, spot):
        return
    spot = _deeper(node, spot)
    for new, words in _changes(holder, field, node, spot):
        change = f"{ast.unparse(node)} -> {words or (ast.unparse(new) if new else 'nothing')}"
        yield Fault(spot.function, change, spot.line, spot.top, holder, field, index, new)
    for name, value in ast.iter_fields(node):
        if name in TYPES_ALONE:
            continue
        if isinstance(value, ast.AST):
            yield from _here(node, name, None, value, spot)
        elif isinstance(value, list):
            for place, item in enumerate(value):
                if isinstance(item, ast.AST):
                    yield from _here(node, name, place, item, spot)


def _deeper(node: ast.AST, spot: _Spot) -> _Spot:
    if isinstance(node, ast.stmt):
        spot = replace(spot, line=node.lineno)
    if spot.inside or not isinstance(node, ast.FunctionDef | ast.ClassDef):
        return spot
    name = f"{spot.function}.{node.name}".removeprefix(".")
    return replace(spot, function=name, inside=isinstance(node, ast.FunctionDef))


def _left_alone(node: ast.AST, spot: _Spot) -> bool:
    match node:
        case ast.Import() | ast.ImportFrom() | ast.Expr(value=ast.Constant()):
            return True
        case ast.Assign(value=ast.Call(func=ast.Name(id="TypeVar"))):
            return True
        case ast.Assign(value=ast.Subscript()) if not spot.inside:
            return True  # the name of a type
        case ast.stmt() if not spot.inside and isinstance(spot.top, ast.ClassDef):
            return not isinstance(node, ast.FunctionDef | ast.ClassDef)
    return False


Change = tuple[ast.AST | None, str]
"""What stands there instead, nothing for a thing left out; and how to say it where that is not plain."""


def _changes(holder: ast.AST, field: str, node: ast.AST, spot: _Spot) -> Iterator[Change]:
    if isinstance(node, ast.stmt):
        yield from _of_statement(node)
    elif isinstance(node, ast.expr):
        yield from _of_expression(holder, field, node)
        yield from _of_condition(holder, field, node)
        if not spot.inside and _is_entry(holder, field):
            yield None, ""
    elif isinstance(node, ast.keyword) and isinstance(holder, ast.Call):
        yield None, ""


def _is_entry(holder: ast.AST, field: str) -> bool:
    """Say whether a node is an entry of a table; a dict's entry is left out by its key."""
    return (isinstance(holder, ast.Dict) and field == "keys") or (
        isinstance(holder, ast.Set | ast.Tuple | ast.List) and field == "elts"
    )


def _of_statement(node: ast.stmt) -> Iterator[Change]:
    match node:
        case ast.Raise(exc=ast.expr() as made):
            yield ast.Expr(made), "made and not raised"
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=owner))):
            yield ast.Expr(owner), ""
        case ast.Expr() | ast.Raise() | ast.Return(value=None):
            yield ast.Pass(), ""
        case ast.Assign(targets=[ast.Attribute() | ast.Subscript()]):
            yield ast.Pass(), ""
        case ast.AugAssign(op=op):
            yield ast.Pass(), ""
            if type(op) in SUMS:
                yield ast.AugAssign(node.target, SUMS[type(op)](), node.value), ""
        case ast.Continue():
            yield ast.Break(), ""
        case ast.Break():
            yield ast.Continue(), ""


def _of_expression(holder: ast.AST, field: str, node: ast.expr) -> Iterator[Change]:
    match node:
        case ast.Compare(ops=ops):
            yield from _of_chain(node, ops)
        case ast.BoolOp(op=op, values=values):
            yield ast.BoolOp(ast.Or() if isinstance(op, ast.And) else ast.And(), values), ""
            for place in range(len(values)):
                yield _one_less(op, values, place), ""
        case ast.UnaryOp(op=ast.Not() | ast.USub(), operand=operand):
            yield operand, ""
        case ast.BinOp(op=op) if type(op) in SUMS:
            yield ast.BinOp(node.left, SUMS[type(op)](), node.right), ""
        case ast.IfExp(body=body, orelse=orelse):
            yield body, ""
            yield orelse, ""
        case ast.Name(id=name) if name in OPPOSITES and field == "func":
            yield ast.Name(OPPOSITES[name], ast.Load()), ""
        case ast.Constant(value=value) if not _is_type(holder, field):
            yield from ((ast.Constant(new), "") for new in _other_values(value))


def _of_chain(node: ast.Compare, ops: list[ast.cmpop]) -> Iterator[Change]:
    for place, op in enumerate(ops):
        for new in COMPARISONS[type(op)]:
            yield ast.Compare(node.left, [*ops[:place], new(), *ops[place + 1 :]], node.comparators), ""


def _one_less(op: ast.boolop, values: list[ast.expr], place: int) -> ast.expr:
    others = [*values[:place], *values[place + 1 :]]
    return others[0] if len(others) == 1 else ast.BoolOp(op, others)


def _is_type(holder: ast.AST, field: str) -> bool:
    """Say whether a text names a type: the first word of a ``cast``."""
    return isinstance(holder, ast.Call) and field == "args" and ast.unparse(holder.func) == "cast"


def _other_values(value: object) -> Iterator[bool | int | str]:
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int):
        yield value + 1
        yield value - 1
    elif isinstance(value, str):
        yield "XX" if value == "" else ""


def _of_condition(holder: ast.AST, field: str, node: ast.expr) -> Iterator[Change]:
    """Turn round a condition that is a bare name or call, and let everything through a filter."""
    if (
        field == "test"
        and isinstance(holder, ast.If | ast.While)
        and not isinstance(node, SAID_BY_THEMSELVES)
    ):
        yield ast.UnaryOp(ast.Not(), node), ""
    if field == "ifs" and isinstance(holder, ast.comprehension):
        yield ast.Constant(value=True), ""
