"""Run by test_boot.py where cold files stay away until they are opened: nobody sees that."""

import importlib.metadata
import inspect
import json
import linecache
import mmap
import os
import pkgutil
from pathlib import Path

import fastapi
import pydantic_core

package = Path(fastapi.__file__).parent
metadata = importlib.metadata.distribution("pydantic-core")
native = Path(pydantic_core._pydantic_core.__file__)

# Each of these is the first to open a file of its layer's cold part, where it can be.
sizes_differ = [
    str(path)
    for folder in (package, Path(json.__file__).parent)
    for path in sorted(folder.rglob("*"))
    if path.is_file() and path.stat().st_size != len(path.read_bytes())
]
starlette = Path(importlib.metadata.distribution("starlette").locate_file("starlette"))
with (starlette / "testclient.py").open("r+b") as file:
    mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)[:20].decode()
os.truncate(starlette / "status.py", 5)
with (starlette / "types.py").open("a") as file:
    file.write("# appended")

json.dumps(
    {
        "sizes differ": sizes_differ,
        "source": inspect.getsource(fastapi.FastAPI).splitlines()[0],
        "line": linecache.getline(inspect.getsourcefile(json.dumps) or "", 1),
        "modules": {name for _, name, _ in pkgutil.iter_modules(fastapi.__path__)}
        >= {"security", "cli", "websockets"},
        "listed": package / "applications.py" in package.iterdir(),
        "licence": any("LICENSE" in str(path) for path in metadata.files or [])
        or bool(list(native.parents[1].glob("pydantic_core-*/licenses/*"))),
        "magic of the extension": native.read_bytes()[:4].decode("latin-1"),
        "mapped": mapped,
        "truncated": (starlette / "status.py").read_text(),
        "appended": (starlette / "types.py").read_text()[-10:],
        "cold imports": __import__("xml.dom.minidom").dom.minidom.parseString("<a/>").toxml(),
    }
)
