"""A span of time that is cut into slices, several of which are read at once."""

from __future__ import annotations

from typing import Any

import pytest

from losant_audit_log import APIConnectionError, IncompleteWalkError
from losant_audit_log._runtime.page_reading import PageData
from tests.support.windows import Service

LETTERS = "abcdefghijklmnopqrstuvwxyz"
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


class TestFailures:
    """What goes wrong in one of the slices."""

    def test_a_failure_is_raised_as_itself(self) -> None:
        error = APIConnectionError("gone", request=None)
        course = Service(ENTRIES, size=5, edits={4: lambda _: error}).walked(concurrency=3)
        assert course.error is error
        assert course.ids == list("zyxwvutsr")

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
