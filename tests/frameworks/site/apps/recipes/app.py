"""Recipes in Bottle: templates of its own kind, signed cookies, an upload, static files."""

from pathlib import Path

from bottle import (
    TEMPLATE_PATH,
    Bottle,
    abort,
    redirect,
    request,
    response,
    run,
    static_file,
    template,
)

HERE = Path(__file__).parent
TEMPLATE_PATH.insert(0, str(HERE / "views"))
SECRET = "only-for-this-example"

app = Bottle()
recipes = {"soup": "Boil water."}


@app.get("/", name="index")
def index():
    cook = request.get_cookie("cook", secret=SECRET)
    return template("index", recipes=recipes, cook=cook, url=app.get_url)


@app.get("/recipes/<name>", name="recipe")
def recipe(name):
    if name not in recipes:
        abort(404, "Nobody has cooked this.")
    return template("<h1>{{name}}</h1><pre>{{text}}</pre>", name=name, text=recipes[name])


@app.post("/recipes")
def add():
    upload = request.files.recipe
    recipes[upload.filename.removesuffix(".txt")] = upload.file.read().decode()
    response.set_cookie("cook", request.forms.cook, secret=SECRET, path="/")
    redirect("/")


@app.get("/api/recipes")
def api():
    return {"recipes": sorted(recipes)}


@app.get("/static/<path:path>")
def static(path):
    return static_file(path, root=str(HERE / "static"))


@app.error(404)
def not_found(problem):
    return f"<h1>{problem.body}</h1>"


if __name__ == "__main__":
    run(app)
