from contextlib import asynccontextmanager
from html import escape

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse
from starlette.routing import Route

PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Notes</title>
<style>
  :root {{ color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }}
  body {{ max-width: 36rem; margin: 2rem auto; padding: 0 1rem; }}
  form {{ display: flex; gap: .5rem; }}
  input {{ flex: 1; }}
  input, button {{ font: inherit; padding: .25rem .6rem; }}
</style>
<h1>Notes</h1>
<ol>{notes}</ol>
<form method="post" action="{action}">
  <input name="text" aria-label="New note" required>
  <button>Add</button>
</form>
<p><a href="{data}">The same as JSON</a></p>
</html>
"""


async def homepage(request):
    notes = "".join(
        f'<li><a href="{request.url_for("note", number=n)}">{escape(text)}</a></li>'
        for n, text in enumerate(request.state.notes, start=1)
    )
    return HTMLResponse(
        PAGE.format(
            notes=notes, action=request.url_for("add"), data=request.url_for("data")
        )
    )


async def add(request):
    async with request.form() as form:
        request.state.notes.append(form["text"])
    return RedirectResponse(request.url_for("homepage"), status_code=303)


async def note(request):
    number = request.path_params["number"]
    if not 1 <= number <= len(request.state.notes):
        raise HTTPException(404, f"There is no note {number}")
    return JSONResponse({"number": number, "text": request.state.notes[number - 1]})


def data(request):
    return JSONResponse({"notes": request.state.notes})


@asynccontextmanager
async def lifespan(app):
    yield {"notes": ["Buy milk", "Read the ASGI specification"]}
    print("The notes are gone.")


app = Starlette(
    routes=[
        Route("/", homepage),
        Route("/notes", add, methods=["POST"]),
        Route("/notes/{number:int}", note),
        Route("/notes.json", data),
    ],
    lifespan=lifespan,
)
