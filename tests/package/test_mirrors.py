from __future__ import annotations

import pytest

from asgi_docs.package.mirrors import mirrors_for


@pytest.mark.parametrize(
    ("prefix", "folder"),
    [
        ("https://cdn.example.org/npm/swagger-ui-dist@5/", "vendor/swagger-ui-dist-5.35.0/"),
        ("https://cdn.example.org/swagger-ui-dist@5.9.0/", "vendor/swagger-ui-dist-5.35.0/"),
        ("https://cdn.example.org/npm/swagger-ui-dist@4/", None),
        ("https://cdn.example.org/npm/swagger-ui-dist@50/", None),
        ("https://cdn.example.org/npm/redoc@2/", "vendor/redoc-2.5.4/"),
        ("https://cdn.example.org/npm/not-redoc@2/", None),
    ],
)
def test_same_package_of_the_same_major_version(prefix: str, folder: str | None) -> None:
    found = mirrors_for([prefix])
    assert {key: mirror.site_folder for key, mirror in found.items()} == (
        {prefix: folder} if folder else {}
    )
