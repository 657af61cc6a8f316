"""Requests that a page documents, and the answers that are recorded of them."""
