"""Python types of shapes: type expressions, type aliases and annotations.

`planning` and `render` may import this package.
"""
