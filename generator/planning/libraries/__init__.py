"""The two generator libraries as independent readers, each in one module.

Their readings are compared with ours, so only `planning.comparison` may import this package.
"""
