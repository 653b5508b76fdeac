"""JSON to Python and back: models, decoding, unions.

It imports `core` alone.
"""
