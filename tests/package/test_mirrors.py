from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from asgi_docs.package.mirrors import mirrors_for
from asgi_docs.package.tree import npm_packages_in

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("source", "packages"),
    [
        ('"https://cdn.jsdelivr.net/npm/swagger-ui-dist@5/swagger-ui.css"', {"swagger-ui-dist"}),
        ('f"https://unpkg.com/@stoplight/elements@{version}/x.js"', {"@stoplight/elements"}),
        ('f"https://cdn.redoc.ly/redoc/{version}/bundles/redoc.standalone.js"', {"redoc"}),
        ('"https://cdn.jsdelivr.net/npm/@scalar/api-reference"', {"@scalar/api-reference"}),
        ('"https://example.org/npm/redoc@2/x.js"', set()),
    ],
)
def test_packages_that_sources_mention(source: str, packages: set[str], tmp_path: Path) -> None:
    file = tmp_path / "plugin.py"
    file.write_text(source)
    assert npm_packages_in([file]) == packages


def test_what_is_shipped_of_them() -> None:
    found = mirrors_for(["redoc", "@scalar/api-reference", "react", "left-pad"])
    assert {mirror.package.name: mirror.settings() for mirror in found} == {
        "redoc": {
            "default": "bundles/redoc.standalone.js",
            "folder": "vendor/redoc-2.5.4/",
            "version": "2",
        },
        "@scalar/api-reference": {
            "default": "dist/browser/standalone.js",
            "folder": "vendor/scalar-api-reference-1.72.1/",
            "version": "1",
        },
        # Pages name the hash of the file, so that no other version will do.
        "react": {
            "default": "umd/react.production.min.js",
            "folder": "vendor/react-18.2.0/",
            "version": "18.2.0",
        },
    }
