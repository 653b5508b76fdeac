"""Loading of arbitrary bytes, in bounded time and memory.

YAML and JSON texts are cut, repeated, swapped and overwritten byte by byte.
"""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.document.parsing import parse
from tests.support.attacks import ATTACKS, text_of
from tests.support.cli import DOCUMENT
from tests.support.paths import ROOT, SPEC
from tests.support.rich_document import rich_document
from tests.support.searching import few, many

pytestmark = pytest.mark.long

SEEDS = [
    DOCUMENT.encode(),
    SPEC.read_bytes()[:6_000],
    text_of(rich_document())[:6_000].encode(),
    b"a: &x [1, 2]\nb: *x\nc: {<<: *x, ? [k] : v}\nd: !!str 1\ne: |\n  text\n...\n---\n",
    b'{"a": [1e5, -0, true, null, "\\ud83d\\ude00\\u0000"], "a": {}}',
    b"\xef\xbb\xbfopenapi: 3.1.0\r\ninfo: >-\r\n  a\r\n\r\n  b\r\n",
]
PIECES = [
    *(b"&a ", b"*a", b"!!python/object:os.system ", b"!!binary ", b"<<: ", b"? ", b"- " * 300),
    *(b"[" * 250, b"{a: " * 250, b'{"a":' * 250, b"\x00", b"\xff", b"\xed\xa0\x80", b"\\ud800"),
    *(
        b"\r",
        b"\x85",
        b"\xe2\x80\xa8",
        b"\t",
        b"#",
        b"---\n",
        b"...\n",
        b"%YAML 9.9\n",
        b"9" * 5000,
    ),
    *(b"1e999", b".inf", b".nan", b"NaN", b"-0", b"0x", b"'", b'"', b"|+9\n", b": ", b"\n\n"),
    *(each.encode("utf-8", "surrogatepass") for each in ATTACKS.values() if len(each) < 200),
]


@st.composite
def damaged_texts(draw: st.DrawFn) -> bytes:
    """Draw a text and damage it."""
    content = draw(st.sampled_from(SEEDS))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(content)))
        length = draw(st.integers(0, 40))
        inserted = draw(st.sampled_from(PIECES) | st.binary(max_size=4) | st.just(content[at:]))
        content = content[:at] + inserted + content[at + length :]
    return content[:60_000]


def check_loads(content: bytes) -> None:
    parsed = parse(content, "document.yaml")
    lines = parsed.text.count("\n") + 1
    for problem in parsed.problems:
        assert problem.code.startswith("S1")
        assert 1 <= problem.location.line <= lines
        assert problem.location.column >= 1


@pytest.mark.parametrize("end", ["\x85", "\u2028", "\u2029", "\r"], ids=ascii)
def test_lines_are_counted_as_editors_count_them(end: str) -> None:
    """YAML 1.1 has more line breaks; positions count only those that editors show."""
    text = f"a: 'x{end}y'\nb: 1\nb: 2\n"
    (problem,) = parse(text.encode(), "document.yaml").problems
    assert problem.location.line == 3
    parsed = parse(f"a: 'x{end}y'\nb: 1\n".encode(), "document.yaml")
    assert parsed.position(("b",), key=True) == (2, 1)


@given(damaged_texts() | st.binary(max_size=300))
@few(200)
def test_random_bytes_load_as_data_or_problems(content: bytes) -> None:
    check_loads(content)


@pytest.mark.slow
@pytest.mark.timeout(1800)
@given(damaged_texts() | st.binary(max_size=2_000))
@many(30_000)
def test_thousands_of_random_bytes_load_as_data_or_problems(content: bytes) -> None:
    check_loads(content)


# What is small in the file and large in the memory of a careless reader.
BOMBS = {
    "aliases": b"".join(
        b"a%d: &a%d [%s]\n" % (n, n, b", ".join([b"*a%d" % (n - 1)] * 10) if n else b"x")
        for n in range(12)
    ),
    "aliases in mappings": b"".join(
        b"a%d: &a%d {%s}\n"
        % (n, n, b", ".join(b"k%d: *a%d" % (k, n - 1) for k in range(10)) if n else b"")
        for n in range(12)
    ),
    "levels": b"[" * 400_000,
    "levels in JSON": b'{"a":' * 300_000 + b"1" + b"}" * 300_000,
    "levels in blocks": b"\n".join(b" " * n + b"a:" for n in range(1_200)),
    "lists in blocks": b"- " * 20_000,
    "digits": b"a: " + b"9" * 2_000_000,
    "digits in JSON": b'{"a": ' + b"9" * 2_000_000 + b"}",
    "one key": b"? " + b"k" * 2_000_000 + b"\n: 1\n",
    "quotes": b'"' * 1_000_000,
    "anchors": b"".join(b"- &a%d x\n" % n for n in range(50_000)),
    "keys that stand twice": b"".join(b"a: %d\n" % n for n in range(50_000)),
    "nothing but zeros": b"\0" * 2_000_000,
}
_BOUNDED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (1_500_000_000, 1_500_000_000))
resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
from generator.document.diagnostics import report
from generator.document.parsing import parse
for path in sys.argv[1:]:
    with open(path, 'rb') as file:
        parsed = parse(file.read(), 'document.yaml')
    report(parsed.problems[:100], lambda _: parsed.text)
    print(len(parsed.problems), flush=True)
"""


def test_document_bombs_are_rejected_within_time_and_memory_limits(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """All bombs together may use a minute of processor time and 1.5 GB."""
    folder = tmp_path_factory.mktemp("bombs")
    for name, content in BOMBS.items():
        (folder / name).write_bytes(content)
    done = subprocess.run(
        [sys.executable, "-c", _BOUNDED, *(str(folder / name) for name in BOMBS)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-1_000:]
    found = dict(zip(BOMBS, map(int, done.stdout.split()), strict=True))
    harmless = {name for name, problems in found.items() if not problems}
    assert harmless == {"one key", "anchors"}
