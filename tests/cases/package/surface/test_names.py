"""Importable names of the package."""

from __future__ import annotations

import importlib
import inspect
import subprocess
import sys
from types import ModuleType

import pytest

import losant_audit_log
from losant_audit_log import LosantError, errors, models, scopes
from tests.support.paths import PACKAGE
from tests.support.spark_stand_in import spark_stand_in

CONTRACT = {
    "APIConnectionError",
    "APIStatusError",
    "APITimeoutError",
    "AsyncClient",
    "AsyncPage",
    "AuditLog",
    "AuditLogFilter",
    "AuditLogs",
    "AuthenticationError",
    "BadRequestError",
    "Client",
    "Error",
    "InstanceAuditLog",
    "InstanceAuditLogFilter",
    "InstanceAuditLogs",
    "InternalServerError",
    "InvalidArgumentError",
    "LosantError",
    "NotFoundError",
    "Page",
    "PermissionDeniedError",
    "RateLimitError",
    "RawResponse",
    "ResponseDecodeError",
    "Scope",
}
HIERARCHY = [
    ("APITimeoutError", "APIConnectionError"),
    ("APIConnectionError", "LosantError"),
    ("APIStatusError", "LosantError"),
    ("ResponseDecodeError", "LosantError"),
    ("InvalidArgumentError", "LosantError"),
    ("BadRequestError", "APIStatusError"),
    ("AuthenticationError", "APIStatusError"),
    ("PermissionDeniedError", "APIStatusError"),
    ("NotFoundError", "APIStatusError"),
    ("RateLimitError", "APIStatusError"),
    ("InternalServerError", "APIStatusError"),
]
MODULES = sorted(
    path.relative_to(PACKAGE.parent).with_suffix("").as_posix().replace("/", ".")
    for path in PACKAGE.rglob("*.py")
)


def test_every_documented_name_is_public() -> None:
    assert set(losant_audit_log.__all__) >= CONTRACT


@pytest.mark.parametrize("name", losant_audit_log.__all__)
def test_every_public_class_has_its_module_and_a_docstring(name: str) -> None:
    thing = getattr(losant_audit_log, name)
    if inspect.isclass(thing):
        assert thing.__module__.partition(".")[0] == "losant_audit_log"
        assert thing.__name__ == name
        assert thing.__doc__


def test_public_names_are_sorted_and_include_every_class() -> None:
    public = losant_audit_log.__all__
    assert list(public) == sorted(public)
    found = {name for name, thing in vars(losant_audit_log).items() if inspect.isclass(thing)}
    assert found <= set(public)


def test_every_model_error_and_scope_is_exported() -> None:
    for module in (models, errors, scopes):
        for name, thing in vars(module).items():
            if inspect.isclass(thing) and thing.__module__ == module.__name__:
                assert name in losant_audit_log.__all__
    assert set(errors.__all__) <= set(losant_audit_log.__all__)


@pytest.mark.parametrize(("kind", "base"), HIERARCHY, ids=[kind for kind, _ in HIERARCHY])
def test_error_classes_have_the_documented_bases(kind: str, base: str) -> None:
    assert issubclass(getattr(losant_audit_log, kind), getattr(losant_audit_log, base))


def test_base_error_extends_exception_only() -> None:
    assert LosantError.__bases__ == (Exception,)
    assert issubclass(losant_audit_log.InvalidArgumentError, ValueError)


@pytest.mark.parametrize("name", MODULES)
def test_every_module_can_be_imported(name: str) -> None:
    with spark_stand_in("losant_audit_log"):
        module = importlib.import_module(name.removesuffix(".__init__"))
    assert isinstance(module, ModuleType)
    assert module.__doc__


def test_unknown_name_is_an_attribute_error() -> None:
    name = "AsyncKlient"
    with pytest.raises(AttributeError, match="no attribute 'AsyncKlient'"):
        getattr(losant_audit_log, name)


def test_synchronous_program_does_not_import_unneeded_modules() -> None:
    program = (
        "import sys, losant_audit_log\n"
        "unneeded = {'losant_audit_log.async_client', 'trio', 'generator', 'jinja2', 'yaml'}\n"
        "print(sorted(unneeded & sys.modules.keys()))\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        cwd=PACKAGE.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("[]\n", "")


def test_dir_lists_names_that_are_not_imported_yet() -> None:
    program = (
        "import losant_audit_log as package\n"
        "names = {*package.__all__} - {*vars(package)}\n"
        "assert names\n"
        "assert names <= {*dir(package)}\n"
    )
    subprocess.run([sys.executable, "-c", program], cwd=PACKAGE.parent, check=True)
