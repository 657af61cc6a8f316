"""`python -m asgi_docs` is the `asgi-docs` command."""

import sys

from asgi_docs.cli import main

sys.exit(main())
