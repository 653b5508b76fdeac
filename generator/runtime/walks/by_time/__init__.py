"""Walks through a time span, for lists that can be restricted to one.

Its modules import `walks.steps`, `walks.checkpoint` and `paging`; `walks.plan` selects it.
"""
