"""Conversion between JSON and Python: models, decoding, unions.

`arguments` and the layers above it may import this package.
"""
