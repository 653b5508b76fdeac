"""Walks through a time span, for lists that accept its bounds.

Optional: `walks.following`, `archive`, `spark` and generated code may import this package.
"""
