# Made from openapi.yaml by `python -m generator generate`; do not edit by hand.
"""The synchronous and the asynchronous client, which carry out the steps of a call.

They import `calls` and what lies below.
"""
