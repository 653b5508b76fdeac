"""Servers of the document as constants and functions."""

from __future__ import annotations

from typing import Any

import pytest

from generator.planning.plan.service import Server, ServerVariable
from generator.planning.servers import plan_servers

PETS = {"url": "https://pets.example.com/v1/", "description": "Production."}
TEST = {"url": "https://test.example.com"}


def plan_of(*servers: dict[str, Any]) -> tuple[Server, ...]:
    return plan_servers({"servers": list(servers)})


def names(*servers: dict[str, Any]) -> list[str]:
    return [each.name for each in plan_of(*servers)]


@pytest.mark.parametrize("servers", [[], [PETS]])
def test_single_constant_server_is_no_choice(servers: list[dict[str, Any]]) -> None:
    assert plan_of(*servers) == ()


def test_several_servers_are_constants() -> None:
    assert plan_of(PETS, TEST) == (
        Server("PRODUCTION", "https://pets.example.com/v1", "Production.", ()),
        Server("TEST_EXAMPLE_COM", "https://test.example.com", "", ()),
    )


@pytest.mark.parametrize(
    ("description", "name"),
    [
        (" The live one. ", "THE_LIVE_ONE"),
        ("Only for internal tests", "ONLY_FOR_INTERNAL_TESTS"),
        ("Only for our internal tests", "PETS_EXAMPLE_COM"),
        ("***", "PETS_EXAMPLE_COM"),
    ],
)
def test_short_description_is_the_name_of_a_server(description: str, name: str) -> None:
    assert names(PETS | {"description": description}, TEST)[0] == name


def test_name_of_a_server_comes_before_its_description() -> None:
    assert names(PETS | {"name": "live"}, TEST | {"name": "***"}) == ["LIVE", "TEST_EXAMPLE_COM"]


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://Pets.example.com:8443/v1", "PETS_EXAMPLE_COM"),
        ("https://[your-name].example.com", "HTTPS_YOUR_NAME_EXAMPLE_COM"),
        ("https://{region}.example.com", "https_region_example_com"),
        ("/api/v1", "API_V1"),
        ("", "SERVER"),
        ("/", "SERVER"),
    ],
)
def test_server_without_a_short_description_is_named_by_host_or_path(url: str, name: str) -> None:
    assert names({"url": url}, TEST)[0] == name


def test_server_names_are_unique() -> None:
    assert names(PETS, PETS, TEST) == ["PRODUCTION", "PRODUCTION2", "TEST_EXAMPLE_COM"]


def test_server_with_variables_is_a_function() -> None:
    region = {"default": "eu", "enum": ["eu", "us"], "description": "Where it stands."}
    varying = {
        "url": "https://{region}.example.com/{base-path}/{region}/",
        "variables": {"region": region, "base-path": {"default": 2}},
    }
    assert plan_of(varying) == (
        Server(
            "eu_example_com",
            "https://{region}.example.com/{base-path}/{region}",
            "",
            (
                ServerVariable("region", "region", "eu", ("eu", "us"), "Where it stands."),
                ServerVariable("base_path", "base-path", "2", (), ""),
            ),
        ),
    )


def test_variable_names_are_unique_identifiers() -> None:
    (server,) = plan_of({"url": "https://example.com/{a-b}/{a_b}/{class}"})
    assert [each.name for each in server.variables] == ["a_b", "a_b2", "class_"]


def test_functions_and_variables_are_not_named_like_what_their_module_uses() -> None:
    (server,) = plan_of({"name": "Expand URL", "url": "https://example.com/{str}/{expandUrl}"})
    assert server.name == "expand_url_"
    assert [each.name for each in server.variables] == ["str_", "expand_url_"]


def test_enum_values_of_variables_are_strings() -> None:
    port = {"default": 443, "enum": [443, 8443]}
    (server,) = plan_of({"url": "https://example.com:{port}", "variables": {"port": port}})
    assert (server.variables[0].default, server.variables[0].known) == ("443", ("443", "8443"))


def test_constants_and_functions_are_planned_together() -> None:
    varying = {"url": "https://{region}.example.com", "description": "Any region"}
    assert names(PETS, varying) == ["PRODUCTION", "any_region"]
