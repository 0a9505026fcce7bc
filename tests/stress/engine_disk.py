"""The disk as the database's engine sees it: each write, truncation and flush is seen, and may fail.

The engine reaches files through a table of functions (SQLite calls it a VFS) and lets another be put in
its place. This one is put under the very engine the program uses, found among what its module
exports, and hands every call on; no compiler is needed. Where the module exports nothing, ``engine_disk``
fails and says so: what was not seen is not proven.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ctypes import CFUNCTYPE, POINTER, Structure, addressof, byref, c_char_p, c_int, c_int64, c_void_p
from pathlib import Path
from typing import Any, NamedTuple

from sqlcipher3 import _sqlite3  # type: ignore[import-untyped]

OK = 0
FULL = 13
FLUSH_FAILED = 1034
_OPENED_FOR_WRITING = 0x2

_Open = CFUNCTYPE(c_int, c_void_p, c_void_p, c_void_p, c_int, POINTER(c_int))
_Delete = CFUNCTYPE(c_int, c_void_p, c_char_p, c_int)
_Close = CFUNCTYPE(c_int, c_void_p)
_Write = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)
_Truncate = CFUNCTYPE(c_int, c_void_p, c_int64)
_Sync = CFUNCTYPE(c_int, c_void_p, c_int)


class _Vfs(Structure):
    """``sqlite3_vfs``, as far as it is read here; the rest is carried along as it is."""

    _fields_ = (
        ("version", c_int),
        ("file_size", c_int),
        ("longest_path", c_int),
        ("following", c_void_p),
        ("name", c_char_p),
        ("data", c_void_p),
        ("open", c_void_p),
        ("delete", c_void_p),
        ("others", c_void_p * 13),
    )


class _Methods(Structure):
    """``sqlite3_io_methods``: what can be done with an open file."""

    _fields_ = (
        ("version", c_int),
        ("close", c_void_p),
        ("read", c_void_p),
        ("write", c_void_p),
        ("truncate", c_void_p),
        ("sync", c_void_p),
        ("others", c_void_p * 13),
    )


class Op(NamedTuple):
    """One thing the engine asked of the disk, or a mark that somebody set between two of them."""

    what: str
    """write, truncate, sync, delete or mark."""
    file: str = ""
    at: int = 0
    """Where it is written; to what size it is truncated; whether a name is flushed; the number of a mark."""
    content: bytes = b""


Allow = Callable[[Op], int]
"""Returns the code with which the disk answers before anything is done; OK lets it be done."""


class EngineDisk:
    """Records what the engine asks of the disk while it stands in its place."""

    def __init__(self, library: ctypes.CDLL) -> None:
        self.ops: list[Op] = []
        self.allow: Allow = lambda _: OK
        self._library = library
        self._names: dict[int, str] = {}
        self._methods: dict[int, _Methods] = {}
        self._kept: list[object] = []
        """What the engine holds a bare address of must not be collected."""
        self._usual = _Vfs.from_address(library.sqlite3_vfs_find(None))
        self._own = _Vfs.from_buffer_copy(self._usual)
        self._own.name = b"seen"
        self._own.open = self._address(_Open(self._opened))
        self._own.delete = self._address(_Delete(self._deleted))

    def stand_in(self) -> None:
        """Serve every connection that is opened from now on."""
        assert self._library.sqlite3_vfs_register(byref(self._own), 1) == OK

    def step_back(self) -> None:
        """Let the usual disk serve again."""
        self._library.sqlite3_vfs_register(byref(self._usual), 1)
        self._library.sqlite3_vfs_unregister(byref(self._own))

    def mark(self, number: int) -> None:
        """Note that something was answered just now."""
        self.ops.append(Op("mark", at=number))

    def _address(self, function: object) -> int:
        self._kept.append(function)
        return ctypes.cast(function, c_void_p).value or 0  # type: ignore[arg-type]

    def _opened(self, _vfs: int, name: int, file: int, flags: int, out: Any) -> int:  # noqa: ANN401 - a pointer
        code: int = _Open(self._usual.open)(addressof(self._usual), name, file, flags, out)
        methods = c_void_p.from_address(file)
        if code == OK and methods.value and name:
            self._names[file] = Path(ctypes.string_at(name).decode()).name
            methods.value = addressof(self._seeing(methods.value))
        return code

    def _deleted(self, _vfs: int, name: bytes, flush: int) -> int:
        op = Op("delete", Path(name.decode()).name, flush)
        if code := self.allow(op):
            return code
        self.ops.append(op)
        done: int = _Delete(self._usual.delete)(addressof(self._usual), name, flush)
        return done

    def _seeing(self, address: int) -> _Methods:
        """Return a file's usual functions with those replaced that change the disk."""
        if address not in self._methods:
            usual = _Methods.from_address(address)
            own = _Methods.from_buffer_copy(usual)
            write, truncate, sync = _Write(usual.write), _Truncate(usual.truncate), _Sync(usual.sync)

            def written(file: int, content: int, size: int, at: int) -> int:
                op = Op("write", self._names[file], at, ctypes.string_at(content, size))
                return self._done(op, lambda: write(file, content, size, at))

            def truncated(file: int, size: int) -> int:
                return self._done(Op("truncate", self._names[file], size), lambda: truncate(file, size))

            def synced(file: int, flags: int) -> int:
                return self._done(Op("sync", self._names[file]), lambda: sync(file, flags))

            own.write = self._address(_Write(written))
            own.truncate = self._address(_Truncate(truncated))
            own.sync = self._address(_Sync(synced))
            self._methods[address] = own
        return self._methods[address]

    def _done(self, op: Op, do: Callable[[], int]) -> int:
        if code := self.allow(op):
            return code
        self.ops.append(op)
        return do()


@contextmanager
def engine_disk() -> Iterator[EngineDisk]:
    """Put a disk that is seen under the program's engine for as long as the block runs."""
    library = ctypes.CDLL(_sqlite3.__file__)
    assert hasattr(library, "sqlite3_vfs_register"), "the engine exports no VFS here, so nothing can be seen"
    library.sqlite3_vfs_find.restype = c_void_p
    disk = EngineDisk(library)
    disk.stand_in()
    try:
        yield disk
    finally:
        disk.step_back()
