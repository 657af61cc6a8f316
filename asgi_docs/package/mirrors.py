"""Front-end packages that frameworks' own pages load from a CDN, shipped so that no page does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from asgi_docs.package.npm import NpmPackage, fetch_npm_package

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True)
class Mirror:
    """One package and those of its files that pages ask for.

    Attributes:
        files: the first one is what a URL without a path means, as `https://cdn/npm/name`.
        exact: whether it stands for no other version, since pages tell the hashes of its files.
    """

    package: NpmPackage
    files: tuple[str, ...]
    exact: bool = False

    @property
    def site_folder(self) -> str:
        """Its folder in the output folder."""
        return f"vendor/{self.package.slug}-{self.package.version}/"

    def contents(self) -> dict[str, bytes]:
        """Its files by path in the output folder."""
        folder = fetch_npm_package(self.package)
        return {f"{self.site_folder}{name}": (folder / name).read_bytes() for name in self.files}

    def settings(self) -> dict[str, str]:
        """What the service worker has to know of it."""
        version = self.package.version
        return {
            "default": self.files[0],
            "folder": self.site_folder,
            "version": version if self.exact else version.partition(".")[0],
        }


MIRRORS = (
    Mirror(
        NpmPackage(
            "swagger-ui-dist",
            "5.35.0",
            "sha512-U06rpMtW9V3XPGOBeamTUSr0Z09jMX4IJuANpE/EZbAhw0G8CgwrzU4YmXkn/h0wCDNsXdGarTNNHC3sU8yVUQ==",
        ),
        ("swagger-ui-bundle.js", "swagger-ui-standalone-preset.js", "swagger-ui.css", "LICENSE"),
    ),
    Mirror(
        NpmPackage(
            "redoc",
            "2.5.4",
            "sha512-M6jWhG1qoBnH6TFmzJnstyCZ87HmOY/UzDm78mHiYihEdlV/YcS9ogOo1NlElnJMeLsyxHFe2yFc4sNjHTrABQ==",
        ),
        ("bundles/redoc.standalone.js", "LICENSE"),
    ),
    Mirror(
        NpmPackage(
            "@scalar/api-reference",
            "1.72.1",
            "sha512-XpEJ0rfc/cXbCrR+iC4kK0o/WwX2dTtGQbT049OlPKAHD6IMIFdTeGz2r+M27P2EDWKyUITRm/NzlP8z2pw/Ow==",
        ),
        ("dist/browser/standalone.js", "package.json"),  # which names its licence, MIT
    ),
    Mirror(
        NpmPackage(
            "@stoplight/elements",
            "7.7.18",
            "sha512-bsObKwTwIemW8upsiXLuexq0Uhk4+ANIgFcJavi3QTxtNX4o5fUVj21ARfQIPSzvznv2KY9TIQpGZHSeYpBODg==",
        ),
        ("web-components.min.js", "styles.min.css", "LICENSE"),
    ),
    Mirror(
        NpmPackage(
            "rapidoc",
            "9.3.4",
            "sha512-kqNuOSmjlf12SpSfPQaIMuehj7w8JWFFr9/l2zieG7/gCJr1NG2XL920uoqNlXzku1DO8NeHRkSXCmyaZxEOew==",
        ),
        ("dist/rapidoc-min.js", "LICENSE.txt"),
    ),
    # FastHTML's pages.
    Mirror(
        NpmPackage(
            "htmx.org",
            "2.0.7",
            "sha512-YiJqF3U5KyO28VC5mPfehKJPF+n1Gni+cupK+D69TF0nm7wY6AXn3a4mPWIikfAXtl1u1F1+ZhSCS7KT8pVmqA==",
        ),
        ("dist/htmx.min.js", "dist/htmx.js", "LICENSE"),
    ),
    Mirror(
        NpmPackage(
            "@anyblades/pico",
            "2.5.0",
            "sha512-nxpnsoceZgEVO/pjmH5XbRQfpMLTZfl2jFNGVpoNo5mA28aY8VuCoTPnxL6yT+5fqHEA37z8r4e3JIenS9PSOQ==",
        ),
        ("css/pico.min.css", "css/pico.conditional.min.css", "LICENSE.md"),
    ),
    # Strawberry's GraphiQL.
    Mirror(
        NpmPackage(
            "graphiql",
            "3.8.3",
            "sha512-cuPDYtXVKV86Pu5PHBX642Odi/uVEE2y1Jxq5rGO/Qy1G2lRp7ZZ7a/T30RzxhuLSWo9zUbzq0P3U49//H0Ugw==",
        ),
        ("graphiql.min.js", "graphiql.min.css", "LICENSE"),
        exact=True,
    ),
    Mirror(
        NpmPackage(
            "@graphiql/plugin-explorer",
            "1.0.2",
            "sha512-9j+kg2UjtLZD5EBmGjeWHkoVVxtbShYg2DzbUVebibnZYZM/iMBEF4vaccXJIAm5KaomIPLx0aoNs4LbODyc3Q==",
        ),
        ("dist/index.umd.js", "dist/style.css", "package.json"),  # which names its licence, MIT
        exact=True,
    ),
    Mirror(
        NpmPackage(
            "js-cookie",
            "3.0.5",
            "sha512-cEiJEAEoIbWfCZYKWhVwFuvPX1gETRYPw6LlaTKoxD3s2AkXzkCjnp6h0V77ozyqj0jakteJ4YqDJT830+lVGw==",
        ),
        ("dist/js.cookie.min.js", "LICENSE"),
        exact=True,
    ),
    Mirror(
        NpmPackage(
            "react",
            "18.2.0",
            "sha512-/3IjMdb2L9QbBdWiW5e3P2/npwMBaU9mHCSCUzNln0ZCYbcfTsGbTJrU/kGemdH2IWmB2ioZ+zkxtmq6g09fGQ==",
        ),
        ("umd/react.production.min.js", "LICENSE"),
        exact=True,
    ),
    Mirror(
        NpmPackage(
            "react-dom",
            "18.2.0",
            "sha512-6IMTriUmvsjHUjNtEDudZfuDQUoWXVxKHhlEGSk81n4YFS+r/Kl99wXiwlVXtPBtJenozv2P+hxDsw9eA7Xo6g==",
        ),
        ("umd/react-dom.production.min.js", "LICENSE"),
        exact=True,
    ),
)

# What the same pages want besides, from other places; our service worker answers with nothing, so
# that reading the documentation tells nobody.
BLANKS = (
    # Helpers for scripts in FastHTML's pages, which are in no package registry.
    "https://cdn.jsdelivr.net/gh/answerdotai/fasthtml-js@",
    "https://cdn.jsdelivr.net/gh/answerdotai/surreal@",
    "https://cdn.jsdelivr.net/gh/gnat/css-scope-inline@",
    "https://cdn.jsdelivr.net/gh/litestar-org/branding@main/",
    "https://cdn.redoc.ly/redoc/logo-mini.svg",
    "https://fastapi.tiangolo.com/img/favicon.png",
    "https://fonts.googleapis.com/",
    "https://fonts.gstatic.com/",
    "https://fonts.scalar.com/",
)


def mirrors_for(packages: Iterable[str]) -> list[Mirror]:
    """Those of the npm packages that an environment's sources mention which we ship."""
    named = set(packages)
    found = [mirror for mirror in MIRRORS if mirror.package.name in named]
    return sorted(found, key=lambda mirror: mirror.package.name)
