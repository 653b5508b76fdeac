"""Comparison of the document with the service's own description of its API.

Only the command line may import this package.
"""
