# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""One call without I/O: settings, credentials, preparation, retries, responses, errors.

`clients` and the layers above it may import this package; request bodies are passed in by generated
code.
"""
