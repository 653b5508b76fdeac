"""Pages of a list, and the position of the next page.

Optional: `walks`, `resources`, `check`, `mock`, `archive`, `command`, `spark` and generated code
may import this package.
"""
