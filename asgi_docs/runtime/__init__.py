"""The ASGI server that runs in the reader's browser; standard library only, never imported here."""
