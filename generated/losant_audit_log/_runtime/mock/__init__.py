# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Testing aid: an HTTP transport that responds with the document's examples.

Optional: only the package's `testing` module may import this package.
"""
