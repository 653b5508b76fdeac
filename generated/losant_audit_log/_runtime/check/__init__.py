# Made from openapi.yaml by `python -m generator generate`; do not edit by hand.
"""The connection check. Optional: only documents that name an operation for it have it.

It may import everything below; nothing imports it but a client's `check`.
"""
