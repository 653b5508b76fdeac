# Made from openapi.yaml by `python -m generator generate`; do not edit by hand.
"""Walks through a span of time, for lists that take one.

Its modules import `walks.steps`, `walks.checkpoint` and `paging`; `walks.plan` chooses it.
"""
