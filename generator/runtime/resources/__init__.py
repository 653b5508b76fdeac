"""Base classes of generated resources, and the types that their methods return.

Generated code may import this package.
"""
