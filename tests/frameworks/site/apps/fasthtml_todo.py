"""A to-do list in FastHTML: parts of the page swapped by HTMX, a form, a session, a toast."""

from dataclasses import dataclass

from fasthtml.common import (
    A,
    Button,
    Fieldset,
    Form,
    Input,
    Li,
    P,
    RedirectResponse,
    Titled,
    Ul,
    fast_app,
    serve,
)

app, rt = fast_app(secret_key="only-for-this-example")


@dataclass
class Todo:
    id: int
    title: str
    done: bool = False

    def __ft__(self):
        return Li(
            A(self.title, href=details.to(id=self.id)),
            " (done) " if self.done else " ",
            Button("Done", hx_post=finish.to(id=self.id), target_id=f"todo-{self.id}"),
            id=f"todo-{self.id}",
            hx_swap="outerHTML",
        )


todos = {1: Todo(1, "Write the plan")}


@rt("/")
def index(session):
    form = Form(
        Fieldset(Input(name="title", aria_label="Title"), Button("Add")),
        hx_post=add,
        target_id="todos",
        hx_swap="beforeend",
    )
    user = session.get("user", "nobody")
    login = Form(method="post", action="/login")(
        Input(name="user", aria_label="User"), Button("Log in")
    )
    return Titled("To do", Ul(*todos.values(), id="todos"), form, P(f"Hello {user}"), login)


@rt
def add(title: str):
    todo = todos[len(todos) + 1] = Todo(len(todos) + 1, title)
    return todo


@rt
def finish(id: int):
    todos[id].done = True
    return todos[id]


@rt("/todo/{id}")
def details(id: int):
    return Titled(todos[id].title, A("Back", href="/"))


@rt
def login(user: str, session):
    session["user"] = user
    return RedirectResponse("/", 303)


serve()
