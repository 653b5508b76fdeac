# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Archives of lists in order of time, which an auditor can verify."""

from __future__ import annotations
