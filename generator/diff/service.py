"""Differences of the service: servers, client settings, descriptions, token URLs and scopes."""

from __future__ import annotations

from collections.abc import Iterator

from ..normalize.security import schemes
from ..planning.plan.service import Server, ServerVariable
from . import operation_rules as rules
from .change import Change
from .side import Side


def compare(old: Side, new: Side) -> Iterator[Change]:
    """Compare servers, client settings, descriptions, token URLs and scopes."""
    root = new.normalized.document.root
    was, now = old.plan.service, new.plan.service
    client = root / "info" / "x-client"
    if was.base_url != now.base_url:
        location = new.location(root / "servers")
        yield rules.server_changed(location, "base_url", was.base_url, now.base_url)
    if was.environment != now.environment:
        location = new.location(client / "environment")
        yield rules.environment_renamed(location, "environment", was.environment, now.environment)
    if was.error != now.error:
        yield rules.error_class_renamed(
            new.location(client / "error"), was.error, was.error, now.error
        )
    if was.user_agent != now.user_agent:
        location = new.location(client / "user-agent")
        yield rules.user_agent_changed(location, "user agent", was.user_agent, now.user_agent)
    if (was.title, was.doc) != (now.title, now.doc):
        what = "the description of the API"
        yield rules.text_changed(new.location(root / "info"), now.title, what)
    yield from _servers(old, new)
    yield from _token_urls(old, new)
    yield from _scopes(old, new)


def _servers(old: Side, new: Side) -> Iterator[Change]:
    """Compare the servers that programs can choose; `surface` compares their names."""
    location = new.location(new.normalized.document.root / "servers")
    after = {each.name: each for each in new.plan.servers}
    for was in old.plan.servers:
        now = after.get(was.name)
        if now is None:
            continue
        if was.url != now.url:
            yield rules.server_changed(location, f"servers.{was.name}", was.url, now.url)
        if was.doc != now.doc:
            yield rules.text_changed(location, f"servers.{was.name}", "the description")
        yield from _variables(new, was, now)


def _variables(new: Side, before: Server, after: Server) -> Iterator[Change]:
    location = new.location(new.normalized.document.root / "servers")
    named = {each.wire_name: each for each in after.variables}
    for was in before.variables:
        now = named.get(was.wire_name)
        if now is None:
            continue  # The URL differs as well.
        subject = f"servers.{before.name}({now.name})"
        if was.default != now.default:
            yield rules.default_changed(location, subject, now.name, was.default, now.default)
        removed, added = _values(was, now)
        if removed:
            yield rules.server_value_removed(location, subject, removed)
        if added:
            yield rules.server_value_added(location, subject, added)
        if was.doc != now.doc:
            yield rules.text_changed(location, subject, "the description")


def _values(was: ServerVariable, now: ServerVariable) -> tuple[str, str]:
    """Return the values that a variable no longer accepts, and those it accepts now."""
    if not was.known or not now.known:
        gone = "other values" if now.known and not was.known else ""
        return gone, "any value" if was.known and not now.known else ""
    removed = [each for each in was.known if each not in now.known]
    added = [each for each in now.known if each not in was.known]
    return ", ".join(removed), ", ".join(added)


def _token_urls(old: Side, new: Side) -> Iterator[Change]:
    """Compare the URLs to which clients send their secret for a token."""
    before, after = schemes(old.normalized.document), schemes(new.normalized.document)
    holder = new.normalized.document.root.at("components", "securitySchemes")
    for name, was in before.items():
        now = after.get(name)
        if now is None or was.token_url == now.token_url:
            continue
        location = new.location(holder / name)
        subject = f"Security scheme {name}"
        if not was.token_url:
            yield rules.token_url_added(location, subject, now.token_url)
        else:
            yield rules.token_url_changed(location, subject, was.token_url, now.token_url)


def _scopes(old: Side, new: Side) -> Iterator[Change]:
    was = {each.value: each for each in old.plan.scopes}
    now = {each.value: each for each in new.plan.scopes}
    schemes_ = ("components", "securitySchemes")
    before = old.location(old.normalized.document.root.at(*schemes_))
    after = new.location(new.normalized.document.root.at(*schemes_))
    for value, scope in was.items():
        if value not in now:
            yield rules.scope_removed(before, f"Scope {value}")
        elif scope.doc != now[value].doc:
            yield rules.text_changed(after, f"Scope {value}", "the description")
    for value in now:
        if value not in was:
            yield rules.scope_added(after, f"Scope {value}")
