# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Walks over all entries of a list: complete, or an error.

Optional: `resources`, `archive`, `spark` and generated code may import this package.
"""
