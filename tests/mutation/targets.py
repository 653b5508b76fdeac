"""Mutated modules, and the tests that have to notice the mutants."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Target:
    """Modules that are mutated in one run.

    Attributes:
        modules: Paths of the modules in `generator/`, without `.py`.
        tests: The tests that may notice: fast ones that run in one process.
        without: The modes to leave out of tests that run in several.
    """

    modules: tuple[str, ...]
    tests: tuple[str, ...]
    without: tuple[str, ...] = ("asyncio", "trio")


TARGETS = {
    "retries": Target(
        ("runtime/calls/retries",),
        ("client/retries", "client/time"),
    ),
    "errors": Target(
        ("runtime/core/errors", "runtime/calls/errors"),
        (
            "client/errors",
            "package/errors",
            "package/scopes",
            "package/responses",
            "responses/contents",
            "client/secrets",
        ),
    ),
    "queries": Target(
        ("runtime/arguments/encoding", "runtime/calls/call"),
        (
            "requests/encoding",
            "requests/parameters",
            "requests/preparation",
            "requests/bodies",
            "requests/hostile",
            "requests/querystring",
            "deprecation/arguments",
            "package/requests",
            "package/headers",
            "responses/contents",
        ),
    ),
    "pages": Target(
        ("runtime/paging/next_page", "runtime/resources/pages", "runtime/walks/filter_check"),
        (
            "paging/next_page",
            "paging/filters",
            "paging/styles",
            "walks/lists",
            "walks/contradictions",
            "requests/bodies/test_pages.py",
        ),
        without=("trio",),
    ),
    "walk-reconciliation": Target(
        ("runtime/walks/by_time/reconciliation",),
        (
            *("walks/reconciliation", "walks/retention", "walks/contradictions"),
            *("walks/daily", "walks/sizes"),
        ),
    ),
    "walk-numbers": Target(
        ("runtime/walks/by_page",),
        (
            "walks/numbered",
            "paging/styles",
            "walks/lists",
            "walks/contradictions",
            "walks/undecodable",
        ),
    ),
    "walk-plans": Target(
        ("runtime/walks/plan", "runtime/walks/checkpoint", "runtime/walks/by_time/timeline"),
        (
            *("walks/plans", "walks/order", "walks/retention", "walks/undecodable", "walks/walk"),
            *("walks/checkpoints", "walks/spans", "walks/concurrency", "walks/lists"),
        ),
    ),
    "walk-windows": Target(
        (
            "runtime/walks/by_time/walk",
            "runtime/walks/by_time/reading",
            "runtime/walks/by_time/span",
            "runtime/walks/by_time/page_check",
            "runtime/walks/by_time/progress",
            "runtime/walks/by_time/probes",
            "runtime/walks/by_time/dense_timestamps",
        ),
        (
            *("walks/windows", "walks/retention", "walks/contradictions"),
            *("walks/daily", "walks/order", "walks/sizes", "walks/undecodable"),
            *("walks/reconciliation", "walks/checkpoints", "walks/walk", "walks/simulation"),
            *("walks/slices", "walks/concurrency"),
        ),
    ),
    "walk-slices": Target(
        ("runtime/walks/by_time/slices",),
        (
            *("walks/slices", "walks/windows", "walks/concurrency", "walks/order"),
            *("walks/reconciliation", "walks/checkpoints", "walks/walk", "walks/simulation"),
        ),
    ),
    "page-reading": Target(
        ("runtime/paging/page_data", "runtime/paging/entry_decoding", "runtime/paging/envelope"),
        ("walks/pages", "walks/undecodable"),
    ),
    "archive-verification": Target(
        ("runtime/archive/verification",),
        ("archive/tampering", "archive/evidence", "archive/reading"),
    ),
    "normalize": Target(
        ("normalize/__init__", "normalize/operations", "normalize/parameters"),
        ("normalize", "requests/parameters", "requests/nested", "requests/querystring"),
    ),
    "constraints": Target(
        ("planning/filter_checks", "planning/response_bodies", "planning/constraints"),
        (
            *("plan/filters", "plan/response_bodies", "plan/constraints"),
            *("requests/constraints", "requests/nested", "schemas/values"),
        ),
    ),
    "arguments": Target(
        ("planning/arguments",),
        ("plan/arguments", "requests/parameters", "requests/nested", "deprecation/arguments"),
    ),
    "docstrings": Target(("planning/docstrings",), ("plan/docstrings",)),
    "operations": Target(("planning/operations",), ("plan/operations", "plan/arguments")),
    "security": Target(("planning/security",), ("plan/security",)),
    "bodies": Target(("planning/request_bodies",), ("plan/bodies",)),
    "responses": Target(
        ("planning/responses", "planning/response_headers", "planning/servers"),
        ("plan/responses", "plan/headers", "plan/servers", "plan/operations"),
    ),
    "models": Target(
        ("planning/models", "planning/types/annotations", "planning/directions"),
        ("plan/models", "plan/annotations", "plan/directions", "plan/types"),
    ),
    "mock": Target(("planning/mock",), ("plan/mock",)),
    "connection-check": Target(("planning/connection_check",), ("plan/connection_check",)),
    "packages": Target(("planning/__init__",), ("plan/package",)),
    "page-plans": Target(("planning/pagination",), ("plan/paging",)),
}
