"""What stands in for parts of Python that a browser lacks."""

from __future__ import annotations

import hashlib
import sys
from types import ModuleType, SimpleNamespace

import pytest

from asgi_docs.runtime.absent import passwords, servers, sockets
from asgi_docs.runtime.absent.errors import NotInABrowser


@pytest.mark.parametrize("name", ["sha1", "sha256", "sha512"])
@pytest.mark.parametrize("length", [None, 1, 20, 64, 150])
@pytest.mark.parametrize("password", [b"", b"secret", b"x" * 200])
def test_pbkdf2_is_that_of_openssl(name: str, length: int | None, password: bytes) -> None:
    module = ModuleType("hashlib")
    passwords.patch_hashlib(module)
    ours = module.pbkdf2_hmac(name, password, b"salt", 7, length)
    assert ours == hashlib.pbkdf2_hmac(name, password, b"salt", 7, length)


def test_scrypt_says_what_to_use_instead() -> None:
    module = ModuleType("hashlib")
    passwords.patch_hashlib(module)
    with pytest.raises(NotInABrowser, match=r"use hashlib\.pbkdf2_hmac\(\) instead"):
        module.scrypt(b"secret", salt=b"salt", n=2, r=8, p=1)


def test_what_hashlib_has_is_left_alone() -> None:
    module = ModuleType("hashlib")
    module.pbkdf2_hmac = module.scrypt = print
    passwords.patch_hashlib(module)
    assert module.pbkdf2_hmac is module.scrypt is print


def test_running_a_server_is_harmless_and_told(capsys: pytest.CaptureFixture[str]) -> None:
    module = ModuleType("uvicorn.main")
    module.run = lambda app: sys.exit("it ran")
    servers.PATCHES["uvicorn.main"](module)
    module.run("main:app")
    assert capsys.readouterr().err == (
        "uvicorn.run() did nothing: this page serves the app itself.\n"
    )


def test_a_server_that_is_no_longer_there_is_no_error() -> None:
    servers.PATCHES["uvicorn.server"](ModuleType("uvicorn.server"))


def test_a_socket_says_where_it_cannot_connect_to() -> None:
    module = ModuleType("socket")
    module.socket = SimpleNamespace()
    sockets.patch(module)
    with pytest.raises(OSError, match=r"cannot connect to example\.com:80, since a page"):
        module.socket.connect(None, ("example.com", 80))
