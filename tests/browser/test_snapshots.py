"""A later visit goes on from a snapshot, and answers as the first one did."""

from __future__ import annotations

import json
import re
import shutil
import threading
from typing import TYPE_CHECKING, NamedTuple

import pytest
from playwright.sync_api import expect

from .interpreters import Interpreters
from .live_block import LiveBlock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import BrowserContext, Page

    from .static_server import StaticServer

pytestmark = [pytest.mark.browser, pytest.mark.alike]

# Resolves to the bytes of the snapshot that is kept, 0 when there is none.
KEPT = """
async () => {
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const { url } of await cache.keys())
      if (url.includes("/snapshots/"))
        return (await (await cache.match(url)).arrayBuffer()).byteLength;
  }
  return 0;
}
"""
# Changes what is kept: bytes of a snapshot to bytes.
DAMAGE = """
async () => {
  const change = %s;
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const { url } of await cache.keys()) {
      if (!url.includes("/snapshots/")) continue;
      const { headers, ...kept } = await cache.match(url);
      const bytes = new Uint8Array(await (await cache.match(url)).arrayBuffer());
      await cache.put(url, new Response(change(bytes), { headers }));
    }
  }
}
"""
CUT_SHORT = "(bytes) => bytes.slice(0, bytes.length / 2)"
NO_SNAPSHOT = "() => new TextEncoder().encode('nonsense')"
ONE_BYTE = "(bytes) => { bytes[bytes.length / 2] ^= 1; return bytes; }"
OTHER_ENGINE = """
(bytes) => {
  const [length] = new Uint32Array(bytes.buffer, 0, 1);
  const text = new TextDecoder().decode(bytes.subarray(8, 8 + length));
  const description = JSON.parse(text);
  description.snapshot.functions += 1;
  const changed = JSON.stringify(description).padEnd(Math.ceil((length + 1) / 4) * 4);
  const memory = bytes.subarray(8 + length);
  const content = new Uint8Array(changed.length + memory.length);
  content.set(new TextEncoder().encode(changed));
  content.set(memory, changed.length);
  let checksum = 0;
  for (const word of new Uint32Array(content.buffer))
    checksum = (Math.imul(checksum, 31) + word + 1) | 0;
  return new Blob([Uint32Array.of(changed.length, checksum), content]);
}
"""


class OwnSite(NamedTuple):
    """A copy of the behaviour site, to be changed."""

    folder: Path
    url: str


@pytest.fixture
def interpreters(page: Page) -> Interpreters:
    return Interpreters(page)


@pytest.fixture
def own_site(behaviour_site: str, server: StaticServer, tmp_path: Path) -> Iterator[OwnSite]:
    built = server.mounts[behaviour_site.removeprefix(server.origin)]
    folder = tmp_path / "site"
    shutil.copytree(built, folder)
    yield OwnSite(folder, server.mount("/changing/", folder))
    del server.mounts["/changing/"]


def visit(page: Page, url: str, interpreters: Interpreters, *, restored: bool = True) -> LiveBlock:
    """A visit that is left when the next start is ready; it tells where that went on from."""
    block = LiveBlock.open(page, url).run()
    interpreters.wait_for_spare()
    assert interpreters.restored == (1 if restored else 0)
    return block


def test_a_later_visit_goes_on_from_a_snapshot(
    interpreters: Interpreters, page: Page, behaviour_site: str
) -> None:
    url = f"{behaviour_site}fastapi.html"
    visit(page, url, interpreters).expect_text("world")
    assert page.evaluate(KEPT) > 1e6

    later = LiveBlock.open(page, url).run()
    later.expect_text("world")
    assert interpreters.restored == 1
    assert later.fetch("/sync").body == b'{"hello":"thread"}'
    assert later.fetch("/openapi.json").status == 200


@pytest.mark.parametrize("has_snapshot", [True, False])
def test_python_starts_while_the_manifest_is_asked_for(
    interpreters: Interpreters,
    page: Page,
    own_site: OwnSite,
    server: StaticServer,
    *,
    has_snapshot: bool,
) -> None:
    # It would go on with the manifest that is kept.
    (store,) = own_site.folder.glob("_static/asgi-docs/front-*/store.js")
    patient = store.read_text("utf-8").replace("PATIENCE = 5_000;", "PATIENCE = 600_000;")
    assert "600_000" in patient
    store.write_text(patient, "utf-8")
    url = f"{own_site.url}twins.html"
    visit(page, url, interpreters)
    if not has_snapshot:
        page.evaluate(DAMAGE % NO_SNAPSHOT)
    later = LiveBlock.open(page, url)
    server.held["/environments/"] = threading.Event()
    try:
        later.button("Run").click()
        expect(later.status).to_have_text(re.compile("Starting Python"))
    finally:
        server.held.pop("/environments/").set()
    later.expect_text("left 1")
    assert interpreters.restored == has_snapshot


