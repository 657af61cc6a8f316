"""What one live block is. Nothing here knows a documentation tool."""
