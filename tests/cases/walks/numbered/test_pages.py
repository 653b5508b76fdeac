"""Pages follow each other by their numbers, offsets, cursors and links, until there are no more."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from losant_audit_log import IncompleteWalkError
from losant_audit_log._runtime.paging.page_data import Fetched
from tests.support.numbering import CURSORS, LINKS, NUMBERS, OFFSETS, Steps, numbered, page

REPEATED = "the service returns the same page repeatedly"


def refused(steps: Steps, *answers: Fetched[Any]) -> str:
    """Take answers that a walk cannot live with; give what it says of them."""
    with pytest.raises(IncompleteWalkError) as raised:
        steps.take(*answers)
    assert not steps.state.done
    return str(raised.value)


class TestWhatIsAskedFor:
    """The position of a page, and the size of all."""

    def test_numbers_count_pages(self) -> None:
        steps = numbered(size=2).take(page("ab", total=5), page("cd", total=5), page("e", total=5))
        assert [each.arguments for each in steps.asked] == [
            {"page": 1, "size": 2},
            {"page": 2, "size": 2},
            {"page": 3, "size": 2},
        ]
        assert steps.ids == "abcde"
        assert steps.state.done

    def test_offsets_count_entries(self) -> None:
        steps = numbered(OFFSETS).take(page("abc", total=5), page("de", total=5))
        assert [each.arguments for each in steps.asked] == [
            {"offset": 0, "size": None},
            {"offset": 3, "size": None},
        ]
        assert steps.state.done

    def test_cursors_are_given_back(self) -> None:
        steps = numbered(CURSORS, size=2).take(page("ab", cursor="x"), page("c", cursor=""))
        assert [each.arguments for each in steps.asked] == [
            {"cursor": None, "size": 2},
            {"cursor": "x", "size": 2},
        ]
        assert steps.state.done

    def test_links_are_followed_as_they_are(self) -> None:
        steps = numbered(LINKS, size=2).take(page("ab", link="https://a.test/2"), page("c"))
        assert [(each.arguments, each.url) for each in steps.asked] == [
            ({"size": 2}, ""),
            ({}, "https://a.test/2"),
        ]
        assert steps.state.done

    def test_a_service_may_have_one_size_of_pages(self) -> None:
        pagination = msgspec.structs.replace(NUMBERS, size="")
        assert numbered(pagination, size=2).take().asked[0].arguments == {"page": 1}

    def test_a_first_page_that_is_there_is_not_asked_for(self) -> None:
        steps = numbered().take(page("c", total=3), first=page("ab", total=3))
        assert steps.numbers == [2]
        assert steps.ids == "abc"

    def test_a_walk_may_begin_behind_the_first_page(self) -> None:
        steps = numbered(page=3).take(page("ef", total=7), page("g", total=7))
        assert steps.numbers == [3, 4]
        assert steps.state.done

    def test_a_walk_that_came_to_its_end_asks_for_nothing(self) -> None:
        steps = numbered(done=True, seen=2, total=2).take(first=page("ab", total=9))
        assert steps.asked == []
        assert steps.batches == []


class TestTheEnd:
    """Where nothing says that there is more, an empty page is the last one."""

    def test_without_a_total_it_is_an_empty_page(self) -> None:
        steps = numbered().take(page("ab"), page("c"), page())
        assert steps.numbers == [1, 2, 3]
        assert steps.state.done

    def test_or_what_the_service_says(self) -> None:
        assert numbered().take(page("ab", more=True), page("c", more=False)).state.done

    def test_pages_of_an_untold_size_are_as_long_as_the_longest(self) -> None:
        """Before the third one there are six, not two."""
        answers = [page("abc", total=7), page("def", total=7), page("g", total=7)]
        assert numbered().take(*answers).state.done

    def test_else_as_long_as_was_asked_for(self) -> None:
        """So these were shortened: before the third one there were eight."""
        answers = [page("abc", total=9), page("def", total=9), page("g", total=9)]
        message = "2 of 9 reported entries were not returned"
        assert refused(numbered(size=4), *answers) == message

    def test_else_as_long_as_the_service_says(self) -> None:
        answers = [page("abc", total=9, size=4), page("def", total=9), page("g", total=9, size=4)]
        message = "2 of 9 reported entries were not returned"
        assert refused(numbered(size=3), *answers) == message


class TestWhatIsRefused:
    """Answers that cannot be what was asked for."""

    def test_another_page(self) -> None:
        steps = numbered()
        message = "page 2 was requested, but the service returned page 3"
        assert refused(steps, page("ab", page=1), page("cd", page=3)) == message
        assert steps.ids == "ab"

    def test_another_first_page(self) -> None:
        message = "page 1 was requested, but the service returned page 0"
        assert refused(numbered(), page("ab", page=0)) == message

    def test_another_size_than_before(self) -> None:
        message = "the page size changed from 2 to 3: pages cannot be counted"
        assert refused(numbered(), page("ab", size=2), page("cde", size=3)) == message
        answers = page("ab", size=2), page("cd"), page("efg", size=3)
        assert refused(numbered(), *answers) == message

    def test_a_size_that_is_told_now_and_then_is_none(self) -> None:
        answers = page("ab"), page("cd", size=2), page("ef"), page("gh", size=2)
        assert numbered().take(*answers).ids == "abcdefgh"

    @pytest.mark.parametrize("number", [1, 2])
    def test_a_page_without_entries_that_were_promised(self, number: int) -> None:
        before = 2 * (number - 1)
        message = f"the service reports {before + 1} entries but returns an empty page"
        assert refused(numbered(page=number, size=2), page(total=before + 1)) == message

    @pytest.mark.parametrize("number", [1, 2])
    def test_an_empty_page_behind_all_is_the_last_one(self, number: int) -> None:
        steps = numbered(page=number, size=2).take(page(total=2 * (number - 1)))
        assert steps.state.done

    def test_pages_of_an_unknown_size_have_one_entry_at_least(self) -> None:
        message = "the service reports 2 entries but returns an empty page"
        assert refused(numbered(page=2), page(total=2)) == message

    def test_not_so_where_pages_are_not_counted(self) -> None:
        assert numbered(CURSORS).take(page(total=1, cursor="x"), page("a", total=1)).state.done


class TestRepetitions:
    """A service that goes round in circles."""

    def test_a_page_on_which_nothing_is_new(self) -> None:
        assert refused(numbered(), page("ab"), page("ba")) == REPEATED
        assert refused(numbered(CURSORS), page("ab", cursor="x"), page("a", cursor="y")) == REPEATED

    def test_one_on_which_something_is_may_be_a_shifted_one(self) -> None:
        assert numbered().take(page("ab"), page("bc"), page()).ids == "abc"

    def test_the_last_page_may_be_repeated_by_drift(self) -> None:
        assert numbered().take(page("ab", more=True), page("ab", more=False)).state.done

    def test_a_page_without_entries_where_pages_are_counted(self) -> None:
        for pagination in (NUMBERS, OFFSETS):
            steps = numbered(pagination)
            assert refused(steps, page("ab", more=True), page(more=True)) == REPEATED

    def test_a_link_to_the_page_itself(self) -> None:
        here = "https://a.test/2"
        steps = numbered(LINKS)
        assert refused(steps, page("ab", link=here), page("cd", link=here)) == REPEATED
        assert steps.ids == "abcd"

    def test_searching_services_give_pages_without_entries(self) -> None:
        """A thousand in a row may be, as often as there is something new between them."""
        barren = [page(cursor=f"x{n}") for n in range(1_000)]
        others = [page(cursor=f"y{n}") for n in range(1_000)]
        answers = [*barren, page("a", cursor="x"), *others, page("b")]
        assert numbered(CURSORS).take(*answers).ids == "ab"

    def test_but_not_without_end(self) -> None:
        barren = [page(cursor=f"x{n}") for n in range(1_001)]
        assert refused(numbered(CURSORS), *barren) == REPEATED
