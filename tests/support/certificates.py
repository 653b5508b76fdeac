"""Certificates of a private authority."""

from __future__ import annotations

import ssl
from pathlib import Path
from typing import Any

import trustme


class Authority:
    """An authority that nobody knows unless told."""

    def __init__(self) -> None:
        self._authority: Any = trustme.CA()

    def shown_by(self, host: str, **options: Any) -> ssl.SSLContext:
        """Give what a server is run with that shows a certificate for a host.

        Args:
            host: The host.
            **options: Further arguments of `trustme.CA.issue_cert`.
        """
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._authority.issue_cert(host, **options).configure_cert(context)
        return context

    def let_trust(self, context: ssl.SSLContext) -> None:
        """Let a side trust the authority."""
        self._authority.configure_trust(context)

    def trusted(self) -> ssl.SSLContext:
        """Give what a client is run with that trusts the authority, and no other."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self.let_trust(context)
        return context

    def write(self, file: Path) -> None:
        """Write the authority's own certificate into a file."""
        self._authority.cert_pem.write_to_path(file)
