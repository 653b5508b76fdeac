"""The declared errors, with the members of their bodies."""

from __future__ import annotations

import pytest

from losant_audit_log import (
    APIStatusError,
    BadRequestError,
    Error,
    LosantError,
    NotFoundError,
)
from tests.support.callers import Caller
from tests.support.examples import ENTRY, ERROR, GET_PATH, LIST_PATH, ORG
from tests.support.server import Server, json_answer

VALIDATION = {"type": "Validation", "message": "sortField: is not one of the known fields"}


def test_status_404_raises_not_found_error(server: Server, call: Caller) -> None:
    server.on(GET_PATH, json_answer(ERROR, 404))
    with pytest.raises(NotFoundError) as caught:
        call(lambda client: client.audit_logs.get(ORG, ENTRY))
    error = caught.value
    assert isinstance(error, APIStatusError)
    assert isinstance(error, LosantError)
    assert (error.status_code, error.type) == (404, "NotFound")
    assert error.message == "Application was not found"
    assert isinstance(error.body, Error)
    assert (error.body.type, error.body.to_dict()) == ("NotFound", ERROR)
    assert str(error) == (
        f"GET {GET_PATH} returned 404 Not Found: NotFound: Application was not found"
    )


def test_status_400_raises_bad_request_error(server: Server, call: Caller) -> None:
    server.on(LIST_PATH, json_answer(VALIDATION, 400))
    with pytest.raises(BadRequestError) as caught:
        call(lambda client: client.audit_logs.list(ORG))
    assert caught.value.type == "Validation"
    assert caught.value.message == VALIDATION["message"]


def test_unknown_members_of_an_error_body_are_kept(server: Server, call: Caller) -> None:
    details = [{"field": "sortField", "validationMessage": "unknown"}]
    server.on(GET_PATH, json_answer(VALIDATION | {"validationErrors": details}, 400))
    with pytest.raises(BadRequestError) as caught:
        call(lambda client: client.audit_logs.get(ORG, ENTRY))
    assert isinstance(caught.value.body, Error)
    assert caught.value.body.extra == {"validationErrors": details}
