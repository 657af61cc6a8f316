"""Asks other sites, and itself, with Python's HTTP clients."""

import asyncio
import http.client
import json
import urllib.error
import urllib.request
from urllib.parse import parse_qs

import httpx
import requests


async def with_httpx(url, **options):
    follow = options.pop("follow", False)
    async with httpx.AsyncClient(follow_redirects=follow) as client:
        response = await client.request(options.pop("method", "GET"), url, **options)
    return response.status_code, dict(response.headers), response.text


def with_httpx_sync(url, **options):
    follow = options.pop("follow", False)
    with httpx.Client(follow_redirects=follow) as client:
        response = client.request(options.pop("method", "GET"), url, **options)
    return response.status_code, dict(response.headers), response.text


def with_requests(url, **options):
    follow = options.pop("follow", False)
    method = options.pop("method", "GET")
    response = requests.request(method, url, allow_redirects=follow, **options)
    return response.status_code, dict(response.headers), response.text


def with_urllib(url, **options):
    data = json.dumps(options["json"]).encode() if "json" in options else None
    request = urllib.request.Request(
        url, data, options.get("headers", {}), method=options.get("method")
    )
    if data:
        request.add_header("Content-Type", "application/json")
    try:
        response = urllib.request.urlopen(request, timeout=options.get("timeout"))
    except urllib.error.HTTPError as error:
        response = error
    with response:
        return response.status, dict(response.headers), response.read().decode()


BLOCKING = {"httpx sync": with_httpx_sync, "requests": with_requests, "urllib": with_urllib}


async def call(client, in_thread, url, **options):
    try:
        if client == "httpx":
            status, headers, text = await with_httpx(url, **options)
        elif in_thread:  # as a `def` endpoint
            status, headers, text = await asyncio.to_thread(BLOCKING[client], url, **options)
        else:
            status, headers, text = BLOCKING[client](url, **options)
    except Exception as error:
        return {"error": type(error).__name__, "message": str(error)}
    headers = {name.lower(): value for name, value in headers.items()}
    return {"status": status, "headers": headers, "text": text}


async def parts(url, opener):
    """The first part, which is there before anybody lets the second one go."""
    seen = []
    async with httpx.AsyncClient() as client, client.stream("GET", url) as response:
        async for text in response.aiter_text():
            seen.append(text)
            if len(seen) == 1:
                await client.get(opener)
    return seen


async def first_part(url):
    async with httpx.AsyncClient() as client, client.stream("GET", url) as response:
        return await anext(response.aiter_text())


async def with_http_client(host, path):
    connection = http.client.HTTPConnection(host)
    connection.request(
        "PUT",
        path,
        body=iter([b"a", b"b"]),
        encode_chunked=True,
        headers={"Transfer-Encoding": "chunked"},
    )
    return json.loads(connection.getresponse().read())["body"]


ACTIONS = {
    "/call": call,
    "/parts": parts,
    "/first-part": first_part,
    "/http-client": with_http_client,
}


async def app(scope, receive, send):
    path = scope["path"].removeprefix(scope["root_path"])
    kind = b"application/json"
    if path in ACTIONS:
        body = b""
        while (message := await receive())["type"] == "http.request":
            body += message["body"]
            if not message["more_body"]:
                break
        answer = json.dumps(await ACTIONS[path](**json.loads(body))).encode()
    elif path == "/":
        kind, answer = b"text/html", b"<!doctype html><title>Outgoing</title>"
    else:
        query = parse_qs(scope["query_string"].decode())
        answer = json.dumps({"own": path, "query": query, "method": scope["method"]}).encode()
    headers = [(b"content-type", kind)]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": answer})
