"""Base classes of generated resources, and the types that their methods return.

`archive`, `spark` and generated code may import this package.
"""
