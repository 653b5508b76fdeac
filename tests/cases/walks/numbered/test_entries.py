"""Every entry is given once, and all that were promised are, or the walk is incomplete."""

from __future__ import annotations

import datetime as dt
import hashlib

import msgspec
import pytest

from losant_audit_log import IncompleteWalkError, ResponseDecodeError
from losant_audit_log._runtime.paging.page_data import UndecodedEntry
from losant_audit_log._runtime.walks.steps import Batch
from tests.support.numbering import CURSORS, NUMBERS, OFFSETS, Steps, numbered, page

CHANGED = "entries arrived or expired since the checkpoint, so the walk cannot be resumed"

ODD = UndecodedEntry(b"{}", ResponseDecodeError("odd"))
"""An entry that does not fit."""


class TestDuplicates:
    """What was seen on an earlier page is not given again."""

    def test_an_entry_that_slipped_to_the_next_page_is_given_once(self) -> None:
        steps = numbered().take(page("abc", total=5), page("cde", total=5))
        assert [each.ids for each in steps.batches] == [["a", "b", "c"], ["d", "e"]]
        assert [each.entries for each in steps.batches][1] == ["entry d", "entry e"]
        assert steps.state.duplicates == 1

    def test_one_that_is_on_a_page_twice_is_given_where_it_is_first(self) -> None:
        steps = numbered().take(page("abacb", more=False))
        assert steps.ids == "abc"
        assert steps.batches[0].entries == ["entry a", "entry b", "entry c"]
        assert steps.state.duplicates == 2

    def test_duplicates_are_counted_over_all_pages(self) -> None:
        steps = numbered().take(page("ab"), page("bc"), page("bcd", more=False))
        assert steps.state.duplicates == 3

    def test_entries_that_have_no_id_may_be_equal(self) -> None:
        pagination = msgspec.structs.replace(NUMBERS, item_id="")
        steps = numbered(pagination).take(page("aab"), page("ac", more=False))
        assert steps.ids == "aabac"
        assert steps.state.duplicates == 0

    def test_nothing_is_handed_out_where_nothing_is_new(self) -> None:
        steps = numbered().take(page("ab"), page("ab", more=False))
        assert len(steps.batches) == 1


class TestWhatIsHandedOut:
    """Entries with what is known of them."""

    def test_their_times_go_with_them(self) -> None:
        times = [dt.datetime(2026, 1, day, tzinfo=dt.UTC) for day in (1, 2, 3)]
        steps = numbered().take(
            page("ab", timestamps=times[:2]), page("bc", timestamps=times[1:], more=False)
        )
        assert [each.timestamps for each in steps.batches] == [times[:2], times[2:]]

    def test_there_may_be_none(self) -> None:
        assert numbered().take(page("ab", more=False)).batches[0].timestamps == []

    @pytest.mark.parametrize("flag", ["has_undecodable", "is_plain"])
    def test_what_a_page_says_of_its_entries_is_said_of_them(self, flag: str) -> None:
        steps = numbered().take(page("ab", **{flag: True}), page("c", more=False))
        assert [getattr(each, flag) for each in steps.batches] == [True, False]

    def test_all_is_counted(self) -> None:
        steps = numbered(pages=1, seen=0, entries=0, undecodable=1)
        answer = page("ab", has_undecodable=True)
        answer.data.items[1] = ODD
        state = steps.take(answer, page("c"), page()).state
        assert state.pages == 4
        assert state.seen == 3
        assert state.entries == 3
        assert state.undecodable == 2

    def test_a_part_of_a_batch_may_be_handed_out(self) -> None:
        walk = numbered(seen=5, entries=4, digest="x").walk
        batch = Batch([ODD, "b", ODD], ["a", "b", "c"], [], has_undecodable=True)
        assert walk.state_after(batch, 0) is walk.state
        part = walk.state_after(batch, 2)
        assert (part.seen, part.entries, part.undecodable) == (7, 6, 1)
        assert part.digest != walk.state_after(batch, 3).digest


