"""The theme is given by the command."""

project = "Notes"
extensions = ["asgi_docs"]
