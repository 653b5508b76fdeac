"""Certificates of a private authority."""

from __future__ import annotations

import ssl
from pathlib import Path
from typing import Any

import trustme


class Authority:
    """A certificate authority that is trusted only where a test configures it."""

    def __init__(self) -> None:
        self._authority: Any = trustme.CA()

    def server_context(self, host: str, **options: Any) -> ssl.SSLContext:
        """Return the SSL context of a server with a certificate for a host.

        Args:
            host: The host.
            **options: Further arguments of `trustme.CA.issue_cert`.
        """
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._authority.issue_cert(host, **options).configure_cert(context)
        return context

    def add_to(self, context: ssl.SSLContext) -> None:
        """Make an SSL context trust the authority."""
        self._authority.configure_trust(context)

    def client_context(self) -> ssl.SSLContext:
        """Return an SSL context of a client that trusts only this authority."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self.add_to(context)
        return context

    def write(self, file: Path) -> None:
        """Write the authority's certificate into a file."""
        self._authority.cert_pem.write_to_path(file)
