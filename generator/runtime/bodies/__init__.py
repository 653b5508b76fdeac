"""Request bodies: JSON, forms, strings, bytes, multipart.

Optional: generated code and `mock` may import this package.
"""
