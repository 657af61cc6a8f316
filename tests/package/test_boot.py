"""The packaged folder works: Pyodide under Node boots it as the front end does."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from asgi_docs.package import pyodide
from asgi_docs.package.interpreter import disguised_interpreter
from asgi_docs.package.lock_file import lock_path, read_lock
from asgi_docs.package.node import node_command
from asgi_docs.package.site import package_site

from .site_building import FASTAPI, TEMPLATES, write_page

if TYPE_CHECKING:
    from .conftest import Built

pytestmark = [pytest.mark.network, pytest.mark.node]

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def reported(built: Built, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the script in_pyodide_app.py saw in a booted environment."""
    folder = tmp_path_factory.mktemp("boot") / "asgi-docs"
    shutil.copytree(built.folder, folder)
    return run_in_pyodide(folder, FASTAPI.environment, HERE / "in_pyodide_app.py")


def run_in_pyodide(folder: Path, environment: str, script: Path) -> dict[str, Any]:
    """The JSON that a script ends with, in an environment of a packaged site."""
    (seen,) = _boot(folder, environment, script)
    return seen


def run_from_snapshot(built: Built, work: Path, script: Path, imports: str) -> list[dict[str, Any]]:
    """The same in two interpreters that go on from a snapshot of one that has run the imports."""
    folder, file = work / "asgi-docs", work / "imports.py"
    shutil.copytree(built.folder, folder)
    file.write_text(imports, "utf-8")
    return _boot(folder, FASTAPI.environment, script, file)


def _boot(folder: Path, environment: str, *files: Path) -> list[dict[str, Any]]:
    # Node, unlike browsers, wants to be told that the .js files are modules.
    (folder / "package.json").write_text('{"type": "module"}', "utf-8")
    manifest = folder / f"environments/{environment}.json"
    node_command.cache_clear()
    run = subprocess.run(
        [*node_command(), HERE / "boot.mjs", manifest, *files],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return [json.loads(line) for line in run.stdout.splitlines()]


def test_app_answers(reported: dict[str, Any]) -> None:
    assert (reported["status"], reported["body"]) == (200, '{"number":5}')


def test_a_snapshot_changes_nothing(reported: dict[str, Any], built: Built, tmp_path: Path) -> None:
    script = HERE / "in_pyodide_app.py"
    imports = "from fastapi import FastAPI\n"
    assert run_from_snapshot(built, tmp_path, script, imports) == [reported, reported]


def test_who_goes_on_from_a_snapshot_has_a_time_and_chances_of_its_own(
    built: Built, tmp_path: Path
) -> None:
    script = HERE / "in_pyodide_restored.py"
    imports = "import logging, random, uuid\nimport fastapi\n"
    one, other = run_from_snapshot(built, tmp_path, script, imports)
    assert one["modules"] == ["fastapi", "logging", "pydantic_core", "random", "uuid"]
    assert one["paths"] == other["paths"]
    assert one["paths"].count("") == 1
    for name in ("random", "node", "system", "uuid"):
        assert one[name] != other[name], name
    assert 0 <= one["since the start"] < 5


def test_nothing_is_compiled_at_the_reader(reported: dict[str, Any]) -> None:
    assert reported["compiled"] == []


def test_code_knows_where_it_stands(reported: dict[str, Any]) -> None:
    packages = pyodide.SITE_PACKAGES
    assert reported["fastapi code"] == f"{packages}/fastapi/applications.py"
    assert reported["runtime"] == f"{packages}/asgi_docs_runtime/server.py"


def test_tracebacks_show_lines_of_the_standard_library(reported: dict[str, Any]) -> None:
    path, line = reported["stdlib frame"]
    assert path.startswith(f"{pyodide.LIBRARY}/json/")
    assert line


def test_files_that_come_later_are_there(built: Built, tmp_path: Path) -> None:
    folder = tmp_path / "asgi-docs"
    shutil.copytree(built.folder, folder)
    assert run_in_pyodide(folder, FASTAPI.environment, HERE / "in_pyodide_files.py") == {
        "sizes differ": [],
        "source": "class FastAPI(Starlette):",
        "line": 'r"""JSON (JavaScript Object Notation) <https://json.org> is a subset of\n',
        "modules": True,
        "listed": True,
        "licence": True,
        "magic of the extension": "\0asm",
        "mapped": "from __future__ impo",
        "truncated": '"""\nH',
        "appended": "# appended",
        "cold imports": '<?xml version="1.0" ?><a/>',
    }


def test_pins_are_what_pyodide_reports(reported: dict[str, Any]) -> None:
    assert reported["python"] == pyodide.PYTHON
    assert reported["emscripten"] == pyodide.EMSCRIPTEN
    assert reported["abi"] == pyodide.ABI
    markers = pyodide.marker_environment()
    assert {name: markers[name] for name in reported["markers"]} == reported["markers"]


def test_disguise_says_what_pyodide_says(reported: dict[str, Any]) -> None:
    script = (
        "import json, platform, sys, sysconfig; print(json.dumps([platform.python_version(),"
        " '.'.join(map(str, sys.version_info[:3])), sys.platform, platform.machine(),"
        " platform.system(), platform.release(), platform.version(), sysconfig.get_platform(),"
        " sysconfig.get_config_var('PYEMSCRIPTEN_PLATFORM_VERSION')]))"
    )
    run = subprocess.run(
        [disguised_interpreter(), "-I", "-c", script], capture_output=True, text=True, check=True
    )
    markers = reported["markers"]
    assert json.loads(run.stdout) == [
        reported["python"],
        reported["python"],
        markers["sys_platform"],
        markers["platform_machine"],
        markers["platform_system"],
        markers["platform_release"],
        markers["platform_version"],
        reported["platform"],
        reported["abi"],
    ]


def test_packages_that_were_built_from_source(tmp_path: Path) -> None:
    """MarkupSafe and PyYAML have native parts, and no wheel for readers."""
    base, locks = "_static/asgi-docs/", tmp_path / "locks"
    write_page(tmp_path / "site/a.html", TEMPLATES, base=base)
    package_site(tmp_path / "site", locks=locks)
    packages = read_lock(lock_path(locks, TEMPLATES.environment))
    assert [each.name for each in packages if each.from_source] == ["markupsafe", "pyyaml"]
    script = tmp_path / "script.py"
    script.write_text(
        "import importlib.metadata, json, jinja2, markupsafe, yaml\n"
        "json.dumps({\n"
        "    'page': jinja2.Template('{{ x | e }}').render(x='<b>'),\n"
        "    'data': yaml.safe_load('a: [1, 2]'),\n"
        "    'native': [markupsafe._escape_inner.__module__, yaml.__with_libyaml__],\n"
        "    'version': importlib.metadata.version('markupsafe') == markupsafe.__version__,\n"
        "})\n",
        "utf-8",
    )
    assert run_in_pyodide(tmp_path / "site" / base, TEMPLATES.environment, script) == {
        "page": "&lt;b&gt;",
        "data": {"a": [1, 2]},
        "native": ["markupsafe._native", False],
        "version": True,
    }
