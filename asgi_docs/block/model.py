"""The live block, and the name of the environment that it runs in."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from packaging.requirements import Requirement

if TYPE_CHECKING:
    from collections.abc import Mapping

_SLUG_LENGTH = 40


@dataclass(frozen=True)
class LiveBlock:
    """One runnable app in a page.

    Attributes:
        app: import string; after the colon a name, or a factory call such as `make_app()`.
        files: source texts by POSIX path relative to the app's folder.
        requires: normalised requirements, sorted.
        binary_files: the files that are no UTF-8 text, by such paths.
        env: environment variables.
        mount: how the app is told its mount: `root_path`, `stripped` or `full`.
        lifespan: `auto`, `on` or `off`.
        path: what the preview opens first.
        run: whether the app starts by itself.
        edit: whether readers may edit the code.
        check: whether `asgi-docs check` starts it.
        name: by which requests of the page refer to the block, or None.
        since: the source of the block of the page that this one goes on from, or None.
        height: CSS length of the preview, or None for the default.
        caption: accessible name, or None.
        source: where the author wrote the block, such as `tutorial/first.rst:12`.
    """

    app: str
    files: Mapping[str, str]
    requires: tuple[str, ...] = ()
    binary_files: Mapping[str, bytes] = field(default_factory=dict)
    env: Mapping[str, str] = field(default_factory=dict)
    mount: str = "root_path"
    lifespan: str = "auto"
    path: str = "/"
    run: bool = False
    edit: bool = True
    check: bool = True
    name: str | None = None
    since: str | None = None
    height: str | None = None
    caption: str | None = None
    source: str = ""

    @property
    def environment(self) -> str:
        """The name of the locked set of packages that the app needs."""
        return environment_name(self.requires)

    def to_json(self) -> str:
        """The text of `data-block`, the same for equal blocks."""
        binary = {
            path: base64.b64encode(content).decode() for path, content in self.binary_files.items()
        }
        data = {
            "app": self.app,
            "files": dict(self.files),
            "binary": binary or None,
            "env": dict(self.env) or None,
            "mount": self.mount if self.mount != "root_path" else None,
            "lifespan": self.lifespan if self.lifespan != "auto" else None,
            "environment": self.environment,
            "requires": list(self.requires),
            "path": self.path,
            "run": True if self.run else None,
            "edit": None if self.edit else False,
            "check": None if self.check else False,
            "name": self.name,
            "since": self.since,
            "height": self.height,
            "caption": self.caption,
            "source": self.source,
        }
        given = {key: value for key, value in data.items() if value is not None}
        return json.dumps(given, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @property
    def settings_json(self) -> str:
        """What Python is told of the app, as assets/session.js does it."""
        data = json.loads(self.to_json())
        wanted = ("app", "files", "binary", "env", "mount", "lifespan")
        return json.dumps({name: data[name] for name in wanted if name in data}, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> LiveBlock:
        """The block that `to_json` wrote.

        Raises:
            ValueError: the text is not such JSON.
        """
        try:
            data = json.loads(text)
            return cls(
                app=str(data["app"]),
                files={str(path): str(code) for path, code in data["files"].items()},
                binary_files={
                    str(path): base64.b64decode(content, validate=True)
                    for path, content in data.get("binary", {}).items()
                },
                env={str(name): str(value) for name, value in data.get("env", {}).items()},
                mount=str(data.get("mount", "root_path")),
                lifespan=str(data.get("lifespan", "auto")),
                requires=tuple(str(each) for each in data["requires"]),
                path=str(data["path"]),
                run=bool(data.get("run", False)),
                edit=bool(data.get("edit", True)),
                check=bool(data.get("check", True)),
                name=data.get("name"),
                since=data.get("since"),
                height=data.get("height"),
                caption=data.get("caption"),
                source=str(data["source"]),
            )
        except (TypeError, AttributeError, KeyError) as error:
            raise ValueError(f"not the data of a live block: {error!r}") from None


@cache
def environment_name(requires: tuple[str, ...]) -> str:
    """A name that is readable, and the same for the same requirements only.

    Args:
        requires: normalised and sorted requirements.
    """
    if not requires:
        return "python"
    slug = "-".join(dict.fromkeys(Requirement(each).name for each in requires))
    slug = re.sub(r"[^a-z0-9-]", "-", slug.lower())[:_SLUG_LENGTH].rstrip("-")
    digest = hashlib.sha256("\n".join(requires).encode()).hexdigest()
    return f"{slug}-{digest[:8]}"
