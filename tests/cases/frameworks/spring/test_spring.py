"""Calls of a document in the style of Spring."""

from __future__ import annotations

from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest

from tests.support.frameworks import check
from tests.support.packages import generated_package
from tests.support.server import Answer, Server, json_answer, text_answer


@pytest.fixture(scope="module")
def spring(tmp_path_factory: pytest.TempPathFactory) -> Generator[Any, None, None]:
    document = Path(__file__).with_name("spring.yaml").read_text("utf-8")
    with generated_package(tmp_path_factory.mktemp("spring"), document, names="short") as package:
        yield package


USER = {"id": 1, "name": "a"}
SPRING: dict[str, tuple[Callable[[Any], Any], str, str, Answer]] = {
    "user.get_all": (
        lambda c: c.user.get_all(pageable={"page": 0, "sort": ["name", "id"]}).content[0].name,
        "GET /api/users?page=0&sort=name&sort=id",
        "a",
        json_answer({"totalElements": 1, "content": [USER]}),
    ),
    "user.create": (
        lambda c: c.user.create(body={"name": "a"}).id,
        "POST /api/users",
        "1",
        json_answer(USER),
    ),
    "user.get_by_id": (
        lambda c: c.user.get_by_id(1).name,
        "GET /api/users/1",
        "a",
        json_answer(USER),
    ),
    "user.delete": (lambda c: c.user.delete(1), "DELETE /api/users/1", "None", Answer()),
    "user.upload_photo": (
        lambda c: c.user.upload_photo(1, body={"file": b"x"}),
        "POST /api/users/1/photo",
        "saved",
        text_answer("saved", content_type="text/plain"),
    ),
    "product.get_all": (
        lambda c: c.product.get_all()[0].sku,
        "GET /api/products",
        "s",
        json_answer([{"sku": "s"}]),
    ),
    "product.delete": (
        lambda c: c.product.delete(1),
        "DELETE /api/products/1",
        "None",
        Answer(status=204),
    ),
    "product.export": (
        lambda c: c.product.export(),
        "GET /api/products/export",
        "b'PK'",
        Answer(body=b"PK", headers={"Content-Type": "application/zip"}),
    ),
}


@pytest.mark.parametrize("name", SPRING)
def test_client_of_a_spring_document_is_called_by_short_names(
    spring: Any, server: Server, name: str
) -> None:
    check(spring, server, SPRING[name])


def test_every_operation_of_the_document_is_called(spring: Any) -> None:
    assert len(spring._examples.MOCK_OPERATIONS) == len(SPRING)
