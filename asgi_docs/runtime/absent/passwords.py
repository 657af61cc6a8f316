"""Key derivation without OpenSSL: Pyodide's `hashlib` has neither PBKDF2 nor scrypt."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, NoReturn

from .errors import NotInABrowser

if TYPE_CHECKING:
    from types import ModuleType

ITERATIONS = 20_000
"""Of hashes that are made in the browser: 50 ms. What they protect lives in the reader's own tab,
and the millions that OpenSSL manages in that time would take seconds here."""


def patch_hashlib(module: ModuleType) -> None:
    """Add the functions that are missing."""
    if not hasattr(module, "pbkdf2_hmac"):
        module.pbkdf2_hmac = _pbkdf2_hmac  # type: ignore[attr-defined]
    if not hasattr(module, "scrypt"):
        module.scrypt = _scrypt  # type: ignore[attr-defined]


def patch_django(module: ModuleType) -> None:
    """New hashes are cheap; hashes made elsewhere are verified with the iterations they name."""
    module.PBKDF2PasswordHasher.iterations = ITERATIONS


def patch_werkzeug(module: ModuleType) -> None:
    """New hashes are PBKDF2, not scrypt, unless the app names a method."""
    generate = module.generate_password_hash

    @functools.wraps(generate)
    def generate_password_hash(
        password: str, method: str = f"pbkdf2:sha256:{ITERATIONS}", salt_length: int = 16
    ) -> str:
        hashed: str = generate(password, method, salt_length)
        return hashed

    module.generate_password_hash = generate_password_hash  # type: ignore[attr-defined]


def _pbkdf2_hmac(
    hash_name: str, password: Any, salt: Any, iterations: int, dklen: int | None = None
) -> bytes:
    """PBKDF2 with HMAC (RFC 8018), about 2 microseconds for an iteration."""
    import hashlib

    if iterations < 1:
        raise ValueError("iteration value must be greater than 0.")
    if dklen is not None and dklen < 1:
        raise ValueError("key length must be greater than 0.")
    new = functools.partial(hashlib.new, hash_name)
    block = new().block_size
    key = bytes(password)
    key = (key if len(key) <= block else new(key).digest()).ljust(block, b"\0")
    inner, outer = new(bytes(each ^ 0x36 for each in key)), new(bytes(each ^ 0x5C for each in key))
    derived = b""
    dklen = dklen or new().digest_size
    while len(derived) < dklen:
        number = len(derived) // new().digest_size + 1
        derived += _derive_block(inner, outer, bytes(salt) + number.to_bytes(4, "big"), iterations)
    return derived[:dklen]


def _derive_block(inner: Any, outer: Any, message: bytes, iterations: int) -> bytes:
    # Twice a million times: bound methods, and nothing called that need not be.
    copy_inner, copy_outer, number_of = inner.copy, outer.copy, int.from_bytes
    total = 0
    for _ in range(iterations):
        first = copy_inner()
        first.update(message)
        second = copy_outer()
        second.update(first.digest())
        message = second.digest()
        total ^= number_of(message, "big")
    return total.to_bytes(len(message), "big")


def _scrypt(*_: object, **__: object) -> NoReturn:
    raise NotInABrowser(
        "hashlib.scrypt() is not in the browser's Python, and would take minutes there: "
        "use hashlib.pbkdf2_hmac() instead."
    )
