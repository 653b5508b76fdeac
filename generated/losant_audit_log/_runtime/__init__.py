# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""The run time: the part of a generated package that does not depend on its document.

Each package imports only those that are listed before it: `core`, `models`, `arguments`, `bodies`,
`calls`, `clients`, `auth`, `streams`, `paging`, `walks`, `resources`, `check`, `mock`, `integrity`,
`archive`.
"""
