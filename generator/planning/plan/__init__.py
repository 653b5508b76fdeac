"""The plan as data: the package, its operations, models and service.

Nothing here makes a decision; `planning`, `render`, `output`, `pipeline`, `diff` and `release` may
import this package.
"""