def test_it_is_written_once(interpreters: Interpreters, page: Page, behaviour_site: str) -> None:
    url = f"{behaviour_site}twins.html"
    visit(page, url, interpreters)
    written: list[str] = []
    page.on("worker", lambda worker: written.append(worker.url))
    LiveBlock.open(page, url).run()
    interpreters.wait_for_spare()
    assert [url for url in written if "snapshot-worker" in url] == []


@pytest.mark.parametrize("change", [ONE_BYTE, NO_SNAPSHOT, OTHER_ENGINE])
def test_without_one_that_fits_python_starts_as_always(
    interpreters: Interpreters, page: Page, behaviour_site: str, change: str
) -> None:
    url = f"{behaviour_site}fastapi.html"
    visit(page, url, interpreters)
    page.evaluate(DAMAGE % change)
    later = LiveBlock.open(page, url).run()
    later.expect_text("world")
    assert interpreters.restored == 0


def test_a_damaged_one_is_written_anew(
    interpreters: Interpreters, page: Page, behaviour_site: str
) -> None:
    url = f"{behaviour_site}twins.html"
    visit(page, url, interpreters)
    page.evaluate(DAMAGE % CUT_SHORT)
    visit(page, url, interpreters)
    LiveBlock.open(page, url).run().expect_text("left 1")
    assert interpreters.restored == 1


@pytest.mark.parametrize("has_snapshot", [True, False])
def test_an_environment_that_has_changed_has_nothing_of_the_old_one(
    interpreters: Interpreters,
    page: Page,
    own_site: OwnSite,
    *,
    has_snapshot: bool,
) -> None:
    url = f"{own_site.url}twins.html"
    visit(page, url, interpreters)
    if not has_snapshot:
        page.evaluate(DAMAGE % NO_SNAPSHOT)
    for file in own_site.folder.glob("_static/asgi-docs/environments/*.json"):
        file.write_text(json.dumps({**json.loads(file.read_text()), "deploy": "new"}))

    LiveBlock.open(page, url).run().expect_text("left 1")
    assert interpreters.restored == 0
    interpreters.wait_for_spare()
    LiveBlock.open(page, url).run().expect_text("left 1")
    assert interpreters.restored == 1


def test_two_tabs_go_on_from_the_same_one(
    interpreters: Interpreters, page: Page, context: BrowserContext, behaviour_site: str
) -> None:
    url = f"{behaviour_site}twins.html"
    visit(page, url, interpreters)
    other = context.new_page()
    others = Interpreters(other)
    blocks = [LiveBlock.open(tab, url) for tab in (page, other)]
    for block in blocks:
        block.button("Run").click()
    for block in blocks:
        block.expect_text("left 1")
    assert (interpreters.restored, others.restored) == (1, 1)
    assert blocks[0].fetch("/who").body == b"left 2"
    assert blocks[1].fetch("/who").body == b"left 2"


def test_visits_do_not_share_their_random_numbers(
    interpreters: Interpreters, page: Page, behaviour_site: str
) -> None:
    url = f"{behaviour_site}many.html"
    visit(page, url, interpreters)
    numbers = set()
    for _ in range(3):
        block = LiveBlock.open(page, url).run()
        assert interpreters.restored == 1
        numbers.add(block.fetch("/").body)
    assert len(numbers) == 3


def test_the_apps_own_module_goes_before_one_of_the_snapshot(
    interpreters: Interpreters, page: Page, behaviour_site: str
) -> None:
    url = f"{behaviour_site}fastapi.html"
    visit(page, url, interpreters)
    later = LiveBlock.open(page, url)
    own = "async def app(*call): raise SystemExit\ndef FastAPI(): return own\n"
    own += "async def own(scope, receive, send):\n"
    own += "    await send({'type': 'http.response.start', 'status': 200, 'headers': []})\n"
    own += "    await send({'type': 'http.response.body', 'body': b'mine'})\n"
    later.evaluate(
        "(element, own) => { element.files = { ...element.files, 'fastapi.py': own }; }", own
    )
    later.set_code("from fastapi import FastAPI\napp = FastAPI()\n")
    later.start()
    assert later.fetch("/").body == b"mine"
    assert interpreters.restored == 0


def test_packages_that_ask_the_browser_while_they_are_imported(
    interpreters: Interpreters, page: Page, behaviour_site: str
) -> None:
    """As urllib3 does, and so requests: getters of the global object work there, too."""
    block = LiveBlock.open(page, f"{behaviour_site}fastapi.html")
    block.set_code(f"from js import crossOriginIsolated\n{block.get('code')}")
    block.start()
    interpreters.wait_for_spare()
    assert interpreters.restored == 1
