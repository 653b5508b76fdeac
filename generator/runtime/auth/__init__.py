"""Security schemes other than a single bearer token. Optional.

It imports `calls` and the layers below it.
"""
