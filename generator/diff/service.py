"""Differences in what a document says about the service as a whole."""

from __future__ import annotations

from collections.abc import Iterator

from generator.diff import catalogue as rules
from generator.diff.change import Change
from generator.diff.side import Side


def compare(old: Side, new: Side) -> Iterator[Change]:
    """Compare addresses, settings, scopes and the texts about them."""
    root = new.normalized.document.root
    was, now = old.plan.service, new.plan.service
    client = root / "info" / "x-client"
    if was.base_url != now.base_url:
        place = new.place(root / "servers")
        yield rules.server_changed(place, "base_url", was.base_url, now.base_url)
    if was.environment != now.environment:
        place = new.place(client / "environment")
        yield rules.environment_renamed(place, "environment", was.environment, now.environment)
    if was.error != now.error:
        yield rules.error_class_renamed(
            new.place(client / "error"), was.error, was.error, now.error
        )
    if was.user_agent != now.user_agent:
        place = new.place(client / "user-agent")
        yield rules.user_agent_changed(place, "user agent", was.user_agent, now.user_agent)
    if (was.title, was.doc) != (now.title, now.doc):
        yield rules.text_changed(new.place(root / "info"), now.title, "what is said about the API")
    yield from _scopes(old, new)


def _scopes(old: Side, new: Side) -> Iterator[Change]:
    was = {each.value: each for each in old.plan.scopes}
    now = {each.value: each for each in new.plan.scopes}
    schemes = ("components", "securitySchemes")
    before = old.place(old.normalized.document.root.at(*schemes))
    after = new.place(new.normalized.document.root.at(*schemes))
    for value, scope in was.items():
        if value not in now:
            yield rules.scope_removed(before, f"Scope {value}")
        elif scope.doc != now[value].doc:
            yield rules.text_changed(after, f"Scope {value}", "what is said about it")
    for value in now:
        if value not in was:
            yield rules.scope_added(after, f"Scope {value}")
