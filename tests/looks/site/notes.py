from starlette.applications import Starlette
from starlette.responses import HTMLResponse, RedirectResponse
from starlette.routing import Route

notes = ["Buy milk", "Read the ASGI specification"]


async def homepage(request):
    items = "".join(f"<li>{note}" for note in notes)
    return HTMLResponse(page(f"<ol>{items}</ol>"))


async def add(request):
    async with request.form() as form:
        notes.append(form["text"])
    return RedirectResponse("/", status_code=303)


def page(items):
    return f"""<!doctype html>
<meta name="color-scheme" content="light dark">
<title>Notes</title>
<body style="font: 1rem/1.5 system-ui, sans-serif; margin: 1rem 1.5rem">
<h1 style="font-size: 1.25rem">Notes</h1>{items}
<form method="post" action="add">
  <input name="text" aria-label="New note" required> <button>Add</button>
</form>"""


app = Starlette(
    routes=[Route("/", homepage), Route("/add", add, methods=["POST"])]
)
