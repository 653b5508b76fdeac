# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Pages of a list as data, and the position of the next page. Optional.

It imports `calls` and the packages below it.
"""
