"""Python names, type expressions, source code and docstrings, independent of OpenAPI.

Every stage may import this package; of the generator it imports `runtime` alone, for its names.
"""
