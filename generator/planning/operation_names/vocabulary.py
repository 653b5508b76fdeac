"""Words in names: generic ones, roles of classes, prepositions, verbs, and plurals."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeAlias

from ...python import names

Words: TypeAlias = tuple[str, ...]

_VERSION = re.compile(r"v\d+((alpha|beta|rc)\d*)?")
_GENERIC = frozenset({"api", "apis", "default", "rest", "v"})

ROLES = frozenset(
    {
        *("api", "controller", "endpoint", "endpoints", "handler", "handlers", "resource", "rest"),
        *("router", "routes", "service", "view", "views", "viewset"),
    }
)
"""Words at the end of the names of classes and modules that handle requests."""

MODULES = frozenset({"api", "controllers", "endpoints", "handlers", "routers", "routes", "views"})
"""The names of modules that contain request handlers."""

PREPOSITIONS = frozenset(
    {
        *("and", "as", "at", "by", "for", "from", "in", "into", "of", "on", "or", "per", "than"),
        *("to", "via", "with", "without"),
    }
)

VERBS = frozenset(
    {
        *("accept", "acknowledge", "activate", "add", "apply", "approve", "archive", "assign"),
        *(
            "attach",
            "authenticate",
            "bulk",
            "calculate",
            "cancel",
            "change",
            "check",
            "clear",
            "clone",
        ),
        *("close", "complete", "confirm", "connect", "copy", "count", "create", "deactivate"),
        *("delete", "deploy", "detach", "disable", "disconnect", "download", "duplicate", "enable"),
        *("execute", "export", "fetch", "find", "finish", "generate", "get", "import", "index"),
        *("insert", "invite", "join", "leave", "list", "load", "login", "logout", "lookup", "mark"),
        *("merge", "move", "open", "patch", "pause", "ping", "post", "preview", "process"),
        *("promote", "publish", "put", "query", "read", "rebuild", "recalculate", "refresh"),
        *("register", "reindex", "reject", "remove", "rename", "reopen", "reorder", "replace"),
        *("rerun", "resend", "reset", "restore", "resume", "retrieve", "retry", "revoke", "rotate"),
        *("run", "save", "search", "send", "set", "show", "signin", "signout", "signup", "start"),
        *("stop", "stream", "submit", "subscribe", "suspend", "sync", "test", "toggle", "trigger"),
        *("unarchive", "unassign", "unblock", "unlink", "unlock", "unpublish", "unsubscribe"),
        *("update", "upload", "upsert", "validate", "verify", "view"),
    }
)


def lower_words(text: str) -> Words:
    """Return the words of a name in lowercase."""
    return tuple(word.lower() for word in names.words(text))


def are_generic(words: Words) -> bool:
    """Whether words name no resource: `api`, `default`, `rest`, versions and other numbers."""
    return all(word in _GENERIC or word.isdecimal() or _VERSION.fullmatch(word) for word in words)


def is_version(word: str) -> bool:
    """Whether a word is a version, as `v1` and `v2beta1` are."""
    return _VERSION.fullmatch(word) is not None


def is_plural(word: str) -> bool:
    """Whether an English noun is plural."""
    return names.singular(word) != word


def singular(words: Sequence[str]) -> Words:
    """Return words with the last one in the singular."""
    return (*words[:-1], *(names.singular(word) for word in words[-1:]))


def starts_with(words: Words, start: Words) -> bool:
    """Whether words start with others, and continue."""
    return len(words) > len(start) and words[: len(start)] == start


def without_noun(words: Words, noun: Words) -> Words:
    """Return words without a noun, in the singular or the plural.

    `list_users` becomes `list`, and so does `users_list`. A noun behind a preposition stays, as in
    `assign_role_to_user`, and so does a verb: `export_table` of `exports`.
    """
    size = len(noun)
    if not size:
        return words
    positions = [
        index
        for index in range(len(words) - size + 1)
        if singular(words[index : index + size]) == singular(noun)
        and PREPOSITIONS.isdisjoint(words[:index])
        and not (index == 0 and words[0] in VERBS and words[:size] != noun)
    ]
    if not positions:
        return words
    found = next((each for each in positions if words[each : each + size] == noun), positions[0])
    return words[:found] + words[found + size :]
