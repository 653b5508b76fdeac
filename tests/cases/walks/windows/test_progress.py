"""State of a walk after some entries of a batch."""

from __future__ import annotations

from typing import Any

from losant_audit_log import ResponseDecodeError, UndecodedEntry
from losant_audit_log._runtime.core import epoch
from losant_audit_log._runtime.walks.by_time.progress import state_after
from losant_audit_log._runtime.walks.by_time.timeline import Timeline
from losant_audit_log._runtime.walks.checkpoint import WalkState
from losant_audit_log._runtime.walks.steps import Batch
from tests.support.windows import KEPT, PAGES


def after(batch: Batch, count: int, *, ascending: bool = False, **state: Any) -> WalkState:
    timeline = Timeline(PAGES, KEPT, descending=not ascending, size=None)
    return state_after(timeline, WalkState(walk="", ascending=ascending, **state), batch, count)


def batch(entries: dict[str, int], **fields: Any) -> Batch:
    """Return a batch with an entry for each id and epoch."""
    timestamps = [epoch.to_datetime(time, 1000) for time in entries.values()]
    return Batch([*entries], [*entries], timestamps, **fields)


def test_a_suppressed_entry_counts_from_its_own_turn_on() -> None:
    given = batch({"a": 30, "b": 20}, suppressed=frozenset({1}))
    assert [after(given, count).entries for count in (1, 2)] == [1, 1]
    assert [after(given, count).seen for count in (1, 2)] == [1, 2]


def test_an_undecodable_entry_counts_from_its_own_turn_on() -> None:
    undecodable = UndecodedEntry(b"", ResponseDecodeError(""))
    timestamps = [epoch.to_datetime(time, 1000) for time in (30, 20)]
    given = Batch(["a", undecodable], ["a", "b"], timestamps, has_undecodable=True)
    assert [after(given, count).undecodable for count in (1, 2)] == [0, 1]


def test_a_new_position_forgets_the_ids_of_the_one_before() -> None:
    state = after(batch({"b": 20}), 1, position=30, ids=("a",))
    assert (state.position, state.ids) == (20, ("b",))


def test_an_ascending_batch_reaches_into_the_overlap_with_its_last_entry() -> None:
    given = batch({"a": 10, "b": 95})
    state = after(given, 2, ascending=True, end=100, overlap=10, pinned_by="server")
    assert state.late == {"b": 95}


def test_an_entry_at_the_start_of_the_overlap_is_within_it() -> None:
    state = after(batch({"a": 90}), 1, end=100, overlap=10, pinned_by="server")
    assert state.late == {"a": 90}


def test_the_overlap_ends_at_the_first_entry_of_a_descending_walk_with_the_local_clock() -> None:
    state = after(batch({"b": 50}), 1, first=100, end=200, overlap=10, pinned_by="local")
    assert state.late == {}


def test_an_id_at_the_start_of_the_overlap_of_an_ascending_walk_is_kept() -> None:
    late = {"early": 89, "just": 90}
    state = after(
        batch({"b": 95}), 1, ascending=True, end=100, overlap=10, pinned_by="server", late=late
    )
    assert state.late == {"just": 90, "b": 95}


def test_entries_are_removed_from_the_counts_of_the_oldest_ones() -> None:
    state = after(batch({"c": 30, "b": 20}), 2, tail=((10, 2), (20, 3)), known=25)
    assert state.tail == ((10, 2), (20, 2))
    assert after(batch({"c": 30}), 1, tail=((10, 2),), known=None).tail == ((10, 2),)


def test_an_undated_entry_is_remembered_from_its_own_turn_on() -> None:
    given = batch({"a": 30, "b": 30, "c": 20}, undated=frozenset({1}))
    assert [after(given, count).undated for count in (1, 2, 3)] == [(), ("b",), ("b",)]
