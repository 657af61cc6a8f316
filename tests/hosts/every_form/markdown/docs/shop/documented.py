"""A module whose docstrings have live blocks.

```asgi-live title="In a docstring"
app = "in a module's docstring"
```
"""


def serve() -> None:
    """Serve.

    ```python {.asgi-live}
    app = "in a function's docstring"
    ```
    """
