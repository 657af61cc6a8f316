"""Hand-made wheels, in a folder that uv takes packages from."""

from __future__ import annotations

import base64
import hashlib
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def write_wheel(
    folder: Path,
    name: str,
    version: str = "1.0",
    *,
    dependencies: tuple[str, ...] = (),
    tag: str = "py3-none-any",
    files: Mapping[str, str | bytes] | None = None,
) -> Path:
    """A wheel; by default with one module that is named after it and says its version."""
    module = name.replace("-", "_")
    about = f"{module}-{version}.dist-info"
    needs = "".join(f"Requires-Dist: {each}\n" for each in dependencies)
    metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{needs}"
    contents = {
        **(files or {f"{module}.py": f"VERSION = {version!r}\n"}),
        f"{about}/METADATA": metadata,
        f"{about}/WHEEL": f"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: {tag}\n",
    }
    hashes = {path: f"sha256={_digest(content)}" for path, content in contents.items()}
    record = "".join(f"{path},{digest},\n" for path, digest in hashes.items())
    record += f"{about}/RECORD,,\n"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{module}-{version}-{tag}.whl"
    with zipfile.ZipFile(path, "w") as wheel:
        for file, content in {**contents, f"{about}/RECORD": record}.items():
            wheel.writestr(zipfile.ZipInfo(file), content)
    return path


def _digest(content: str | bytes) -> str:
    digest = hashlib.sha256(content if isinstance(content, bytes) else content.encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
