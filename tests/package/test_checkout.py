"""The documented project and local packages. All of it runs without a network."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from asgi_docs.block.model import LiveBlock
from asgi_docs.errors import LockError
from asgi_docs.package.checkout import Checkout, build_checkout, checkout_in, project_of
from asgi_docs.package.lock import make_lock
from asgi_docs.package.lock_check import fitting_packages
from asgi_docs.package.lock_file import lock_path
from asgi_docs.package.pure_build import build
from asgi_docs.package.relock import Upgrade, lock_again, lock_site
from asgi_docs.package.site import package_site

from .sdists import BACKEND, PYPROJECT
from .site_building import write_page
from .wheels import write_wheel

if TYPE_CHECKING:
    from pathlib import Path

SDIST = """
import io, tarfile

def build_sdist(folder, settings=None):
    name = "{module}-1.0"
    with tarfile.open(os.path.join(folder, name + ".tar.gz"), "w:gz") as archive:
        info = tarfile.TarInfo(name + "/PKG-INFO")
        text = b"Metadata-Version: 2.1\\nName: {name}\\nVersion: 1.0\\n"
        info.size = len(text)
        archive.addfile(info, io.BytesIO(text))
        for file in os.listdir("."):
            archive.add(file, name + "/" + file)
    return name + ".tar.gz"
