# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Testing aid: an HTTP transport that responds with the document's examples.

Optional: only generated code may import this package, in its module `testing`.
"""
