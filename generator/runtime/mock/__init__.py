"""Testing aid: an HTTP transport that responds with the document's examples.

Optional: only generated code may import this package, in its module `testing`.
"""
