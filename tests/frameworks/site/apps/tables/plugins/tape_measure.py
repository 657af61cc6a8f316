"""A plugin with a script, which says in the page how many rows it sees."""

from datasette import hookimpl
from datasette.utils.asgi import Response

SCRIPT = """
document.addEventListener("DOMContentLoaded", async () => {
  const table = document.querySelector("table.rows-and-columns");
  if (!table) return;
  const answer = await fetch("/-/tape-measure.json");
  const { unit } = await answer.json();
  const note = document.createElement("p");
  note.id = "tape-measure";
  note.textContent = `${table.tBodies[0].rows.length} rows, heights in ${unit}`;
  table.before(note);
});
"""


@hookimpl
def extra_js_urls():
    return ["/-/tape-measure.js"]


@hookimpl
def register_routes():
    async def script():
        return Response(SCRIPT, content_type="text/javascript")

    async def unit():
        return Response.json({"unit": "metres"})

    return [(r"^/-/tape-measure\.js$", script), (r"^/-/tape-measure\.json$", unit)]
