# Generated from openapi.yaml by `python -m generator generate`. Do not edit.
"""A request as a curl command, without the token."""

from __future__ import annotations

from collections.abc import Iterable
from shlex import quote
from typing import cast

from .._runtime.calls.call import Call


def curl(call: Call, variable: str) -> str:
    """Return the command that sends a request.

    Args:
        call: The request.
        variable: The environment variable that the shell takes the token from; empty if the
            credentials are left out.
    """
    words = ["curl", "-X", call.operation.method, quote(call.url)]
    if variable and call.operation.security:
        words += ["-H", f'"Authorization: Bearer ${variable}"']
    for name, value in call.headers.items():
        if name != "accept-encoding":
            words += ["-H", quote(f"{name}: {value}")]
    if call.payload is not None:
        content = call.payload.content(is_async=False)
        data = content if isinstance(content, bytes) else b"".join(cast("Iterable[bytes]", content))
        try:
            words += ["--data-raw", quote(data.decode())]
        except UnicodeDecodeError:
            words += ["--data-binary", f"@- # {len(data)} bytes"]
    return " ".join(words)
