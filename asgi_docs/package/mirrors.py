"""Front-end packages that frameworks' own pages load from a CDN, shipped so that no page does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from asgi_docs.package.npm import NpmPackage, fetch_npm_package

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True)
class Mirror:
    """One package and those of its files that pages ask for."""

    package: NpmPackage
    files: tuple[str, ...]

    @property
    def site_folder(self) -> str:
        """Its folder in the output folder."""
        return f"vendor/{self.package.name}-{self.package.version}/"

    def contents(self) -> dict[str, bytes]:
        """Its files by path in the output folder."""
        folder = fetch_npm_package(self.package)
        return {f"{self.site_folder}{name}": (folder / name).read_bytes() for name in self.files}

    def answers(self, prefix: str) -> bool:
        """Whether a URL such as `https://cdn.example/npm/name@5/` means this package."""
        name, _, version = prefix.rstrip("/").rpartition("/")[2].rpartition("@")
        major = self.package.version.partition(".")[0]
        return name == self.package.name and version.partition(".")[0] == major


MIRRORS = (
    Mirror(
        NpmPackage(
            "swagger-ui-dist",
            "5.35.0",
            "sha512-U06rpMtW9V3XPGOBeamTUSr0Z09jMX4IJuANpE/EZbAhw0G8CgwrzU4YmXkn/h0wCDNsXdGarTNNHC3sU8yVUQ==",
        ),
        ("swagger-ui-bundle.js", "swagger-ui.css", "LICENSE"),
    ),
    Mirror(
        NpmPackage(
            "redoc",
            "2.5.4",
            "sha512-M6jWhG1qoBnH6TFmzJnstyCZ87HmOY/UzDm78mHiYihEdlV/YcS9ogOo1NlElnJMeLsyxHFe2yFc4sNjHTrABQ==",
        ),
        ("bundles/redoc.standalone.js", "LICENSE"),
    ),
)

# What the same pages want besides, from other places; our service worker answers with nothing, so
# that reading the documentation tells nobody.
BLANKS = (
    "https://cdn.redoc.ly/redoc/logo-mini.svg",
    "https://fastapi.tiangolo.com/img/favicon.png",
    "https://fonts.googleapis.com/",
)


def mirrors_for(prefixes: Iterable[str]) -> dict[str, Mirror]:
    """Which of the URL prefixes that an environment's sources mention we answer, and with what."""
    return {
        prefix: mirror
        for prefix in sorted(set(prefixes))
        for mirror in MIRRORS
        if mirror.answers(prefix)
    }
