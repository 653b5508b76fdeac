# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Base classes of generated resources, and the types that their methods return.

It imports `walks`, `clients` and the layers below; generated code, `check` and `mock` import it.
"""
