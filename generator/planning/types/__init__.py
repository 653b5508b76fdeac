"""Python types of shapes: type expressions, type aliases and annotations.

Modules of `planning` import this package; it imports none of them.
"""
