"""The package as the module of public classes."""

from __future__ import annotations

import importlib
import json
import pickle
import traceback
import typing
from collections.abc import Generator
from typing import Any

import httpx
import msgspec
import pytest

import losant_audit_log
from tests.support.callers import TOKEN
from tests.support.examples import AUDIT_LOG, ENTRY, ORG
from tests.support.packages import generated_package
from tests.support.rich_document import rich_document


@pytest.fixture(scope="module", params=["ours", "rich"])
def package(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Generator[Any, None, None]:
    """Our package, and that of a document with nearly every construct."""
    if request.param == "ours":
        yield losant_audit_log
        return
    with generated_package(tmp_path_factory.mktemp("pets"), json.dumps(rich_document())) as package:
        yield package


def public_classes(package: Any) -> list[type]:
    return [
        each
        for name in package.__all__
        if isinstance(each := getattr(package, name), type)
        and each.__module__ != f"{package.__name__}.models"
    ]


def test_module_of_a_public_class_is_the_package(package: Any) -> None:
    classes = public_classes(package)
    assert {package.Client, package.AsyncClient, package.NotFoundError, package.Page} < {*classes}
    for kind in classes:
        assert (kind.__name__, kind.__module__) == (kind.__name__, package.__name__)
        assert getattr(package, kind.__name__) is kind


def test_class_of_the_testing_aid_has_its_public_module(package: Any) -> None:
    testing = importlib.import_module(f"{package.__name__}.testing")
    fault = testing.Fault("html", delay=1.0)
    assert type(fault).__module__ == testing.MockTransport.__module__ == testing.__name__
    assert msgspec.structs.fields(testing.Fault)
    assert pickle.loads(pickle.dumps(fault)) == fault


def test_annotations_of_public_classes_can_be_evaluated(package: Any) -> None:
    for kind in public_classes(package):
        typing.get_type_hints(kind)
        if issubclass(kind, msgspec.Struct):
            assert msgspec.structs.fields(kind)


def test_module_of_the_check_result_is_the_package_before_its_name_is_imported() -> None:
    transport = httpx.MockTransport(lambda _: httpx.Response(401))
    with losant_audit_log.Client(TOKEN, http_client=httpx.Client(transport=transport)) as client:
        assert type(client.check(ORG)).__module__ == "losant_audit_log"


def failure(answer: httpx.Response) -> Exception:
    transport = httpx.MockTransport(lambda _: answer)
    with losant_audit_log.Client(TOKEN, http_client=httpx.Client(transport=transport)) as client:
        try:
            client.audit_logs.get(ORG, ENTRY)
        except losant_audit_log.LosantError as error:
            return error
    raise AssertionError("the call succeeded")


def test_traceback_names_an_error_as_users_import_it() -> None:
    error = failure(httpx.Response(404, json={"type": "NotFound", "message": "gone"}))
    assert traceback.format_exception_only(error)[0].startswith("losant_audit_log.NotFoundError: ")


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_pickles_name_no_private_module(protocol: int) -> None:
    entry = losant_audit_log.AuditLog.from_dict(AUDIT_LOG)
    for value in (
        failure(httpx.Response(200, content=b"{")),
        losant_audit_log.InvalidArgumentError("x"),
        losant_audit_log.UndecodedEntry(b"{", losant_audit_log.ResponseDecodeError("x")),
        entry,
        msgspec.structs.replace(entry, id="x"),
        losant_audit_log.AuditLog(id="x"),
        losant_audit_log.Scope("auditLogs.get"),
    ):
        pickled = pickle.dumps(value, protocol)
        assert b"_runtime" not in pickled
        again = pickle.loads(pickled)
        assert type(again) is type(value)
        assert str(again) == str(value)
