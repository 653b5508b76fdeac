"""A span of time that is cut into slices, several of which are read at once."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from losant_audit_log import APIConnectionError, IncompleteWalkError
from losant_audit_log._runtime.paging.page_data import PageData
from losant_audit_log.resources.audit_logs import LIST_PAGES
from tests.support.accounting import HORIZON
from tests.support.drifting_log import NOON
from tests.support.windows import Service

LETTERS = "abcdefghijklmnopqrstuvwxyz"
OLD = HORIZON + 1_000
ENTRIES = {id_: 10 * number for number, id_ in enumerate(LETTERS, 1)}


def spans(service: Service) -> list[tuple[int | None, int | None]]:
    """Give the spans that were asked for, each once, in their order."""
    return list(dict.fromkeys((start, end) for start, end, _ in service.asked))


class TestCutting:
    """Which slices there are."""

    def test_newest_first(self) -> None:
        """Behind the first page and a look at the oldest entry, as many as are read at once."""
        service = Service(ENTRIES, size=5)
        course = service.walked(concurrency=3)
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

    def test_oldest_first(self) -> None:
        service = Service(ENTRIES, size=5)
        course = service.walked(concurrency=3, ascending=True)
        assert spans(service)[:4] == [(None, None), (49, 366), (365, 682), (681, 999)]
        assert course.ids == list(LETTERS)

    def test_a_span_with_bounds(self) -> None:
        service = Service(ENTRIES, size=5)
        span: dict[str, Any] = {"start": 30, "lower": 30, "end": 240, "upper": 240}
        course = service.walked(concurrency=2, pinned_by="end", **span)
        assert spans(service)[:3] == [(29, 241), (114, 201), (29, 115)]
        assert course.ids == list(LETTERS[2:24][::-1])

    def test_about_six_pages_a_slice(self) -> None:
        service = Service({str(n): n for n in range(1000)}, size=10)
        course = service.walked(concurrency=2)
        assert len(course.ids) == 1000
        assert spans(service)[:4] == [(None, None), (None, 991), (931, 991), (873, 932)]
        assert len(service.asked) < 140

    def test_a_log_of_one_page_is_not_cut(self) -> None:
        service = Service(ENTRIES, size=100)
        assert service.walked(concurrency=3).ids == list(LETTERS[::-1])
        assert service.asked == [(None, None, 0)]

    def test_a_slice_that_holds_much_is_cut_again(self) -> None:
        crowded = {f"c{n:03}": 5000 + n for n in range(300)}
        service = Service({"old": 1, "new": 9000, **crowded}, size=4)
        course = service.walked(concurrency=2)
        assert course.ids == ["new", *sorted(crowded, reverse=True), "old"]
        assert spans(service)[1:6] == [
            (None, 5298),
            (4889, 5298),
            (4482, 4890),
            (5246, 5298),
            (5195, 5247),
        ]
        service = Service({"old": 1, "new": 9000, **crowded}, size=4)
        course = service.walked(concurrency=2, ascending=True)
        assert course.ids == ["old", *sorted(crowded), "new"]
        assert spans(service)[1:5] == [(5001, 5309), (5308, 5617), (5001, 5040), (5039, 5078)]

    def test_the_first_of_all_is_cut_again_from_the_oldest_entry_on(self) -> None:
        crowded = {f"c{n:03}": 5 + n for n in range(300)}
        service = Service({"new": 9000, **crowded}, size=4)
        course = service.walked(concurrency=2)
        assert course.ids == ["new", *sorted(crowded, reverse=True)]
        assert spans(service)[1:4] == [(None, 303), (279, 303), (256, 280)]

    @pytest.mark.parametrize(("number", "is_cut"), [(65, False), (66, True)])
    def test_up_to_sixteen_pages_are_not_much(self, number: int, *, is_cut: bool) -> None:
        crowded = {f"c{n:03}": 5000 + n for n in range(number)}
        service = Service({"old": 1, **crowded, "z": 9000}, size=4)
        service.walked(concurrency=2, start=1, lower=1, end=9000, upper=9000, pinned_by="end")
        begin, end, _ = service.asked[3]
        assert begin is not None
        assert end is not None
        assert (end - begin < 600) is is_cut

    def test_with_others_behind_it(self) -> None:
        crowded = {f"c{n:03}": 5000 + n for n in range(300)}
        spread = {f"a{n:03}": 10 * n for n in range(480)}
        service = Service({**crowded, **spread}, size=4)
        course = service.walked(concurrency=3)
        assert course.ids == sorted({**crowded, **spread}, reverse=True)
        assert course.error is None

    def test_one_moment_cannot_be_cut(self) -> None:
        crowded = {f"c{n:03}": 5000 for n in range(40)}
        service = Service({"old": 1, **crowded, "z": 9000}, size=2)
        course = service.walked(concurrency=2)
        assert sorted(course.ids) == sorted(service.entries)

    def test_from_where_all_is_known(self) -> None:
        """The oldest entries were looked at, and nothing lies before that."""
        entries = {id_: 1000 + time for id_, time in ENTRIES.items()}
        service = Service(entries, size=5)
        course = service.walked(concurrency=2, known=900)
        assert course.ids == list(LETTERS[::-1])
        assert spans(service)[1:3] == [(1059, 1221), (None, 1060)]
        assert True not in service.ascending


class TestOrder:
    """Whatever comes first, entries are handed out in order."""

    @pytest.mark.parametrize("latest_first", [False, True])
    @pytest.mark.parametrize("ascending", [False, True])
    def test_answers_in_any_order(self, *, latest_first: bool, ascending: bool) -> None:
        service = Service(ENTRIES, size=2)
        course = service.walked(concurrency=4, ascending=ascending, latest_first=latest_first)
        assert course.ids == list(LETTERS if ascending else LETTERS[::-1])
        assert course.state.pages == len(service.asked)
        assert course.state.done


class TestPace:
    """How far slices are read ahead."""

    @pytest.mark.parametrize("concurrency", [2, 3, 7])
    def test_so_many_at_once_and_no_more(self, concurrency: int) -> None:
        service = Service(ENTRIES, size=2)
        assert service.walked(concurrency=concurrency).together == concurrency

    def test_those_that_are_ahead_wait(self) -> None:
        """The first slice is answered last; six pages of the other are held until then."""
        entries = {f"{n:03}": 10 * n for n in range(100)}
        service = Service(entries, size=2)
        course = service.walked(concurrency=2, latest_first=True)
        assert course.ids == sorted(entries, reverse=True)
        ahead = [start for start, _, _ in service.asked[2:9]]
        assert ahead == [762] * 6 + [871]


class TestFailures:
    """What goes wrong in one of the slices."""

    def test_a_failure_is_raised_as_itself(self) -> None:
        error = APIConnectionError("gone", request=None)
        course = Service(ENTRIES, size=5, edits={4: lambda _: error}).walked(concurrency=3)
        assert course.error is error
        assert course.ids == list("zyxwvutsr")

    def test_a_first_page_from_outside(self) -> None:
        service = Service(ENTRIES, size=5)
        course = service.walked(concurrency=3, position=100, ids=("j",))
        assert course.ids == list("ihgfedcba")
        service = Service(ENTRIES, size=5, edits={1: lambda _: first.data})
        first = Service(ENTRIES, size=5).first_page()
        error = service.walked(concurrency=3, position=100, ids=("j",)).error
        assert isinstance(error, IncompleteWalkError)

    def test_a_first_page_that_is_none(self) -> None:
        error = APIConnectionError("gone", request=None)
        course = Service(ENTRIES, size=5, edits={1: lambda _: error}).walked(concurrency=3)
        assert (course.error, course.ids) == (error, [])

    def test_fewer_entries_than_were_promised(self) -> None:
        def lose(data: PageData[Any]) -> PageData[Any]:
            del service.entries["m"]
            return data

        service = Service(dict(ENTRIES), size=5, edits={2: lose})
        course = service.walked(concurrency=3)
        assert isinstance(course.error, IncompleteWalkError)

    def test_a_finished_walk_asks_for_nothing(self) -> None:
        service = Service(ENTRIES)
        assert service.walked(concurrency=3, done=True).ids == []
        assert service.asked == []


class TestSlices:
    """Each is a walk of its own, as the whole one is."""

    def test_the_page_size_is_asked_for_in_each(self) -> None:
        service = Service(ENTRIES, size=100)
        service.walked(concurrency=3, size=5)
        assert service.sizes[:2] == [5, 1]
        assert set(service.sizes[2:]) == {5}

    def test_their_number_follows_from_what_is_left(self) -> None:
        """Six pages each, and no fewer than are read at once."""
        service = Service({str(n): n for n in range(121)}, size=10)
        service.walked(concurrency=2, start=0, lower=0, end=120, upper=120, pinned_by="end")
        assert spans(service)[1:3] == [(55, 112), (None, 56)]
        service = Service({str(n): n for n in range(131)}, size=10)
        service.walked(concurrency=2, start=0, lower=0, end=130, upper=130, pinned_by="end")
        assert spans(service)[1:3] == [(80, 122), (39, 81)]

    def test_bounds_of_the_service_stay_its_own(self) -> None:
        service = Service(ENTRIES, size=5, bounds=(False, False))
        course = service.walked(concurrency=2, start=30, end=240, pinned_by="end")
        assert course.ids == list(LETTERS[3:23][::-1])

    def test_what_an_earlier_walk_gave_is_left_out(self) -> None:
        service = Service(ENTRIES, size=5)
        late = {"y": 250, "k": 110, "b": 20}
        course = service.walked(concurrency=3, late=late, overlap=1000)
        assert course.ids == [id_ for id_ in LETTERS[::-1] if id_ not in late]
        assert course.state.seen == len(LETTERS)
        assert course.state.late == ENTRIES

    def test_a_log_whose_oldest_entry_has_no_time(self) -> None:
        """It is cut where a page ended, which is no cut at all."""

        def undated(data: PageData[Any]) -> PageData[Any]:
            return msgspec.structs.replace(data, timestamps=None, undated=frozenset({0}))

        service = Service(ENTRIES, size=5, edits={2: undated})
        assert service.walked(concurrency=3).ids == list(LETTERS[::-1])
        service = Service({"z": 60, "y": 50}, size=1, edits={2: nothing})
        assert service.walked(concurrency=3).ids == ["z", "y"]
        assert spans(service)[1:5] == [(None, 61), (59, 61), (None, 60), (None, 51)]


def nothing(data: PageData[Any]) -> PageData[Any]:
    """Give a page without entries."""
    return msgspec.structs.replace(data, items=[], ids=[], timestamps=None, total=0)


class TestBatches:
    """What is said of entries stays so."""

    @pytest.mark.parametrize("said", [{"has_undecodable": True}, {"is_plain": True}])
    def test_what_is_said_of_a_page(self, said: dict[str, bool]) -> None:
        def say(data: PageData[Any]) -> PageData[Any]:
            return msgspec.structs.replace(data, **said)

        service = Service(ENTRIES, size=5, edits=dict.fromkeys(range(1, 100), say))
        batches = service.walked(concurrency=3).batches
        name, value = next(iter(said.items()))
        assert {getattr(batch, name) for batch in batches} == {value}

    def test_entries_without_a_time(self) -> None:
        service = Service(ENTRIES, size=5, undated="mk")
        course = service.walked(concurrency=3)
        assert course.ids == list(LETTERS[::-1])
        assert course.state.undated == ("m", "k")


class TestRetention:
    """The oldest entries, which may expire while slices are read."""

    def old_log(self) -> Service:
        entries = {id_: OLD + 10 * number for number, id_ in enumerate(LETTERS)}
        return Service(entries, size=5, clock=NOON, pagination=LIST_PAGES)

    def test_they_are_asked_for_once(self) -> None:
        service = self.old_log()
        course = service.walked(concurrency=3)
        assert course.ids == list(LETTERS[::-1])
        assert service.ascending.count(True) == 1
        found = [(low and low - OLD, high and high - OLD) for low, high in spans(service)]
        assert found[1:5] == [(None, 251), (139, 211), (69, 140), (None, 70)]

    def test_those_that_expired_are_no_loss(self) -> None:
        service = self.old_log()

        def expire(data: PageData[Any]) -> PageData[Any]:
            for id_ in "abc":
                service.entries.pop(id_, None)
            service.clock = NOON + 1_025
            return data

        service.edits = {3: expire}
        course = service.walked(concurrency=3)
        assert course.error is None
        assert course.ids == list(LETTERS[:2:-1])

    def test_others_are_one(self) -> None:
        service = self.old_log()

        def lose(data: PageData[Any]) -> PageData[Any]:
            service.entries.pop("d", None)
            return data

        service.edits = {3: lose}
        error = service.walked(concurrency=3).error
        assert isinstance(error, IncompleteWalkError)
        assert str(error) == "1 of 26 reported entries were not returned"
