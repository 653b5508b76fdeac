"""Differences of the service: servers, client settings, descriptions and scopes."""

from __future__ import annotations

from collections.abc import Iterator

from generator.diff import catalogue as rules
from generator.diff.change import Change
from generator.diff.side import Side


def compare(old: Side, new: Side) -> Iterator[Change]:
    """Compare servers, client settings, descriptions and scopes."""
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
    yield from _scopes(old, new)


def _scopes(old: Side, new: Side) -> Iterator[Change]:
    was = {each.value: each for each in old.plan.scopes}
    now = {each.value: each for each in new.plan.scopes}
    schemes = ("components", "securitySchemes")
    before = old.location(old.normalized.document.root.at(*schemes))
    after = new.location(new.normalized.document.root.at(*schemes))
    for value, scope in was.items():
        if value not in now:
            yield rules.scope_removed(before, f"Scope {value}")
        elif scope.doc != now[value].doc:
            yield rules.text_changed(after, f"Scope {value}", "the description")
    for value in now:
        if value not in was:
            yield rules.scope_added(after, f"Scope {value}")
