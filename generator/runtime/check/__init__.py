"""The connection check, for documents that name an operation for it.

Optional: only generated code may import this package.
"""
