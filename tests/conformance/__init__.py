"""The same checks of behaviour in every engine, and the table of what they found."""
