"""Frameworks' own documentation with live blocks: how much of it runs, and what that costs."""
