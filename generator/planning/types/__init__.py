"""Python types of shapes: type expressions, type aliases and annotations.

Modules of `planning` and `diff` may import this package.
"""
