"""One adapter for each documentation tool."""
