"""A WSGI application needs an adapter, so its block requires one by itself."""

from __future__ import annotations

import ast

import pytest

from asgi_docs.block.source import find_application
from asgi_docs.block.wsgi import with_adapter


def requires(code: str, *given: str, app: str | None = None) -> tuple[str, ...]:
    tree = ast.parse(code)
    return with_adapter(given, tree, find_application(tree, app))


@pytest.mark.parametrize(
    "code",
    [
        "from flask import Flask\nshop = Flask(__name__)",
        "import bottle\nshop = bottle.Bottle()",
        "import falcon\nshop = falcon.App()",
        "from django.core.wsgi import get_wsgi_application\nshop = get_wsgi_application()",
        "def shop(environ, start_response): return []",
    ],
)
def test_a_wsgi_application_is_found_and_gets_the_adapter(code: str) -> None:
    assert requires(code, "zope") == ("asgiref", "zope")


def test_a_factory_is_looked_into() -> None:
    code = "import flask\ndef make():\n    app = flask.Flask('a')\n    return app\n"
    assert requires(code, app="make()") == ("asgiref",)


@pytest.mark.parametrize(
    "code",
    [
        "from fastapi import FastAPI\napp = FastAPI()",
        "import falcon.asgi\napp = falcon.asgi.App()",
        "from asgiref.wsgi import WsgiToAsgi\napp = WsgiToAsgi(Flask(__name__))",
        "async def app(scope, receive, send): ...",
        "from shop import *",
        "from flask import Flask\nfrom fastapi import FastAPI\napp = FastAPI()\nf = Flask('f')",
    ],
)
def test_others_do_not(code: str) -> None:
    assert requires(code) == ()


def test_the_authors_own_requirement_of_the_adapter_stays() -> None:
    code = "from flask import Flask\napp = Flask(__name__)"
    assert requires(code, "asgiref>=3.8", "flask") == ("asgiref>=3.8", "flask")
