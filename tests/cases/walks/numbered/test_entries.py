"""Entries of walks by page number, offset, cursor or link."""

from __future__ import annotations

import datetime as dt
import hashlib

import msgspec
import pytest

from losant_audit_log import IncompleteWalkError, ResponseDecodeError
from losant_audit_log._runtime.paging.page_data import UndecodedEntry
from losant_audit_log._runtime.walks.steps import Batch
from tests.support.numbering import CURSORS, NUMBERS, OFFSETS, Listing, Steps, page, start_walk

CHANGED = "entries arrived or expired since the checkpoint, so the walk cannot be resumed"

ODD = UndecodedEntry(b"{}", ResponseDecodeError("odd"))
"""An entry that does not fit."""


class TestDuplicates:
    """Entries of an earlier page are not returned again."""

    def test_entry_that_moved_to_the_next_page_is_returned_once(self) -> None:
        steps = start_walk().take(page("abc", total=5), page("cde", total=5))
        assert [each.ids for each in steps.batches] == [["a", "b", "c"], ["d", "e"]]
        assert [each.entries for each in steps.batches][1] == ["entry d", "entry e"]
        assert steps.state.duplicates == 1

    def test_entry_repeated_on_a_page_is_returned_at_its_first_position(self) -> None:
        steps = start_walk().take(page("abacb", more=False))
        assert steps.ids == "abc"
        assert steps.batches[0].entries == ["entry a", "entry b", "entry c"]
        assert steps.state.duplicates == 2

    def test_duplicates_are_counted_over_all_pages(self) -> None:
        steps = start_walk().take(page("ab"), page("bc"), page("bcd", more=False))
        assert steps.state.duplicates == 3

    def test_equal_entries_without_ids_are_all_returned(self) -> None:
        pagination = msgspec.structs.replace(NUMBERS, item_id="")
        steps = start_walk(pagination).take(page("aab"), page("ac", more=False))
        assert steps.ids == "aabac"
        assert steps.state.duplicates == 0

    def test_page_without_new_entries_produces_no_batch(self) -> None:
        steps = start_walk().take(page("ab"), page("ab", more=False))
        assert len(steps.batches) == 1


class TestBatches:
    """Batches of returned entries."""

    def test_batch_has_the_timestamps_of_its_entries(self) -> None:
        times = [dt.datetime(2026, 1, day, tzinfo=dt.UTC) for day in (1, 2, 3)]
        steps = start_walk().take(
            page("ab", timestamps=times[:2]), page("bc", timestamps=times[1:], more=False)
        )
        assert [each.timestamps for each in steps.batches] == [times[:2], times[2:]]

    def test_batch_may_have_no_timestamps(self) -> None:
        assert start_walk().take(page("ab", more=False)).batches[0].timestamps == []

    @pytest.mark.parametrize("flag", ["has_undecodable", "is_plain"])
    def test_batch_has_the_flags_of_its_page(self, flag: str) -> None:
        steps = start_walk().take(page("ab", **{flag: True}), page("c", more=False))
        assert [getattr(each, flag) for each in steps.batches] == [True, False]

    def test_state_counts_pages_entries_and_undecodable_entries(self) -> None:
        steps = start_walk(pages=1, seen=0, entries=0, undecodable=1)
        answer = page("ab", has_undecodable=True)
        answer.data.items[1] = ODD
        state = steps.take(answer, page("bc"), page()).state
        assert state.pages == 4
        assert state.seen == 3
        assert state.entries == 3
        assert state.undecodable == 2

    def test_state_after_a_part_of_a_batch_counts_that_part(self) -> None:
        walk = start_walk(seen=5, entries=4, digest="x").walk
        batch = Batch([ODD, "b", ODD], ["a", "b", "c"], [], has_undecodable=True)
        assert walk.state_after(walk.state, batch, 0) is walk.state
        part = walk.state_after(walk.state, batch, 2)
        assert (part.seen, part.entries, part.undecodable) == (7, 6, 1)
        assert part.digest != walk.state_after(walk.state, batch, 3).digest


