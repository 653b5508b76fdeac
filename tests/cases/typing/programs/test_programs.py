"""Strict type checking of programs that use the package."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import losant_audit_log
from tests.support.checkers import each_checker, lines_with_errors
from tests.support.paths import PACKAGE

CONSUMER = Path(__file__).with_name("consumer.py")
HEAD = """\
from losant_audit_log import AsyncClient, AuditLogFilter, Client, Scope
ORG = "575ed6e87ae143cd83dc4aa8"
client = Client(token="t")
"""
MISUSES = {
    "a misspelled keyword": "client.audit_logs.list(ORG, perpage=10)",
    "a keyword of another method": "client.audit_logs.get(ORG, ORG, per_page=10)",
    "a keyword by position": 'client.audit_logs.list(ORG, "creationDate")',
    "a missing argument": "client.audit_logs.get(ORG)",
    "a number for an id": "client.audit_logs.get(1, ORG)",
    "an unknown sort field": 'client.audit_logs.list(ORG, sort_field="id")',
    "an unknown direction": 'client.audit_logs.list(ORG, sort_direction="ASC")',
    "a text for a time": 'client.audit_logs.list(ORG, start="2016-06-13")',
    "a text for a page": 'client.audit_logs.list(ORG, page="1")',
    "a list for a filter": "client.audit_logs.list(ORG, audit_log_filter=[1])",
    "an unknown resource": "client.audit_log.get(ORG, ORG)",
    "an unknown field": "client.audit_logs.get(ORG, ORG).actorName",
    "a field that may be missing": "client.audit_logs.get(ORG, ORG).actor_name.upper()",
    "setting a field": 'client.audit_logs.get(ORG, ORG).id = "x"',
    "an unknown field of a filter": "AuditLogFilter(actors=[])",
    "a mapping in a model": 'AuditLogFilter(actor=[{"type": "User"}])',
    "a filter of another log": (
        "client.instance_audit_logs.list(ORG, audit_log_filter=AuditLogFilter())"
    ),
    "an unknown scope": "Scope.AUDIT_LOG_GETS",
    "an unknown option of a client": 'Client(token="t", retries=3)',
    "a coroutine as a token": "async def token() -> str:\n    return ''\nClient(token=token)",
    "an answer that was not awaited": (
        "async def main() -> None:\n"
        "    entry = AsyncClient().audit_logs.get(ORG, ORG)\n"
        "    print(entry.id)"
    ),
}


@pytest.mark.long
@each_checker
def test_valid_program_passes_and_each_misuse_is_reported(checker: str, tmp_path: Path) -> None:
    """All programs are checked in one run, because a checker needs seconds to start."""
    names = {f"misuse{number}": name for number, name in enumerate(MISUSES)}
    others = "".join(f"print(losant_audit_log.{name})\n" for name in unused_names())
    (tmp_path / "consumer.py").write_text(f"{CONSUMER.read_text('utf-8')}{others}", "utf-8")
    for file, name in names.items():
        (tmp_path / f"{file}.py").write_text(f"{HEAD}{MISUSES[name]}\n", "utf-8")
    found = lines_with_errors(tmp_path, checker, PACKAGE.parent)
    assert found.pop("consumer") == []
    first_line = HEAD.count("\n")
    assert [
        names[file] for file, lines in found.items() if max(lines, default=0) <= first_line
    ] == []


def unused_names() -> list[str]:
    """Return the public names that the program does not use by itself."""
    used = set(re.findall(r"\w+", CONSUMER.read_text("utf-8")))
    return sorted(set(losant_audit_log.__all__) - used)


def test_valid_program_uses_every_public_name_but_models_of_other_operations() -> None:
    models = vars(losant_audit_log.models)
    assert [each for each in unused_names() if each not in models or "Audit" in each] == []


def test_package_has_a_py_typed_marker() -> None:
    assert (PACKAGE / "py.typed").read_bytes() == b""
