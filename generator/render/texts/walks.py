"""Docstrings of methods that walk through lists or follow them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ...planning.plan.operations import Argument, Operation
from .clients import argument_docs, with_paragraph

_WALK = "Walk through all entries, and raise an error if any entry may be missing."
_ASYNC = "Do not await it; iterate over it with `async for`."
_CONTROLS = """\
    checkpoint: The `checkpoint` of an earlier walk, which this walk resumes.
    since: The `checkpoint` of a finished walk. This walk begins where that one ended.
    overlap: How long before that end the next walk reads again, to find entries that became \
visible late or that another clock stamped. The checkpoint holds the ids of the entries in it, \
about 45 bytes each. With zero, such entries are lost in silence.
    retention: How long the service keeps entries, if the document is wrong about it. None trusts \
the document, and tolerates entries that expire up to two days early.
    concurrency: The number of time slices to read concurrently. Entries stay in order.
    on_undecodable: `raise` to raise an error for an entry that does not match the OpenAPI \
document, with the checkpoints before and after it; `keep` to yield it as an `UndecodedEntry`.
    order: `newest` or `oldest` entries first. None keeps the order of `checkpoint`, and is \
`newest` without one. The walk in `since` may have another order.
    **options: Options of the calls; see `CallOptions`. A deadline applies to the whole walk."""


def walk_doc(operation: Operation) -> str:
    """Return the docstring of a method that walks through all entries."""
    return "\n".join(
        [
            _WALK,
            "",
            (
                f"Same as iterating over `{operation.method}()`, but the result has a `report` "
                "and a `checkpoint`, from which this or another process can resume the walk. The "
                "first request is sent when the iteration begins, and memory use is bounded."
            ),
            "",
            _walk_order(operation),
            "",
            "Args:",
            *_argument_descriptions(operation, operation.walk_arguments),
            _CONTROLS,
            "",
            "Returns:",
            "    The walk, to iterate over.",
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


_FOLLOW = "Wait for new entries, and yield each as it comes, once."
_FOLLOW_CONTROLS = """\
    since: The `checkpoint` of a follow or a walk, which this follow continues.
    interval: The seconds, or a timedelta, from one request for new entries to the next.
    overlap: How long before the end of what was read each request reads again, to find entries \
that became visible late or that another clock stamped. The checkpoint holds the ids of the \
entries in it, about 45 bytes each. With zero, such entries are lost in silence.
    lag: The seconds, or a timedelta, for which entries are held back, so that those that become \
visible late are still in order.
    on_undecodable: `raise` to raise an error for an entry that does not match the OpenAPI \
document, with the checkpoints before and after it; `keep` to yield it as an `UndecodedEntry`.
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
                f"Without `{begin}` and `since`, it begins with what is written from now on. It "
                "never ends by itself: `close()` ends it, and waits end at once. Its `checkpoint` "
                "counts the entry that was yielded last as delivered. Failures that may pass, "
                "such as connection errors, 429 and 5xx, are logged as warnings and waited out."
            ),
            "",
            "Args:",
            *_argument_descriptions(operation, others),
            f"    {begin}: {accepted} The time of the first entries, if it is not now.",
            _FOLLOW_CONTROLS,
            "",
            "Returns:",
            "    The follow, to iterate over.",
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
    size = f" Walks request {listing.walk_size} unless told."
    return argument_docs(
        replace(each, doc=f"{each.doc}{size}") if each.name == listing.size else each
        for each in arguments
    )
