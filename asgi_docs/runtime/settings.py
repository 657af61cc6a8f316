"""What the block's author said about the app, as it comes from the page."""

from __future__ import annotations

import base64
import json
import os
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from .lifespan import Mode
    from .scope import MountMode

MOUNT_VARIABLE = "ASGI_DOCS_MOUNT"
"""Environment variable that holds the URL path of the mount, without a slash at its end."""


@dataclass(frozen=True)
class Settings:
    """One app's settings.

    Attributes:
        app: import string, as in `uvicorn main:app`.
        files: texts by path relative to the app's folder.
        binary: the files that are no text, likewise, encoded as base64.
        env: environment variables.
        mount: how scopes tell the mount.
        lifespan: whether startup and shutdown are run.
    """

    app: str
    files: Mapping[str, str]
    binary: Mapping[str, str] = field(default_factory=dict)
    env: Mapping[str, str] = field(default_factory=dict)
    mount: MountMode = "root_path"
    lifespan: Mode = "auto"

    @classmethod
    def from_json(cls, text: str) -> Settings:
        """Read what assets/session.js wrote."""
        return cls(**json.loads(text))

    @property
    def reads_mount(self) -> bool:
        """Whether the code asks its environment for the mount."""
        return any(MOUNT_VARIABLE in text for text in self.files.values())

    def write_files(self, folder: Path) -> None:
        """Write the files to a folder, and make it the one to run in and to import from."""
        folder.mkdir(parents=True, exist_ok=True)
        contents = {name: text.encode() for name, text in self.files.items()}
        contents.update((name, base64.b64decode(text)) for name, text in self.binary.items())
        for name, content in contents.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        os.chdir(folder)
        sys.path.insert(0, str(folder))

    def set_variables(self) -> None:
        """Set the author's environment variables."""
        os.environ.update(self.env)

    def set_environment(self, root_path: str) -> None:
        """Set the environment variables, that of the mount included."""
        self.set_variables()
        os.environ[MOUNT_VARIABLE] = root_path
