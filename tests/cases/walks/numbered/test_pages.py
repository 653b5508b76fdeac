"""Sequences of pages by number, offset, cursor and link."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import msgspec
import pytest

from losant_audit_log import APIStatusError, IncompleteWalkError
from losant_audit_log._runtime.paging.page_data import Fetched
from losant_audit_log._runtime.paging.pagination import Order, Pagination
from losant_audit_log._runtime.walks.order import TimeOrder
from tests.support.numbering import (
    CURSORS,
    LINKS,
    NUMBERS,
    OFFSETS,
    Listing,
    Steps,
    failure,
    page,
    start_walk,
)

TOO_FAST = "entries arrive or expire faster than the pages of the list can be read"
REPEATED = "the service returns the same page repeatedly"


def arrival(new: str) -> Callable[[str], str]:
    """Return a change that adds an entry at the front."""
    return lambda ids: new + ids


def failure_message(steps: Steps, *answers: Fetched[Any]) -> str:
    """Take responses that make a walk fail; return the error message."""
    with pytest.raises(IncompleteWalkError) as raised:
        steps.take(*answers)
    assert not steps.state.done
    return str(raised.value)


class TestRequests:
    """Position and size in requests."""

    def test_page_numbers_count_pages(self) -> None:
        steps = start_walk(size=2).read(Listing("abcde", reports_size=True))
        assert steps.requests[0].arguments == {"page": 1, "size": 2}
        assert steps.numbers == [1, 2, 1, 3, 2]
        assert steps.ids == "abcde"
        assert steps.state.done

    def test_offsets_count_entries_and_overlap_by_one(self) -> None:
        listing = Listing("abc")
        assert start_walk(OFFSETS).read(listing, OFFSETS).ids == "abc"
        assert listing.positions == [0, 1, 2, 3, 2]
        listing = Listing("abcdefg", size=3, reports_size=True)
        steps = start_walk(OFFSETS).read(listing, OFFSETS)
        assert listing.positions == [0, 2, 4, 6]
        assert steps.ids == "abcdefg"
        assert steps.state.done

    def test_cursors_are_sent_back(self) -> None:
        steps = start_walk(CURSORS, size=2).take(page("ab", cursor="x"), page("c", cursor=""))
        assert [each.arguments for each in steps.requests] == [
            {"cursor": None, "size": 2},
            {"cursor": "x", "size": 2},
        ]
        assert steps.state.done

    def test_links_are_followed_unchanged(self) -> None:
        steps = start_walk(LINKS, size=2).take(page("ab", link="https://a.test/2"), page("c"))
        assert [(each.arguments, each.url) for each in steps.requests] == [
            ({"size": 2}, ""),
            ({}, "https://a.test/2"),
        ]
        assert steps.state.done

    def test_size_is_not_sent_without_a_size_parameter(self) -> None:
        pagination = msgspec.structs.replace(NUMBERS, size="")
        assert start_walk(pagination, size=2).take().requests[0].arguments == {"page": 1}

    def test_existing_first_page_is_not_requested(self) -> None:
        answers = page("c", total=3, size=2), page("ab", total=3, size=2)
        steps = start_walk().take(*answers, first=page("ab", total=3, size=2))
        assert steps.numbers == [2, 1]
        assert steps.ids == "abc"

    def test_walk_may_start_at_a_later_page(self) -> None:
        steps = start_walk(page=3).read(Listing("abcdefg", reports_size=True))
        assert steps.numbers == [3, 4, 3]
        assert steps.ids == "efg"
        assert steps.state.done

    def test_finished_walk_sends_no_request(self) -> None:
        steps = start_walk(done=True, seen=2, total=2).take(first=page("ab", total=9))
        assert steps.requests == []
        assert steps.batches == []


class TestTheEnd:
    """An empty page is the last one if nothing announces a next page."""

    def test_empty_page_ends_a_walk_without_a_total(self) -> None:
        steps = start_walk().read(Listing("abc", reports_total=False))
        assert steps.numbers == [1, 2, 1, 3, 2]
        assert steps.state.done

    def test_short_page_behind_a_full_one_ends_the_walk(self) -> None:
        assert start_walk().read(Listing("abc", reports_size=True)).numbers == [1, 2, 1]

    def test_short_first_page_is_followed_by_another_request(self) -> None:
        steps = start_walk().read(Listing("a", reports_size=True))
        assert steps.numbers == [1, 2]
        assert steps.state.done

    @pytest.mark.parametrize(("totals", "requests"), [((None, None), 2), ((1, 1), 2), ((1, 0), 3)])
    def test_empty_page_ends_the_walk_unless_the_total_became_lower(
        self, totals: tuple[int | None, int | None], requests: int
    ) -> None:
        answers = [page("a", size=2, total=totals[0]), page(size=2, total=totals[1])]
        assert len(start_walk().take(*answers).requests) == requests

    def test_short_page_behind_a_full_one_ends_a_walk_without_a_total(self) -> None:
        listing = Listing("abc", reports_size=True, reports_total=False)
        assert start_walk().read(listing).numbers == [1, 2, 1]

    def test_short_page_before_the_total_is_reached_does_not_end_the_walk(self) -> None:
        answers = [page(ids, total=7, size=4) for ids in ("abcd", "de", "efg")]
        steps = start_walk(OFFSETS).take(*answers)
        assert [each.arguments["offset"] for each in steps.requests] == [0, 3, 4]
        assert steps.ids == "abcdefg"
        assert steps.state.done

    def test_missing_page_behind_a_page_ends_the_walk_if_the_total_never_changed(self) -> None:
        steps = start_walk().take(page("ab", total=2), failure(404))
        assert (steps.ids, steps.state.done) == ("ab", True)

    @pytest.mark.parametrize(
        "answers",
        [
            [failure(404)],
            [page("ab", total=2), failure(500)],
            [page("ab"), failure(404)],
            [page("abc", total=4), page("cd", total=5), failure(404)],
        ],
    )
    def test_other_failures_are_raised(self, answers: list[Any]) -> None:
        with pytest.raises(APIStatusError) as raised:
            start_walk().take(*answers)
        assert raised.value is answers[-1]

    @pytest.mark.parametrize("reported", [1, 3])
    def test_total_and_size_that_are_wrong_together_hide_no_entry(self, reported: int) -> None:
        first, second, across, end = (
            page(ids, total=reported, size=9) for ids in ("abc", "de", "cd", "")
        )
        assert start_walk().take(first, second, across, first, end).ids == "abcde"

    def test_short_page_of_an_unknown_size_is_followed_by_another_request(self) -> None:
        assert start_walk(size=2).read(Listing("a")).numbers == [1, 2, 1]

    def test_full_page_that_reaches_the_total_is_followed_by_another_request(self) -> None:
        assert start_walk().read(Listing("ab", reports_size=True)).numbers == [1, 2, 1]

    def test_more_member_ends_a_walk_without_a_total(self) -> None:
        answers = page("ab", more=True), page("c", more=False), page("ab", more=True)
        assert start_walk().take(*answers).state.done

    @pytest.mark.parametrize("size", [None, 4])
    def test_total_above_the_number_of_entries_raises(self, size: int | None) -> None:
        first, second, across, third = (page(ids, total=9) for ids in ("abc", "def", "cd", "g"))
        answers = [first, second, across, third, second, page(total=9), third]
        message = "2 of 9 reported entries were not returned"
        assert failure_message(start_walk(size=size), *answers) == message


class TestShiftedPages:
    """Lists whose entries move to other pages while they are read."""

    @pytest.mark.parametrize("style", [NUMBERS, OFFSETS])
    @pytest.mark.parametrize("size", [1, 2, 3, 5])
    @pytest.mark.parametrize("request_number", [2, 3, 4, 5])
    @pytest.mark.parametrize(
        ("removed", "added"), [("a", "z"), ("ab", "yz"), ("abc", ""), ("", "z"), ("b", "")]
    )
    def test_every_entry_that_stays_is_returned_once(
        self, style: Pagination[Any], size: int, request_number: int, removed: str, added: str
    ) -> None:
        def change(ids: str) -> str:
            return "".join(each for each in ids if each not in removed) + added

        listing = Listing("abcdefgh", size=size, changes={request_number: change})
        steps = start_walk(style).read(listing, style)
        assert sorted(set(steps.ids)) == sorted(steps.ids)
        assert set("abcdefgh") - set(removed) <= set(steps.ids)
        assert steps.state.done

    @pytest.mark.parametrize("style", [NUMBERS, OFFSETS])
    def test_entries_that_arrive_first_move_others_without_loss(
        self, style: Pagination[Any]
    ) -> None:
        arrivals = {n: arrival(new) for n, new in enumerate("uvwxyz", 2)}
        listing = Listing("abcdefgh", size=3, changes=arrivals)
        steps = start_walk(style).read(listing, style)
        assert set("abcdefgh") <= set(steps.ids)

    @pytest.mark.parametrize("order", [None, TimeOrder(field="sort", by_time="date")])
    def test_entry_that_an_expiry_and_an_arrival_move_back_and_forth_is_returned(
        self, order: Order | None
    ) -> None:
        listing = Listing("abcdefgh", changes={2: lambda ids: ids[1:], 3: arrival("z")})
        pagination = msgspec.structs.replace(NUMBERS, order=order)
        steps = start_walk(pagination, order={"sort": "name"}).read(listing)
        assert set("abcdefgh") <= set(steps.ids)

    @pytest.mark.parametrize("reports_total", [True, False])
    def test_entry_that_moves_back_and_forth_is_returned_if_the_total_shows_nothing(
        self, *, reports_total: bool
    ) -> None:
        """One entry expires and another arrives between two responses, twice."""
        listing = Listing("abcdefgh", size=4, applies_size=True, reports_total=reports_total)
        listing.changes = {2: lambda ids: ids[1:] + "z", 3: lambda ids: "y" + ids[:-1]}
        steps = start_walk().read(listing)
        assert set("bcdefgh") <= set(steps.ids)
        assert steps.numbers[:3] == [1, 2, 2]

    def test_entries_that_move_back_and_forth_between_offsets_are_returned(self) -> None:
        listing = Listing("abcdefg", size=3)
        listing.changes = {2: lambda ids: ids[2:] + "hi", 3: lambda ids: "yz" + ids[:-2]}
        assert set("cdefg") <= set(start_walk(OFFSETS).read(listing, OFFSETS).ids)

    @pytest.mark.parametrize("number", range(2, 14))
    @pytest.mark.parametrize(("front", "back"), [("", "z"), ("yz", ""), ("", "xyz"), ("y", "z")])
    def test_entries_that_stay_are_returned_while_the_total_does_not_change(
        self, front: str, back: str, number: int
    ) -> None:
        """Or the walk is incomplete, because the total includes entries that expired unread."""
        listing = Listing("abcdefghijklmnopqrst", size=5, applies_size=True)
        before = set(listing.ids)
        listing.changes = {
            number: lambda ids: front + ids[len(back) : len(ids) - len(front)] + back,
            number + 1: lambda ids: "uvw" + ids[:-3],
        }
        steps = start_walk()
        with suppress(IncompleteWalkError):
            steps.read(listing)
        assert not steps.state.done or before & set(listing.ids) <= set(steps.ids)
        assert len(set(steps.ids)) == len(steps.ids)

    @pytest.mark.parametrize(("rejects", "reports"), [(True, False), (False, False), (False, True)])
    def test_page_before_is_read_again_if_the_service_has_one_page_size(
        self, *, rejects: bool, reports: bool
    ) -> None:
        listing = Listing("abcdefghijk", size=4, rejects_size=rejects, reports_size=reports)
        steps = start_walk().read(listing)
        assert steps.ids == "abcdefghijk"
        assert steps.numbers[:5] == [1, 2, 2, 1, 3]

    @pytest.mark.parametrize("new", ["z", "yz", "xyz", "wxyz"])
    def test_known_entries_behind_a_page_that_claims_to_be_the_last_do_not_end_the_walk(
        self, new: str
    ) -> None:
        """The service limits pages to two entries, and reports that they have three."""
        listing = Listing("abcde", reported_size=3, changes={4: arrival(new)})
        assert set("abcde") <= set(start_walk().read(listing).ids)

    def test_empty_page_of_a_shorter_list_does_not_end_the_walk(self) -> None:
        listing = Listing("abcde", reported_size=3, changes={4: lambda ids: ids[3:]})
        assert set("de") <= set(start_walk().read(listing).ids)

    @pytest.mark.parametrize(
        ("style", "first", "number", "positions"),
        [
            (NUMBERS, None, 6, [4, 3, 2, 1, 2]),
            (NUMBERS, 2, 6, [5, 4, 3, 2, 3]),
            (OFFSETS, None, 6, [5, 4, 2, 0, 1]),
            (OFFSETS, 2, 6, [7, 6, 4, 2, 3]),
            (OFFSETS, 2, 7, [8, 7, 5, 3, 2, 3]),
        ],
    )
    def test_walk_steps_back_until_no_arrival_lies_between_its_pages(
        self, style: Pagination[Any], first: int | None, number: int, positions: list[int]
    ) -> None:
        """But not beyond its first page."""
        listing = Listing("abcdefghij", changes={number: arrival("rstuvwxyz")})
        steps = start_walk(style, page=first).read(listing, style)
        assert listing.positions[number - 1 :][: len(positions)] == positions
        assert set("abcdefghij"[2 * (first is not None) :]) <= set(steps.ids)
        assert steps.state.done

    @pytest.mark.parametrize(("last", "is_complete"), [(0, True), (1, False)])
    def test_pages_may_fail_to_connect_fifty_times_in_a_row(
        self, last: int, *, is_complete: bool
    ) -> None:
        """The attempts count anew when two pages are connected."""
        listing = Listing("".join(map(chr, range(0x4E00, 0x4E08))))
        listing.changes = {
            number: (lambda ids: "".join(chr(ord(each) + 8) for each in ids))
            for number in (*range(2, 102), *range(104, 205 + last))
        }
        steps = start_walk()
        if is_complete:
            steps.read(listing)
            assert set(listing.ids) <= set(steps.ids)
        else:
            with pytest.raises(IncompleteWalkError, match=TOO_FAST):
                steps.read(listing)

    def test_list_that_shrinks_with_every_request_is_complete_or_raises(self) -> None:
        listing = Listing("abcdefghijklmnopqrstuvwxyz", size=4)
        listing.changes = {n: (lambda ids: ids[1:]) for n in range(2, 15)}
        steps = start_walk().read(listing)
        assert set("opqrstuvwxyz") <= set(steps.ids)

    def test_list_that_never_stops_moving_raises(self) -> None:
        listing = Listing("abcdefgh", size=1)
        listing.changes = {n: (lambda ids: ids[1:] + ids[:1]) for n in range(2, 1000)}
        message = "entries arrive or expire faster than the pages of the list can be read"
        with pytest.raises(IncompleteWalkError) as raised:
            start_walk().read(listing)
        assert str(raised.value) in {message, REPEATED}
        assert len(listing.positions) < 400

    def test_list_that_is_replaced_before_every_request_raises(self) -> None:
        listing = Listing("".join(map(chr, range(0x4E00, 0x4E08))), size=2)
        listing.changes = {
            number: (lambda ids: "".join(chr(ord(each) + 8) for each in ids))
            for number in range(2, 1000)
        }
        message = "entries arrive or expire faster than the pages of the list can be read"
        with pytest.raises(IncompleteWalkError, match=message):
            start_walk().read(listing)
        assert len(listing.positions) < 200

    def test_unstable_order_and_changing_totals_raise(self) -> None:
        listing = Listing("abcdef", size=3)
        listing.changes = {2: lambda ids: f"{ids}g", 3: lambda ids: f"bac{ids[3:]}"}
        message = "entries arrived or expired, and the service changes their order"
        with pytest.raises(IncompleteWalkError) as raised:
            start_walk().read(listing)
        assert str(raised.value) == message


class TestContradictions:
    """Responses that contradict the request or each other."""

    def test_response_with_another_page_number_raises(self) -> None:
        steps = start_walk()
        message = "page 2 was requested, but the service returned page 3"
        assert failure_message(steps, page("ab", page=1), page("cd", page=3)) == message
        assert steps.ids == "ab"

    def test_first_response_with_another_page_number_raises(self) -> None:
        message = "page 1 was requested, but the service returned page 0"
        assert failure_message(start_walk(), page("ab", page=0)) == message

    def test_changed_page_size_raises(self) -> None:
        message = "the page size changed from 2 to 3: pages cannot be counted"
        assert failure_message(start_walk(), page("ab", size=2), page("cde", size=3)) == message
        answers = page("ab", size=2), page("cd"), page("efg", size=3)
        assert failure_message(start_walk(), *answers) == message

    def test_page_size_missing_in_some_responses_is_accepted(self) -> None:
        answers = page("ab"), page("cd", size=2), page("ef"), page("gh", size=2)
        assert start_walk().take(*answers).ids == "abcdefgh"

    @pytest.mark.parametrize("number", [1, 2])
    def test_empty_page_before_the_total_is_reached_raises(self, number: int) -> None:
        before = 2 * (number - 1)
        message = f"the service reports {before + 1} entries but returns an empty page"
        assert failure_message(start_walk(page=number, size=2), page(total=before + 1)) == message

    @pytest.mark.parametrize("number", [1, 2])
    def test_empty_page_after_the_total_is_reached_ends_the_walk(self, number: int) -> None:
        steps = start_walk(page=number, size=2).take(page(total=2 * (number - 1)))
        assert steps.state.done

    def test_pages_of_unknown_size_are_assumed_to_have_an_entry(self) -> None:
        message = "the service reports 2 entries but returns an empty page"
        assert failure_message(start_walk(page=2), page(total=2)) == message

    def test_empty_page_with_a_cursor_is_accepted(self) -> None:
        assert start_walk(CURSORS).take(page(total=1, cursor="x"), page("a", total=1)).state.done


class TestRepetitions:
    """Services that repeat pages."""

    def test_page_without_new_entries_raises(self) -> None:
        listing = Listing("ab", reports_total=False, ignores_position=True)
        with pytest.raises(IncompleteWalkError, match=REPEATED):
            start_walk().read(listing)
        assert (
            failure_message(start_walk(CURSORS), page("ab", cursor="x"), page("a", cursor="y"))
            == REPEATED
        )

    def test_page_with_some_new_entries_is_accepted(self) -> None:
        assert start_walk().take(page("ab"), page("bc"), page()).ids == "abc"

    @pytest.mark.parametrize(("count", "is_repeated"), [(20, False), (21, True)])
    def test_up_to_twenty_pages_without_new_entries_are_accepted(
        self, count: int, *, is_repeated: bool
    ) -> None:
        answers = [page("ab"), *[page("ba")] * count, page("bc", more=False)]
        if is_repeated:
            assert failure_message(start_walk(), *answers) == REPEATED
        else:
            assert start_walk().take(*answers).ids == "abc"

    def test_repeated_last_page_is_accepted(self) -> None:
        assert start_walk().take(page("ab", more=True), page("ab", more=False)).state.done

    def test_empty_page_with_more_pages_announced_raises(self) -> None:
        for pagination in (NUMBERS, OFFSETS):
            steps = start_walk(pagination)
            answers = page("ab", more=True), page(more=True), page("ab", more=True)
            assert failure_message(steps, *answers) == REPEATED

    def test_link_to_the_same_page_raises(self) -> None:
        here = "https://a.test/2"
        steps = start_walk(LINKS)
        assert failure_message(steps, page("ab", link=here), page("cd", link=here)) == REPEATED
        assert steps.ids == "abcd"

    def test_thousand_empty_pages_with_cursors_are_accepted(self) -> None:
        """Up to a thousand in a row are accepted, each time after a new entry."""
        barren = [page(cursor=f"x{n}") for n in range(1_000)]
        others = [page(cursor=f"y{n}") for n in range(1_000)]
        answers = [*barren, page("a", cursor="x"), *others, page("b")]
        assert start_walk(CURSORS).take(*answers).ids == "ab"

    def test_more_than_a_thousand_empty_pages_raise(self) -> None:
        barren = [page(cursor=f"x{n}") for n in range(1_001)]
        assert failure_message(start_walk(CURSORS), *barren) == REPEATED
