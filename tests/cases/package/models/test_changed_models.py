"""Models with replaced values, which no longer contain the old ones."""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from losant_audit_log import AuditLog, AuditLogFilter, AuditLogs, ResponseDecodeError
from losant_audit_log._runtime.models.model import Model
from losant_audit_log._runtime.paging.page_data import read_page
from losant_audit_log.resources.audit_logs import LIST_PAGES

WRITTEN = (
    '{"id": "a", "actorName": "Ada", "actorId": null, "_type": "auditLog", "responseStatus": 2e2,'
    ' "requestBody": {"n": 1.0, "secret": "hunter2", "deep": [{"x": 1e2, "y": null}]}}'
)
Replace = Callable[..., Any]
SHIPPED: dict[str, Callable[[Any], Any]] = {
    "as it is": lambda model: model,
    "copied": copy.copy,
    "deep-copied": copy.deepcopy,
    "pickled": lambda model: pickle.loads(pickle.dumps(model)),
    "pickled and deep-copied": lambda model: copy.deepcopy(pickle.loads(pickle.dumps(model))),
}


class Subclass(AuditLog, frozen=True, kw_only=True):
    """A program's own class of entries."""


class Actor(Model, frozen=True, kw_only=True):
    """A model inside another."""

    name: str | None = None
    mail: str | None = None


class Entry(Model, frozen=True, kw_only=True):
    """A model with models in all places."""

    actor: Actor | None = None
    actors: list[Actor] | None = None
    by_role: dict[str, Actor] | None = None


@pytest.fixture(params=["class", "subclass"])
def entry(request: pytest.FixtureRequest) -> Any:
    """An entry that was read, of the package's class and of a subclass."""
    if request.param == "subclass":
        return Subclass.from_json(WRITTEN)
    return AuditLog.from_json(WRITTEN)


@pytest.mark.parametrize("ship", SHIPPED.values(), ids=SHIPPED)
def test_replaced_field_is_replaced_everywhere(entry: Any, ship: Callable[[Any], Any]) -> None:
    changed = ship(msgspec.structs.replace(entry, actor_name="REDACTED"))
    expected = json.loads(WRITTEN) | {"actorName": "REDACTED"}
    assert changed.actor_name == "REDACTED"
    assert changed.to_dict() == expected
    assert json.loads(changed.to_json()) == expected
    assert changed.raw == b""
    assert changed.extra == {"_type": "auditLog"}
    assert changed != entry
    assert entry != changed
    assert changed == entry.__class__.from_json(changed.to_json())
    assert entry.raw == WRITTEN.encode()


@pytest.mark.parametrize("ship", SHIPPED.values(), ids=SHIPPED)
def test_changed_model_keeps_unchanged_members_as_received(
    entry: Any, ship: Callable[[Any], Any]
) -> None:
    changed = ship(msgspec.structs.replace(entry, actor_name="REDACTED")).to_json()
    for kept in ('"actorId":null', '"responseStatus":2e2', '"n": 1.0', '"x": 1e2, "y": null'):
        assert kept in changed


def test_replaced_value_is_in_no_pickle(entry: Any) -> None:
    assert b"Ada" in pickle.dumps(entry)
    assert b"Ada" not in pickle.dumps(msgspec.structs.replace(entry, actor_name="REDACTED"))


def test_field_that_is_replaced_by_none_is_left_out(entry: Any) -> None:
    changed = msgspec.structs.replace(entry, actor_name=None, response_status=None)
    assert changed.to_dict().keys() == json.loads(WRITTEN).keys() - {"actorName", "responseStatus"}
    assert changed.to_dict()["actorId"] is None


def test_field_that_was_missing_is_added(entry: Any) -> None:
    changed = msgspec.structs.replace(entry, actor_id="b", org_id="c")
    assert changed.to_dict() == json.loads(WRITTEN) | {"actorId": "b", "orgId": "c"}


def test_copy_replace_replaces_as_msgspec_does(entry: Any) -> None:
    changed = entry.__replace__(actor_name="REDACTED")  # What `copy.replace` of Python 3.13 calls.
    assert changed == msgspec.structs.replace(entry, actor_name="REDACTED")
    assert changed.raw == b""


@pytest.mark.parametrize("ship", SHIPPED.values(), ids=SHIPPED)
def test_change_inside_a_field_is_seen(entry: Any, ship: Callable[[Any], Any]) -> None:
    entry.request_body["secret"] = "REDACTED"
    del entry.request_body["n"]
    entry.request_body["deep"][0]["x"] = True
    changed = ship(entry)
    assert changed.raw == b""
    body = {"secret": "REDACTED", "deep": [{"x": True, "y": None}]}
    assert changed.to_dict() == json.loads(WRITTEN) | {"requestBody": body}
    assert "hunter2" not in changed.to_json()


def test_change_of_an_equal_value_of_another_type_is_seen() -> None:
    entry: Any = AuditLog.from_json('{"requestBody": [1, true]}')
    entry.request_body[:] = [True, 1]
    assert entry.to_json() == '{"requestBody":[true,1]}'


def test_change_that_is_undone_leaves_no_trace(entry: Any) -> None:
    changed = msgspec.structs.replace(entry, actor_name="REDACTED")
    assert msgspec.structs.replace(changed, actor_name="Ada").raw == entry.raw


def test_value_that_is_not_json_raises_a_type_error(entry: Any) -> None:
    entry.request_body["secret"] = object()
    for look in (entry.to_json, entry.to_dict, lambda: entry.raw, lambda: pickle.dumps(entry)):
        with pytest.raises(TypeError):
            look()


