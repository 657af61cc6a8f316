from __future__ import annotations

import base64
import hashlib
import json
import re
import shutil
import struct
from typing import TYPE_CHECKING, Any

import pytest
import zstandard

from asgi_docs.errors import LockError, PackageError
from asgi_docs.package import pyodide
from asgi_docs.package.lock_file import lock_path
from asgi_docs.package.mirrors import BLANKS
from asgi_docs.package.node import node_command, npm_command
from asgi_docs.package.site import package_site

from .site_building import FASTAPI, PLAIN, STARLETTE, contents, write_page, write_site

if TYPE_CHECKING:
    from pathlib import Path

    from .conftest import Built


def files_of(built: Built, name: str) -> tuple[dict[str, Any], dict[str, bytes], dict[str, bytes]]:
    """The index, the hot and the cold files of a layer in FastAPI's environment."""
    path = built.folder / f"environments/{FASTAPI.environment}.json"
    manifest = json.loads(path.read_text("utf-8"))
    layers = {layer["name"]: layer for layer in manifest["layers"]}
    layer = {**layers, "stdlib": manifest["stdlib"]}[name]
    body = zstandard.decompress((path.parent / layer["hot"]["url"]).read_bytes())
    (length,) = struct.unpack_from("<I", body)
    index = json.loads(body[4 : 4 + length])
    cold = zstandard.decompress((path.parent / layer["cold"]["url"]).read_bytes())
    return index, slices(index["files"], body[4 + length :]), slices(index["cold"], cold)


def slices(sizes: list[tuple[str, int]], content: bytes) -> dict[str, bytes]:
    found, position = {}, 0
    for path, size in sizes:
        found[path] = content[position : position + size]
        position += size
    assert position == len(content)
    return found


