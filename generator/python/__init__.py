"""Python names, type expressions, source code and docstrings, independent of OpenAPI.

Every stage may import this package; it imports no other part of the generator.
"""
