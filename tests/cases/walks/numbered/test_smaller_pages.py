"""Smaller pages, which connect two numbered pages across their boundary."""

from __future__ import annotations

import msgspec
import pytest

from losant_audit_log import APIStatusError, InvalidArgumentError, LosantError
from tests.support.numbering import NUMBERS, OFFSETS, Listing, Steps, failure, page, start_walk

LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"


def page_requests(steps: Steps) -> list[tuple[int, int | None]]:
    """Return the number and the size of each requested page."""
    return [(each.arguments["page"], each.arguments["size"]) for each in steps.requests]


def reach(boundary: int, number: int, size: int) -> int:
    """Return the number of entries of a page on the side of a boundary where there are fewer."""
    begin = (number - 1) * size
    return min(boundary - begin, begin + size - boundary)


@pytest.mark.parametrize("length", [3, 4, 5, 7, 10, 16])
def test_smaller_page_reaches_as_far_as_possible_to_both_sides(length: int) -> None:
    steps = start_walk().read(Listing(LETTERS[: 3 * length], size=length, applies_size=True))
    smaller = [(number, size) for number, size in page_requests(steps) if size is not None]
    for boundary in (length, 2 * length, 3 * length):
        sizes = range(2, length)
        farthest = max(reach(boundary, boundary // size + 1, size) for size in sizes)
        if farthest > 0:
            assert reach(boundary, *smaller.pop(0)) == farthest
    assert smaller == []


@pytest.mark.parametrize("error", [*map(failure, (400, 404, 422)), InvalidArgumentError("size")])
def test_page_before_is_read_again_if_the_size_is_rejected(error: LosantError) -> None:
    pages = [page("abcd", total=8), page("efgh", total=8)]
    steps = start_walk().take(*pages, error, page("abcd", total=8))
    assert page_requests(steps) == [(1, None), (2, None), (2, 3), (1, None), (3, None)]


@pytest.mark.parametrize("status", [401, 403, 405, 409, 423, 500])
def test_other_failures_of_a_smaller_page_are_raised(status: int) -> None:
    with pytest.raises(APIStatusError):
        start_walk().take(page("abcd"), page("efgh"), failure(status))


def test_lists_without_numbers_or_without_a_page_size_have_no_smaller_pages() -> None:
    sizeless = msgspec.structs.replace(NUMBERS, size="")
    steps = start_walk(sizeless).take(page("abcd"), page("efgh"))
    assert [each.arguments for each in steps.requests] == [{"page": 1}, {"page": 2}, {"page": 1}]
    steps = start_walk(OFFSETS).take(page("abcd"), page("efgh"))
    assert [each.arguments["offset"] for each in steps.requests] == [0, 3, 0]


def test_page_that_a_smaller_page_does_not_connect_is_read_again() -> None:
    """Even if no total differs and the page before it ends as before."""
    answers = [page("abcd", total=8), page("efgh", total=8), page("xyz", total=8)]
    steps = start_walk().take(*answers, page("abcd", total=8))
    assert page_requests(steps) == [(1, None), (2, None), (2, 3), (1, None), (2, None)]


def test_offsets_that_do_not_overlap_are_read_again() -> None:
    answers = [page("ab", total=4), page("xy", total=4), page("ab", total=4)]
    steps = start_walk(OFFSETS).take(*answers)
    assert [each.arguments["offset"] for each in steps.requests] == [0, 1, 0, 1]


@pytest.mark.parametrize(
    ("ids", "total", "following", "is_end"),
    [
        ("d", 4, "", True),
        ("d", None, "", True),
        ("d", 5, "", False),
        ("dxy", 4, "", False),
        ("d", 4, "wxyz", False),
    ],
)
def test_short_smaller_page_that_reaches_the_total_ends_the_list_before_an_empty_page(
    ids: str, total: int | None, following: str, *, is_end: bool
) -> None:
    answers = [page("abcd", total=4), page(following, total=4), page(ids, total=total)]
    steps = start_walk().take(*answers)
    assert page_requests(steps)[2:] == [(2, 3), *([] if is_end else [(1, None)])]
    assert steps.state.done == is_end


def test_order_that_changes_while_no_total_does_is_accepted() -> None:
    answers = [page("abcd", total=8), page("efgh", total=8), page("fed", total=8)]
    steps = start_walk().take(*answers, page(total=8), page("hg", total=8), page(total=8))
    assert steps.ids == "abcdefgh"
    assert steps.state.done
