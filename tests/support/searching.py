"""Settings of random tests: a short search by default."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, settings, strategies

_SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]
_CHECKS = [*_SLOW, HealthCheck.filter_too_much, HealthCheck.function_scoped_fixture]
_UNHURRIED = settings(deadline=None, suppress_health_check=_CHECKS, database=None)


def few(examples: int) -> settings:
    """Return the settings of a test that runs by default."""
    return settings(_UNHURRIED, max_examples=examples, derandomize=True)


def many(examples: int) -> settings:
    """Return the settings of a slow test, with another seed in each run."""
    return settings(_UNHURRIED, max_examples=examples, print_blob=True)


TEXTS = strategies.text(strategies.characters(exclude_categories=["Cs"]), max_size=40)
"""Any texts, but for halves of surrogate pairs, which UTF-8 has not."""

NUMBERS = strategies.one_of(
    strategies.integers(-(2**70), 2**70),
    strategies.integers(min_value=-(10**308), max_value=10**308),
    strategies.floats(allow_nan=False, allow_infinity=False),
)
"""Numbers in the range of a double."""

JSON: strategies.SearchStrategy[Any] = strategies.recursive(
    strategies.none() | strategies.booleans() | NUMBERS | TEXTS,
    lambda inner: (
        strategies.lists(inner, max_size=4) | strategies.dictionaries(TEXTS, inner, max_size=4)
    ),
    max_leaves=20,
)
"""Any JSON values."""


@strategies.composite
def deep(draw: strategies.DrawFn, levels: int) -> Any:
    """Draw a value that is nested a number of levels deep."""
    value: Any = draw(NUMBERS | TEXTS)
    for is_list in draw(strategies.lists(strategies.booleans(), min_size=1, max_size=8)) * levels:
        levels -= 1
        if levels < 0:
            break
        value = [value] if is_list else {"a": value}
    return value
