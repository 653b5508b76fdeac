"""The texts of a package beside its plan: docstrings, examples, the README.

Only `render` imports this package.
"""
