"""Security schemes other than a single bearer token.

Optional: `mock` and generated code may import this package.
"""
