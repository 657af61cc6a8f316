"""A cat registry: binding, dependency injection, a form, files, OpenAPI docs."""

from dataclasses import dataclass

from blacksheep import Application, FromForm, FromJSON, Request, get, html, json, post, redirect
from blacksheep.server.openapi.v3 import OpenAPIHandler
from openapidocs.v3 import Info

app = Application()
docs = OpenAPIHandler(info=Info(title="Cats", version="1.0"))
docs.bind_app(app)


@dataclass
class Cat:
    name: str
    lives: int = 9


class Registry:
    def __init__(self):
        self.cats = [Cat("Tom")]


app.services.add_instance(Registry())


@docs.ignore()
@get("/")
def home(registry: Registry):
    cats = "".join(f"<li>{cat.name}</li>" for cat in registry.cats)
    return html(
        f"<!doctype html><h1>Cats</h1><ul>{cats}</ul>"
        '<form method="post" action="/cats"><input name="name" aria-label="Name">'
        "<button>Register</button></form>"
    )


@docs.ignore()
@post("/cats")
async def register(request: Request, registry: Registry):
    form = await request.form()
    registry.cats.append(Cat(form["name"]))
    return redirect("/")


@post("/api/cats")
def create(data: FromJSON[Cat], registry: Registry) -> Cat:
    registry.cats.append(data.value)
    return json(data.value, status=201)


@get("/api/cats/{index}")
def read(index: int, registry: Registry) -> Cat:
    return registry.cats[index]
