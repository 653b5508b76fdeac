# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Testing aid: an HTTP transport that responds with the document's examples. Optional.

It may import all layers below it; only the package's `testing` module imports it.
"""
