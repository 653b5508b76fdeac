# Made from openapi.yaml by `python -m generator generate`; do not edit by hand.
"""The operations of the API, grouped by what they are about."""
