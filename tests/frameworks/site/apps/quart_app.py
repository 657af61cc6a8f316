"""A guest book: templates, sessions, a flashed message, a WebSocket, streaming, background tasks."""

import asyncio

from quart import (
    Quart,
    flash,
    redirect,
    render_template_string,
    request,
    session,
    stream_with_context,
    url_for,
    websocket,
)

app = Quart(__name__)
app.secret_key = "for a documentation page"
entries = []
PAGE = """
<!doctype html>
<h1>Guest book</h1>
{% for message in get_flashed_messages() %}<p role="status">{{ message }}</p>{% endfor %}
<ul>{% for entry in entries %}<li>{{ entry }}</li>{% endfor %}</ul>
<form method="post" action="{{ url_for('sign') }}">
  <input name="entry" aria-label="Entry"><button>Sign</button>
</form>
<p id="echo"></p>
<script>
  const socket = new WebSocket("{{ url_for("echo") }}");
  socket.onopen = () => socket.send("anybody there?");
  socket.onmessage = ({ data }) => { echo.textContent = data; };
</script>
"""


@app.before_serving
async def open_book():
    entries.append("the host")


@app.get("/")
async def home():
    return await render_template_string(PAGE, entries=entries)


@app.post("/sign")
async def sign():
    form = await request.form
    entries.append(form["entry"])
    session["signed"] = session.get("signed", 0) + 1
    await flash(f"Signed {session['signed']} times")
    app.add_background_task(note)
    return redirect(url_for("home"))


async def note():
    print(f"{len(entries)} entries")


@app.get("/sync")
def count():
    return {"entries": len(entries)}


@app.get("/stream")
async def stream():
    @stream_with_context
    async def lines():
        for entry in entries:
            await asyncio.sleep(0)
            yield f"{entry}\n"

    return lines(), 200, {"content-type": "text/plain"}


@app.websocket("/echo")
async def echo():
    while True:
        await websocket.send(f"{await websocket.receive()} - an echo")


if __name__ == "__main__":
    app.run()
