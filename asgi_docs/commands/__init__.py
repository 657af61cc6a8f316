"""The larger ones of the commands, a module each."""
