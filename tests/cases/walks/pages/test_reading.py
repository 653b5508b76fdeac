"""Decoding of a page and of its entries with their bytes."""

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
    """Decode a page with these entries, each a JSON string."""
    return read_page(pagination, f'{{"items":[{",".join(entries)}]{rest}}}'.encode())


def entry(identity: str | None = "a", time: Any = NEWER, **more: Any) -> str:
    """Write an entry; None omits a member."""
    members = {"id": identity, "creationDate": time, **more}
    return json.dumps({name: each for name, each in members.items() if each is not None})


def known_by(text: str) -> str:
    """Return the generated id of an entry without an id."""
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()[:32]}"


def models(data: PageData[Any]) -> list[Any]:
    """Return the entries of a page, all of which are decodable."""
    assert not any(isinstance(each, UndecodedEntry) for each in data.items)
    return [*data.items]


def odd(item: Any) -> UndecodedEntry:
    assert isinstance(item, UndecodedEntry)
    return item


class TestEntries:
    """Decodable entries."""

    def test_entries_are_models_with_their_own_bytes(self) -> None:
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

    def test_published_example_is_decoded(self) -> None:
        data = read(json.dumps(AUDIT_LOG))
        assert [each.to_dict() for each in models(data)] == [AUDIT_LOG]
        assert data.is_plain

    def test_empty_page_has_no_entries(self) -> None:
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
    def test_unknown_members_are_extra_and_expected_ones_leave_the_page_plain(
        self, more: dict[str, Any], *, is_plain: bool
    ) -> None:
        """Expected members such as `_type` do not require a second pass."""
        data = read(entry(**more), entry("b", OLDER, **more))
        assert data.is_plain is is_plain
        assert [type(each) for each in data.items] == [AuditLog, AuditLog]
        assert [each.extra for each in models(data)] == [more, more]
        assert repr(data.items[0]) == repr(read(entry()).items[0])

    def test_entry_timestamps_are_in_utc(self) -> None:
        data = read(entry(time="2026-03-05T13:00:01+01:00"), entry("b", OLDER))
        assert [each.creation_date.tzinfo for each in models(data)] == [dt.UTC, dt.UTC]
        assert data.timestamps == [AT[NEWER], AT[OLDER]]
        assert not data.has_undecodable

    def test_non_ascii_characters_are_decoded(self) -> None:
        text = f'{{"id":"\u00e9","creationDate":"{NEWER}","actorName":"\U0001f600","x":"\u00fc"}}'
        (item,) = models(read(text))
        assert (item.id, item.actor_name, item.extra) == ("\u00e9", "\U0001f600", {"x": "\u00fc"})


class TestIds:
    """Ids, by which entries are recognized."""

    def test_entry_without_an_id_has_the_digest_of_its_bytes_as_id(self) -> None:
        text = entry(None, actorName="x")
        assert read(entry("a"), text).ids == ["a", known_by(text)]

    def test_undecodable_entry_has_its_id_if_readable(self) -> None:
        assert read(entry("a", actorName=7)).ids == ["a"]
        text = entry(None, actorName=7)
        assert read(text).ids == [known_by(text)]
        assert read("7").ids == [known_by("7")]

    def test_entry_with_an_id_of_another_type_has_the_digest_of_its_bytes_as_id(self) -> None:
        text = '{"id":7,"creationDate":"2026-03-05T12:00:01Z"}'
        assert read(text).ids == [known_by(text)]


