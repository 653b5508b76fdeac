"""Request bodies: JSON, forms, strings, bytes, multipart. Optional.

Operations with a request body and `mock` may import it.
"""
