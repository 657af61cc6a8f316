"""A WSGI application of Flask's."""

import hashlib
import sys

from flask import Flask, Response, jsonify, redirect, request, session, stream_with_context, url_for

app = Flask(__name__, static_folder="shelf")
app.secret_key = "not a secret"
ended = []


@app.get("/")
def home():
    return f'<!doctype html><title>WSGI</title><a href="{url_for("visit")}">Visit</a>'


@app.get("/where")
def where():
    return jsonify(
        script_name=request.script_root,
        path=request.path,
        url=url_for("visit", _external=True),
        host=request.host,
        scheme=request.scheme,
    )


@app.get("/visit")
def visit():
    session["visits"] = session.get("visits", 0) + 1
    return jsonify(session["visits"])


@app.get("/away")
def away():
    return redirect(url_for("where"))


@app.post("/upload")
def upload():
    digest = hashlib.sha256()
    while chunk := request.stream.read(65536):
        digest.update(chunk)
    return digest.hexdigest()


@app.post("/form")
def form():
    return jsonify(name=request.form["name"], file=request.files["file"].read().decode())


@app.get("/large")
def large():
    @stream_with_context
    def parts():
        for number in range(int(request.args["parts"])):
            yield bytes([number % 256]) * 100_000

    response = Response(parts(), mimetype="application/octet-stream")
    response.call_on_close(lambda: ended.append("large"))
    return response


@app.get("/ended")
def what_has_ended():
    return jsonify(ended)


@app.get("/crash")
def crash():
    print("before the crash", file=sys.stderr)
    raise ValueError("a mistake in the app")
