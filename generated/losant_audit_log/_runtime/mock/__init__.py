# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""The testing aid: an HTTP transport that answers from the document's examples. Optional.

It may import everything below; nothing imports it but the package's `testing` module.
"""
