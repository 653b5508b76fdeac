# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Pages as data: what a response says, and where the next page is. Optional.

It imports `calls` and what lies below.
"""
