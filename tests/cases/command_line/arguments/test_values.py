"""Invalid values of arguments, and unusual ones of other documents."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from losant_audit_log._command.arguments import Reader
from losant_audit_log._command.parsing import MEMBERS
from losant_audit_log._command.structure import Option
from losant_audit_log._command.usage import UsageError

FILTER = Option("--filter", "", "filter", "json")
MEMBER = Option("--filter.name", "", "filter", path=(("name", False),))
FORM = Option("--body", "", "body", "multipart")
TEXT = Option("--body", "", "body", "text-body")
PROGRESS = Option("--progress", "", values=("auto", "none"))


def read(option: Option, text: str) -> Any:
    return Reader({option.flag: text})[option]


def test_member_beside_a_filter_that_is_no_object_is_rejected() -> None:
    given = {"--filter": "[1]", MEMBERS: [(MEMBER, "a")]}
    with pytest.raises(UsageError, match=r"--filter\.name: the filter is not a JSON object"):
        Reader(given).arguments([FILTER])


def test_member_of_an_object_in_a_filter_is_set() -> None:
    nested = Option("--filter.of.name", "", "filter", path=(("of", False), ("name", False)))
    found = Reader({MEMBERS: [(MEMBER, "a"), (nested, "b")]}).arguments([FILTER])
    assert found == {"filter": {"name": "a", "of": {"name": "b"}}}


def test_member_that_is_passed_twice_is_rejected() -> None:
    with pytest.raises(UsageError, match=r"--filter\.name: passed twice"):
        Reader({MEMBERS: [(MEMBER, "a"), (MEMBER, "b")]}).arguments([FILTER])


def test_unknown_value_of_an_own_option_is_rejected() -> None:
    with pytest.raises(UsageError, match="--progress"):
        read(PROGRESS, "often")


def test_multipart_body_that_is_no_object_is_left_to_the_client() -> None:
    assert read(FORM, "[1]") == [1]


def test_multipart_body_takes_the_content_of_files(tmp_path: Path) -> None:
    (tmp_path / "picture").write_bytes(b"\x89PNG")
    fields = read(FORM, f'{{"file": "@{tmp_path / "picture"}", "name": "a", "size": 1}}')
    assert fields == {"file": b"\x89PNG", "name": "a", "size": 1}


def test_text_body_that_is_not_utf_8_is_rejected(tmp_path: Path) -> None:
    (tmp_path / "text").write_bytes(b"\xff")
    with pytest.raises(UsageError, match="is not valid UTF-8"):
        read(TEXT, f"@{tmp_path / 'text'}")
