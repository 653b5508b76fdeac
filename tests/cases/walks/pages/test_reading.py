"""A page as it came: its entries, each with its own bytes, and what the page says."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from typing import Any

import msgspec
import pytest

from losant_audit_log import ResponseDecodeError, UndecodedEntry
from losant_audit_log._runtime.models.model import Model, Timestamp
from losant_audit_log._runtime.paging.page_data import PageData, read_page
from losant_audit_log._runtime.paging.pagination import Pagination
from losant_audit_log.models import AuditLog
from losant_audit_log.resources.audit_logs import LIST_PAGES
from tests.support.examples import AUDIT_LOG

NEWER, OLDER = "2026-03-05T12:00:01Z", "2026-03-05T12:00:00Z"
AT = {NEWER: dt.datetime(2026, 3, 5, 12, 0, 1, tzinfo=dt.UTC)}
AT[OLDER] = AT[NEWER] - dt.timedelta(seconds=1)


def read(*entries: str, pagination: Pagination[Any] = LIST_PAGES, rest: str = "") -> PageData[Any]:
    """Read a page with such entries, each a text in JSON."""
    return read_page(pagination, f'{{"items":[{",".join(entries)}]{rest}}}'.encode())


def entry(identity: str | None = "a", time: Any = NEWER, **more: Any) -> str:
    """Write an entry; None leaves a member out."""
    members = {"id": identity, "creationDate": time, **more}
    return json.dumps({name: each for name, each in members.items() if each is not None})


def known_by(text: str) -> str:
    """Give the id of an entry that has none."""
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()[:32]}"


def models(data: PageData[Any]) -> list[Any]:
    """Give the entries of a page, all of which fit the document."""
    assert not any(isinstance(each, UndecodedEntry) for each in data.items)
    return [*data.items]


def odd(item: Any) -> UndecodedEntry:
    assert isinstance(item, UndecodedEntry)
    return item


class TestEntries:
    """What becomes of entries that fit the document."""

    def test_they_are_models_with_their_own_bytes(self) -> None:
        texts = [entry("a", actorName="x"), entry("b", OLDER, responseStatus=200)]
        data = read(*texts)
        assert [type(each) for each in data.items] == [AuditLog, AuditLog]
        one, two = models(data)
        assert [one.raw.decode(), two.raw.decode()] == texts
        assert [one.to_json(), two.to_json()] == texts
        assert (one.actor_name, two.response_status) == ("x", 200)
        assert data.ids == ["a", "b"]
        assert data.timestamps == [AT[NEWER], AT[OLDER]]
        assert (data.undated, data.has_undecodable, data.is_plain) == (frozenset(), False, True)

    def test_losants_example(self) -> None:
        data = read(json.dumps(AUDIT_LOG))
        assert [each.to_dict() for each in models(data)] == [AUDIT_LOG]
        assert data.is_plain

    def test_there_are_none(self) -> None:
        data = read()
        assert (data.items, data.ids, data.timestamps) == ([], [], None)

    @pytest.mark.parametrize(
        ("more", "is_plain"),
        [
            ({"_type": "auditLog", "_links": {"org": {"href": "/"}}}, True),
            ({"_other": 1}, False),
            ({"newField": 1}, False),
        ],
    )
    def test_names_that_no_field_has(self, more: dict[str, Any], *, is_plain: bool) -> None:
        """Those that a page cannot do without are not worth a second look."""
        data = read(entry(**more), entry("b", OLDER, **more))
        assert data.is_plain is is_plain
        assert [type(each) for each in data.items] == [AuditLog, AuditLog]
        assert [each.extra for each in models(data)] == [more, more]
        assert repr(data.items[0]) == repr(read(entry()).items[0])

    def test_moments_are_in_utc(self) -> None:
        data = read(entry(time="2026-03-05T13:00:01+01:00"), entry("b", OLDER))
        assert [each.creation_date.tzinfo for each in models(data)] == [dt.UTC, dt.UTC]
        assert data.timestamps == [AT[NEWER], AT[OLDER]]
        assert not data.has_undecodable

    def test_any_letters(self) -> None:
        text = f'{{"id":"\u00e9","creationDate":"{NEWER}","actorName":"\U0001f600","x":"\u00fc"}}'
        (item,) = models(read(text))
        assert (item.id, item.actor_name, item.extra) == ("\u00e9", "\U0001f600", {"x": "\u00fc"})


class TestIds:
    """By what an entry is known again."""

    def test_one_without_an_id_is_known_by_its_bytes(self) -> None:
        text = entry(None, actorName="x")
        assert read(entry("a"), text).ids == ["a", known_by(text)]

    def test_an_odd_one_by_its_id_if_that_can_be_read(self) -> None:
        assert read(entry("a", actorName=7)).ids == ["a"]
        text = entry(None, actorName=7)
        assert read(text).ids == [known_by(text)]
        assert read("7").ids == [known_by("7")]

    def test_an_id_that_is_no_text(self) -> None:
        text = '{"id":7,"creationDate":"2026-03-05T12:00:01Z"}'
        assert read(text).ids == [known_by(text)]


class TestTimes:
    """When an entry was made."""

    def test_one_without_a_time_takes_that_of_its_neighbour(self) -> None:
        data = read(entry("a", None), entry("b"), entry("c", None), entry("d", OLDER))
        assert data.timestamps == [AT[NEWER], AT[NEWER], AT[NEWER], AT[OLDER]]
        assert data.undated == {0, 2}
        assert not data.has_undecodable

    def test_no_entry_has_one(self) -> None:
        data = read(entry("a", None), entry("b", None))
        assert data.timestamps is None
        assert data.undated == {0, 1}

    def test_that_of_an_odd_entry(self) -> None:
        data = read(entry("a", NEWER, actorName=7), entry("b", OLDER))
        assert data.timestamps == [AT[NEWER], AT[OLDER]]
        assert data.undated == frozenset()

    @pytest.mark.parametrize("time", [17, "yesterday", "2026-03-05T12:00:01", {}, []])
    def test_one_that_cannot_be_read(self, time: Any) -> None:
        data = read(entry("a", NEWER), entry("b", time), entry("c", OLDER))
        assert isinstance(data.items[1], UndecodedEntry)
        assert data.timestamps == [AT[NEWER], AT[NEWER], AT[OLDER]]
        assert data.undated == {1}

    def test_a_service_that_tells_none(self) -> None:
        undated = msgspec.structs.replace(LIST_PAGES, item_time="")
        data = read(entry("a"), entry("b"), pagination=undated)
        assert (data.ids, data.timestamps, data.undated) == (["a", "b"], None, frozenset({0, 1}))

    def test_a_service_that_tells_no_ids(self) -> None:
        nameless = msgspec.structs.replace(LIST_PAGES, item_id="")
        data = read(entry("a"), pagination=nameless)
        assert data.ids == [known_by(entry("a"))]


class TestOddEntries:
    """Entries that do not fit the document are kept as they came."""

    def test_what_is_known_of_one(self) -> None:
        text = entry("b", OLDER, actorName=7)
        data = read(entry("a"), text)
        item = odd(data.items[1])
        assert isinstance(data.items[0], AuditLog)
        assert item.raw.decode() == text
        assert item.error.pointer == "/items/1/actorName"
        assert item.error.content.decode() == text
        assert str(item.error) == (
            "entry 1 does not match the document: Expected `str | null`, got `int` at /actorName"
        )
        assert data.has_undecodable

    @pytest.mark.parametrize(
        "text", ["null", "[]", '{"other":1}', entry(time="9999-12-31T23:59:59-23:00")]
    )
    def test_what_is_one(self, text: str) -> None:
        item = odd(read(text).items[0])
        assert item.error.pointer == "/items/0"
        assert item.raw.decode() == text

    def test_one_does_not_make_the_others_odd(self) -> None:
        texts = [entry("a", newField=1), entry("b", actorName=7), entry("c", OLDER)]
        data = read(*texts)
        assert [type(each) for each in data.items] == [AuditLog, UndecodedEntry, AuditLog]
        raws = [each.raw.decode() for each in data.items]
        assert raws == texts
        assert data.ids == ["a", "b", "c"]

    def test_letters_that_are_none(self) -> None:
        first = entry(x="?").encode().replace(b"?", b"\xff")
        data = read_page(LIST_PAGES, b'{"items":[%b,%b]}' % (first, entry("b").encode()))
        assert odd(data.items[0]).raw == first
        assert isinstance(data.items[1], AuditLog)
        assert data.ids[1] == "b"


class TestRemarks:
    """What a page says beside its entries."""

    def test_nothing(self) -> None:
        data = read(entry())
        assert (data.total, data.page, data.size, data.cursor, data.more) == (None,) * 5

    def test_all(self) -> None:
        data = read(entry(), rest=',"totalCount":9,"page":2,"perPage":5,"count":1')
        assert (data.total, data.page, data.size) == (9, 2, 5)

    def test_null_says_nothing(self) -> None:
        assert read(entry(), rest=',"totalCount":null').total is None

    @pytest.mark.parametrize("kind", [1, "next"])
    def test_at_other_places(self, kind: int | str) -> None:
        elsewhere = msgspec.structs.replace(
            LIST_PAGES,
            items="/data/a~1b",
            total="/data/m~0n",
            echoed_page="",
            echoed_size="",
            cursor="/paging/next",
            more="/paging/more",
        )
        paging = {"next": kind, "more": True}
        content = {"data": {"a/b": [{"id": "a"}], "m~n": 3}, "paging": paging}
        data = read_page(elsewhere, msgspec.json.encode(content))
        assert (data.ids, data.total, data.cursor, data.more) == (["a"], 3, kind, True)
        assert (data.page, data.size) == (None, None)
        del content["paging"]
        data = read_page(elsewhere, msgspec.json.encode(content))
        assert (data.ids, data.cursor, data.more) == (["a"], None, None)

    def test_a_page_that_is_the_entries(self) -> None:
        bare = msgspec.structs.replace(
            LIST_PAGES, items="", total="", echoed_page="", echoed_size=""
        )
        assert read_page(bare, f"[{entry()},{entry('b')}]".encode()).ids == ["a", "b"]

    @pytest.mark.parametrize(
        ("content", "message", "pointer"),
        [
            ("{}", "Object missing required field `items` at /", ""),
            ("[]", "Expected `object`, got `array` at /", ""),
            ('{"items":{}}', "Expected `array`, got `object` at /items", "/items"),
            ('{"items":[],"totalCount":"9"}', "Expected `int | null`, got `str`", "/totalCount"),
            ('{"items":[', "the body is not JSON", ""),
            ("", "the body is empty, not JSON", ""),
            (f'{{"items":[{"[" * 3000}', "the JSON is nested too deeply", ""),
            ("<!doctype html>", "the body is HTML, not JSON", ""),
        ],
    )
    def test_what_is_no_page(self, content: str, message: str, pointer: str) -> None:
        with pytest.raises(ResponseDecodeError) as raised:
            read_page(LIST_PAGES, content.encode())
        assert str(raised.value).startswith(message)
        assert raised.value.pointer == pointer
        assert raised.value.content == content.encode()


class Author(Model, frozen=True, kw_only=True):
    """What an entry may hold."""

    id: str | None = None


class Note(Model, frozen=True, kw_only=True):
    """An entry that is known by what is in it."""

    author: Author | None = None
    made: Timestamp | None = None
    changed: Timestamp | None = None
    text: str | None = msgspec.field(default=None, name="the text")


NOTES: Pagination[Any] = msgspec.structs.replace(
    LIST_PAGES, item=Note, item_id="/author/id", item_time="/made", expected=()
)


class TestOtherEntries:
    """Those of another service."""

    def test_ids_and_times_may_lie_deeper(self) -> None:
        dated = msgspec.structs.replace(NOTES, item_id="/the text")
        text = f'{{"the text":"x","made":"{NEWER}","changed":"{OLDER}"}}'
        data = read(text, pagination=dated)
        assert (data.ids, data.timestamps, data.is_plain) == (["x"], [AT[NEWER]], True)
        text = f'{{"author":{{"id":"x"}},"made":"{NEWER}","changed":"{OLDER}"}}'
        assert read(text, pagination=NOTES).ids == ["x"]

    def test_an_odd_one_is_known_by_the_same_place(self) -> None:
        text = f'{{"author":{{"id":"x"}},"made":"{NEWER}","the text":7}}'
        data = read(text, '{"author":7}', pagination=NOTES)
        assert data.ids == ["x", known_by('{"author":7}')]

    def test_every_moment_is_in_utc(self) -> None:
        text = f'{{"author":{{"id":"x"}},"made":"{NEWER}","changed":"2026-03-05T13:00:01+01:00"}}'
        (note,) = models(read(text, pagination=NOTES))
        assert note.changed.tzinfo is dt.UTC
        assert note.changed == AT[NEWER]

    def test_names_that_are_expected_are_whole_names(self) -> None:
        """Other patterns are for a closer look."""
        text = f'{{"author":{{"id":"x"}},"made":"{NEWER}","changed":"{NEWER}","extra":1}}'
        for pattern, is_plain in (("^extra\\Z", True), ("^ex", False), ("extra\\Z", False)):
            pagination = msgspec.structs.replace(NOTES, expected=(pattern,))
            assert read(text, pagination=pagination).is_plain is is_plain
