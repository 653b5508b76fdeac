"""Check of a request's credentials, for documents with several security schemes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from .examples import MockOperation, RejectedRequestError, status_without_token

if TYPE_CHECKING:
    from ..auth.schemes import Scheme


class SchemesCheck:
    """Rejects requests without the credentials of any security alternative.

    Args:
        schemes: The security schemes by name.
    """

    def __init__(self, schemes: Mapping[str, Scheme]) -> None:
        self._schemes = schemes

    def __call__(self, mocked: MockOperation, headers: Mapping[str, str], query: str) -> None:
        """Check a request.

        Raises:
            RejectedRequestError: If it has the credentials of no alternative.
        """
        parameters = dict(parse_qsl(query))
        for alternative in mocked.operation.security:
            if all(self._schemes[name].is_present(headers, parameters) for name in alternative):
                return
        if mocked.operation.security:
            raise RejectedRequestError(status_without_token(mocked.examples), "no missing token")