@pytest.mark.network
@pytest.mark.node
class TestBuilt:
    def test_tells_what_it_does_and_did(self, built: Built) -> None:
        assert [re.sub(r"-[0-9a-f]{8}$", "", report) for report in built.reports] == [
            "Resolving fastapi",
            "Resolving starlette",
            f"Fetching Pyodide {pyodide.VERSION} and 11 packages",
            "Compiling to bytecode",
            "Starting 3 environments",
            "Packing",
            "Fetching redoc 2.5.4, swagger-ui-dist 5.35.0",
        ]
        assert built.result.folder == built.folder
        assert built.result.blocks == 4
        fastapi, python, starlette = built.result.environments
        assert [fastapi.name, python.name] == [FASTAPI.environment, "python"]
        assert [fastapi.packages, python.packages, starlette.packages] == [11, 0, 4]
        assert python.first < starlette.first < fastapi.first < fastapi.size
        assert sorted(built.locks.iterdir()) == sorted(built.result.new_locks)

    def test_manifests_name_files_that_are_what_they_say(self, built: Built) -> None:
        manifests = sorted((built.folder / "environments").iterdir())
        assert [path.stem for path in manifests] == sorted(
            each.name for each in built.result.environments
        )
        for path in manifests:
            manifest = json.loads(path.read_text("utf-8"))
            assert manifest["name"] == path.stem
            python = manifest["pyodide"]
            assert (path.parent / python["module"]["url"]).is_file()
            assert (path.parent / python["asm"]["url"]).is_file()
            wasm = python["wasm"]
            content = (path.parent / wasm["url"]).read_bytes()
            sizes = len(content), len(zstandard.decompress(content))
            assert sizes == (wasm["size"], wasm["unpacked"])
            for layer in [manifest["stdlib"], manifest["runtime"], *manifest["layers"]]:
                cold = [layer["cold"]] if "cold" in layer else []
                for part in [layer["hot"], *cold, *layer["extensions"]]:
                    content = (path.parent / part["url"]).read_bytes()
                    assert len(content) == part["size"]
                    assert hashlib.sha256(content).hexdigest() == part["sha256"]
                    assert part["sha256"][:12] in part["url"]
                for part in layer["extensions"]:
                    content = (path.parent / part["url"]).read_bytes()
                    assert len(zstandard.decompress(content)) == part["unpacked"]

    def test_every_file_is_named_somewhere(self, built: Built) -> None:
        files = contents(built.folder)
        fixed = {"asgi-live.css", "asgi-live.js", "asgi-request.js", "service-worker.js"}
        places = {path.split("/")[0] for path in files} - {".asgi-docs", *fixed}
        assert {re.sub(r"-[0-9a-f]{12}$", "", place) for place in places} == {
            "environments",
            "front",
            "layers",
            f"pyodide-{pyodide.VERSION}",
            "vendor",
        }
        named = b"".join(content for path, content in files.items() if path.endswith(".json"))
        assert all(path.encode() in named for path in files if path.startswith("layers/"))

    def test_packages_in_two_environments_are_there_once(self, built: Built) -> None:
        names = [path.name.partition("-")[0] for path in (built.folder / "layers").iterdir()]
        assert names.count("starlette") == 2, "hot and cold"

    def test_stubs_lead_to_the_front_end(self, built: Built) -> None:
        for name in ("asgi-request.js", "asgi-live.js"):
            entry = re.search(
                rf'^import "\./(front-[0-9a-f]{{12}})/{name}";\n\Z',
                (built.folder / name).read_text("utf-8"),
                re.MULTILINE,
            )
            assert entry
            assert (built.folder / entry[1] / name).is_file()
        worker = (built.folder / "service-worker.js").read_text("utf-8")
        settings, scripts = worker.splitlines()
        assert json.loads(settings.removeprefix("self.asgiDocs = ").rstrip(";")) == {
            "blanks": list(BLANKS),
            "front": entry[1],
            "mirrors": {
                name: {"default": default, "folder": f"vendor/{name}-{version}/", "version": major}
                for name, version, major, default in [
                    ("redoc", "2.5.4", "2", "bundles/redoc.standalone.js"),
                    ("swagger-ui-dist", "5.35.0", "5", "swagger-ui-bundle.js"),
                ]
            },
        }
        for script in re.findall(r'"([^"]+)"', scripts):
            assert (built.folder / script).is_file()

    def test_layers_hold_bytecode_and_nothing_of_the_machine(self, built: Built) -> None:
        _, hot, cold = files_of(built, "fastapi")
        files = {**hot, **cold}
        assert "fastapi/__pycache__/applications.cpython-314.pyc" in hot
        assert "fastapi/applications.py" in cold
        assert list(hot) == sorted(hot)
        assert list(cold) == sorted(cold)
        names = {path.rpartition("/")[2] for path in files}
        assert not names & {"RECORD", "INSTALLER", "REQUESTED", "direct_url.json"}
        assert not any(path.startswith(("bin/", "../")) for path in files)
        (metadata,) = [path for path in files if path.endswith(".dist-info/METADATA")]
        assert b"Name: fastapi" in files[metadata]
        assert not any(str(built.site.parents[2]).encode() in content for content in files.values())

    def test_first_answer_waits_for_what_it_needs(self, built: Built) -> None:
        index, hot, cold = files_of(built, "pydantic-core")
        assert [path.rpartition(".")[2] for path, _ in index["extensions"]] == ["so"]
        _, hot, cold = files_of(built, "stdlib")
        cached = "__pycache__/{}.cpython-314.pyc".format
        assert {"json/" + cached("decoder"), "asyncio/" + cached("tasks")} <= hot.keys()
        assert {cached("pdb"), "asyncio/tasks.py"} <= cold.keys()

    def test_second_build_needs_nothing_and_gives_the_same_bytes(
        self,
        built: Built,
        tmp_path: Path,
        no_network: None,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setenv("PATH", "")
        node_command.cache_clear()
        npm_command.cache_clear()
        write_site(tmp_path / "site")
        reports: list[str] = []
        result = package_site(tmp_path / "site", locks=built.locks, report=reports.append)
        assert reports == []
        assert result.new_locks == ()
        assert contents(tmp_path / "site/_static/asgi-docs") == contents(built.folder)

    def test_unchanged_files_stay_untouched_and_stale_ones_go(
        self, built: Built, tmp_path: Path
    ) -> None:
        site = tmp_path / "site"
        shutil.copytree(built.site, site)
        folder = site / "_static/asgi-docs"
        times = {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}
        stale = folder / "layers/old-1.0-000000000000.layer"
        stale.write_text("old", "utf-8")
        neighbour = site / "_static/theme.js"
        neighbour.write_text("//", "utf-8")
        (site / "tutorial/second/index.html").unlink()
        package_site(site, locks=built.locks)
        assert not stale.exists()
        assert neighbour.exists()
        left = {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}
        gone = {path.name for path in times.keys() - left.keys()}
        assert gone == {f"{built.result.environments[-1].name}.json"}
        assert all(times[path] == time for path, time in left.items())

    def test_pyodide_of_a_cdn(self, built: Built, tmp_path: Path) -> None:
        write_page(tmp_path / "index.html", PLAIN, base="asgi-docs/")
        package_site(tmp_path, locks=built.locks, runtime="cdn")
        folder = tmp_path / "asgi-docs"
        assert not list(folder.glob("pyodide-*"))
        (environment,) = (folder / "environments").iterdir()
        given = json.loads(environment.read_text("utf-8"))["pyodide"]
        cdn = f"https://cdn.jsdelivr.net/npm/pyodide@{pyodide.VERSION}/pyodide."
        assert [given["module"]["url"], given["asm"]["url"]] == [f"{cdn}mjs", f"{cdn}asm.mjs"]
        wasm = (pyodide.distribution() / pyodide.WASM).read_bytes()
        assert given["wasm"] == {"url": f"{cdn}asm.wasm", "size": len(wasm)}
        digest = base64.b64encode(hashlib.sha512(wasm).digest()).decode()
        assert given["integrity"]["wasm"] == f"sha512-{digest}"
        assert given["integrity"].keys() == {"module", "asm", "wasm"}

    def test_folder_that_cannot_be_written(self, built: Built, tmp_path: Path) -> None:
        write_page(tmp_path / "index.html", PLAIN, base="_static/asgi-docs/")
        (tmp_path / "_static").write_text("a file in the way", "utf-8")
        with pytest.raises(PackageError, match=r"_static.*: (Not a directory|File exists)\.$"):
            package_site(tmp_path, locks=built.locks)

    def test_damaged_copy_is_repaired(self, built: Built, tmp_path: Path) -> None:
        site = tmp_path / "site"
        shutil.copytree(built.site, site)
        wasm = next(site.glob("_static/asgi-docs/pyodide-*/pyodide.asm.wasm.layer"))
        wasm.write_bytes(b"half a download")
        package_site(site, locks=built.locks)
        assert contents(site) == contents(built.site)


def test_all_environments_that_fail_are_told(tmp_path: Path) -> None:
    site, locks = tmp_path / "site", tmp_path / "locks"
    write_site(site)
    locks.mkdir()
    for block in (FASTAPI, STARLETTE):
        lock_path(locks, block.environment).write_text("broken", "utf-8")
    with pytest.raises(LockError) as caught:
        package_site(site, locks=locks)
    told = str(caught.value).splitlines()
    assert [re.search(r"pylock\.(\w+)-", line)[1] for line in told] == ["fastapi", "starlette"]  # type: ignore[index]


def test_runtime_from_nowhere(tmp_path: Path) -> None:
    with pytest.raises(PackageError, match=r"^runtime: cnd is neither site nor cdn\.$"):
        package_site(tmp_path, locks=tmp_path, runtime="cnd")  # type: ignore[arg-type]


def test_site_without_blocks_gets_nothing(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<p>text", "utf-8")
    result = package_site(tmp_path, locks=tmp_path / "locks")
    assert result.folder is None
    assert list(contents(tmp_path)) == ["index.html"]


def test_folder_of_an_earlier_build_goes_with_the_last_block(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<p>text", "utf-8")
    ours, theirs = tmp_path / "_static/asgi-docs", tmp_path / "asgi-docs"
    for folder in (ours, theirs):
        folder.mkdir(parents=True)
        (folder / "notes.html").write_text("<p>notes", "utf-8")
    (ours / ".asgi-docs").touch()
    package_site(tmp_path, locks=tmp_path / "locks")
    assert not ours.exists()
    assert (theirs / "notes.html").exists()


def test_pages_that_disagree_about_the_folder(tmp_path: Path) -> None:
    write_page(tmp_path / "sphinx/index.html", PLAIN, base="_static/asgi-docs/")
    write_page(tmp_path / "mkdocs/index.html", PLAIN, base="assets/asgi-docs/")
    with pytest.raises(PackageError, match="different folders") as error:
        package_site(tmp_path, locks=tmp_path / "locks")
    assert "mkdocs/assets/asgi-docs" in str(error.value)
    assert "sphinx/_static/asgi-docs" in str(error.value)


@pytest.mark.parametrize("base", ["", "../outside/", "/docs/_static/asgi-docs/"])
def test_folder_that_is_not_ours_to_write(base: str, tmp_path: Path) -> None:
    write_page(tmp_path / "site/index.html", PLAIN, base=base)
    with pytest.raises(PackageError, match=r"index\.html"):
        package_site(tmp_path / "site", locks=tmp_path / "locks")
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
    assert list(contents(tmp_path / "site")) == ["index.html"]


def test_page_without_our_script(tmp_path: Path) -> None:
    write_page(tmp_path / "index.html", PLAIN, base="x/")
    page = tmp_path / "index.html"
    page.write_text(page.read_text("utf-8").replace("asgi-live.js", "other.js"), "utf-8")
    with pytest.raises(PackageError, match=r"does not load asgi-live\.js"):
        package_site(tmp_path, locks=tmp_path / "locks")


def test_link_to_nowhere_is_no_page(tmp_path: Path) -> None:
    (tmp_path / "old.html").symlink_to(tmp_path / "nowhere.html")
    assert package_site(tmp_path, locks=tmp_path / "locks").blocks == 0


def test_site_that_was_not_built(tmp_path: Path) -> None:
    with pytest.raises(PackageError, match="build the documentation first"):
        package_site(tmp_path / "html", locks=tmp_path / "locks")
