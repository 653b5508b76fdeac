# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""Escapes of unpaired surrogates in the JSON of entries."""

from __future__ import annotations

import re

_ESCAPES = re.compile(rb"\\u[dD][89abAB]..\\u[dD][c-fC-F]..|\\u[dD][89a-fA-F]..|\\.", re.DOTALL)


def replace_surrogates(content: bytes) -> bytes:
    """Return JSON of the same length with U+FFFD for each escape of an unpaired surrogate.

    Some services send such escapes, but no valid string contains these code points.
    """
    return _ESCAPES.sub(lambda found: rb"\ufffd" if len(found[0]) == 6 else found[0], content)
