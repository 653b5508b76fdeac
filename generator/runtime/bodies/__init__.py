"""Request bodies: JSON, forms, strings, bytes, multipart. Optional.

It imports `arguments` and the layers below it; only operations with a request body import it.
"""
