# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Walks over all entries of a list, complete or an error. Optional.

It imports `paging` and the packages below it; what fetches pages is passed in.
"""
