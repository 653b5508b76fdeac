"""Schemas read as shapes: what a value is, whatever keywords say so.

`reader` reads them, `shapes` defines the result. `normalize`, `planning` and `diff` import it.
"""
