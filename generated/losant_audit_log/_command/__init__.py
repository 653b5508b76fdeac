# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""The command line of a package, from tables that the generator writes.

Nothing here imports the HTTP library before a request is sent.
"""