class TestWhatWasPromised:
    """The distinct entries are held against the total that the first answer promised."""

    def test_one_that_slipped_to_a_page_that_was_read_is_missed(self) -> None:
        steps = numbered()
        with pytest.raises(IncompleteWalkError) as raised:
            steps.take(page("ab", total=5), page("de", total=4))
        assert str(raised.value) == "1 of 5 reported entries were not returned"
        assert not steps.state.done

    def test_the_first_answer_counts(self) -> None:
        steps = numbered().take(page("ab", total=3), page("cd", total=4))
        assert steps.state.total == 3
        assert steps.state.done

    def test_or_the_first_that_tells(self) -> None:
        assert numbered(CURSORS).take(page("ab", cursor="x"), page("c", total=3)).state.total == 3

    def test_a_total_of_none_is_one_too(self) -> None:
        steps = numbered(OFFSETS).take(page(total=0))
        assert steps.state.total == 0
        assert steps.state.done

    @pytest.mark.parametrize(("total", "promised"), [(7, 3), (4, 0), (3, 0)])
    def test_what_comes_before_the_first_page_is_not_promised(
        self, total: int, promised: int
    ) -> None:
        steps = numbered(page=3, size=2).take(page("efg"[:promised], total=total, more=False))
        assert steps.state.total == promised

    def test_nobody_knows_what_comes_before_a_cursor(self) -> None:
        steps = numbered(CURSORS, page="x").take(page("ef", total=7))
        assert steps.state.total is None
        assert steps.state.done


class TestGoingOn:
    """A walk that goes on reads its pages again, and hands out what comes behind what it gave."""

    @staticmethod
    def digest(ids: str) -> str:
        """Give the digest of ids, as checkpoints hold it that are written already."""
        made = ""
        for each in ids:
            made = hashlib.sha256(f"{made} {each}".encode()).hexdigest()[:32]
        return made

    def again(self, given: str) -> Steps:
        """Go on where some entries were given."""
        return numbered(
            seen=len(given), entries=len(given), digest=self.digest(given), pages=1, total=6
        )

    @pytest.mark.parametrize("given", ["a", "ab", "abc", "abcd", "abcde", "abcdef"])
    def test_the_rest_is_handed_out(self, given: str) -> None:
        steps = self.again(given).take(page("abc", total=6), page("def", total=6))
        assert given + steps.ids == "abcdef"
        assert "".join(str(each)[-1] for batch in steps.batches for each in batch.entries) == (
            steps.ids
        )
        assert steps.state.seen == steps.state.entries == 6
        assert steps.state.digest == self.digest("abcdef")
        assert steps.state.done

    def test_with_its_times_and_what_is_known_of_it(self) -> None:
        times = [dt.datetime(2026, 1, day, tzinfo=dt.UTC) for day in (1, 2, 3)]
        answer = page("abc", timestamps=times, has_undecodable=True, is_plain=True, more=False)
        steps = numbered(seen=2, digest=self.digest("ab")).take(answer)
        assert steps.batches == [
            Batch(["entry c"], ["c"], times[2:], has_undecodable=True, is_plain=True)
        ]

    @pytest.mark.parametrize("now", ["xbcdef", "bcdefg", "bacdef", "xabcde"])
    def test_if_others_come_before_it_nobody_knows_what_was_given(self, now: str) -> None:
        steps = self.again("abcd")
        with pytest.raises(IncompleteWalkError) as raised:
            steps.take(page(now[:3], total=6), page(now[3:], total=6))
        assert str(raised.value) == CHANGED
        assert steps.ids == ""

    def test_if_there_are_fewer_neither(self) -> None:
        with pytest.raises(IncompleteWalkError) as raised:
            self.again("abcd").take(page("abc", total=3))
        assert str(raised.value) == CHANGED

    def test_what_was_read_again_is_nothing_that_a_service_repeats(self) -> None:
        steps = self.again("abcde")
        assert steps.take(page("abc", total=6), page("def", total=6)).ids == "f"
