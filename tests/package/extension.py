"""An extension module for Pyodide that needs a shared library, as wheels carry them.

The library is `int answer(void) { return 42; }`; the module is called `native`, and its function
`ask()` returns what the library says. They were compiled by clang for `wasm32-emscripten` with
`-fPIC -O2 -mcpu=mvp+mutable_globals`, and linked by `wasm-ld --experimental-pic -shared -s`, the
module with `--rpath=$ORIGIN/../native.libs`.
"""

from base64 import b64decode

EXTENSION = b64decode("""
AGFzbQEAAAAAOQhkeWxpbmsuMAEEcAQBAAIOAQxsaWJhbnN3ZXIuc28FGAEWJE9SSUdJTi8uLi9u
YXRpdmUubGlicwETBGACf38Bf2AAAX9gAX8Bf2AAAAKUAQcDZW52Bm1lbW9yeQIAAQNlbnYZX19p
bmRpcmVjdF9mdW5jdGlvbl90YWJsZQFwAAEDZW52DV9fbWVtb3J5X2Jhc2UDfwADZW52DF9fdGFi
bGVfYmFzZQN/AANlbnYQUHlNb2R1bGVfQ3JlYXRlMgAAA2VudgZhbnN3ZXIAAQNlbnYPUHlMb25n
X0Zyb21Mb25nAAIDBQQDAwEABywCDVB5SW5pdF9uYXRpdmUABRhfX3dhc21fYXBwbHlfZGF0YV9y
ZWxvY3MABAkHAQAjAQsBBgpmBAIACzkAQSQjAGojAEEEajYCAEEwIwBqIwBB0ABqNgIAQdAAIwBq
IwBBAGo2AgBB1AAjAGojAUEAajYCAAsYACOAgICAAEGQgICAAGpB9QcQgICAgAALDgAQgYCAgAAQ
goCAgAALC3YBACMAC3Bhc2sAbmF0aXZlAAAAAAAAAQAAAAAAAAAAAAAAAAAAAAAAAAAEAAAAAAAA
AP////9QAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABAAAAAAAAAAAAAAA
AAAAAAAAAAAAAAAA
""")
LIBRARY = b64decode("""
AGFzbQEAAAAADwhkeWxpbmsuMAEEAAAAAAEIAmAAAGAAAX8COAMDZW52Bm1lbW9yeQIAAANlbnYN
X19tZW1vcnlfYmFzZQN/AANlbnYMX190YWJsZV9iYXNlA38AAwMCAAEHCgEGYW5zd2VyAAEKCQIC
AAsEAEEqCw==
""")
FILES: dict[str, str | bytes] = {
    "native/__init__.py": "",
    "native/native.cpython-314-wasm32-emscripten.so": EXTENSION,
    "native.libs/libanswer.so": LIBRARY,
}
