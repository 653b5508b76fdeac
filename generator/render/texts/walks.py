"""Docstrings of methods that walk through lists or follow them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ...planning.plan.operations import Argument, Operation
from .clients import argument_docs, with_paragraph

_WALK = "Iterate over all entries, or raise an error if entries may be missing."
_ASYNC = "Do not await it; iterate over it with `async for`."
_CONTROLS = """\
    checkpoint: The `checkpoint` of an unfinished walk, to resume it.
    since: The `checkpoint` of a finished walk, to read only entries added after it.
    overlap: The duration before the end of this walk that the next walk reads again, to find \
entries that appear with a delay or have timestamps of another clock; zero skips such entries. \
The checkpoint contains the ids of the entries in the overlap, about 45 bytes each.
    retention: The retention period of the service. Default: the documented one, with a tolerance \
of two days.
    concurrency: The number of time slices to read concurrently. Entries are yielded in order.
    on_undecodable: For an entry that does not match the OpenAPI document, `raise` raises an error \
with the checkpoints before and after it; `keep` yields an `UndecodedEntry`.
    order: Whether to yield the `newest` or the `oldest` entries first. Default: the order of \
`checkpoint`, or `newest`. It need not be the order of the walk in `since`.
    **options: Options of the calls; see `CallOptions`. `deadline` applies to the whole walk."""


def walk_doc(operation: Operation) -> str:
    """Return the docstring of a method that walks through all entries."""
    return "\n".join(
        [
            _WALK,
            "",
            (
                f"Yields the same entries as iterating over `{operation.method}()`, and has a "
                "`report` and a `checkpoint`, to resume it in this or another process. The first "
                "request is sent when the iteration starts. Memory use is bounded."
            ),
            "",
            _walk_order(operation),
            "",
            "Args:",
            *_argument_descriptions(operation, operation.walk_arguments),
            _CONTROLS,
            "",
            "Returns:",
            "    A walk, which is an iterator over the entries.",
            "",
            "Raises:",
            "    InvalidArgumentError: An argument or a checkpoint is invalid.",
        ]
    )


def async_walk_doc(operation: Operation) -> str:
    """Return the docstring of an asynchronous method that walks through all entries."""
    return with_paragraph(walk_doc(operation), _ASYNC)


def _walk_order(operation: Operation) -> str:
    return operation.listing.walk_order if operation.listing else ""


_FOLLOW = "Poll for new entries, and yield each of them once."
_FOLLOW_CONTROLS = """\
    since: The `checkpoint` of a follow or a finished walk, to continue after it.
    interval: The time between requests for new entries, as seconds or a timedelta.
    overlap: The duration before the last request that each request reads again, to find entries \
that appear with a delay or have timestamps of another clock; zero skips such entries. The \
checkpoint contains the ids of the entries in the overlap, about 45 bytes each.
    lag: The time by which entries are delayed, as seconds or a timedelta, so that late ones are \
yielded in order.
    on_undecodable: For an entry that does not match the OpenAPI document, `raise` raises an error \
with the checkpoints before and after it; `keep` yields an `UndecodedEntry`.
    **options: Options of the calls; see `FollowOptions`."""


def follow_doc(operation: Operation) -> str:
    """Return the docstring of a method that waits for new entries."""
    begin = operation.follow_start
    others = [each for each in operation.follow_arguments if each.name != begin]
    docs = [each.doc for each in operation.follow_arguments if each.name == begin]
    accepted = f"{docs[0].partition('. ')[0]}."
    return "\n".join(
        [
            _FOLLOW,
            "",
            (
                f"Without `{begin}` and `since`, it starts with entries that are recorded from now "
                "on. It runs until `close()` is called, which also interrupts a wait. Its "
                "`checkpoint` includes the entry that was yielded last. Transient failures, such "
                "as connection errors, 429 and 5xx, are logged as warnings and retried."
            ),
            "",
            "Args:",
            *_argument_descriptions(operation, others),
            f"    {begin}: {accepted} The time of the first entries. Default: now.",
            _FOLLOW_CONTROLS,
            "",
            "Returns:",
            "    A follow, which is an iterator over the entries.",
            "",
            "Raises:",
            "    InvalidArgumentError: An argument or a checkpoint is invalid.",
        ]
    )


def async_follow_doc(operation: Operation) -> str:
    """Return the docstring of an asynchronous method that waits for new entries."""
    return with_paragraph(follow_doc(operation), _ASYNC)


def _argument_descriptions(operation: Operation, arguments: Iterable[Argument]) -> list[str]:
    """Return the descriptions of arguments, with the page size that walks request."""
    listing = operation.listing
    if listing is None or listing.walk_size is None:
        return argument_docs(arguments)
    size = f" The default in walks is {listing.walk_size}."
    return argument_docs(
        replace(each, doc=f"{each.doc}{size}") if each.name == listing.size else each
        for each in arguments
    )
