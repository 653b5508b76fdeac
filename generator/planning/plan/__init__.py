"""The plan as data: the package, its operations, models and service.

`planning` builds it and `render` prints it; both import it, and nothing here makes a decision.
"""
