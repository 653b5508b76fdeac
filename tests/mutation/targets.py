"""What is mutated, and the tests that have to notice."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Target:
    """Modules that are mutated in one run.

    Attributes:
        modules: Their names in `generator/`.
        tests: The tests that may notice: fast ones that run in one process.
        without: The ways of calling that are left out, where a test is run in several.
    """

    modules: tuple[str, ...]
    tests: tuple[str, ...]
    without: tuple[str, ...] = ("asyncio", "trio")


TARGETS = {
    "retries": Target(
        ("runtime/retries",),
        ("client/retries", "client/time"),
    ),
    "errors": Target(
        ("runtime/errors", "runtime/answers"),
        (
            "client/errors",
            "package/errors",
            "package/scopes",
            "package/answers",
            "responses/contents",
        ),
    ),
    "queries": Target(
        ("runtime/encoding", "runtime/call"),
        (
            "requests/encoding",
            "requests/parameters",
            "requests/preparing",
            "requests/bodies",
            "requests/hostile",
            "deprecation/arguments",
            "package/requests",
            "package/headers",
            "responses/contents",
        ),
    ),
    "pages": Target(
        ("runtime/following", "runtime/pages", "runtime/matching"),
        (
            "paging/following",
            "paging/filters",
            "paging/styles",
            "walks/listing",
            "walks/lies",
            "requests/bodies/test_pages.py",
        ),
        without=("trio",),
    ),
    "walk-account": Target(
        ("runtime/walk_account",),
        ("walks/account", "walks/retention", "walks/lies"),
    ),
    "walk-numbers": Target(
        ("runtime/numbered_walk",),
        ("walks/numbered", "paging/styles", "walks/listing"),
    ),
    "walk-plans": Target(
        ("runtime/walk_plan", "runtime/walk_state", "runtime/timeline"),
        ("walks/plans",),
    ),
    "walk-windows": Target(
        ("runtime/window_reading", "runtime/window_walk", "runtime/window_probing"),
        ("walks/windows", "walks/retention", "walks/lies"),
    ),
    "walk-slices": Target(("runtime/sliced_walk",), ("walks/slices", "walks/windows")),
    "page-reading": Target(
        ("runtime/page_reading", "runtime/entry_decoding", "runtime/envelope"),
        ("walks/pages",),
    ),
    "normalize": Target(
        ("normalize/__init__",),
        ("normalize",),
    ),
    "demands": Target(
        ("planning/filter_checks", "planning/media", "planning/constraints"),
        ("plan/filters", "plan/media", "plan/constraints"),
    ),
    "arguments": Target(("planning/arguments",), ("plan/arguments",)),
    "docstrings": Target(("planning/docstrings",), ("plan/docstrings",)),
    "operations": Target(("planning/operations",), ("plan/operations", "plan/arguments")),
    "security": Target(("planning/security",), ("plan/security",)),
    "bodies": Target(("planning/request_bodies",), ("plan/bodies",)),
    "answers": Target(
        ("planning/responses", "planning/response_headers", "planning/servers"),
        ("plan/answers", "plan/headers", "plan/servers", "plan/operations"),
    ),
    "models": Target(
        ("planning/models", "planning/annotations", "planning/directions"),
        ("plan/models", "plan/annotations", "plan/directions", "plan/types"),
    ),
    "trials": Target(("planning/mock",), ("plan/trials",)),
    "packages": Target(("planning/__init__",), ("plan/package",)),
    "page-plans": Target(("planning/pagination",), ("plan/paging",)),
}
