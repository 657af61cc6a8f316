"""Starts every live block of a built site, and tells which of them fail."""
