"""Packages that only Pyodide's own distribution has for readers; without a network."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import subprocess
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from packaging.pylock import Pylock

from asgi_docs.block.model import LiveBlock
from asgi_docs.errors import LockError
from asgi_docs.package import pyodide
from asgi_docs.package.cache import FOLDER_VARIABLE, cache_folder, prune
from asgi_docs.package.installed import install
from asgi_docs.package.lock import make_lock
from asgi_docs.package.lock_file import read_lock
from asgi_docs.package.ports import PLACE_VARIABLE, fetch_port, ports
from asgi_docs.package.site import package_site

from .extension import FILES
from .sdists import write_sdist
from .serving import serving
from .site_building import write_page
from .test_boot import run_in_pyodide
from .wheels import write_wheel

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

TAG = f"cp314-cp314-pyemscripten_{pyodide.ABI}_wasm32"
DISTRIBUTION = pyodide.distribution
NATIVE = 'files["native/part.so"] = "ELF"'


@dataclass
class Release:
    """The pinned release of Pyodide: a list in its npm package, and a folder with the wheels."""

    npm_package: Path
    wheels: Path
    listed: list[dict[str, Any]] = field(default_factory=list)

    def add(
        self,
        name: str,
        version: str,
        *,
        dependencies: tuple[str, ...] = (),
        files: Mapping[str, str | bytes] | None = None,
    ) -> Path:
        wheel = write_wheel(
            self.wheels, name, version, dependencies=dependencies, tag=TAG, files=files
        )
        sha256 = hashlib.sha256(wheel.read_bytes()).hexdigest()
        self.add_file(name, version, wheel.name, sha256)
        return wheel

    def add_file(
        self,
        name: str,
        version: str,
        file_name: str,
        sha256: str = "",
        *,
        kind: str = "package",
        depends: tuple[str, ...] = (),
    ) -> None:
        self.listed.append(
            {
                "name": name,
                "version": version,
                "file_name": file_name,
                "sha256": sha256,
                "package_type": kind,
                "depends": list(depends),
            }
        )
        packages = {each["name"]: each for each in self.listed}
        (self.npm_package / pyodide.PORTS).write_text(json.dumps({"packages": packages}), "utf-8")


@pytest.fixture
def release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Release:
    made = Release(tmp_path / "npm-package", tmp_path / "distribution")
    made.npm_package.mkdir()
    made.wheels.mkdir()
    (made.npm_package / pyodide.PORTS).write_text('{"packages": {}}', "utf-8")
    monkeypatch.setattr(pyodide, "distribution", lambda: made.npm_package)
    monkeypatch.setenv(PLACE_VARIABLE, str(made.wheels))
    return made


def test_package_that_the_index_has_for_other_machines_only(
    index: Path, release: Release, tmp_path: Path
) -> None:
    write_sdist(index, "speedy", step=NATIVE)
    write_wheel(index, "web", dependencies=("speedy",))
    wheel = release.add("Speedy", "0.9", dependencies=("helper>=1",))
    write_wheel(index, "helper")
    path = tmp_path / "pylock.web.toml"
    reports: list[str] = []
    notes = make_lock(path, ["web"], report=reports.append)
    assert notes == (
        "speedy 0.9 is of Pyodide's own distribution: "
        "no index has anything of 1.0 that runs in a browser.",
    )
    assert reports == [
        "Building speedy 1.0 without its native parts",
        "Taking speedy 0.9 of Pyodide's own distribution",
    ]
    lock = Pylock.from_dict(tomllib.loads(path.read_text("utf-8")))
    helper, speedy, web = lock.packages
    assert (str(speedy.version), speedy.archive, speedy.sdist) == ("0.9", None, None)
    assert speedy.wheels
    assert speedy.wheels[0].url == (
        f"https://cdn.jsdelivr.net/pyodide/v{pyodide.VERSION}/full/{wheel.name}"
    )
    assert speedy.tool == {"asgi-docs": {"pyodide": pyodide.VERSION}}
    assert speedy.dependencies == [{"name": "helper"}]
    assert (helper.name, web.name) == ("helper", "web")
    assert str(tmp_path) not in path.read_text("utf-8")


def test_installed_file_is_the_locked_one(index: Path, release: Release, tmp_path: Path) -> None:
    write_sdist(index, "speedy", step=NATIVE)
    wheel = release.add("speedy", "0.9")
    path = tmp_path / "pylock.web.toml"
    make_lock(path, ["speedy"])
    wheel.unlink()  # the cache has it
    install(read_lock(path), tmp_path / "first", "web")
    assert (tmp_path / "first/speedy.py").read_text() == "VERSION = '0.9'\n"
    prune(0)
    write_wheel(release.wheels, "speedy", "0.9", tag=TAG, files={"speedy.py": "other"})
    with pytest.raises(
        LockError,
        match=rf"^speedy 0\.9, locked for web: {wheel.name} of Pyodide's own distribution is not "
        r"the file that is locked, for its sha256 differs\. It is published at https://",
    ):
        install(read_lock(path), tmp_path / "second", "web")


def test_package_that_does_without_its_native_part_stays_as_new(
    index: Path, release: Release, tmp_path: Path
) -> None:
    write_sdist(index, "speedy")
    release.add("speedy", "0.9")
    make_lock(tmp_path / "pylock.toml", ["speedy"])
    (locked,) = read_lock(tmp_path / "pylock.toml")
    assert (locked.version, locked.from_source, locked.port) == ("1.0", True, None)


def test_packages_that_appear_with_older_versions_come_from_there_too(
    index: Path, release: Release, tmp_path: Path
) -> None:
    for name in ("speedy", "inner"):
        write_sdist(index, name, step=NATIVE)
    release.add("speedy", "0.9", dependencies=("inner",))
    release.add("inner", "0.5")
    make_lock(tmp_path / "pylock.toml", ["speedy"])
    locked = read_lock(tmp_path / "pylock.toml")
    assert [(each.name, each.version) for each in locked] == [("inner", "0.5"), ("speedy", "0.9")]


def test_versions_that_are_asked_for_rule_it_out(
    index: Path, release: Release, tmp_path: Path
) -> None:
    write_sdist(index, "speedy", step=NATIVE)
    release.add("speedy", "0.9")
    with pytest.raises(LockError) as error:
        make_lock(tmp_path / "pylock.toml", ["speedy>=1"])
    assert str(error.value).splitlines()[1] == (
        "  speedy 1.0: its source makes native code (part.so); Pyodide's own distribution has 0.9, "
        "which does not go with what is required"
    )
    assert not (tmp_path / "pylock.toml").exists()


def test_older_versions_that_this_takes_are_told(
    index: Path, release: Release, tmp_path: Path
) -> None:
    write_sdist(index, "speedy", step=NATIVE)
    release.add("speedy", "0.9")
    write_wheel(index, "web", "1.0", dependencies=("speedy",))
    write_wheel(index, "web", "2.0", dependencies=("speedy>=1",))
    assert make_lock(tmp_path / "pylock.toml", ["web"]) == (
        "speedy 0.9 is of Pyodide's own distribution: "
        "no index has anything of 1.0 that runs in a browser.",
        "web 1.0, and not 2.0, goes with that.",
    )


def test_build_that_went_wrong_is_no_reason_for_an_older_version(
    index: Path, release: Release, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_sdist(index, "speedy")
    release.add("speedy", "0.9")
    failed = subprocess.CompletedProcess([], 2, "", "error: the connection was closed")
    monkeypatch.setattr("asgi_docs.package.pure_build.uv_pip", lambda *_, **__: failed)
    with pytest.raises(LockError, match="speedy 1\\.0: its source cannot be built"):
        make_lock(tmp_path / "pylock.toml", ["speedy"])


def test_package_that_neither_has(index: Path, release: Release, tmp_path: Path) -> None:
    for name in ("speedy", "other"):
        write_sdist(index, name, step=NATIVE)
    release.add("speedy", "0.9")
    with pytest.raises(LockError) as error:
        make_lock(tmp_path / "pylock.toml", ["other", "speedy"])
    told = str(error.value).splitlines()
    assert [line.split(":")[0] for line in told[1:-1]] == ["  other 1.0"]


def test_wheel_that_cannot_be_had(
    index: Path, release: Release, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_sdist(index, "speedy", step=NATIVE)
    wheel = release.add("speedy", "0.9")
    wheel.rename(tmp_path / wheel.name)

    def told() -> str:
        with pytest.raises(LockError) as error:
            make_lock(tmp_path / "pylock.toml", ["speedy"])
        problem, advice = str(error.value).splitlines()[1:3]
        assert advice.endswith(f"or the URL of a mirror, in {PLACE_VARIABLE}.")
        start = "  speedy 1.0: its source makes native code (part.so); "
        start += f"{wheel.name} of Pyodide's own distribution "
        assert problem.startswith(start)
        return problem.removeprefix(start)

    assert told() == f"cannot be read from {release.wheels} (No such file or directory)"
    monkeypatch.setenv(PLACE_VARIABLE, "")
    assert told() == "cannot be fetched, for UV_OFFLINE is set"
    with monkeypatch.context() as online, serving(release.wheels) as url:
        online.setenv(PLACE_VARIABLE, url)
        online.setenv("UV_OFFLINE", "0")
        assert told() == "cannot be fetched (HTTP status 404)"
    with monkeypatch.context() as online:
        online.setenv(PLACE_VARIABLE, url)
        online.setenv("UV_OFFLINE", "0")
        assert told() == "cannot be fetched (Connection refused)"
    assert not any((cache_folder() / "tmp").iterdir())


def test_lock_of_an_earlier_release_is_served_by_a_mirror(
    index: Path, release: Release, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_sdist(index, "speedy", step=NATIVE)
    release.add("speedy", "0.9")
    path = tmp_path / "pylock.web.toml"
    make_lock(path, ["speedy"], urls=False)
    assert "https://" not in path.read_text("utf-8")
    monkeypatch.setattr(pyodide, "VERSION", "314.9.9")
    (locked,) = read_lock(path)
    assert locked.port
    assert locked.port.release != pyodide.VERSION
    assert f"/v{locked.port.release}/full/speedy-0.9-" in locked.port.url
    prune(0)
    monkeypatch.delenv("UV_OFFLINE")
    with serving(release.wheels) as url:
        monkeypatch.setenv(PLACE_VARIABLE, url)
        assert fetch_port(locked.port).read_bytes().startswith(b"PK")
        with pytest.raises(LockError, match=r"^is not the file that is locked"):
            fetch_port(dataclasses.replace(locked.port, sha256="0" * 64))


def test_tests_and_bare_libraries_are_no_packages(release: Release) -> None:
    release.add_file("libspice", "1", "libspice-1.zip", kind="shared_library")
    release.add_file("wants-it", "1", f"wants_it-1-{TAG}.whl", depends=("libspice",))
    release.add_file("speedy-tests", "1", "speedy-tests.zip", depends=("speedy",))
    release.add_file("Speedy", "1", f"speedy-1-{TAG}.whl")
    assert list(ports()) == ["speedy"]


@pytest.mark.node
@pytest.mark.network
def test_native_code_and_its_libraries_run_in_pyodide(
    index: Path, release: Release, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cache: Path
) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, str(cache))  # it has Pyodide
    write_sdist(index, "native", step=NATIVE)
    release.add("native", "0.9", files=FILES)
    listed = ports()
    monkeypatch.setattr("asgi_docs.package.runnable.ports", lambda: listed)
    monkeypatch.setattr(pyodide, "distribution", DISTRIBUTION)
    site = tmp_path / "site"
    code = "import native.native\n\nasync def app(scope, receive, send): ...\n"
    block = LiveBlock(app="main:app", files={"main.py": code}, requires=("native",))
    write_page(site / "index.html", block, base="_static/asgi-docs/")
    package_site(site, locks=tmp_path / "docs/asgi-docs")
    script = tmp_path / "script.py"
    script.write_text("import json, native.native\njson.dumps({'said': native.native.ask()})\n")
    said = run_in_pyodide(site / "_static/asgi-docs", block.environment, script)
    assert said == {"said": 42}
