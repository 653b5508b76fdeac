"""Python to the wire: parameters as data, their constraints and their encoding.

It imports `models` and `core`.
"""
