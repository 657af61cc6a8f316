from fastapi import FastAPI
from fastapi.responses import HTMLResponse

inner = FastAPI()


@inner.get("/", response_class=HTMLResponse)
async def home():
    return '<h1>FastAPI within Litestar</h1><a href="/subapp/">Up</a>'
