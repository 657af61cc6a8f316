project = "FastAPI's tutorials"
extensions = ["asgi_docs"]
html_theme = "basic"
# The committed lock names files and hashes, not the index they came from.
asgi_docs_lock_urls = False
asgi_docs_requires = ["fastapi==0.165.0", "python-multipart"]
