project = "Conformance"
extensions = ["asgi_docs"]
html_theme = "basic"
# One environment for all areas; an area that needs more says so by the option `requires`.
asgi_docs_requires = ["python-multipart", "starlette"]
# The committed lock names files and hashes, not the index they came from.
asgi_docs_lock_urls = False