class TestTotals:
    """A total that does not change is the number of distinct entries."""

    def test_entry_that_moved_to_an_earlier_page_is_returned(self) -> None:
        listing = Listing("abcde", changes={2: lambda ids: ids.replace("a", "")})
        steps = start_walk().read(listing)
        assert sorted(steps.ids) == [*"abcde"]
        assert steps.state.done

    def test_total_that_is_not_reached_makes_the_walk_incomplete(self) -> None:
        steps = start_walk(CURSORS)
        with pytest.raises(IncompleteWalkError) as raised:
            steps.take(page("ab", total=5, cursor="x"), page("de", total=5))
        assert str(raised.value) == "1 of 5 reported entries were not returned"
        assert not steps.state.done

    def test_total_that_changes_need_not_be_reached(self) -> None:
        steps = start_walk(CURSORS).take(page("ab", total=5, cursor="x"), page("de", total=4))
        assert steps.state.total == 5
        assert steps.state.done

    def test_first_response_with_a_total_counts(self) -> None:
        assert start_walk(CURSORS).take(page("ab", cursor="x"), page("c", total=3)).state.total == 3

    def test_total_of_zero_is_a_total(self) -> None:
        steps = start_walk(OFFSETS).take(page(total=0))
        assert steps.state.total == 0
        assert steps.state.done

    @pytest.mark.parametrize(("total", "promised"), [(7, 3), (4, 0), (3, 0)])
    def test_entries_before_the_first_page_are_not_promised(
        self, total: int, promised: int
    ) -> None:
        steps = start_walk(page=3, size=2).take(page("efg"[:promised], total=total, more=False))
        assert steps.state.total == promised

    def test_total_of_a_walk_from_a_cursor_is_unknown(self) -> None:
        steps = start_walk(CURSORS, page="x").take(page("ef", total=7))
        assert steps.state.total is None
        assert steps.state.done


class TestResuming:
    """A resumed walk reads its pages again, and returns the entries behind those it returned."""

    @staticmethod
    def digest(ids: str) -> str:
        """Return the digest of ids, as existing checkpoints contain it."""
        made = ""
        for each in ids:
            made = hashlib.sha256(f"{made} {each}".encode()).hexdigest()[:32]
        return made

    def again(self, given: str) -> Steps:
        """Resume a walk that returned some entries."""
        return start_walk(
            seen=len(given), entries=len(given), digest=self.digest(given), pages=1, total=6
        )

    @pytest.mark.parametrize("given", ["a", "ab", "abc", "abcd", "abcde", "abcdef"])
    def test_resumed_walk_returns_the_remaining_entries(self, given: str) -> None:
        steps = self.again(given).read(Listing("abcdef", size=3))
        assert given + steps.ids == "abcdef"
        assert "".join(str(each)[-1] for batch in steps.batches for each in batch.entries) == (
            steps.ids
        )
        assert steps.state.seen == steps.state.entries == 6
        assert steps.state.digest == self.digest("abcdef")
        assert steps.state.done

    def test_resumed_walk_keeps_timestamps_and_flags(self) -> None:
        times = [dt.datetime(2026, 1, day, tzinfo=dt.UTC) for day in (1, 2, 3)]
        answer = page("abc", timestamps=times, has_undecodable=True, is_plain=True, more=False)
        steps = start_walk(seen=2, digest=self.digest("ab")).take(answer)
        assert steps.batches == [
            Batch(["entry c"], ["c"], times[2:], has_undecodable=True, is_plain=True)
        ]

    @pytest.mark.parametrize("given", ["abc", "abcd"])
    @pytest.mark.parametrize("now", ["xbcdef", "bcdefg", "bacdef", "xabcde"])
    def test_resumed_walk_raises_if_earlier_entries_changed(self, given: str, now: str) -> None:
        steps = self.again(given)
        with pytest.raises(IncompleteWalkError) as raised:
            steps.take(page(now[:3], total=6), page(now[3:], total=6))
        assert str(raised.value) == CHANGED
        assert steps.ids == ""

    def test_resumed_walk_raises_if_entries_are_missing(self) -> None:
        with pytest.raises(IncompleteWalkError) as raised:
            self.again("abcd").read(Listing("abc", size=3))
        assert str(raised.value) == CHANGED

    def test_resumed_walk_ignores_unread_entries_that_expired(self) -> None:
        steps = self.again("abc").read(Listing("abce"))
        assert steps.ids == "e"
        assert steps.state.done

    def test_resumed_walk_does_not_take_pages_read_again_as_repeated(self) -> None:
        assert self.again("abcde").read(Listing("abcdef", size=3)).ids == "f"
