"""The two generator libraries as independent readers, each behind the only module that imports it.

What they read is held against our own reading: `planning.comparison` alone imports this package.
"""
