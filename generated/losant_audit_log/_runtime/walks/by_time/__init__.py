# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Walks through a time span, for lists that can be restricted to one.

Its modules import `walks.steps`, `walks.checkpoint` and `paging`; `walks.plan` selects it.
"""
