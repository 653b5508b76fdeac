"""Base classes of generated resources, and the types that their methods return.

`archive` and generated code may import this package.
"""
