"""Validation and encoding of arguments: parameters as data, their schemas and styles.

`bodies`, `calls` and the layers above them may import this package.
"""
