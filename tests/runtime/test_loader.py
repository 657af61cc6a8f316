"""From a block's files to its application."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from asgi_docs.runtime.loader import NoApplication, load_application
from asgi_docs.runtime.settings import Settings
from asgi_docs.runtime.tracebacks import app_traceback

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Load = Callable[..., Any]

APP = "async def app(scope, receive, send): ...\n"


@pytest.fixture
def load(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Load]:
    """Loads an app from files in a folder of its own, and undoes what that changes."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    known = set(sys.modules)

    def load(import_string: str = "shop_main:app", **sources: str) -> Any:
        files = {f"{name.replace('__', '/')}.py": text for name, text in sources.items()}
        Settings(app=import_string, files=files).write_files(tmp_path / "app")
        return asyncio.run(load_application(import_string))

    yield load
    for name in set(sys.modules) - known:
        if name.startswith("shop_"):
            del sys.modules[name]


def test_a_name(load: Load) -> None:
    app = load(shop_main=APP)

    assert app is sys.modules["shop_main"].app


@pytest.mark.parametrize(
    ("expression", "definition"),
    [
        ("shop.api", "class shop:\n    api = print\n"),
        ("make_app()", "def make_app(): return print\n"),
        ("make_app(debug=True)", "def make_app(debug=False): return print if debug else None\n"),
        ("make_app()", "async def make_app(): return print\n"),
    ],
    ids=["attribute", "factory", "factory-with-arguments", "async-factory"],
)
def test_expressions(load: Load, expression: str, definition: str) -> None:
    assert load(f"shop_main:{expression}", shop_main=definition) is print


def test_a_module_is_imported_before_the_event_loop_runs(load: Load) -> None:
    source = "import asyncio\nloop = asyncio._get_running_loop()\n"
    factory = "def make_app():\n    assert asyncio.get_running_loop()\n    return print\n"

    load("shop_main:make_app()", shop_main=source + factory)

    assert sys.modules["shop_main"].loop is None


def test_an_app_of_several_files_runs_in_its_folder(load: Load, tmp_path: Path) -> None:
    load(
        "shop_web.main:app",
        shop_web____init__="",
        shop_web__main="from shop_web.models import here\n" + APP,
        shop_web__models="import os\nhere = os.getcwd()\n",
    )

    folder = tmp_path / "app"
    assert Path.cwd() == folder
    assert sys.modules["shop_web.main"].here == str(folder)
    assert sys.modules["shop_web.main"].__file__ == str(folder / "shop_web" / "main.py")


def test_an_entry_in_a_package_imports_relatively(load: Load) -> None:
    load(
        "shop_site.web.main:app",
        shop_site____init__="",
        shop_site__web__main="from ..models import item\n" + APP,
        shop_site__models="from pathlib import Path\nitem = Path(__file__).name\n",
    )

    assert sys.modules["shop_site.web.main"].item == "models.py"


def test_what_runs_the_app_as_a_script_does_not_run(load: Load) -> None:
    source = f'{APP}if __name__ == "__main__":\n    raise SystemExit\n'

    assert load(shop_main=source) is sys.modules["shop_main"].app


def test_sources_are_utf8_whatever_the_locale(load: Load) -> None:
    load(shop_main=f'name = "café ✓"\n{APP}')

    assert sys.modules["shop_main"].name == "café ✓"


@pytest.mark.parametrize(
    ("source", "expression", "said"),
    [
        ("api = print", "app", "shop_main.py has no “app”"),
        ("", "make_app()", "shop_main.py has no “make_app”"),
        ("app = None", "app", "“app” in shop_main.py is None, not an ASGI application."),
        ("app = 3", "app", "“app” in shop_main.py is of type int, not an ASGI application."),
        ("def make(): pass", "make()", "“make()” in shop_main.py is None"),
    ],
    ids=["no-name", "no-factory", "none", "not-callable", "factory-without-return"],
)
def test_no_application_is_said_in_a_sentence(
    load: Load, source: str, expression: str, said: str
) -> None:
    with pytest.raises(NoApplication) as raised:
        load(f"shop_main:{expression}", shop_main=source)

    assert said in str(raised.value)


def failure(load: Load, **sources: str) -> str:
    """What the reader is told; `load` itself and what lies below it are this test's frames."""
    try:
        load(**sources)
    except BaseException as error:
        frames = error.__traceback__
        while frames and frames.tb_frame.f_code is not load_application.__code__:
            frames = frames.tb_next
        return app_traceback(error.with_traceback(frames))
    pytest.fail("the app could be loaded")


@pytest.mark.parametrize(
    ("source", "last_line", "in_files"),
    [
        ("import shop_models", "ZeroDivisionError: division by zero", ["main", "models"]),
        ("import shop_nowhere", "ModuleNotFoundError: No module named 'shop_nowhere'", ["main"]),
        ("app = (", "SyntaxError: '(' was never closed", ["main"]),
        ("import sys\nsys.exit('stop')", "SystemExit: stop", ["main"]),
    ],
    ids=["raises", "missing-module", "syntax", "exits"],
)
def test_the_traceback_of_a_broken_app_shows_its_files_only(
    load: Load, source: str, last_line: str, in_files: list[str]
) -> None:
    told = failure(load, shop_main=source, shop_models="1 / 0")

    lines = told.splitlines()
    assert lines[-1] == last_line
    shown = [Path(line.split('"')[1]) for line in lines if line.startswith('  File "')]
    assert [path.name for path in shown] == [f"shop_{name}.py" for name in in_files]


def test_chained_exceptions_are_all_shown_without_the_server(load: Load) -> None:
    source = "try: import shop_models\nexcept ZeroDivisionError as e: raise KeyError('a') from e"
    told = failure(load, shop_main=source, shop_models="1 / 0")

    assert "ZeroDivisionError: division by zero" in told
    assert "direct cause" in told
    assert f"{os.sep}runtime{os.sep}loader.py" not in told
    assert f"importlib{os.sep}__init__.py" not in told
    assert "<frozen importlib" not in told
