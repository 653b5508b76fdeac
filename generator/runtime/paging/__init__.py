"""Pages of a list, and the position of the next page.

Optional: `walks`, `resources`, `check`, `mock`, `archive`, `command` and generated code may import
this package.
"""
