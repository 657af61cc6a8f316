"""The outermost of three applications, each mounted in the one before."""

from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import HTMLResponse

from middle import middle

app = FastAPI()


@app.get("/", response_class=HTMLResponse)
def home():
    return (Path.cwd() / "index.html").read_text()


app.mount("/subapp", middle)
