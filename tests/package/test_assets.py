from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from asgi_docs.errors import PackageError
from asgi_docs.package.assets import assets_folder, entry_script, front_files

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("place", ["asgi_docs/assets", "assets"])
def test_files_of_a_wheel_and_of_a_checkout(place: str, tmp_path: Path) -> None:
    package = tmp_path / "asgi_docs"
    (tmp_path / place).mkdir(parents=True)
    (tmp_path / place / "asgi-live.js").touch()
    assert assets_folder(package) == tmp_path / place


def test_files_that_are_missing(tmp_path: Path) -> None:
    with pytest.raises(PackageError) as error:
        assets_folder(tmp_path / "asgi_docs")
    assert str(tmp_path / "asgi_docs/assets") in str(error.value)
    assert str(tmp_path / "assets") in str(error.value)


def test_only_what_browsers_load_ships(tmp_path: Path) -> None:
    names = ["a.js", "a.css", "ui/b.js", "vendor/c.js", "types.d.ts", "package.json", "biome.json"]
    names.append("node_modules/x/x.js")
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts/one.js").write_text("1;", "utf-8")
    (tmp_path / "parts/two.js").write_text("2;", "utf-8")
    bundles = {"joined.js": ["parts/one.js", "parts/two.js"]}
    (tmp_path / "bundles.json").write_text(json.dumps(bundles), "utf-8")
    files = front_files(tmp_path)
    assert sorted(files) == ["a.css", "a.js", "joined.js", "ui/b.js", "vendor/c.js"]
    assert files["joined.js"] == b"1;\n2;"


def test_entries_name_all_that_they_need(tmp_path: Path) -> None:
    modules = {
        "python-worker.js": '/** @import { X } from "./types.js" */\nimport "./a.js";\nstart();\n',
        "a.js": 'import {\n  b,\n} from "./deep/b.js";\nimport { c } from "./c.js";\n',
        "deep/b.js": 'import { c } from "./../c.js";\n',
        "c.js": "export const c = 1;\n",
    }
    for name, text in modules.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    (tmp_path / "bundles.json").write_text("{}", "utf-8")
    files = front_files(tmp_path)
    named = 'import "./c.js";\nimport "./deep/b.js";\nimport "./a.js";\n'
    assert files["python-worker.js"].decode() == named + modules["python-worker.js"]
    assert files["a.js"].decode() == modules["a.js"]
    assert entry_script("a.js", files, "./front").decode() == named.replace("./", "./front/")
