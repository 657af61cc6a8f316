"""A library catalogue in Django, with its admin."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings")

application = get_asgi_application()

from start import prepare  # noqa: E402

prepare()
