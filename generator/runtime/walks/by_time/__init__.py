"""Walks through a time span, for lists that can be restricted to one.

Generated code, `walks.following` and `archive` may import it.
"""
