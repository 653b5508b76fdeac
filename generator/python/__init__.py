"""Python names, types, source code and docstrings, independent of OpenAPI.

Every stage may import it; it imports nothing of the generator.
"""
