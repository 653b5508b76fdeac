"""Texts that the plan does not have: docstrings, examples, README values.

Only `render` may import this package.
"""
