"""Python types of shapes: type expressions, type aliases and annotations.

`planning`, `render` and `diff` may import this package.
"""
