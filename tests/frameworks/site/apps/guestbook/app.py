"""A guest book in Flask: templates, a session, flashed messages, an upload, a JSON view."""

import io

from flask import (
    Flask,
    abort,
    flash,
    redirect,
    render_template,
    request,
    send_file,
    session,
    url_for,
)
from werkzeug.utils import secure_filename

app = Flask(__name__)
app.secret_key = "only-for-this-example"

entries = []
pictures = {}


@app.get("/")
def index():
    return render_template("index.html", entries=entries)


@app.route("/sign", methods=["GET", "POST"])
def sign():
    if request.method == "POST":
        name = request.form["name"].strip()
        if not name:
            flash("Please give a name.", "error")
            return redirect(url_for("sign"))
        session["name"] = name
        entries.append({"name": name, "text": request.form["text"], "picture": keep_picture()})
        flash(f"Thank you, {name}.")
        return redirect(url_for("index"))
    return render_template("sign.html", name=session.get("name", ""))


def keep_picture():
    upload = request.files.get("picture")
    if not upload:
        return None
    filename = secure_filename(upload.filename)
    pictures[filename] = (upload.read(), upload.mimetype)
    return filename


@app.get("/pictures/<filename>")
def picture(filename):
    if filename not in pictures:
        abort(404)
    content, mimetype = pictures[filename]
    return send_file(io.BytesIO(content), mimetype=mimetype)


@app.get("/entries.json")
def entries_json():
    return {"entries": entries}


@app.get("/count")
def count():
    def lines():
        for number in range(3):
            yield f"line {number}\n"

    return app.response_class(lines(), mimetype="text/plain")


@app.errorhandler(404)
def not_found(error):
    return render_template("base.html", problem="Nothing here."), 404


app.run(debug=True)
