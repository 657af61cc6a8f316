"""The app that is asked in the live block and under uvicorn."""

from fastapi import FastAPI, Request, Response

app = FastAPI()
BODY = bytes(range(256)) * 4 * 1024 * 10  # 10 MiB


@app.get("/")
async def hello():
    return {"hello": "world"}


@app.get("/body")
async def download():
    return Response(BODY, media_type="application/octet-stream")


@app.post("/body")
async def upload(request: Request):
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
    return {"size": size}


@app.get("/frame")
async def frame():
    script = '<!doctype html><title>Bench</title><script type="module" src="/measure.js"></script>'
    return Response(script, media_type="text/html")
