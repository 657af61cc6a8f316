# /// script
# requires-python = ">=3.10"
# dependencies = ["fastapi", "python-multipart"]
# ///
from contextlib import asynccontextmanager
from html import escape
from typing import Annotated
from urllib.parse import urlencode

from fastapi import FastAPI, Form, HTTPException, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import BaseModel, Field


class NewItem(BaseModel):
    name: str = Field(min_length=1)
    price: float = Field(gt=0)


class Item(NewItem):
    id: int


@asynccontextmanager
async def lifespan(app: FastAPI):
    app.state.items = {
        1: Item(id=1, name="Teapot", price=24.5),
        2: Item(id=2, name="Cup", price=6),
    }
    print(f"The shop opens with {len(app.state.items)} items.")
    yield
    print("The shop is closed.")


app = FastAPI(title="The FastAPI demo", lifespan=lifespan)

STYLE = """
:root { color-scheme: light dark; font: 1rem/1.55 system-ui, sans-serif; }
body { max-width: 40rem; margin: 0 auto; padding: 1rem 1.25rem 2rem; }
nav { display: flex; flex-wrap: wrap; gap: 1rem; padding-bottom: .5rem; }
nav { border-bottom: 1px solid #8886; }
a { color: light-dark(#00695c, #4db6ac); }
form, label { display: grid; gap: .6rem; max-width: 22rem; }
label { gap: .15rem; }
input, textarea, button { font: inherit; padding: .35rem .6rem; }
li span { opacity: .75; }
"""


def page(request: Request, title: str, body: str) -> HTMLResponse:
    links = {
        "Home": request.url_for("home"),
        "About": "/about",
        "Contact": request.url_for("contact"),
        "Widget": request.url_for("widget"),
        "API": request.url_for("swagger_ui_html"),
    }
    nav = "".join(f'<a href="{url}">{name}</a>' for name, url in links.items())
    return HTMLResponse(
        f'<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head>"
        f"<body><nav>{nav}</nav><h1>{escape(title)}</h1>{body}</body></html>"
    )


@app.get("/", include_in_schema=False)
async def home(request: Request):
    items = "".join(
        f'<li><a href="{request.url_for("read_item", item_id=item.id)}">'
        f"{escape(item.name)}</a> <span>{item.price:.2f}</span></li>"
        for item in request.app.state.items.values()
    )
    return page(request, "The tea shop", f"<p>Today on the shelf:</p><ul>{items}</ul>")


@app.get("/about", include_in_schema=False)
def about(request: Request):
    return page(request, "About", "<p>One Python file makes all of these pages.</p>")


@app.get("/contact", include_in_schema=False)
async def contact(request: Request):
    return page(
        request,
        "Contact",
        f'<form method="post" action="{request.url_for("submit")}">'
        '<label>Your name <input name="name" required maxlength="40"></label>'
        '<label>Message <textarea name="message" rows="3"></textarea></label>'
        "<button>Send</button></form>",
    )


@app.post("/submit", include_in_schema=False)
def submit(
    name: Annotated[str, Form(min_length=1, max_length=40)],
    message: Annotated[str, Form()] = "",
):
    print(f"{name} writes: {message}")
    return RedirectResponse(f"/thanks?{urlencode({'name': name})}", status_code=303)


@app.get("/thanks", include_in_schema=False)
async def thanks(request: Request, name: str = "friend"):
    return page(request, "Thank you", f"<p>Thank you, {escape(name)}!</p>")


@app.get("/widget", include_in_schema=False)
async def widget(request: Request):
    return page(
        request,
        "Widget",
        f'<ul id="items" data-url="{request.url_for("list_items")}"></ul>'
        '<button id="add">Add a spoon</button>'
        f'<script type="module" src="{request.url_for("widget_script")}"></script>',
    )


WIDGET_SCRIPT = """
const list = document.querySelector("#items");

async function refresh() {
  const items = await (await fetch(list.dataset.url)).json();
  list.replaceChildren(...items.map((item) => {
    const entry = document.createElement("li");
    entry.textContent = `${item.name}: ${item.price.toFixed(2)}`;
    return entry;
  }));
}

document.querySelector("#add").addEventListener("click", async () => {
  await fetch("/api/items", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ name: "Spoon", price: 1.2 }),
  });
  await refresh();
});

await refresh();
"""


@app.get("/widget.js", include_in_schema=False)
def widget_script():
    return Response(WIDGET_SCRIPT, media_type="text/javascript")


@app.get("/api/items")
async def list_items(request: Request) -> list[Item]:
    return list(request.app.state.items.values())


@app.get("/api/items/{item_id}")
def read_item(request: Request, item_id: int) -> Item:
    item = request.app.state.items.get(item_id)
    if item is None:
        raise HTTPException(404, f"There is no item {item_id}")
    return item


@app.post("/api/items", status_code=201)
async def create_item(request: Request, new_item: NewItem) -> Item:
    items = request.app.state.items
    item = Item(id=max(items, default=0) + 1, **new_item.model_dump())
    items[item.id] = item
    return item
