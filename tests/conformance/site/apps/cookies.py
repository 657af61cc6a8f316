"""Sets the cookies it is asked to set, and tells those that came."""

import json
from html import escape
from typing import Annotated

from fastapi import Cookie, Depends, FastAPI, Form, HTTPException, Request, Response, WebSocket
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse
from fastapi.security import OAuth2PasswordBearer, OAuth2PasswordRequestForm
from starlette.middleware.sessions import SessionMiddleware

app = FastAPI()
app.add_middleware(SessionMiddleware, secret_key="not secret", max_age=3600)
token = OAuth2PasswordBearer(tokenUrl="token")

IMAGE = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'
FORM = """<form id="form" method="post" action="/headers"><input name="x" value="1"></form>
<a id="link" href="/headers">headers</a>"""


def with_cookies(request: Request, response: Response) -> Response:
    for cookie in request.query_params.getlist("c"):
        response.raw_headers.append((b"set-cookie", cookie.encode()))
    return response


def page(text: str, more: str = "") -> HTMLResponse:
    return HTMLResponse(f"<!doctype html><title>Cookies</title><pre>{escape(text)}</pre>{more}")


@app.get("/")
async def home() -> HTMLResponse:
    return page("home", FORM)


@app.get("/no-referrer")
async def no_referrer() -> HTMLResponse:
    response = page("home", FORM)
    response.headers["referrer-policy"] = "no-referrer"
    return response


@app.api_route("/set", methods=["GET", "POST"])
async def set_cookies(request: Request) -> Response:
    return with_cookies(request, JSONResponse({"cookie": request.headers.get("cookie")}))


@app.get("/set/page")
async def set_by_page(request: Request) -> Response:
    return with_cookies(request, page("set"))


@app.get("/set/redirect")
async def set_by_redirect(request: Request, to: str) -> Response:
    return with_cookies(request, RedirectResponse(to, 303))


@app.get("/set/image")
async def set_by_image(request: Request) -> Response:
    return with_cookies(request, Response(IMAGE, media_type="image/svg+xml"))


@app.get("/cookie")
@app.get("/shop/cookie")
@app.get("/shopping/cookie")
async def cookie(request: Request) -> str | None:
    return request.headers.get("cookie")


@app.get("/page")
@app.get("/shop/page")
async def cookie_page(request: Request) -> HTMLResponse:
    return page(json.dumps(request.headers.get("cookie")))


@app.api_route("/headers", methods=["GET", "POST"])
async def headers(request: Request) -> HTMLResponse:
    return page(json.dumps(dict(request.headers)))


@app.get("/headers.json")
async def headers_json(request: Request) -> dict[str, str]:
    return dict(request.headers)


@app.get("/clear")
async def clear() -> Response:
    return Response(headers={"clear-site-data": '"cookies", "storage"'})


@app.websocket("/socket")
async def socket(websocket: WebSocket) -> None:
    await websocket.accept(headers=[(b"set-cookie", b"b=2; Path=/")])
    await websocket.send_json(websocket.headers.get("cookie"))
    await websocket.close()


@app.get("/parameter")
async def parameter(ads_id: Annotated[str | None, Cookie()] = None) -> dict[str, str | None]:
    return {"ads_id": ads_id}


@app.post("/login")
async def login(request: Request, user: Annotated[str, Form()]) -> RedirectResponse:
    request.session["user"] = user
    return RedirectResponse(request.url_for("account"), 303)


@app.get("/account")
async def account(request: Request) -> HTMLResponse:
    return page(request.session.get("user", "nobody"))


@app.get("/logout")
async def logout(request: Request) -> RedirectResponse:
    request.session.clear()
    return RedirectResponse(request.url_for("account"), 303)


@app.get("/login-form")
async def login_form() -> HTMLResponse:
    form = '<form id="form" method="post" action="/login"><input name="user" value="Ada"></form>'
    return page("login", form)


@app.post("/token")
async def make_token(form: Annotated[OAuth2PasswordRequestForm, Depends()]) -> dict[str, str]:
    if form.password != "secret":
        raise HTTPException(400, "Incorrect username or password")
    return {"access_token": form.username, "token_type": "bearer"}


@app.get("/me")
async def me(user: Annotated[str, Depends(token)]) -> dict[str, str]:
    return {"user": user}
