# Made from openapi.yaml by `python -m generator generate`; do not edit by hand.
"""Pages of a list as data, and the position of the next page. Optional.

It imports `calls` and the packages below it.
"""
