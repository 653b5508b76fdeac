# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""The command line of a package, from tables that the generator writes.

Optional: only the package's `__main__` may import this package, which imports no HTTP library
before a request is sent.
"""
