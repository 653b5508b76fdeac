"""Request bodies: JSON, forms, strings, bytes, multipart. Optional.

It imports `arguments` and what lies below; only operations with a request body import it.
"""