class TestTimes:
    """Timestamps of entries."""

    def test_entry_without_a_timestamp_has_that_of_its_neighbor(self) -> None:
        data = read(entry("a", None), entry("b"), entry("c", None), entry("d", OLDER))
        assert data.timestamps == [AT[NEWER], AT[NEWER], AT[NEWER], AT[OLDER]]
        assert data.undated == {0, 2}
        assert not data.has_undecodable

    def test_page_without_any_timestamp_has_no_times(self) -> None:
        data = read(entry("a", None), entry("b", None))
        assert data.timestamps is None
        assert data.undated == {0, 1}

    def test_undecodable_entry_has_its_timestamp_if_readable(self) -> None:
        data = read(entry("a", NEWER, actorName=7), entry("b", OLDER))
        assert data.timestamps == [AT[NEWER], AT[OLDER]]
        assert data.undated == frozenset()

    def test_timestamp_of_an_undecodable_entry_is_in_utc(self) -> None:
        data = read(entry("a", "2026-03-05T13:00:01+01:00", actorName=7))
        assert data.timestamps == [AT[NEWER]]
        assert data.timestamps[0].tzinfo is dt.UTC

    @pytest.mark.parametrize("time", [17, "yesterday", "2026-03-05T12:00:01", {}, []])
    def test_entry_with_an_invalid_timestamp_has_that_of_its_neighbor(self, time: Any) -> None:
        data = read(entry("a", NEWER), entry("b", time), entry("c", OLDER))
        assert isinstance(data.items[1], UndecodedEntry)
        assert data.timestamps == [AT[NEWER], AT[NEWER], AT[OLDER]]
        assert data.undated == {1}

    def test_service_without_timestamps_has_no_times(self) -> None:
        undated = msgspec.structs.replace(LIST_PAGES, item_time="")
        data = read(entry("a"), entry("b"), pagination=undated)
        assert (data.ids, data.timestamps, data.undated) == (["a", "b"], None, frozenset({0, 1}))

    def test_service_without_ids_has_digests_as_ids(self) -> None:
        nameless = msgspec.structs.replace(LIST_PAGES, item_id="")
        data = read(entry("a"), pagination=nameless)
        assert data.ids == [known_by(entry("a"))]


class TestUndecodableEntries:
    """Undecodable entries are kept as received."""

    def test_undecodable_entry_has_its_bytes_and_a_pointer(self) -> None:
        text = entry("b", OLDER, actorName=7)
        data = read(entry("a"), text)
        item = odd(data.items[1])
        assert isinstance(data.items[0], AuditLog)
        assert item.raw.decode() == text
        assert item.error.pointer == "/items/1/actorName"
        assert item.error.content.decode() == text
        assert str(item.error) == (
            "entry 'b' of '2026-03-05T12:00:00Z' does not match the document: "
            "Expected `str | null`, got `int` at /actorName"
        )
        assert data.has_undecodable

    @pytest.mark.parametrize(
        "text", ["null", "[]", '{"other":1}', entry(time="9999-12-31T23:59:59-23:00")]
    )
    def test_invalid_json_values_are_undecodable_entries(self, text: str) -> None:
        item = odd(read(text).items[0])
        assert item.error.pointer == "/items/0"
        assert item.raw.decode() == text

    def test_other_entries_of_a_page_with_an_undecodable_one_are_models(self) -> None:
        texts = [entry("a", newField=1), entry("b", actorName=7), entry("c", OLDER)]
        data = read(*texts)
        assert [type(each) for each in data.items] == [AuditLog, UndecodedEntry, AuditLog]
        raws = [each.raw.decode() for each in data.items]
        assert raws == texts
        assert data.ids == ["a", "b", "c"]

    def test_entry_with_invalid_utf_8_is_undecodable(self) -> None:
        first = entry(x="?").encode().replace(b"?", b"\xff")
        data = read_page(LIST_PAGES, b'{"items":[%b,%b]}' % (first, entry("b").encode()))
        assert odd(data.items[0]).raw == first
        assert isinstance(data.items[1], AuditLog)
        assert data.ids[1] == "b"


