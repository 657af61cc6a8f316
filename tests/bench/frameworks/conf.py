project = "Apps whose start is measured"
extensions = ["asgi_docs"]
html_theme = "basic"
# The committed locks name files and hashes, not the index they came from.
asgi_docs_lock_urls = False
