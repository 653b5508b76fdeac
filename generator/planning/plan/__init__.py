"""The plan as data: the package, its operations, models and service.

Nothing here makes a decision; `planning`, `render`, `pipeline` and `diff` may import this package.
"""
