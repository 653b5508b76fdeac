"""Version numbers that changes require."""

from __future__ import annotations

import pytest

from generator.diff.change import Impact
from generator.release.index import version_of
from generator.release.versions import parse

BREAKING, ADDITIVE, DOCUMENTATION = Impact.BREAKING, Impact.ADDITIVE, Impact.DOCUMENTATION


@pytest.mark.parametrize(
    ("last", "impact", "right"),
    [
        ("1.2.3", BREAKING, "2.0.0"),
        ("1.2.3", ADDITIVE, "1.3.0"),
        ("1.2.3", DOCUMENTATION, "1.2.4"),
        ("0.2.3", BREAKING, "0.3.0"),
        ("0.2.3", ADDITIVE, "0.2.4"),
        ("0.2.3", DOCUMENTATION, "0.2.4"),
        ("0.0.3", BREAKING, "0.1.0"),
    ],
)
def test_next_version_follows_from_the_impact(last: str, impact: Impact, right: str) -> None:
    version = parse(last)
    assert version is not None
    assert str(version.after(impact)) == right


@pytest.mark.parametrize("text", ["1.2", "1.2.3.4", "v1.2.3", "1.02.3", "1.2.3rc1", "1.2.٣", ""])
def test_version_of_another_form_is_not_parsed(text: str) -> None:
    assert parse(text) is None


@pytest.mark.parametrize(
    ("name", "version"),
    [
        ("losant_audit_log-1.2.3-py3-none-any.whl", "1.2.3"),
        ("losant_audit_log-1.2.3.tar.gz", "1.2.3"),
        ("losant-audit-log-1.2.3.tar.gz", "1.2.3"),
        ("losant_audit_log-1.2.3rc1.tar.gz", None),
        ("losant_audit_log_extra-1.2.3.tar.gz", None),
        ("losant_audit_log-1.2.3.tar.gz.asc", None),
    ],
)
def test_version_is_read_from_a_file_name(name: str, version: str | None) -> None:
    found = version_of(name, "losant-audit-log")
    assert (str(found) if found else None) == version
