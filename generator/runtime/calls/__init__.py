"""One call without I/O: settings, credentials, preparation, retries, responses, errors.

It imports `arguments`, `models` and `core`, never `bodies`: generated code passes those in.
"""
