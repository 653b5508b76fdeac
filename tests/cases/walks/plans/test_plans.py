"""Planning of a walk: arguments are validated before anything is sent."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec
import pytest

from losant_audit_log import APITimeoutError, InvalidArgumentError
from losant_audit_log._runtime.paging.pagination import Pagination
from losant_audit_log._runtime.walks.by_page import NumberedWalk
from losant_audit_log._runtime.walks.by_time.slices import SlicedWalk
from losant_audit_log._runtime.walks.by_time.walk import WindowWalk
from losant_audit_log._runtime.walks.checkpoint import WalkState, read_checkpoint, write_checkpoint
from losant_audit_log._runtime.walks.order import TimeOrder
from losant_audit_log._runtime.walks.plan import Engine, WalkPlan, plan_walk
from losant_audit_log._runtime.walks.steps import Batch, Fetch
from losant_audit_log.resources.audit_logs import LIST_PAGES
from tests.support.examples import ORG
from tests.support.numbering import NUMBERS

SECOND = 1000


def walk_plan_of(pagination: Pagination[Any] = LIST_PAGES, /, **given: Any) -> WalkPlan[Any]:
    """Plan a walk; arguments that the operation does not have are those of the walk."""
    names = {each.name for each in pagination.operation.parameters}
    arguments = {name: value for name, value in given.items() if name in names}
    controls = {name: value for name, value in given.items() if name not in names}
    return plan_walk(pagination, {"org_id": ORG, **arguments}, {}, **controls)


def rejection_message(**given: Any) -> str:
    with pytest.raises(InvalidArgumentError) as raised:
        walk_plan_of(**given)
    return str(raised.value)


def checkpoint(plan: WalkPlan[Any], **state: Any) -> str:
    """Write the checkpoint of an unfinished walk."""
    return write_checkpoint(msgspec.structs.replace(plan.state, **state))


def finished_checkpoint(plan: WalkPlan[Any] | None = None, **state: Any) -> str:
    return checkpoint(plan or walk_plan_of(), done=True, **state)


def first_step(engine: Engine) -> Fetch:
    step = next(engine.steps())
    assert isinstance(step, Fetch)
    return step


def windows(per_second: int = SECOND, bounds: str = "unspecified") -> Pagination[Any]:
    """Return a pagination whose window has another unit or other bounds."""
    assert LIST_PAGES.window is not None
    window = msgspec.structs.replace(LIST_PAGES.window, per_second=per_second, bounds=bounds)
    return msgspec.structs.replace(LIST_PAGES, window=window)


class TestArguments:
    """The state that follows from the arguments."""

    def test_walk_without_options_has_a_plain_state(self) -> None:
        plan = walk_plan_of()
        assert plan.state == WalkState(walk=plan.state.walk, overlap=10_000, older=0)
        assert plan.arguments == {"org_id": ORG}
        assert (plan.size, plan.filter) == (1000, None)
        assert (plan.concurrency, plan.keeps_undecodable) == (1, False)

    def test_walk_options_are_stored_in_the_plan(self) -> None:
        wanted = {"actor": [{"type": "User"}]}
        overlap = dt.timedelta(seconds=1.5)
        plan = walk_plan_of(
            start=5,
            end=9,
            per_page=7,
            audit_log_filter=wanted,
            overlap=overlap,
            concurrency=3,
            on_undecodable="keep",
        )
        state = plan.state
        assert (plan.size, plan.filter) == (7, wanted)
        assert (plan.concurrency, plan.keeps_undecodable) == (3, True)
        assert (state.start, state.end, state.pinned_by, state.overlap) == (5, 9, "end", 1500)
        assert not state.numbered

    def test_overlap_is_rounded_up_to_whole_units(self) -> None:
        overlap = dt.timedelta(milliseconds=1001)
        assert walk_plan_of(windows(per_second=1), overlap=overlap).state.overlap == 2
        assert walk_plan_of(NUMBERS, overlap=overlap).state.overlap == 0  # It has no time span.

    def test_retention_replaces_that_of_the_document(self) -> None:
        plan = walk_plan_of(retention=dt.timedelta(days=30, seconds=5, microseconds=7))
        assert plan.pagination.window is not None
        assert plan.pagination.window.retention == "P30DT5S"
        assert LIST_PAGES.window is not None
        assert LIST_PAGES.window.retention == "P1Y"
        assert plan.state.walk == walk_plan_of().state.walk

    def test_retention_of_a_list_without_a_time_span_is_rejected(self) -> None:
        with pytest.raises(InvalidArgumentError) as raised:
            walk_plan_of(NUMBERS, retention=dt.timedelta(days=30))
        assert str(raised.value) == "retention: the list has no time span; omit it"

    def test_checkpoint_of_a_list_without_a_time_span_is_no_start_for_another(self) -> None:
        plan = walk_plan_of(NUMBERS)
        with pytest.raises(InvalidArgumentError) as raised:
            walk_plan_of(NUMBERS, since=finished_checkpoint(plan))
        assert str(raised.value) == "since: the list has no time span; omit it"

    def test_walk_of_a_list_without_a_time_span_resumes_and_has_no_end(self) -> None:
        text = checkpoint(walk_plan_of(NUMBERS), page=3, seen=7)
        plan = walk_plan_of(NUMBERS, checkpoint=text, concurrency=2)
        assert write_checkpoint(plan.state) == text
        assert plan.end(plan.state) is None
        assert plan.concurrent("threads") is None
        with pytest.raises(InvalidArgumentError, match="checkpoint: from another walk"):
            walk_plan_of(NUMBERS, checkpoint=text, start=5)

    def test_pages_are_fetched_concurrently_from_a_concurrency_of_two(self) -> None:
        assert walk_plan_of(concurrency=1).concurrent("threads") is None
        assert walk_plan_of(concurrency=2).concurrent("threads") is not None

    def test_size_of_the_service_is_kept_without_widening(self) -> None:
        assert walk_plan_of(widens=False).size is None
        assert walk_plan_of(widens=False, per_page=7).size == 7

    def test_overlap_of_zero_is_accepted(self) -> None:
        assert walk_plan_of(overlap=dt.timedelta()).state.overlap == 0

    def test_walk_digest_ignores_paging_and_window_arguments(self) -> None:
        plain = walk_plan_of().state.walk
        paging = {"page": 3, "per_page": 7, "sort_field": "actorName", "sort_direction": "asc"}
        assert walk_plan_of(start=5, end=9, **paging).state.walk == plain
        assert walk_plan_of(losantdomain="example.com").state.walk != plain
        assert walk_plan_of(audit_log_filter={"actor": [{"type": "User"}]}).state.walk != plain

    def test_walk_digest_ignores_the_order_of_filter_members(self) -> None:
        actors = [{"type": "User", "id": ORG}, {"id": ORG, "type": "User"}]
        walks = {walk_plan_of(audit_log_filter={"actor": [each]}).state.walk for each in actors}
        assert len(walks) == 1

    def test_walk_digest_of_existing_checkpoints_is_unchanged(self) -> None:
        assert walk_plan_of().state.walk == "5d14dc2e479f917f"

    def test_walk_digest_without_a_window_includes_the_time_span(self) -> None:
        assert walk_plan_of(NUMBERS, start=5).state.walk != walk_plan_of(NUMBERS).state.walk
        assert walk_plan_of(NUMBERS).state.numbered

    def test_walk_digest_includes_the_operation(self) -> None:
        renamed = msgspec.structs.replace(LIST_PAGES.operation, name="other")
        other = msgspec.structs.replace(LIST_PAGES, operation=renamed)
        assert walk_plan_of(other).state.walk != walk_plan_of().state.walk

    @pytest.mark.parametrize(
        ("bounds", "kept"),
        [
            ("inclusive", (None, None)),
            ("half-open", (None, 9)),
            ("exclusive", (5, 9)),
            ("unspecified", (5, 9)),
        ],
    )
    def test_entries_at_the_bounds_are_included(
        self, bounds: str, kept: tuple[int | None, int | None]
    ) -> None:
        state = walk_plan_of(windows(bounds=bounds), start=5, end=9).state
        assert (state.lower, state.upper) == kept

    def test_entries_at_the_bounds_are_left_to_the_service_without_widening(self) -> None:
        state = walk_plan_of(start=5, end=9, widens=False).state
        assert (state.lower, state.upper) == (None, None)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"on_undecodable": "drop"}, "on_undecodable: expected 'raise' or 'keep', got 'drop'"),
        ({"concurrency": 0}, "concurrency: expected an int from 1, got 0"),
        ({"concurrency": True}, "concurrency: expected an int from 1, got True"),
        ({"overlap": 5}, "overlap: expected a non-negative timedelta, got 5"),
        (
            {"overlap": dt.timedelta(microseconds=-1)},
            (
                "overlap: expected a non-negative timedelta, got "
                "datetime.timedelta(days=-1, seconds=86399, microseconds=999999)"
            ),
        ),
        ({"retention": 5}, "retention: expected a positive duration, got 5"),
        (
            {"retention": dt.timedelta()},
            "retention: expected a positive duration, got 0:00:00",
        ),
        ({"start": 9, "end": 5}, "start: after end: start=9 and end=5; exchange them"),
        ({"page": "x"}, "page: expected an int, got 'x' (str)"),
        (
            {"checkpoint": "", "since": ""},
            "checkpoint and since exclude each other; pass one of them",
        ),
        ({"checkpoint": 7}, "checkpoint: expected a str, got int"),
        ({"checkpoint": "{}"}, "checkpoint: the string is not a checkpoint, or it is damaged"),
        ({"since": "[]"}, "checkpoint: the string is not a checkpoint, or it is damaged"),
    ],
)
def test_invalid_walk_argument_is_rejected(given: dict[str, Any], message: str) -> None:
    assert rejection_message(**given) == message


class TestOrders:
    """The order of a walk that begins."""

    SORTED = msgspec.structs.replace(NUMBERS, order=LIST_PAGES.order)
    FIXED = msgspec.structs.replace(LIST_PAGES, order=TimeOrder(field="sort_field", by_time="time"))

    @pytest.mark.parametrize(
        ("order", "ascending"), [(None, False), ("newest", False), ("oldest", True)]
    )
    def test_order_decides_which_entries_come_first(
        self, order: str | None, *, ascending: bool
    ) -> None:
        plan = walk_plan_of(order=order)
        assert (plan.state.ascending, plan.state.order) == (ascending, {})
        direction = "asc" if ascending else "desc"
        assert first_step(plan.engine()).arguments["sort_direction"] == direction

    @pytest.mark.parametrize(
        ("order", "direction"), [(None, "desc"), ("newest", "desc"), ("oldest", "asc")]
    )
    def test_numbered_walk_sorts_by_time(self, order: str | None, direction: str) -> None:
        plan = walk_plan_of(self.SORTED, order=order)
        sorting = {"sort_field": "creationDate", "sort_direction": direction}
        assert plan.state.ascending == (order == "oldest")
        assert plan.state.order == sorting
        assert plan.arguments == {"org_id": ORG, **sorting}

    @pytest.mark.parametrize("order", ["newest", "oldest"])
    def test_order_of_a_list_without_an_order_is_rejected(self, order: str) -> None:
        with pytest.raises(InvalidArgumentError) as raised:
            walk_plan_of(NUMBERS, order=order)
        assert str(raised.value) == f"order: expected None, got {order!r}"

    def test_order_without_a_parameter_is_rejected(self) -> None:
        with pytest.raises(InvalidArgumentError) as raised:
            walk_plan_of(self.FIXED, order="oldest")
        message = "order: no parameter returns the oldest entries first; omit it"
        assert str(raised.value) == message

    def test_order_of_a_list_that_cannot_be_turned_is_accepted(self) -> None:
        assert not walk_plan_of(self.FIXED, order="newest").state.ascending

    @pytest.mark.parametrize("order", ["newest", "oldest"])
    def test_order_differs_from_that_of_a_list_sorted_otherwise(self, order: str) -> None:
        text = checkpoint(walk_plan_of(), numbered=True, order={"sort_field": "actorName"})
        message = "order: differs from that of the checkpoint; omit it"
        assert rejection_message(checkpoint=text, order=order) == message


class TestEngines:
    """The engine that executes a plan."""

    def test_plan_without_concurrency_uses_a_window_walk(self) -> None:
        engine = walk_plan_of(per_page=7).engine()
        assert type(engine) is WindowWalk
        assert first_step(engine).arguments["per_page"] == 7

    def test_plan_with_concurrency_uses_a_sliced_walk(self) -> None:
        engine = walk_plan_of(per_page=7, concurrency=2).engine()
        assert first_step(engine).arguments["per_page"] == 7
        assert isinstance(engine, SlicedWalk)

    def test_plan_without_a_window_uses_a_numbered_walk(self) -> None:
        pagination = msgspec.structs.replace(NUMBERS, size="per_page")
        engine = walk_plan_of(pagination, per_page=7, concurrency=2).engine()
        assert first_step(engine).arguments["per_page"] == 7
        assert isinstance(engine, NumberedWalk)

    def test_plan_with_a_numbered_state_uses_a_numbered_walk(self) -> None:
        plan = walk_plan_of()
        state = msgspec.structs.replace(plan.state, numbered=True)
        engine = plan.engine(state)
        assert isinstance(engine, NumberedWalk)
        assert engine.state is state

    def test_engine_starts_from_the_state_of_the_plan(self) -> None:
        plan = walk_plan_of(start=5)
        assert plan.engine().state_after(plan.state, Batch([], [], []), 0) is plan.state


class TestEnds:
    """The end of a walk, where the next walk starts."""

    def end(self, **state: Any) -> int | None:
        return walk_plan_of().end(WalkState(walk="", **state))

    @pytest.mark.parametrize("by", ["end", "server"])
    def test_end_is_not_after_the_first_response(self, by: str) -> None:
        assert self.end(pinned_by=by, end=9, clock=8) == 8
        assert self.end(pinned_by=by, end=9, clock=9) == 9
        assert self.end(pinned_by=by, end=9, clock=10) == 9

    def test_end_argument_is_the_end_of_the_walk(self) -> None:
        assert self.end(pinned_by="end", end=9, first=20, since=30) == 9

    def test_end_is_unknown_before_a_response_pins_the_end(self) -> None:
        assert self.end() is None

    @pytest.mark.parametrize("newest", [7, 9, 30])
    def test_newer_entries_do_not_move_the_end_by_the_service(self, newest: int) -> None:
        """Others may still be written next to them."""
        assert self.end(pinned_by="server", end=9, clock=9, first=newest, last=3) == 9
        assert self.end(pinned_by="server", end=9, clock=9, first=3, last=newest) == 9
        assert self.end(pinned_by="server", end=9, clock=9, late={"a": newest}) == 9

    def test_end_by_the_local_clock_is_the_newest_returned_entry(self) -> None:
        assert self.end(pinned_by="local", end=90, clock=90, first=7, last=3) == 7
        assert self.end(pinned_by="local", end=90, clock=90, first=3, last=7) == 7
        assert self.end(pinned_by="local", end=90, clock=90, first=3, late={"a": 7}) == 7

    def test_end_of_version_1_by_the_local_clock_is_behind_the_newest_entry(self) -> None:
        """Its checkpoint does not contain the ids at that entry."""
        assert self.end(pinned_by="local", end=90, first=7) == 8

    def test_end_is_not_before_that_of_the_followed_walk(self) -> None:
        assert self.end(pinned_by="local", end=9, since=6, first=3) == 6

    def test_end_of_a_walk_without_entries_is_its_start(self) -> None:
        assert self.end(pinned_by="local", end=9, start=5) == 5
        assert self.end(pinned_by="local", end=9) is None


class TestDeadlines:
    """The remaining time of a walk."""

    def test_walk_without_a_deadline_has_no_time_limit(self) -> None:
        assert walk_plan_of().time_left(1e9) is None

    def test_deadline_leaves_the_remaining_time(self) -> None:
        plan = msgspec.structs.replace(walk_plan_of(), options={"deadline": 5.0})
        assert plan.time_left(2) == 3

    def test_exhausted_deadline_raises_a_timeout(self) -> None:
        plan = msgspec.structs.replace(walk_plan_of(), options={"deadline": 5})
        with pytest.raises(APITimeoutError) as raised:
            plan.time_left(5)
        assert str(raised.value) == "the walk did not finish within its deadline of 5 s"


class TestResuming:
    """Resuming from the checkpoint of the same walk."""

    def test_resumed_walk_has_the_state_of_the_checkpoint(self) -> None:
        plan = walk_plan_of(start=5, end=9, overlap=dt.timedelta(seconds=1))
        text = checkpoint(plan, position=7, ids=("a",))
        for again in ({}, {"start": 5}, {"end": 9}, {"overlap": dt.timedelta(seconds=1)}):
            state = walk_plan_of(checkpoint=text, **again).state
            assert state == msgspec.structs.replace(plan.state, position=7, ids=("a",))

    def test_resumed_walk_keeps_its_order(self) -> None:
        order = {"sort_field": "actorName", "sort_direction": "asc"}
        text = checkpoint(walk_plan_of(), numbered=True, order=order)
        assert walk_plan_of(checkpoint=text).arguments == {"org_id": ORG, **order}

    @pytest.mark.parametrize(
        ("given", "name"),
        [
            ({"start": 6}, "start"),
            ({"end": 8}, "end"),
            ({"overlap": dt.timedelta(seconds=2)}, "overlap"),
        ],
    )
    def test_resumed_walk_with_another_window_is_rejected(
        self, given: dict[str, Any], name: str
    ) -> None:
        plan = walk_plan_of(start=5, end=9, overlap=dt.timedelta(seconds=1))
        message = rejection_message(checkpoint=checkpoint(plan), **given)
        assert message == f"{name}: differs from that of the checkpoint; omit it"

    def test_resumed_walk_with_the_end_pinned_by_a_clock_as_argument_is_rejected(self) -> None:
        text = checkpoint(walk_plan_of(), end=9, pinned_by="server")
        message = rejection_message(checkpoint=text, end=9)
        assert message == "end: differs from that of the checkpoint; omit it"


class TestFollowing:
    """Following a finished walk with `since`."""

    OVERLAP = dt.timedelta(milliseconds=10)

    def test_following_walk_starts_at_the_end_of_the_previous_walk(self) -> None:
        zero = dt.timedelta()
        state = walk_plan_of(
            since=finished_checkpoint(pinned_by="server", end=90), overlap=zero
        ).state
        assert (state.start, state.lower, state.since) == (90, 90, 90)
        assert (state.end, state.upper, state.late) == (None, None, {})

    def test_following_walk_may_have_an_end(self) -> None:
        state = walk_plan_of(
            since=finished_checkpoint(pinned_by="server", end=20_090), end=20_095
        ).state
        assert (state.start, state.end, state.upper) == (10_090, 20_095, 20_095)
        assert state.pinned_by == "end"

    def test_following_walk_without_an_overlap_argument_accepts_a_shorter_one(self) -> None:
        since = finished_checkpoint(walk_plan_of(overlap=self.OVERLAP), pinned_by="server", end=90)
        state = walk_plan_of(since=since).state
        assert (state.start, state.overlap) == (80, 10_000)

    def test_following_walk_with_an_overlap_starts_earlier_with_known_ids(self) -> None:
        late = {"before": 79, "just": 80, "later": 85}
        since = finished_checkpoint(
            walk_plan_of(overlap=self.OVERLAP),
            pinned_by="server",
            end=90,
            late=late,
            undated=("odd",),
        )
        state = walk_plan_of(since=since, overlap=self.OVERLAP).state
        assert (state.start, state.lower, state.since) == (80, 80, 90)
        assert state.late == {"just": 80, "later": 85, "odd": 90}
        assert state.overlap == 10

    def test_following_walk_without_a_known_end_starts_at_the_beginning(self) -> None:
        since = finished_checkpoint(pinned_by="local", late={}, undated=("odd",))
        state = walk_plan_of(since=since).state
        assert (state.start, state.lower, state.since, state.late) == (None, None, None, {})

    @pytest.mark.parametrize("end", [89, 90])
    def test_following_walk_with_an_earlier_end_is_rejected(self, end: int) -> None:
        since = finished_checkpoint(
            walk_plan_of(overlap=dt.timedelta()), pinned_by="server", end=90
        )
        message = rejection_message(since=since, end=end)
        assert message == "end: expected a time after the end of the walk in since"

    def test_following_walk_with_a_start_is_rejected(self) -> None:
        message = rejection_message(since=finished_checkpoint(pinned_by="server", end=90), start=5)
        assert message == "start and since exclude each other; pass one of them"

    def test_following_an_unfinished_walk_is_rejected(self) -> None:
        message = rejection_message(since=checkpoint(walk_plan_of()))
        assert message == "since: the walk is not finished; finish it first, with checkpoint=..."

    def test_following_a_numbered_walk_is_rejected(self) -> None:
        message = rejection_message(since=finished_checkpoint(numbered=True))
        assert message == "since: the walk counted pages, not time; omit it"

    def test_following_with_a_longer_overlap_is_rejected(self) -> None:
        since = finished_checkpoint(walk_plan_of(overlap=self.OVERLAP), pinned_by="server", end=90)
        longer = dt.timedelta(milliseconds=11)
        assert rejection_message(since=since, overlap=longer) == (
            "overlap: longer than in the earlier walk; pass the same or a shorter one"
        )


class TestCheckpoints:
    """A state as a string, and back."""

    STATE = WalkState(
        walk="w", start=1, ids=("a", "b"), tail=((5, 2),), late={"c": 3}, position=4, seen=9
    )

    def test_checkpoint_round_trips(self) -> None:
        assert read_checkpoint(write_checkpoint(self.STATE), "w") == self.STATE

    def test_checkpoint_format_is_unchanged(self) -> None:
        assert write_checkpoint(WalkState(walk="w", start=1)) == (
            '{"checkpoint":5,"walk":"w","start":1,"checksum":"d030156d"}'
        )

    def test_checkpoint_of_version_1_is_read(self) -> None:
        text = '{"checkpoint":1,"walk":"w","start":1,"checksum":"b1717e28"}'
        state = read_checkpoint(text, "w")
        assert state == WalkState(walk="w", start=1)
        assert (state.overlap, state.clock) == (0, None)

    def test_checkpoint_of_version_2_is_read(self) -> None:
        text = '{"checkpoint":2,"walk":"w","start":1,"checksum":"02e553eb"}'
        assert read_checkpoint(text, "w") == WalkState(walk="w", start=1)

    def test_checkpoint_of_version_3_is_read(self) -> None:
        text = '{"checkpoint":3,"walk":"w","start":1,"checksum":"6c6948aa"}'
        assert read_checkpoint(text, "w") == WalkState(walk="w", start=1)

    def test_checkpoint_of_version_4_is_read(self) -> None:
        text = '{"checkpoint":4,"walk":"w","start":1,"checksum":"bebc0e2c"}'
        assert read_checkpoint(text, "w") == WalkState(walk="w", start=1)

    def test_the_json_names_of_a_checkpoint_stay_those_of_version_5(self) -> None:
        expected = """
            walk ascending order numbered start end lower upper since new_from clock is_ahead
            pinned_by position ids timeless total tail known lost page digest seen
            older expected entries duplicates undecodable pages first last overlap late done
        """
        fields = msgspec.structs.fields(WalkState)
        assert [each.encode_name for each in fields] == expected.split()

    def test_checkpoint_with_sorted_members_is_accepted(self) -> None:
        read = msgspec.json.decode(write_checkpoint(self.STATE), type=dict[str, Any])
        text = msgspec.json.encode(dict(sorted(read.items()))).decode()
        assert read_checkpoint(text, "w") == self.STATE

    @pytest.mark.parametrize(
        ("before", "after", "message"),
        [
            ('"start":1', '"start":2', "damaged or edited: the checksum does not match"),
            ('"checkpoint":5', '"checkpoint":6', "version 6 is not supported; omit it"),
            ('"start":1', '"start":"x"', "the string is not a checkpoint, or it is damaged"),
            ('"checksum"', '"sum"', "the string is not a checkpoint, or it is damaged"),
            ('{"checkpoint":5,', "{", "the string is not a checkpoint, or it is damaged"),
        ],
    )
    def test_damaged_checkpoint_is_rejected(self, before: str, after: str, message: str) -> None:
        text = write_checkpoint(self.STATE)
        assert before in text
        with pytest.raises(InvalidArgumentError) as raised:
            read_checkpoint(text.replace(before, after), "w")
        assert str(raised.value) == f"checkpoint: {message}"

    def test_checkpoint_of_another_walk_is_rejected(self) -> None:
        with pytest.raises(InvalidArgumentError) as raised:
            read_checkpoint(write_checkpoint(self.STATE), "x")
        assert str(raised.value) == (
            "checkpoint: from another walk; pass the same operation, arguments and filter"
        )
