"""Public names of packages whose models are divided among modules."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator import pipeline, planning
from generator.diff import surface
from generator.diff.change import Change
from tests.support.large_documents import inline, to_json

pytestmark = pytest.mark.long

Files = dict[str, bytes]
_OWN, _SHARED, _ALL = "models/accounts.py", "models/shared.py", "models/__init__.py"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """Return the files of a package of 63 operations."""
    spec = tmp_path_factory.mktemp("large") / "openapi.json"
    spec.write_bytes(to_json(inline(63)))
    return pipeline.build(spec, "things", strict=False).files


def test_class_that_moves_to_the_shared_module_is_no_change(files: Files) -> None:
    own, definition = _without_a_class(files[_OWN].decode())
    moved = _with(files, _OWN, own, _SHARED, f"{files[_SHARED].decode()}\n\n{definition}")
    name, shared = "        AccountsConfigureBody,\n", "from .shared import (\n"
    names = moved[_ALL].decode().replace(name, "", 1).replace(shared, f"{shared}{name}")
    assert _changes(files, moved | {_ALL: names.encode()}) == []


def test_removed_class_is_reported_once_by_its_public_name(files: Files) -> None:
    own, _ = _without_a_class(files[_OWN].decode())
    names = files[_ALL].decode().replace("        AccountsConfigureBody,\n", "", 1)
    names = names.replace('    "AccountsConfigureBody",\n', "", 1)
    found = _changes(files, _with(files, _OWN, own, _ALL, names))
    assert [each.subject for each in found] == ["models.AccountsConfigureBody"]


def test_removed_field_is_reported_once_where_its_class_is_defined(files: Files) -> None:
    own = files[_OWN].decode()
    start = own.index("class Account(")
    changed = own[:start] + own[start:].replace(
        "    created_at: Timestamp", "    made_at: Timestamp", 1
    )
    found = _changes(files, _with(files, _OWN, changed))
    assert [(each.subject, each.location.file) for each in found] == [
        ("models.Account.created_at", "things/models/accounts.py")
    ]


def test_package_whose_models_become_divided_has_the_same_public_names(
    files: Files, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = tmp_path / "openapi.json"
    spec.write_bytes(to_json(inline(63)))
    monkeypatch.setattr(planning, "MANY", 63)
    whole = pipeline.build(spec, "things", strict=False).files
    assert "models.py" in whole
    assert _changes(whole, files) == []


def _changes(old: Files, new: Files) -> list[Change]:
    return list(surface.compare("things", old, new))


def _with(files: Files, *changed: str) -> Files:
    texts = dict(zip(changed[::2], changed[1::2], strict=True))
    return files | {path: text.encode() for path, text in texts.items()}


def _without_a_class(text: str) -> tuple[str, str]:
    """Return a module without a class that no other class names, and the class."""
    start = text.index("class AccountsConfigureBody(")
    end = text.find("\n\n\n", start)
    definition = text[start:] if end < 0 else text[start:end]
    return text.replace(definition, ""), definition
