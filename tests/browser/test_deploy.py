"""A new deploy of the documentation meets readers who have a page of the old one open."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from .live_block import LiveBlock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Page

    from .console import Console
    from .static_server import StaticServer

pytestmark = [pytest.mark.browser, pytest.mark.thrifty, pytest.mark.alike]

UPDATE = """
async (element) => {
  const registration = await navigator.serviceWorker.getRegistration(element.baseURL);
  await registration.update();
  const incoming = registration.installing ?? registration.waiting;
  if (!incoming || incoming.state === "activated") return;
  await new Promise((resolve) => {
    incoming.onstatechange = () => incoming.state === "activated" && resolve();
  });
}
"""


# Resolves to the deploys whose manifests are in the store, by the front end that they are kept for,
# when there is one for this front end.
KEPT = """
async (front) => {
  const kept = {};
  while (!(front in kept)) {
    await new Promise(requestAnimationFrame);
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const { url } of await cache.keys()) {
        const [, front] = url.split("?");
        if (front) kept[front] = (await (await cache.match(url)).json()).deploy;
      }
    }
  }
  return kept;
}
"""


class DeployedSite:
    """The behaviour site on a host that keeps nothing of an earlier deploy."""

    def __init__(self, server: StaticServer, built: Path, work: Path) -> None:
        self._server = server
        self._built = built
        self._work = work
        self.front = ""
        self.url = self._server.mount("/deployed/", built)

    def deploy(self, version: str, *, protocol: int = 1) -> None:
        """Replaces the site by one whose asgi-docs is of another version."""
        site = self._work / version
        shutil.copytree(self._built, site)
        output = site / "_static" / "asgi-docs"
        (front,) = output.glob("front-*")
        self.front = f"front-{version}"
        replacements = {
            front.name: self.front,
            "asgi-live.js?v=": f"asgi-live.js?v={version}.",
            "const PROTOCOL = 1;": f"const PROTOCOL = {protocol};",
        }
        for file in [*site.glob("*.html"), *output.glob("*.js"), *front.rglob("*.js")]:
            text = file.read_text("utf-8")
            for old, new in replacements.items():
                text = text.replace(old, new)
            file.write_text(text, "utf-8")
        for file in output.glob("environments/*.json"):
            manifest = json.loads(file.read_text("utf-8"))
            file.write_text(json.dumps({**manifest, "deploy": version}), "utf-8")
        front.rename(output / self.front)
        self._server.mount("/deployed/", site)


@pytest.fixture
def site(
    behaviour_site: str, server: StaticServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[DeployedSite]:
    monkeypatch.setattr(server, "cache_control", "no-store")  # so that nothing old is left
    built = server.mounts[behaviour_site.removeprefix(server.origin)]
    site = DeployedSite(server, built, tmp_path)
    site.deploy("old")
    yield site
    del server.mounts["/deployed/"]


@pytest.fixture
def shop(site: DeployedSite, open_block: Callable[..., LiveBlock]) -> LiveBlock:
    """Runs in a page of the old deploy."""
    block = open_block(f"{site.url}shop.html").run()
    expect(block.frame.get_by_role("heading")).to_have_text("home")
    return block


@pytest.mark.parametrize("noticed", [False, True], ids=["unnoticed", "noticed by the browser"])
def test_a_running_app_goes_on(shop: LiveBlock, site: DeployedSite, *, noticed: bool) -> None:
    site.deploy("new")
    if noticed:
        shop.evaluate(UPDATE)
    shop.frame.get_by_role("link", name="Cart", exact=True).click()
    expect(shop.frame.get_by_role("heading")).to_have_text("cart")
    # What only our script in the app's page can keep inside:
    shop.frame.get_by_role("button", name="Filter").click()
    shop.expect_address("/filtered")
    shop.frame.get_by_role("link", name="Cart of the settings").click()
    shop.expect_address("/cart")


def test_an_app_that_is_run_again_wants_the_new_page(
    shop: LiveBlock, site: DeployedSite, page: Page, console: Console
) -> None:
    console.expect(r"404|Failed to load|Loading Worker|error loading|NetworkError")
    edited = shop.evaluate("(element) => element.code").replace("Cart</a>", "Basket</a>")
    shop.edit(edited)
    site.deploy("new")

    shop.button("Run again").click()

    expect(shop.status).to_have_text("The site was updated since this page was loaded.")
    expect(shop.show_log()).to_contain_text("Reload the page")
    page.reload()
    again = LiveBlock(page).run()
    expect(again.frame.get_by_role("link", name="Basket").first).to_be_visible()


def test_a_page_of_the_new_deploy_is_served_by_the_new_one_alone(
    shop: LiveBlock, site: DeployedSite, page: Page
) -> None:
    site.deploy("new")
    page.reload()
    again = LiveBlock(page).run()
    loaded = again.frame.locator("body").evaluate(
        "() => performance.getEntriesByType('resource').map(({ name }) => name)"
    )
    assert [url for url in loaded if f"/{site.front}/frame-client.js" in url]
    again.frame.get_by_role("link", name="Cart", exact=True).click()
    again.expect_address("/cart")


def test_deploys_that_do_not_understand_each_other(
    shop: LiveBlock, site: DeployedSite, page: Page, console: Console
) -> None:
    console.expect("503")
    site.deploy("new", protocol=2)
    shop.evaluate(UPDATE)
    shop.frame.get_by_role("link", name="Cart", exact=True).click()
    shop.expect_text("The documentation was updated since the page that runs this app was loaded.")
    page.reload()
    again = LiveBlock(page).run()
    again.frame.get_by_role("link", name="Cart", exact=True).click()
    again.expect_address("/cart")


def test_a_page_that_meets_the_service_worker_of_a_deploy_it_does_not_understand(
    shop: LiveBlock, site: DeployedSite, page: Page
) -> None:
    """It waits for its own one; nobody is told to reload what is new."""
    site.deploy("new", protocol=2)
    page.reload()
    again = LiveBlock(page).run()
    again.frame.get_by_role("link", name="Cart", exact=True).click()
    again.expect_address("/cart")


def test_what_a_page_keeps_for_later_is_of_its_own_deploy(
    shop: LiveBlock, site: DeployedSite, page: Page, console: Console
) -> None:
    console.expect(r"404|Failed to load|Loading (Worker|module)|error loading|NetworkError")
    assert page.evaluate(KEPT, "front-old") == {"front-old": "old"}
    site.deploy("new")
    shop.button("Restart").click()
    expect(shop.status).to_have_text("The site was updated since this page was loaded.")
    assert page.evaluate(KEPT, "front-old") == {"front-old": "old"}

    page.reload()
    LiveBlock(page).run()
    assert page.evaluate(KEPT, "front-new") == {"front-old": "old", "front-new": "new"}
