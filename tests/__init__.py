"""Importable as one package, so that its folders can share what drives browsers."""
