"""Conversion between JSON and Python: models, decoding, unions.

It imports only `core`.
"""