class TestPageMembers:
    """Members of a page beside its entries."""

    def test_missing_page_members_are_none(self) -> None:
        data = read(entry())
        assert (data.total, data.page, data.size, data.cursor, data.more) == (None,) * 5

    def test_page_members_are_decoded(self) -> None:
        data = read(entry(), rest=',"totalCount":9,"page":2,"perPage":5,"count":1')
        assert (data.total, data.page, data.size) == (9, 2, 5)

    def test_whole_numbers_with_a_fraction_of_zero_are_integers(self) -> None:
        data = read(entry(), entry("b", OLDER), rest=',"totalCount":9.0,"page":2')
        assert (data.total, data.page, data.ids) == (9, 2, ["a", "b"])
        assert [each.raw.decode() for each in models(data)] == [entry(), entry("b", OLDER)]

    def test_page_may_begin_with_a_byte_order_mark(self) -> None:
        content = f'{{"items":[{entry()}],"totalCount":1}}'.encode()
        data = read_page(LIST_PAGES, b"\xef\xbb\xbf" + content)
        assert (data.ids, data.total) == (["a"], 1)

    def test_null_page_members_are_none(self) -> None:
        assert read(entry(), rest=',"totalCount":null').total is None

    @pytest.mark.parametrize("kind", [1, "next"])
    def test_page_members_are_found_by_json_pointers(self, kind: int | str) -> None:
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

    def test_page_may_be_a_list_of_entries(self) -> None:
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
    def test_invalid_page_raises_with_a_pointer(
        self, content: str, message: str, pointer: str
    ) -> None:
        with pytest.raises(ResponseDecodeError) as raised:
            read_page(LIST_PAGES, content.encode())
        assert str(raised.value).startswith(message)
        assert raised.value.pointer == pointer
        assert raised.value.content == content.encode()


class Author(Model, frozen=True, kw_only=True):
    """A value nested in an entry."""

    id: str | None = None


class Note(Model, frozen=True, kw_only=True):
    """An entry whose id is nested."""

    author: Author | None = None
    made: Timestamp | None = None
    changed: Timestamp | None = None
    text: str | None = msgspec.field(default=None, name="the text")


class SignedNote(Model, frozen=True, kw_only=True):
    """An entry whose id is in a required member."""

    author: Author


NOTES: Pagination[Any] = msgspec.structs.replace(
    LIST_PAGES, item=Note, item_id="/author/id", item_time="/made", expected=()
)


class TestOtherEntries:
    """Entries of another service."""

    def test_ids_and_timestamps_may_be_nested(self) -> None:
        dated = msgspec.structs.replace(NOTES, item_id="/the text")
        text = f'{{"the text":"x","made":"{NEWER}","changed":"{OLDER}"}}'
        data = read(text, pagination=dated)
        assert (data.ids, data.timestamps, data.is_plain) == (["x"], [AT[NEWER]], True)
        text = f'{{"author":{{"id":"x"}},"made":"{NEWER}","changed":"{OLDER}"}}'
        assert read(text, pagination=NOTES).ids == ["x"]

    def test_ids_may_be_in_required_members(self) -> None:
        signed = msgspec.structs.replace(
            LIST_PAGES, item=SignedNote, item_id="/author/id", item_time="", expected=()
        )
        assert read('{"author":{"id":"x"}}', pagination=signed).ids == ["x"]

    def test_undecodable_entry_has_its_nested_id(self) -> None:
        text = f'{{"author":{{"id":"x"}},"made":"{NEWER}","the text":7}}'
        data = read(text, '{"author":7}', pagination=NOTES)
        assert data.ids == ["x", known_by('{"author":7}')]

    def test_every_timestamp_of_an_entry_is_in_utc(self) -> None:
        text = f'{{"author":{{"id":"x"}},"made":"{NEWER}","changed":"2026-03-05T13:00:01+01:00"}}'
        (note,) = models(read(text, pagination=NOTES))
        assert note.changed.tzinfo is dt.UTC
        assert note.changed == AT[NEWER]

    def test_expected_names_are_matched_completely(self) -> None:
        """Patterns that match more than one name require a second pass."""
        text = f'{{"author":{{"id":"x"}},"made":"{NEWER}","changed":"{NEWER}","extra":1}}'
        for pattern, is_plain in (("^extra\\Z", True), ("^ex", False), ("extra\\Z", False)):
            pagination = msgspec.structs.replace(NOTES, expected=(pattern,))
            assert read(text, pagination=pagination).is_plain is is_plain
