"""Putting a fault into the running program: code swapped, tables built anew, nothing remembered."""

from __future__ import annotations
import __future__

import ast
import gc
import sys
from collections.abc import Iterator
from functools import _lru_cache_wrapper
from types import CodeType, FunctionType, ModuleType

from mutation.faults import Fault

READ_ONCE = (
    "citing",
    "code_map_text",
    "drug_table",
    "options",
    "profile_text",
    "roles",
    "rule_names",
    "rulebook_text",
    "toml_lines",
    "toml_text",
)
"""Modules that made the rulebook the tests hold; a fault in one of them needs a rulebook made by it."""


class CannotBePlanted(Exception):
    """A function shares other names with its surroundings once the fault is in it."""


class Subject:
    """A module under test: its tree, and the functions of it that live in this process."""

    def __init__(self, module: ModuleType) -> None:
        self.module = module
        self.file = module.__file__ or ""
        with open(self.file, encoding="utf-8") as text:  # noqa: PTH123 - a path as Python holds it
            self.tree = ast.parse(text.read())
        self.functions: list[FunctionType] = []

    def look_for_functions(self) -> None:
        """Find the functions, also those made by others, that run this module's code."""
        self.functions = [
            thing
            for thing in gc.get_objects()
            if type(thing) is FunctionType and thing.__code__.co_filename == self.file
        ]

    def plant(self, fault: Fault) -> None:
        """Make the running program behave as if the source had the fault."""
        fault.plant()
        ast.fix_missing_locations(self.tree)
        if fault.function:
            self._swap_code()
            self._swap_defaults(fault)
        else:
            self._build_tables(fault)
        forget()
        if self.module.__name__.rpartition(".")[2] in READ_ONCE:
            _read_again()

    def _swap_code(self) -> None:
        codes = {(code.co_qualname, code.co_firstlineno): code for code in _codes(self._compiled(self.tree))}
        for function in self.functions:
            old = function.__code__
            new = codes.get((old.co_qualname, old.co_firstlineno))
            if new is not None and len(new.co_freevars) != len(old.co_freevars):
                raise CannotBePlanted(old.co_qualname)
            if new is not None:
                function.__code__ = new

    def _swap_defaults(self, fault: Fault) -> None:
        if not isinstance(fault.top, ast.FunctionDef) or fault.top.decorator_list:
            return
        world = dict(vars(self.module))
        exec(self._compiled(ast.Module([fault.top], [])), world)  # noqa: S102 - the program's own code
        made, lives = world[fault.top.name], vars(self.module)[fault.top.name]
        lives.__defaults__, lives.__kwdefaults__ = made.__defaults__, made.__kwdefaults__

    def _build_tables(self, fault: Fault) -> None:
        """Run the faulty statement, and those after it that stand on what it made."""
        world, changed = vars(self.module), set[str]()
        for statement in self.tree.body[self.tree.body.index(fault.top) :]:
            names = {node.id for node in ast.walk(statement) if isinstance(node, ast.Name)}
            builds = isinstance(statement, ast.Assign | ast.AnnAssign)
            if statement is fault.top or (builds and names & changed):
                before = dict(world)
                exec(self._compiled(ast.Module([statement], [])), world)  # noqa: S102 - as above
                new = {name for name, value in world.items() if before.get(name) is not value}
                for name in new & before.keys():
                    _replace_everywhere(name, before[name], world[name])
                changed |= new

    def _compiled(self, tree: ast.Module) -> CodeType:
        flags = __future__.annotations.compiler_flag
        code: CodeType = compile(tree, self.file, "exec", flags=flags, dont_inherit=True)
        return code


def _codes(code: CodeType) -> Iterator[CodeType]:
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield inner
            yield from _codes(inner)


def _rooms() -> list[ModuleType]:
    """Return the modules of the program and of its tests that are loaded."""
    return [
        module for name, module in list(sys.modules.items()) if name.split(".")[0] in {"desktop_app", "tests"}
    ]


def _replace_everywhere(name: str, old: object, new: object) -> None:
    for module in _rooms():
        if vars(module).get(name) is old:
            setattr(module, name, new)


def forget() -> None:
    """Empty what the program remembers of earlier answers."""
    for module in _rooms():
        for thing in list(vars(module).values()):
            if isinstance(thing, _lru_cache_wrapper):
                thing.cache_clear()


def _read_again() -> None:
    """Read the rulebook anew and hand it to every test that holds the old one."""
    given, files = sys.modules["tests.coding.given"], sys.modules["desktop_app.rulebook_files"]
    _replace_everywhere("RULES", given.RULES, files.load_standard())
