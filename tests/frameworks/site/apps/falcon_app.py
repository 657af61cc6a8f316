"""Things: resources, a form, a stream of server-sent events, middleware with lifespan events."""

import html

import falcon
import falcon.asgi

things = {}


class Counting:
    async def process_startup(self, scope, event):
        things["door"] = "open"

    async def process_response(self, request, response, resource, succeeded):
        response.set_header("x-things", str(len(things)))


class Things:
    async def on_get(self, request, response):
        items = "".join(
            f'<li><a href="/things/{html.escape(name)}">{html.escape(name)}</a></li>'
            for name in things
        )
        response.content_type = falcon.MEDIA_HTML
        response.text = (
            f"<!doctype html><h1>Things</h1><ul>{items}</ul>"
            '<form method="post"><input name="name" aria-label="Name">'
            "<button>Add</button></form>"
        )

    async def on_post(self, request, response):
        form = await request.get_media()
        things[form["name"]] = "new"
        response.set_cookie("last", form["name"], secure=False)
        raise falcon.HTTPSeeOther("/")


class Thing:
    async def on_get(self, request, response, name):
        if name not in things:
            raise falcon.HTTPNotFound(title="No such thing")
        response.media = {"name": name, "state": things[name], "last": request.cookies.get("last")}


class Events:
    async def on_get(self, request, response):
        async def events():
            for name in things:
                yield falcon.asgi.SSEvent(text=name)

        response.sse = events()


app = falcon.asgi.App(middleware=[Counting()])
app.add_route("/", Things())
app.add_route("/things/{name}", Thing())
app.add_route("/events", Events())
