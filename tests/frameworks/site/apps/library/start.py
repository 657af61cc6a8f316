"""What is otherwise typed once: migrate, and create the first user."""

from django.contrib.auth import get_user_model
from django.core.management import call_command


def prepare():
    call_command("migrate", interactive=False)
    if not get_user_model().objects.filter(username="admin").exists():
        get_user_model().objects.create_superuser("admin", password="secret")
