"""Walks that read several slices of a time span in parallel."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from losant_audit_log import APIConnectionError, IncompleteWalkError
from losant_audit_log._runtime.paging.page_data import PageData
from losant_audit_log.resources.audit_logs import LIST_PAGES
from tests.support.accounting import HORIZON
from tests.support.drifting_log import DAY, NOON
from tests.support.windows import Service

LETTERS = "abcdefghijklmnopqrstuvwxyz"
OLD = HORIZON + 1_000
DENSE = {"m": 5000, "c": 2000}
ENTRIES = {id_: 10 * number for number, id_ in enumerate(LETTERS, 1)}


def spans(service: Service) -> list[tuple[int | None, int | None]]:
    """Return the requested spans, each once, in their order."""
    return list(dict.fromkeys((start, end) for start, end, _ in service.requests))


class TestCutting:
    """Positions of the cuts."""

    def test_descending_walk_is_cut_behind_its_first_page(self) -> None:
        """After the first page and a probe of the oldest entry: as many as run in parallel."""
        service = Service(ENTRIES, size=5)
        course = service.walk_entries(concurrency=3)
        assert spans(service)[:5] == [
            (None, None),
            (None, 221),
            (149, 221),
            (79, 150),
            (None, 80),
        ]
        assert service.ascending[:3] == [False, True, False]
        assert service.sizes[:3] == [None, 1, None]
        assert course.ids == list(LETTERS[::-1])

    def test_ascending_walk_is_cut_behind_its_first_page(self) -> None:
        service = Service(ENTRIES, size=5)
        course = service.walk_entries(concurrency=3, ascending=True)
        assert spans(service)[:4] == [(None, None), (49, 366), (365, 682), (681, 999)]
        assert course.ids == list(LETTERS)

    def test_span_with_bounds_is_cut_within_them(self) -> None:
        service = Service(ENTRIES, size=5)
        span: dict[str, Any] = {"start": 30, "lower": 30, "end": 240, "upper": 240}
        course = service.walk_entries(concurrency=2, pinned_by="end", **span)
        assert spans(service)[:3] == [(29, 241), (114, 201), (29, 115)]
        assert course.ids == list(LETTERS[2:24][::-1])

    def test_slices_have_about_six_pages(self) -> None:
        service = Service({str(n): n for n in range(1000)}, size=10)
        course = service.walk_entries(concurrency=2)
        assert len(course.ids) == 1000
        assert spans(service)[:4] == [(None, None), (None, 991), (931, 991), (873, 932)]
        assert len(service.requests) < 140

    @pytest.mark.parametrize("ascending", [False, True])
    @pytest.mark.parametrize(("number", "is_cut"), [(10, False), (11, True), (15, True)])
    def test_span_is_cut_if_a_page_is_left(
        self, number: int, *, is_cut: bool, ascending: bool
    ) -> None:
        service = Service({id_: ENTRIES[id_] for id_ in LETTERS[:number]}, size=10)
        course = service.walk_entries(concurrency=2, ascending=ascending)
        assert course.ids == sorted(LETTERS[:number], reverse=not ascending)
        assert (course.together == 2) is is_cut

    def test_span_of_an_unknown_number_of_entries_is_not_cut(self) -> None:
        service = Service(ENTRIES, size=5, says_total=False)
        course = service.walk_entries(concurrency=3)
        assert course.ids == list(LETTERS[::-1])
        assert course.together == 1

    def test_log_of_one_page_is_not_cut(self) -> None:
        service = Service(ENTRIES, size=100)
        assert service.walk_entries(concurrency=3).ids == list(LETTERS[::-1])
        assert service.requests[0] == (None, None, 0)
        assert {end for _, end, _ in service.requests[1:]} == {
            10,
            11,
        }  # It is looked behind the page.

    def test_dense_slice_is_cut_again(self) -> None:
        crowded = {f"c{n:03}": 5000 + n for n in range(300)}
        service = Service({"old": 1, "new": 9000, **crowded}, size=4)
        course = service.walk_entries(concurrency=2)
        assert course.ids == ["new", *sorted(crowded, reverse=True), "old"]
        assert spans(service)[1:6] == [
            (None, 5298),
            (4889, 5298),
            (4482, 4890),
            (5246, 5298),
            (5195, 5247),
        ]
        service = Service({"old": 1, "new": 9000, **crowded}, size=4)
        course = service.walk_entries(concurrency=2, ascending=True)
        assert course.ids == ["old", *sorted(crowded), "new"]
        assert spans(service)[1:5] == [(5001, 5309), (5308, 5617), (5001, 5040), (5039, 5078)]

    def test_last_slice_is_cut_again_from_the_oldest_entry(self) -> None:
        crowded = {f"c{n:03}": 5 + n for n in range(300)}
        service = Service({"new": 9000, **crowded}, size=4)
        course = service.walk_entries(concurrency=2)
        assert course.ids == ["new", *sorted(crowded, reverse=True)]
        assert spans(service)[1:4] == [(None, 303), (279, 303), (256, 280)]

    @pytest.mark.parametrize(("number", "is_cut"), [(65, False), (66, True)])
    def test_slice_of_up_to_sixteen_pages_is_not_cut_again(
        self, number: int, *, is_cut: bool
    ) -> None:
        crowded = {f"c{n:03}": 5000 + n for n in range(number)}
        service = Service({"old": 1, **crowded, "z": 9000}, size=4)
        service.walk_entries(concurrency=2, start=1, lower=1, end=9000, upper=9000, pinned_by="end")
        begin, end, _ = service.requests[3]
        assert begin is not None
        assert end is not None
        assert (end - begin < 600) is is_cut

    def test_dense_slice_with_others_behind_is_cut_again(self) -> None:
        crowded = {f"c{n:03}": 5000 + n for n in range(300)}
        spread = {f"a{n:03}": 10 * n for n in range(480)}
        service = Service({**crowded, **spread}, size=4)
        course = service.walk_entries(concurrency=3)
        assert course.ids == sorted({**crowded, **spread}, reverse=True)
        assert course.error is None

    def test_dense_timestamp_is_not_cut(self) -> None:
        crowded = {f"c{n:03}": 5000 for n in range(40)}
        service = Service({"old": 1, **crowded, "z": 9000}, size=2)
        course = service.walk_entries(concurrency=2)
        assert sorted(course.ids) == sorted(service.entries)

    def test_cut_starts_at_the_known_oldest_entries(self) -> None:
        """The oldest entries were probed, and nothing lies before them."""
        entries = {id_: 1000 + time for id_, time in ENTRIES.items()}
        service = Service(entries, size=5)
        course = service.walk_entries(concurrency=2, known=900)
        assert course.ids == list(LETTERS[::-1])
        assert spans(service)[1:3] == [(1059, 1221), (None, 1060)]
        assert True not in service.ascending


class TestOrder:
    """Entries are returned in order, whatever the order of responses."""

    @pytest.mark.parametrize(
        ("at_once", "latest_first"), [(False, True), (True, False), (True, True)]
    )
    @pytest.mark.parametrize("ascending", [False, True])
    def test_dense_slices_in_any_order_return_entries_in_order(
        self, *, at_once: bool, latest_first: bool, ascending: bool
    ) -> None:
        """Even if slices are abandoned whose pages arrive with others."""
        dense = {f"c{n:03}": 5000 + n for n in range(300)}
        sparse = {f"a{n:03}": 20 * n for n in range(240)} | {f"d{n:03}": 6000 + n for n in range(9)}
        service = Service({**dense, **sparse}, size=4)
        course = service.walk_entries(
            concurrency=4, at_once=at_once, latest_first=latest_first, ascending=ascending
        )
        assert course.ids == sorted({**dense, **sparse}, reverse=not ascending)
        assert course.error is None

    @pytest.mark.parametrize("latest_first", [False, True])
    @pytest.mark.parametrize("ascending", [False, True])
    def test_responses_in_any_order_return_entries_in_order(
        self, *, latest_first: bool, ascending: bool
    ) -> None:
        service = Service(ENTRIES, size=2)
        course = service.walk_entries(concurrency=4, ascending=ascending, latest_first=latest_first)
        assert course.ids == list(LETTERS if ascending else LETTERS[::-1])
        assert course.state.pages == len(service.requests)
        assert course.state.done


class TestPace:
    """Slices are read ahead of the one that is yielded."""

    @pytest.mark.parametrize("concurrency", [2, 3, 7])
    def test_concurrency_limits_the_parallel_requests(self, concurrency: int) -> None:
        service = Service(ENTRIES, size=2)
        assert service.walk_entries(concurrency=concurrency).together == concurrency

    def test_slices_read_ahead_wait_for_the_first(self) -> None:
        """The first slice is answered last; six pages of the other are kept until then."""
        entries = {f"{n:03}": 10 * n for n in range(100)}
        service = Service(entries, size=2)
        course = service.walk_entries(concurrency=2, latest_first=True)
        assert course.ids == sorted(entries, reverse=True)
        ahead = [start for start, _, _ in service.requests[2:9]]
        assert ahead == [762] * 6 + [871]


class TestFailures:
    """Failures in one of the slices."""

    def test_failure_in_a_slice_is_raised_unchanged(self) -> None:
        error = APIConnectionError("gone", request=None)
        course = Service(ENTRIES, size=5, edits={4: lambda _: error}).walk_entries(concurrency=3)
        assert course.error is error
        assert course.ids == list("zyxwvutsr")

    def test_first_page_outside_of_the_span_raises(self) -> None:
        service = Service(ENTRIES, size=5)
        course = service.walk_entries(concurrency=3, position=100, ids=("j",))
        assert course.ids == list("ihgfedcba")
        service = Service(ENTRIES, size=5, edits={1: lambda _: first.data})
        first = Service(ENTRIES, size=5).first_page()
        error = service.walk_entries(concurrency=3, position=100, ids=("j",)).error
        assert isinstance(error, IncompleteWalkError)

    def test_failed_first_page_is_raised_unchanged(self) -> None:
        error = APIConnectionError("gone", request=None)
        course = Service(ENTRIES, size=5, edits={1: lambda _: error}).walk_entries(concurrency=3)
        assert (course.error, course.ids) == (error, [])

    def test_fewer_entries_than_promised_raise(self) -> None:
        def lose(data: PageData[Any]) -> PageData[Any]:
            del service.entries["m"]
            return data

        service = Service(dict(ENTRIES), size=5, edits={2: lose})
        course = service.walk_entries(concurrency=3)
        assert isinstance(course.error, IncompleteWalkError)

    @pytest.mark.parametrize("ascending", [False, True])
    @pytest.mark.parametrize("start", [None, 100])
    def test_loss_in_a_divided_slice_raises_without_a_total_of_the_whole(
        self, start: int | None, *, ascending: bool
    ) -> None:
        """An entry of the slice vanishes after its first page has been read."""
        entries = {f"c{n:03}": 100 + n for n in range(100)}

        def lose(data: PageData[Any]) -> PageData[Any]:
            if len(data.items) > 1 and (data.total or 0) > 64:
                service.entries.pop("c050", None)
            return data

        service = Service(entries, size=4, bounds=(False, False))
        service.edits = dict.fromkeys(range(2, 200), lose)
        service.edits[1] = lambda data: msgspec.structs.replace(data, total=None)
        course = service.walk_entries(
            concurrency=2,
            ascending=ascending,
            start=start,
            lower=start,
            end=300,
            upper=300,
            pinned_by="end",
        )
        assert isinstance(course.error, IncompleteWalkError)
        assert str(course.error).startswith("1 of ")
        assert len(course.ids) == 99

    def test_loss_in_a_part_raises_even_if_another_entry_arrives_late(self) -> None:
        """The part reports its own number of entries."""
        dense = {f"{id_}{n:03}": start + n for id_, start in DENSE.items() for n in range(300)}
        service = Service({"a": 1, **dense, "z": 9000}, size=4, bounds=(False, False))

        def lose(data: PageData[Any]) -> PageData[Any]:
            if len(data.items) > 1 and 64 < (data.total or 0) < 290:
                service.entries["b"] = 2
                start, end, _ = service.requests[-1]
                del service.entries[service.within(start, end)[0]]
                service.edits = {}
            return data

        service.edits = dict.fromkeys(range(2, 200), lose)
        service.edits[1] = lambda data: msgspec.structs.replace(data, total=None)
        error = service.walk_entries(concurrency=2).error
        assert isinstance(error, IncompleteWalkError)
        assert str(error).startswith("1 of ")
        assert "b" in service.entries

    def test_entries_that_vanish_while_their_slice_is_divided_raise(self) -> None:
        """Even if another one arrives, so that their number is the same."""
        dense = {f"{id_}{n:03}": start + n for id_, start in DENSE.items() for n in range(300)}
        service = Service({"a": 1, **dense, "z": 9000}, size=4)

        def swap(data: PageData[Any]) -> PageData[Any]:
            if len(data.items) > 1 and 64 < (data.total or 0) < 600:
                service.entries["new"] = service.entries.pop(data.ids[-1])
                service.edits = {}
            return data

        service.edits = dict.fromkeys(range(2, 200), swap)
        error = service.walk_entries(concurrency=2).error
        assert isinstance(error, IncompleteWalkError)
        assert str(error) == "the service returned entries once, and then not again"
        assert "new" in service.entries

    def test_finished_walk_sends_no_request(self) -> None:
        service = Service(ENTRIES)
        assert service.walk_entries(concurrency=3, done=True).ids == []
        assert service.requests == []


class TestSlices:
    """Each slice is walked like a whole span."""

    def test_page_size_is_sent_for_every_slice(self) -> None:
        service = Service(ENTRIES, size=100)
        service.walk_entries(concurrency=3, size=5)
        assert service.sizes[:2] == [5, 1]
        assert set(service.sizes[2:]) == {5}

    def test_number_of_slices_follows_from_the_unread_entries(self) -> None:
        """Slices have six pages, and are no fewer than run in parallel."""
        service = Service({str(n): n for n in range(121)}, size=10)
        service.walk_entries(concurrency=2, start=0, lower=0, end=120, upper=120, pinned_by="end")
        assert spans(service)[1:3] == [(55, 112), (None, 56)]
        service = Service({str(n): n for n in range(131)}, size=10)
        service.walk_entries(concurrency=2, start=0, lower=0, end=130, upper=130, pinned_by="end")
        assert spans(service)[1:3] == [(80, 122), (39, 81)]

    def test_bounds_of_the_service_are_not_widened(self) -> None:
        service = Service(ENTRIES, size=5, bounds=(False, False))
        course = service.walk_entries(concurrency=2, start=30, end=240, pinned_by="end")
        assert course.ids == list(LETTERS[3:23][::-1])

    def test_entries_of_an_earlier_walk_are_left_out(self) -> None:
        service = Service(ENTRIES, size=5)
        late = {"y": 250, "k": 110, "b": 20}
        course = service.walk_entries(concurrency=3, late=late, overlap=1000)
        assert course.ids == [id_ for id_ in LETTERS[::-1] if id_ not in late]
        assert course.state.seen == len(LETTERS)
        assert course.state.late == ENTRIES

    def test_log_with_an_undated_oldest_entry_is_walked(self) -> None:
        """The span is cut where a page ended, which leaves one slice empty."""

        def without_timestamps(data: PageData[Any]) -> PageData[Any]:
            return msgspec.structs.replace(data, timestamps=None, undated=frozenset({0}))

        service = Service(ENTRIES, size=5, edits={2: without_timestamps})
        assert service.walk_entries(concurrency=3).ids == list(LETTERS[::-1])
        service = Service({"z": 60, "y": 50}, size=1, edits={2: nothing})
        assert service.walk_entries(concurrency=3).ids == ["z", "y"]
        assert spans(service)[1:5] == [(None, 61), (59, 61), (None, 60), (None, 51)]


def nothing(data: PageData[Any]) -> PageData[Any]:
    """Return a page without entries."""
    return msgspec.structs.replace(data, items=[], ids=[], timestamps=None, total=0)


class TestBatches:
    """Flags of batches are kept."""

    @pytest.mark.parametrize("flags", [{"has_undecodable": True}, {"is_plain": True}])
    def test_batches_have_the_flags_of_their_pages(self, flags: dict[str, bool]) -> None:
        def say(data: PageData[Any]) -> PageData[Any]:
            return msgspec.structs.replace(data, **flags)

        service = Service(ENTRIES, size=5, edits=dict.fromkeys(range(1, 100), say))
        batches = service.walk_entries(concurrency=3).batches
        name, value = next(iter(flags.items()))
        assert {getattr(batch, name) for batch in batches} == {value}

    def test_undated_entries_are_returned_in_order(self) -> None:
        service = Service(ENTRIES, size=5, undated="mk")
        course = service.walk_entries(concurrency=3)
        assert course.ids == list(LETTERS[::-1])
        assert course.state.undated == ("m", "k")


class TestRetention:
    """Retention: the oldest entries may expire while slices are read."""

    def old_log(self) -> Service:
        entries = {id_: OLD + 10 * number for number, id_ in enumerate(LETTERS)}
        return Service(entries, size=5, clock=NOON, pagination=LIST_PAGES)

    def test_oldest_entries_are_probed_once(self) -> None:
        service = self.old_log()
        course = service.walk_entries(concurrency=3)
        assert course.ids == list(LETTERS[::-1])
        assert service.ascending.count(True) == 1
        found = [(low and low - OLD, high and high - OLD) for low, high in spans(service)]
        assert found[1:5] == [(None, 251), (139, 211), (69, 140), (None, 70)]

    def test_expired_entries_are_no_loss(self) -> None:
        service = self.old_log()

        def expire(data: PageData[Any]) -> PageData[Any]:
            for id_ in "abc":
                service.entries.pop(id_, None)
            service.clock = NOON + 1_025
            return data

        service.edits = {3: expire}
        course = service.walk_entries(concurrency=3)
        assert course.error is None
        assert course.ids == list(LETTERS[:2:-1])

    def test_expired_entries_are_not_in_the_total_of_an_ascending_walk(self) -> None:
        """They expire after the first page, before their slice is read."""
        service = self.old_log()

        def expire(data: PageData[Any]) -> PageData[Any]:
            for id_ in "abcdefgh":
                service.entries.pop(id_, None)
            service.clock = NOON + 2 * DAY + 1_100
            return data

        service.edits = {2: expire}
        course = service.walk_entries(concurrency=3, ascending=True)
        assert course.error is None
        assert course.ids == list("abcde" + LETTERS[8:])
        assert (course.state.total, course.state.seen) == (23, 23)

    def test_lost_entries_that_cannot_have_expired_raise(self) -> None:
        service = self.old_log()

        def lose(data: PageData[Any]) -> PageData[Any]:
            service.entries.pop("d", None)
            return data

        service.edits = {3: lose}
        error = service.walk_entries(concurrency=3).error
        assert isinstance(error, IncompleteWalkError)
        assert str(error) == "1 of 26 reported entries were not returned"
