# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Walks through a span of time, for lists that take one.

Its modules import `walks.steps`, `walks.checkpoint` and `paging`; `walks.plan` chooses it.
"""