"""
TAKES_MODULE = (
    'files["shop.py"] = open("shop.py").read()\n'
    '    for line in open("needs.txt").read().split():\n'
    '        files["shop-1.0.dist-info/METADATA"] += f"Requires-Dist: {line}\\n"'
)
BLOCK = LiveBlock(
    app="main:app",
    files={"main.py": "async def app(scope, receive, send): ...\n"},
    requires=("web",),
    source="first.rst:3",
)


@pytest.fixture
def shop(tmp_path: Path, index: Path) -> Path:
    """A project; the index has a published one and what it needs."""
    write_wheel(index, "shop", "0.9")
    write_wheel(index, "base")
    write_wheel(index, "other")
    write_wheel(index, "web", dependencies=("shop",))
    folder = tmp_path / "shop"
    (folder / "docs").mkdir(parents=True)
    backend = BACKEND.format(name="shop", module="shop", generator="made 1.0", step=TAKES_MODULE)
    texts = {
        "backend.py": backend.replace("made 1.0", "") + SDIST.format(name="shop", module="shop"),
        "needs.txt": "base",
        "pyproject.toml": PYPROJECT.format(name="shop", dependencies=["base"]),
        "shop.py": "VERSION = 1\n",
    }
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
    return folder


def wanted(shop: Path) -> Checkout:
    return Checkout(shop.resolve(), "shop")


def test_lock_names_the_project_by_a_relative_path(shop: Path, tmp_path: Path) -> None:
    path = shop / "docs/asgi-docs/pylock.web.toml"
    make_lock(path, ["web"], project=wanted(shop))
    text = path.read_text("utf-8")
    assert 'directory]\npath = "../.."\n' in text
    assert str(tmp_path) not in text.replace(str(tmp_path / "index"), "")
    packages = fitting_packages(path, ["web"], wanted(shop))
    assert [each.name for each in packages] == ["base", "shop", "web"]
    (built,) = (each for each in packages if each.name == "shop")
    assert built.version == "1.0"
    assert (build(built).files / "shop.py").read_text("utf-8") == "VERSION = 1\n"


def test_project_is_built_again_when_its_files_have_changed(
    shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = build_checkout(wanted(shop))
    (shop / "docs/_build").mkdir()
    (shop / "docs/_build/index.html").write_text("made by the documentation tool")
    (shop / "docs/asgi-docs").mkdir()
    (shop / "docs/asgi-docs/pylock.shop-1a2b3c4d.toml").write_text("made by a build of it")
    with monkeypatch.context() as nothing_runs:
        nothing_runs.setattr("asgi_docs.package.checkout.run_plain_uv", None)
        assert build_checkout(wanted(shop)) == first
    (shop / "README").write_text("not a part of the wheel")
    same = build_checkout(wanted(shop))
    assert (same.sha256, same.files == first.files) == (first.sha256, False)
    (shop / "shop.py").write_text("VERSION = 2\n")
    assert build_checkout(wanted(shop)).sha256 != first.sha256


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_files_that_git_ignores_are_no_change(shop: Path) -> None:
    subprocess.run(["git", "init", "--quiet", str(shop)], check=True)
    (shop / ".gitignore").write_text("*.log\n")
    first = build_checkout(wanted(shop))
    (shop / "today.log").write_text("text")
    assert build_checkout(wanted(shop)).files == first.files
    (shop / "new.py").write_text("text")
    assert build_checkout(wanted(shop)).files != first.files


def test_other_requirements_of_the_project_want_another_lock(shop: Path) -> None:
    path = shop / "docs/asgi-docs/pylock.web.toml"
    make_lock(path, ["web"], project=wanted(shop))
    (shop / "needs.txt").write_text("other")
    with pytest.raises(LockError, match="it was made when shop had other requirements: run asgi"):
        fitting_packages(path, ["web"], wanted(shop))
    lock_again(path.parent, Upgrade(), project=shop)
    assert {each.name for each in fitting_packages(path, ["web"], wanted(shop))} == {
        "other",
        "shop",
        "web",
    }


def test_project_is_found_above_the_documentation_if_a_block_requires_it(shop: Path) -> None:
    docs = shop / "docs"
    assert project_of(None, docs, ["shop>=1"]) == wanted(shop)
    assert project_of(None, docs, ["web"]) is None
    assert project_of(False, docs, ["shop"]) is None
    assert project_of(shop, docs, ["web"]) == wanted(shop)
    with pytest.raises(LockError, match=r"docs.pyproject\.toml cannot be read"):
        project_of(docs, docs, ["web"])


def test_build_wants_the_project_in_place_of_what_is_published(shop: Path) -> None:
    site, locks = shop / "site", shop / "docs/asgi-docs"
    write_page(site / "a.html", BLOCK, base="_static/asgi-docs/")
    lock_site(site, locks, Upgrade())
    path = lock_path(locks, BLOCK.environment)
    with pytest.raises(LockError, match=f"it has the published shop in place of {shop}: run"):
        package_site(site, locks=locks, project=shop)
    lock_again(locks, Upgrade(), project=shop)
    assert "directory" in path.read_text("utf-8")


def test_package_at_a_path(shop: Path, tmp_path: Path) -> None:
    path = tmp_path / "docs/asgi-docs/pylock.shop.toml"
    make_lock(path, ["shop @ ../shop"])
    assert 'path = "../../shop"' in path.read_text("utf-8")
    packages = fitting_packages(path, ["shop @ ../shop"], None)
    assert [each.name for each in packages] == ["base", "shop"]
    with pytest.raises(LockError, match=r"it has .*shop in place of shop @ \.\./other"):
        fitting_packages(path, ["shop @ ../other"], None)
    with pytest.raises(LockError, match="the project there is shop"):
        make_lock(path, ["base @ ../shop"])


@pytest.mark.parametrize(
    ("step", "reason"),
    [
        ('files["shop.abi3.so"] = "ELF"', r"its wheel has native code \(shop\.abi3\.so\)"),
        ("raise SystemExit('no compiler')", "its wheel cannot be built"),
    ],
)
def test_project_that_cannot_run_in_a_browser(step: str, reason: str, shop: Path) -> None:
    backend = (shop / "backend.py").read_text("utf-8")
    (shop / "backend.py").write_text(backend.replace('files["shop.py"] =', f"{step}\n    _ ="))
    with pytest.raises(LockError, match=reason):
        build_checkout(checkout_in(shop))
