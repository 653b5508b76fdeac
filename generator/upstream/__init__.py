"""Comparison of the document with the service's own description of itself.

Only the command line imports this package.
"""
