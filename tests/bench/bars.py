"""Table of the benchmarks, with the limit of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

TIMES: Final = "x"
REFERENCE: Final = "83 s of datamodel-code-generator"


@dataclass(frozen=True, kw_only=True)
class Bar:
    """A row of the table.

    Attributes:
        key: Its identifier: the group, a point, and a name within the group.
        what: The subject of the measurement.
        against: The reference of the ratio; empty for an absolute value.
        most: The largest acceptable value.
        unit: The unit of the value; `x` for a multiple.
        reason: Why the limit is missed, while it is.
    """

    key: str
    what: str
    against: str
    most: float
    unit: str = TIMES
    reason: str = ""

    @property
    def group(self) -> str:
        """The group of bars that are measured together."""
        return self.key.partition(".")[0]


BARS: Final = (
    Bar(
        key="decode.json",
        what="decode a page of 1,000 entries",
        against="json.loads to dicts",
        most=0.7,
    ),
    Bar(
        key="decode.stock",
        what="decode a page of 1,000 entries",
        against="stock openapi-python-client",
        most=0.15,
        reason=(
            "openapi-python-client 0.29.1 reads moments with the standard library, and takes 3.3 "
            "times as long as json.loads; bare msgspec, which keeps no bytes, is at 0.12 x."
        ),
    ),
    Bar(
        key="decode.pydantic",
        what="decode a page of 1,000 entries",
        against="pydantic 2",
        most=0.5,
    ),
    Bar(
        key="calls.http",
        what="get, http",
        against="bare httpx + msgspec",
        most=1.1,
    ),
    Bar(key="calls.https", what="get, https", against="bare httpx + msgspec", most=1.1),
    Bar(key="calls.async-http", what="get, async, http", against="bare httpx + msgspec", most=1.1),
    Bar(
        key="calls.async-https", what="get, async, https", against="bare httpx + msgspec", most=1.1
    ),
    Bar(key="calls.losant-http", what="get, http", against="losant-rest", most=0.5),
    Bar(key="calls.losant-https", what="get, https", against="losant-rest", most=0.15),
    Bar(
        key="calls.own",
        what="own function calls of a get",
        against="",
        most=30,
        unit="calls",
        reason=(
            "three of them limit the time of the head of a response; a client that the caller "
            "passes has none."
        ),
    ),
    Bar(
        key="calls.own-async",
        what="own function calls of a get, async",
        against="",
        most=30,
        unit="calls",
        reason=(
            "three limit the time of the head of a response, four close the connection of a "
            "canceled call."
        ),
    ),
    Bar(
        key="walks.plain",
        what="walk 100,000 entries",
        against="a bare loop over httpx + msgspec",
        most=1.5,
    ),
    Bar(
        key="walks.concurrent",
        what="walk with concurrency=4, 20 ms a page",
        against="the walk without",
        most=0.3,
        reason=(
            "decoding is done by one thread at a time: the processor is busy for 0.39 x of the "
            "walk without, and four requests at once cannot make that less."
        ),
    ),
    Bar(
        key="memory.entry",
        what="memory of an entry, its own bytes included",
        against="json.loads to dicts",
        most=1.4,
    ),
    Bar(key="imports.time", what="import", against="import httpx, msgspec", most=1.15),
    Bar(
        key="imports.help",
        what="losant-audit-log audit-logs list --help",
        against="argparse with the same options",
        most=1.6,
    ),
    Bar(
        key="imports.modules",
        what="modules that the import adds",
        against="",
        most=74,
        unit="modules",
    ),
    Bar(
        key="imports.first-call",
        what="modules that the first call adds",
        against="",
        most=0,
        unit="modules",
    ),
    Bar(
        key="generation.generate",
        what="python -m generator generate",
        against="both libraries' commands in turn",
        most=1.2,
    ),
    Bar(
        key="generation.make",
        what="make generate",
        against="both libraries' commands in turn",
        most=2.0,
    ),
    Bar(
        key="scaling.time",
        what="processor time, 10 to 1,000 operations",
        against="",
        most=1.1,
        unit="exponent",
    ),
    Bar(
        key="scaling.memory",
        what="memory, 10 to 1,000 operations",
        against="",
        most=1.1,
        unit="exponent",
    ),
    Bar(
        key="large.lines",
        what="375 operations with inline schemas: lines",
        against="",
        most=75_000,
        unit="lines",
    ),
    Bar(
        key="large.generation",
        what="375 operations: generate, processor time",
        against=REFERENCE,
        most=12,
        unit="s",
    ),
    Bar(
        key="large.import",
        what="375 operations: import a resource and its types",
        against=REFERENCE,
        most=0.15,
        unit="s",
    ),
    Bar(
        key="large.import-memory",
        what="375 operations: memory of a resource and its types",
        against="",
        most=40,
        unit="MB",
    ),
    Bar(
        key="large.mypy",
        what="375 operations: mypy --strict of a program that uses one",
        against="of one that imports httpx and msgspec",
        most=1.7,  # Half of what it takes with a class for each schema.
        reason="mypy reads every resource, because the client names them.",
    ),
    Bar(
        key="large.diamonds",
        what="44 operations, schemas in diamonds: generate",
        against=REFERENCE,
        most=2.5,
        unit="s",
    ),
    Bar(
        key="large.graph", what="11,000 operations: generate", against=REFERENCE, most=120, unit="s"
    ),
    Bar(
        key="large.graph-memory",
        what="11,000 operations: memory to generate",
        against="",
        most=800,
        unit="MB",
    ),
    *(
        Bar(key=f"large.{name}", what=f"twice as many {name}", against="half", most=2.5)
        for name in ("operations", "properties", "values", "alternatives", "components")
    ),
    Bar(key="large.graph-growth", what="a graph of twice the size", against="half", most=2.5),
    Bar(key="large.inline-growth", what="twice as many inline schemas", against="half", most=2.5),
    Bar(
        key="size.lines",
        what="lines of code made of the document, without the command line",
        against="stock openapi-python-client",
        most=0.8,
    ),
    Bar(
        key="rival.generation",
        what="generate a client",
        against="datamodel-code-generator --generate-client httpx2",
        most=1.0,
    ),
    Bar(
        key="rival.lines",
        what="lines of code made of the document, with models",
        against="datamodel-code-generator --generate-client httpx2",
        most=1.0,
    ),
    Bar(
        key="rival.import",
        what="import of the client",
        against="datamodel-code-generator --generate-client httpx2",
        most=1.0,
        reason=(
            "httpx takes 0.10 s and httpx2 0.07 s, so ours adds half as much to it; the other "
            "imports its models with the first resource, and then takes 0.29 s, ours 0.22 s."
        ),
    ),
    Bar(
        key="rival.page",
        what="list 1,000 entries, without a network",
        against="datamodel-code-generator --generate-client httpx2",
        most=1.0,
    ),
    Bar(
        key="rival.get",
        what="get, http",
        against="datamodel-code-generator --generate-client httpx2",
        most=1.0,
    ),
    Bar(
        key="archive.gzip",
        what="first export of 100,000 entries, processor time",
        against="the walk alone",
        most=3.0,
        reason=(
            "each day is written and synced as three files, 1.2 x of the walk by themselves, and "
            "counted by a request of its own, 0.5 x; hashing takes 0.3 x, compression 0.3 x."
        ),
    ),
    Bar(
        key="archive.zstd",
        what="first export of 100,000 entries, zstd, processor time",
        against="the walk alone",
        most=2.0,
        reason=(
            "each day is written and synced as three files, 1.2 x of the walk by themselves, and "
            "counted by a request of its own, 0.5 x; hashing takes 0.3 x, compression 0.2 x."
        ),
    ),
    Bar(
        key="archive.verify",
        what="verify 1,000,000 entries, processor time of each",
        against="",
        most=13,
        unit="µs",
    ),
    Bar(
        key="spark.rows",
        what="Spark in local[2], two slices, 50 ms a page of 100 entries",
        against="the walk alone",
        most=0.625,
    ),
)
GROUPS: Final = tuple(dict.fromkeys(each.group for each in BARS))
