# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""The synchronous and the asynchronous client.

`paging` and the layers above it may import this package.
"""
