# Made from openapi.yaml by `python -m generator generate`; do not edit by hand.
"""Python to the wire: parameters as data, their constraints and their encoding.

It imports `models` and `core`.
"""
