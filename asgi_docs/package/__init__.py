"""From a built site to its `asgi-docs/` folder: locked packages, Pyodide and the front end."""
