# Made from openapi.yaml by `python -m generator generate`; do not edit by hand.
"""Walks through a time span, for lists that can be restricted to one.

Its modules import `walks.steps`, `walks.checkpoint` and `paging`; `walks.plan` selects it.
"""
