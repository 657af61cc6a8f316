"""Every form in which an author writes a live block, for every builder of Sphinx."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

project = "Every form"
author = copyright = "us"  # noqa: A001  the name is Sphinx's
version = release = "1"
extensions = [
    "asgi_docs",
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.coverage",
    "sphinx.ext.doctest",
    "sphinx_copybutton",
    "sphinx_design",
]
asgi_docs_package = False
asgi_docs_files = ["shop/example.py"]
myst_enable_extensions = ["attrs_block", "colon_fence"]
numfig = True
exclude_patterns = ["_build"]
linkcheck_report_timeouts_as_broken = False  # Sphinx 7.4 warns where nothing is said

if tags.has("sphinx_immaterial"):  # noqa: F821  Sphinx provides it
    extensions.append("sphinx_immaterial")
    html_theme_options = {"font": False}  # which would be fetched
