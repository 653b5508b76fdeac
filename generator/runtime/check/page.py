"""The connection check of a list, by a page of one entry."""

from __future__ import annotations

from typing import Any

from ..calls.exchange import Steps
from ..calls.options import CallOptions
from ..calls.settings import Settings
from ..paging.page_data import read_page
from ..paging.pagination import Pagination
from .connection import CheckResult, check


def check_page(
    settings: Settings,
    pagination: Pagination[Any],
    arguments: dict[str, Any],
    options: CallOptions,
    token_format: str = "",
) -> Steps[CheckResult]:
    """Call a paginated operation once, and return a diagnosis.

    Args:
        settings: The client's settings.
        pagination: The pagination of the operation.
        arguments: The operation's arguments by name.
        options: The options of the call.
        token_format: The documented format of tokens, such as `JWT`; may be empty.

    Raises:
        InvalidArgumentError: If an argument is invalid. No request was sent.
    """
    if pagination.size:
        arguments = {pagination.size: 1, **arguments}
    return check(
        settings,
        pagination.operation,
        arguments,
        options,
        token_format,
        read=lambda reply: read_page(pagination, reply.content),
    )
