from litestar import Litestar, MediaType, asgi, get
from litestar.types import Receive, Scope, Send

from inner import inner


@get("/", media_type=MediaType.HTML, sync_to_thread=True)
def home() -> str:
    return '<h1>Litestar</h1><a href="/">Up</a> <a href="/subapp/subapp/">Further in</a>'


@asgi("/subapp", is_mount=True)
async def mounted(scope: Scope, receive: Receive, send: Send) -> None:
    await inner(scope, receive, send)


middle = Litestar([home, mounted])
