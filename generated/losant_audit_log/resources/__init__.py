# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""The operations of the API, grouped into resources."""
