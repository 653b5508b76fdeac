"""Texts of a package that the plan does not have: docstrings, examples and parts of the README.

Only `render` imports this package.
"""
