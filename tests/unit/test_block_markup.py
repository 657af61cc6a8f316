from __future__ import annotations

import json

import pytest

from asgi_docs import __version__
from asgi_docs.block.markup import assets_html, block_html, read_blocks, read_page
from asgi_docs.block.model import LiveBlock, environment_name
from asgi_docs.errors import BlockError

AWKWARD = 's = """<script>\'&amp;\' </asgi-live>\n\t\\n \u2028 ü 🦄 \x02 {{ x }}"""\n'
BLOCKS = [
    LiveBlock(app="main:app", files={"main.py": AWKWARD}),
    LiveBlock(
        app="shop:make_app()",
        files={"shop.py": "", "b/c.py": "x\r\ny"},
        requires=("fastapi<1,>=0.100", "httpx"),
        binary_files={"static/dot.png": b"\x89PNG\r\n\0"},
        env={"DEBUG": "1"},
        mount="full",
        lifespan="on",
        path="/docs?a=1&b=2",
        height="20rem",
        caption='A "shop" <b>',
        source="tutorial/first.rst:12",
    ),
]


def test_blocks_are_read_back_as_they_were_written() -> None:
    fallback = "<pre>&lt;asgi-live data-block='x'&gt;</pre>"
    elements = "".join(block_html(each.to_json(), fallback) for each in BLOCKS)
    page = f"<!doctype html><body>{elements}</body>"
    assert read_blocks(page) == BLOCKS
    assert page.count(fallback) == 2


def test_the_data_of_a_block_is_what_the_front_end_expects() -> None:
    assert json.loads(BLOCKS[1].to_json()) == {
        "app": "shop:make_app()",
        "files": {"shop.py": "", "b/c.py": "x\r\ny"},
        "binary": {"static/dot.png": "iVBORw0KAA=="},
        "env": {"DEBUG": "1"},
        "mount": "full",
        "lifespan": "on",
        "environment": environment_name(("fastapi<1,>=0.100", "httpx")),
        "requires": ["fastapi<1,>=0.100", "httpx"],
        "path": "/docs?a=1&b=2",
        "height": "20rem",
        "caption": 'A "shop" <b>',
        "source": "tutorial/first.rst:12",
    }
    assert set(json.loads(BLOCKS[0].to_json())) == {
        *("app", "files", "environment", "requires", "path", "source")
    }


def test_markup_in_comments_and_scripts_is_no_block() -> None:
    element = block_html(BLOCKS[0].to_json(), "")
    assert read_blocks(f"<!-- {element} --><script>'<asgi-live>'</script>") == []
    assert read_blocks(f"<Textarea class=a>{element}</TEXTAREA ><!-- {element}") == []
    unquoted = element.replace(chr(39), "")
    for value in (f"'{unquoted}'", f" 'a <b> {unquoted}'", "x<asgi-live"):
        assert read_blocks(f"<p title={value} data-block='{{}}'>") == [], value


def test_what_is_odd_around_a_block_does_not_hide_it() -> None:
    element = block_html(BLOCKS[0].to_json(), "")
    for before in ("<p>it's 3 < 4", "<p class=it's>", "<br/", "<script/></script>", "<>"):
        assert read_blocks(f"{before}<p>{element}") == BLOCKS[:1], before
    minified = element.replace("<asgi-live ", "<ASGI-LIVE\nclass=wide  ")
    assert read_blocks(f"<title>A page</title>{minified}") == BLOCKS[:1]


def test_a_value_without_an_end_takes_in_what_follows_as_in_browsers() -> None:
    element = block_html(BLOCKS[0].to_json(), "")
    assert read_blocks(f"<a b='<p>{element}") == []
    assert read_blocks(f'<a b="<p>{element}') == []


def test_a_page_that_breaks_off_is_read_in_no_time() -> None:
    element = block_html(BLOCKS[0].to_json(), "")
    attributes = " ".join(f"data-{number}=a-long-value" for number in range(100))
    assert read_blocks(f'<p>{element}<p {attributes} title="x') == BLOCKS[:1]


@pytest.mark.parametrize("data", ["", "data-block='{}'", "data-block='[1]'", "data-block='{'"])
def test_data_that_is_not_ours_is_an_error_with_its_line(data: str) -> None:
    with pytest.raises(BlockError, match="line 2 of the page"):
        read_blocks(f"<p>\n<asgi-live {data}></asgi-live>")


def test_the_scripts_of_a_page_tell_where_the_assets_belong() -> None:
    tags = assets_html("../_static/asgi-docs/")
    page = read_page(f"<head>{tags}<script src='x.js'></script></head>{tags}")
    assert page.scripts == ["../_static/asgi-docs/asgi-live.js"]
    assert 'type="module"' in tags
    assert (
        f'<link rel="stylesheet" href="../_static/asgi-docs/asgi-live.css?v={__version__}">' in tags
    )


def test_an_environment_is_named_by_its_requirements() -> None:
    assert environment_name(()) == "python"
    name = environment_name(("fastapi", "httpx>=0.27"))
    assert name.startswith("fastapi-httpx-")
    assert len(name) == len("fastapi-httpx-") + 8
    assert environment_name(("fastapi", "httpx>=0.28")) != name
    long = environment_name(("a" * 39, "b", "c"))
    assert long.startswith("a" * 39 + "-")
    assert long[39:40] == "-", "no second hyphen where the name was cut"
    assert long[40:41] != "-"
