"""The two generator libraries, each behind the only module that imports it.

`planning` alone imports this package.
"""
