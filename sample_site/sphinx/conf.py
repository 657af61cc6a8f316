project = "ASGI by example"
project_copyright = "MIT license"
language = "en"

extensions = ["asgi_docs", "myst_parser"]
exclude_patterns = ["_build"]

asgi_docs_lock_urls = False  # the lock files name no package index

myst_enable_extensions = ["colon_fence"]

html_theme = "furo"
html_title = project
html_favicon = "favicon.svg"
html_static_path = ["../mkdocs/docs/count-books.js"]  # both sites have the same script
html_copy_source = False