def test_value_that_is_nested_too_deeply_is_an_error(entry: Any) -> None:
    deep: list[Any] = []
    for _ in range(5000):
        deep = [deep]
    entry.request_body["deep"] = deep
    with pytest.raises(ResponseDecodeError, match="nested too deeply"):
        entry.to_json()


def test_changed_nested_model_keeps_its_unknown_fields() -> None:
    entry = Entry.from_dict({"actor": {"name": "Ada", "mail": None, "new": 1.0}})
    assert entry.actor is not None
    changed = msgspec.structs.replace(
        entry, actor=msgspec.structs.replace(entry.actor, name="REDACTED")
    )
    assert changed.to_dict() == {"actor": {"name": "REDACTED", "mail": None, "new": 1.0}}


def test_nested_model_that_was_read_by_itself_stands_as_it_was_read() -> None:
    entry = Entry.from_dict({"actor": {"name": "Ada", "new": 1}})
    changed = msgspec.structs.replace(entry, actor=Actor.from_dict({"name": "Ada", "newer": 2}))
    assert changed.to_dict() == {"actor": {"name": "Ada", "newer": 2}}


def test_changed_item_keeps_its_unknown_fields() -> None:
    entry = Entry.from_dict({"actors": [{"name": "Ada", "n": 1}, {"name": "Bob", "n": 2}]})
    assert entry.actors is not None
    entry.actors[1] = Actor(name="REDACTED")
    assert entry.to_dict() == {"actors": [{"name": "Ada", "n": 1}, {"name": "REDACTED", "n": 2}]}


def test_unknown_fields_of_a_removed_item_do_not_move_to_another() -> None:
    actors = [{"name": "Ada", "n": 1}, {"name": "Bob", "n": 2}, {"name": "Bob", "n": 3}]
    entry = Entry.from_dict({"actors": actors})
    assert entry.actors is not None
    del entry.actors[0]
    assert entry.to_dict() == {"actors": actors[1:]}
    del entry.actors[0]  # Which of two equal ones is left cannot be known.
    assert entry.to_dict() == {"actors": [{"name": "Bob"}]}
    entry.actors.append(Actor(name="Eve"))
    assert entry.to_dict() == {"actors": [{"name": "Bob"}, {"name": "Eve"}]}


def test_reversed_items_keep_their_own_unknown_fields() -> None:
    actors = [{"name": "Ada", "n": 1}, {"name": "Bob", "n": 2}]
    entry = Entry.from_dict({"actors": actors})
    assert entry.actors is not None
    entry.actors.reverse()
    assert entry.to_dict() == {"actors": actors[::-1]}


def test_changed_models_in_a_dict_keep_their_unknown_fields() -> None:
    entry = Entry.from_dict({"byRole": None, "by_role": {"a": {"name": "Ada", "n": 1}, "b": {}}})
    assert entry.by_role is not None
    del entry.by_role["b"]
    entry.by_role.update({"a": Actor(name="REDACTED"), "c": Actor(mail="c")})
    by_role = {"a": {"name": "REDACTED", "n": 1}, "c": {"mail": "c"}}
    assert entry.to_dict() == {"byRole": None, "by_role": by_role}
    assert Entry(by_role={"a": Actor(name="x")}).to_dict() == {"by_role": {"a": {"name": "x"}}}


def test_changed_entry_of_a_page_has_its_new_members() -> None:
    page = read_page(LIST_PAGES, b'{"items": [%s], "totalCount": 1}' % WRITTEN.encode())
    (entry,) = page.items
    assert isinstance(entry, AuditLog)
    assert entry.raw == WRITTEN.encode()
    assert "Ada" not in msgspec.structs.replace(entry, actor_name="REDACTED").to_json()


@pytest.mark.parametrize(
    "encode", [msgspec.json.encode, msgspec.msgpack.encode, msgspec.to_builtins]
)
def test_encoding_of_a_received_model_by_msgspec_raises(
    entry: Any, encode: Callable[[Any], Any]
) -> None:
    page = AuditLogs.from_json('{"items": []}')
    for model in (entry, page, [entry], msgspec.structs.replace(entry, id="b")):
        with pytest.raises(TypeError, match="cell"):
            encode(model)


def test_received_bytes_are_in_no_repr_and_reach_no_hook(entry: Any) -> None:
    assert "hunter2" not in repr(msgspec.structs.asdict(entry)["_raw"])
    assert b"_type" not in msgspec.json.encode(entry, enc_hook=str)


def test_constructed_model_is_encoded_by_msgspec_without_hidden_fields() -> None:
    wanted = AuditLogFilter(response_code=[200])
    assert msgspec.json.decode(msgspec.json.encode(wanted))["responseCode"] == [200]
    assert b"raw" not in msgspec.json.encode(wanted)


@pytest.mark.parametrize("name", ["(raw)", "_raw", "raw", "spare", "_spare", "extra", "to_dict"])
def test_member_named_like_a_hidden_field_is_an_unknown_field(name: str) -> None:
    forged = {name: "e30="}
    written = {"actor": {"name": "Ada"} | forged} | forged
    entry = Entry.from_dict(written)
    assert entry.to_dict() == written
    assert entry.extra == forged
    assert entry.actor is not None
    assert entry.actor.raw == b""
    assert entry.actor.to_dict() == {"name": "Ada"}
