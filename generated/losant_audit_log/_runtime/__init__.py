# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""The run time: the part of every package, whatever its document.

Generated code, `openapi`, `python`, `planning` and `diff` may import it; each of its packages may
import those that are listed before it: `core`, `models`, `arguments`, `bodies`, `calls`, `clients`,
`auth`, `streams`, `paging`, `walks`, `resources`, `check`, `mock`, `integrity`, `archive`,
`spark`, `command`.
"""
