"""A display counts when something answers there."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from desktop_app.commands.display import has_display

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a display")
SERVERS = socket.SOMAXCONN
NUMBER = 3000 + os.getpid() % 1000
"""A display of this run alone."""


@pytest.fixture
def server() -> Iterator[socket.socket]:
    with closing(socket.socket(socket.AF_UNIX)) as listening:
        yield listening


@pytest.mark.parametrize("form", [":{}", ":{}.0", "unix:{}", "unix/:{}"])
def test_an_x_server_is_found_by_its_socket(server: socket.socket, form: str) -> None:
    name = form.format(NUMBER)
    assert not has_display({"DISPLAY": name})
    server.bind(f"\0/tmp/.X11-unix/X{NUMBER}")
    server.listen(SERVERS)
    assert has_display({"DISPLAY": name})


def test_an_x_server_on_another_host_is_found_by_its_port() -> None:
    with closing(socket.create_server(("127.0.0.1", 6000 + NUMBER))):
        assert has_display({"DISPLAY": f"127.0.0.1:{NUMBER}.0"})
    assert not has_display({"DISPLAY": f"127.0.0.1:{NUMBER}.0"})


def test_a_wayland_server_is_found_in_its_folder(server: socket.socket, tmp_path: Path) -> None:
    server.bind(str(tmp_path / "w-1"))
    server.listen(SERVERS)
    assert has_display({"WAYLAND_DISPLAY": "w-1", "XDG_RUNTIME_DIR": str(tmp_path)})
    assert has_display({"WAYLAND_DISPLAY": str(tmp_path / "w-1")})
    assert not has_display({"WAYLAND_DISPLAY": "w-2", "XDG_RUNTIME_DIR": str(tmp_path)})


@pytest.mark.parametrize("name", ["", "nonsense", ":", ":x", "no/such:thing:9", "/no/such.socket:0"])
def test_a_name_that_is_none_is_no_display(name: str) -> None:
    assert not has_display({"DISPLAY": name})
