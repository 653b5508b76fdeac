"""Security schemes other than a single bearer token.

Optional: only generated code may import this package.
"""
