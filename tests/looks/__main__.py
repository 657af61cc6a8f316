"""`python -m tests.looks [THEME …]` takes the pictures of the docs' page "Looks", in Chromium.

It builds one page in each theme (those of themes.py), runs the app in it, and writes a picture in
light and one in dark to sample_site/mkdocs/docs/looks. It needs the network, for the themes.
"""

from __future__ import annotations

import io
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image
from playwright.sync_api import sync_playwright

from ..browser.engines import launch
from ..browser.live_block import LiveBlock
from ..browser.outside import Outside
from ..browser.static_server import StaticServer
from .themes import ROOT, THEMES, build

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PICTURES = ROOT / "sample_site/mkdocs/docs/looks"
SIZE = {"width": 980, "height": 700}


def main(names: list[str]) -> int:
    """Run the command; gives the exit code."""
    if unknown := set(names) - set(THEMES):
        sys.stderr.write(f"{__doc__}\nno theme here: {', '.join(sorted(unknown))}\n")
        return 2
    server, outside = StaticServer(), Outside()
    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as work:
        browser = launch(playwright, "chromium", outside.server_port)
        for name in names or THEMES:
            url = server.mount(f"/{name}/", build(name, Path(work, name)))
            for scheme in ("light", "dark") if THEMES[name].is_dark_too else ("light",):
                picture = photograph(browser, f"{url}index.html", scheme)
                path = PICTURES / f"{name}-{scheme}.webp"
                picture.save(path, quality=80, method=6)
                sys.stdout.write(f"{path.relative_to(ROOT)}: {path.stat().st_size / 1e3:.0f} kB\n")
        browser.close()
    return 0


def photograph(browser: Browser, url: str, scheme: str) -> Image.Image:
    """The page of a reader who has added a note, and looks at the app."""
    context = browser.new_context(viewport=SIZE, color_scheme=scheme, reduced_motion="reduce")
    block = LiveBlock.open(context.new_page(), url).run()
    block.frame.get_by_label("New note").fill("Write it down")
    block.frame.get_by_role("button", name="Add").click()
    block.frame.get_by_text("Write it down").wait_for()
    block.page.mouse.move(0, 0)
    screenshot = block.page.screenshot()
    context.close()
    return Image.open(io.BytesIO(screenshot))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
