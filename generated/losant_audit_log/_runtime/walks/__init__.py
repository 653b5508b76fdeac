# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Walks through all entries, which are complete or raise an error. Optional.

It imports `paging` and what lies below; what fetches pages is passed in.
"""
