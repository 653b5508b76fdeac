"""The bases of generated resources, and what their methods return.

It imports `walks`, `clients` and what lies below; generated code, `check` and `mock` import it.
"""
