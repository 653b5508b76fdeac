# Made from openapi.yaml by `python -m generator generate`; do not edit by hand.
"""One call without I/O: settings, credentials, preparation, retries, responses, errors.

It imports `arguments`, `models` and `core`, and never `bodies`: generated code passes these in.
"""
