"""Walks through a time span, for lists with such arguments.

Optional: `walks.following`, `archive`, `spark` and generated code may import this package.
"""
