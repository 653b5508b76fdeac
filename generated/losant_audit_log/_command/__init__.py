# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""The command line of a package, from tables that the generator writes.

Optional: only generated code may import this package, which imports no HTTP library before a
request is sent.
"""
