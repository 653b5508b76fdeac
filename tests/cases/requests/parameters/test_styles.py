"""Every OpenAPI parameter style, as a server receives it."""

from __future__ import annotations

import datetime as dt
import json
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import parse_qsl, unquote

import pytest

from tests.support.packages import PackageCaller
from tests.support.server import Server

LIST = "{type: array, items: {type: string}}"
OBJECT = "{type: object, additionalProperties: {type: integer}}"
PLACES = [
    *(("path", style, explode) for style in ("simple", "label", "matrix") for explode in (0, 1)),
    *(
        ("query", style, explode)
        for style in ("form", "spaceDelimited", "pipeDelimited")
        for explode in (0, 1)
    ),
    ("query", "deepObject", 1),
    *(("header", "simple", explode) for explode in (0, 1)),
    *(("cookie", "form", explode) for explode in (0, 1)),
]


def operation(location: str, style: str, explode: int) -> str:
    name = f"{location}_{style}_{explode}"
    is_in_path = location == "path"
    return f"""
  /{name}{"/{c}" if is_in_path else ""}:
    get:
      operationId: styles.{name}
      parameters:
        - name: c
          in: {location}
          required: {str(is_in_path).lower()}
          style: {style}
          explode: {str(bool(explode)).lower()}
          schema: {{}}
      responses: &ok
        '200': {{description: Ok., content: {{application/json: {{schema: {{type: object}}}}}}}}
"""


DOCUMENT = f"""\
openapi: 3.1.0
info: {{title: Pets, version: 1.0.0}}
servers: [{{url: 'https://pets.example.com'}}]
paths:{"".join(operation(*place) for place in PLACES)}
  /more:
    get:
      operationId: more.get
      parameters:
        - {{name: where, in: query, content: {{application/json: {{schema: {{type: object}}}}}}}}
        - {{name: X-Where, in: header, content: {{application/json: {{schema: {LIST}}}}}}}
        - {{name: seen, in: cookie, content: {{application/json: {{schema: {OBJECT}}}}}}}
        - {{name: note, in: query, content: {{text/plain: {{schema: {{type: string}}}}}}}}
        - {{name: url, in: query, allowReserved: true, schema: {{type: string}}}}
        - {{name: urls, in: query, allowReserved: true, explode: false, schema: {LIST}}}
        - {{name: flag, in: query, allowEmptyValue: true, schema: {{type: boolean}}}}
        - {{name: days, in: query, schema: {{type: array, items: {{type: string, format: date}}}}}}
        - {{name: X-Moment, in: header, schema: {{type: string, format: date-time}}}}
        - name: span
          in: query
          style: deepObject
          schema:
            type: object
            properties:
              from: {{type: string, format: date-time}}
              days: {{type: array, items: {{type: string, format: date}}}}
              parts: {{type: array, items: {{type: object}}}}
        - name: point
          in: query
          schema: {{type: object, properties: {{x: {{type: number}}, where: {{type: string}}}}}}
      responses: *ok
  /json/{{key}}:
    get:
      operationId: more.key
      parameters:
        - {{name: key, in: path, required: true, content: {{application/json: {{schema: {LIST}}}}}}}
      responses: *ok
"""
COLORS = ["blue", "black", "brown"]
RGB = {"R": 100, "G": 200, "B": 150}

# The table of OpenAPI 3.1, with the delimiters percent-encoded that URLs do not have.
ON_THE_WIRE: list[tuple[str, Any, str]] = [
    ("path_simple_0", "blue", "blue"),
    ("path_simple_0", "a/b", "a%2Fb"),
    ("path_simple_0", COLORS, "blue,black,brown"),
    ("path_simple_0", RGB, "R,100,G,200,B,150"),
    ("path_simple_1", COLORS, "blue,black,brown"),
    ("path_simple_1", RGB, "R=100,G=200,B=150"),
    ("path_label_0", "blue", ".blue"),
    ("path_label_0", COLORS, ".blue,black,brown"),
    ("path_label_0", RGB, ".R,100,G,200,B,150"),
    ("path_label_1", COLORS, ".blue.black.brown"),
    ("path_label_1", RGB, ".R=100.G=200.B=150"),
    ("path_matrix_0", "blue", ";c=blue"),
    ("path_matrix_0", "", ";c"),
    ("path_matrix_0", COLORS, ";c=blue,black,brown"),
    ("path_matrix_0", RGB, ";c=R,100,G,200,B,150"),
    ("path_matrix_1", COLORS, ";c=blue;c=black;c=brown"),
    ("path_matrix_1", RGB, ";R=100;G=200;B=150"),
    ("query_form_0", "blue", "c=blue"),
    ("query_form_0", "", "c="),
    ("query_form_0", COLORS, "c=blue,black,brown"),
    ("query_form_0", RGB, "c=R,100,G,200,B,150"),
    ("query_form_1", COLORS, "c=blue&c=black&c=brown"),
    ("query_form_1", RGB, "R=100&G=200&B=150"),
    ("query_spaceDelimited_0", COLORS, "c=blue%20black%20brown"),
    ("query_spaceDelimited_0", RGB, "c=R%20100%20G%20200%20B%20150"),
    ("query_spaceDelimited_1", COLORS, "c=blue&c=black&c=brown"),
    ("query_pipeDelimited_0", COLORS, "c=blue%7Cblack%7Cbrown"),
    ("query_pipeDelimited_0", RGB, "c=R%7C100%7CG%7C200%7CB%7C150"),
    ("query_pipeDelimited_1", COLORS, "c=blue&c=black&c=brown"),
    ("query_deepObject_1", RGB, "c%5BR%5D=100&c%5BG%5D=200&c%5BB%5D=150"),
    ("header_simple_0", "blue", "blue"),
    ("header_simple_0", COLORS, "blue,black,brown"),
    ("header_simple_0", RGB, "R,100,G,200,B,150"),
    ("header_simple_1", COLORS, "blue,black,brown"),
    ("header_simple_1", RGB, "R=100,G=200,B=150"),
    ("cookie_form_0", "blue", "c=blue"),
    ("cookie_form_0", COLORS, "c=blue,black,brown"),
    ("cookie_form_0", RGB, "c=R,100,G,200,B,150"),
    ("cookie_form_1", COLORS, "c=blue; c=black; c=brown"),
    ("cookie_form_1", RGB, "R=100; G=200; B=150"),
]


def python_name(name: str) -> str:
    return name.replace("O", "_o").replace("D", "_d").lower()


def send(call: PackageCaller, name: str, value: Any) -> None:
    location = name.partition("_")[0]
    positional, keyword = ([value], {}) if location == "path" else ([], {"c": value})
    call(lambda client: getattr(client.styles, python_name(name))(*positional, **keyword))


def received_text(server: Server, name: str) -> str:
    last = server.last
    location = name.partition("_")[0]
    return {
        "path": last.path.rpartition("/")[2],
        "query": last.query,
        "header": last.headers.get("c", ""),
        "cookie": last.headers.get("cookie", ""),
    }[location]


@pytest.mark.parametrize(("name", "value", "wire"), ON_THE_WIRE, ids=str)
def test_values_are_encoded_by_style_and_explode(
    call_sync: PackageCaller, server: Server, name: str, value: Any, wire: str
) -> None:
    send(call_sync, name, value)
    assert received_text(server, name) == wire


@pytest.mark.parametrize("name", ["path_matrix_1", "query_form_1", "header_simple_1"])
def test_every_mode_sends_the_same_parameters(
    call: PackageCaller, server: Server, name: str
) -> None:
    send(call, name, COLORS)
    expected = {(each, str(value)): wire for each, value, wire in ON_THE_WIRE}
    assert received_text(server, name) == expected[name, str(COLORS)]


NASTY = "a/b?c=d&e=f#g%41+ü\"'<>[]{}\\`^ \u2028"


@pytest.mark.parametrize(
    "name", [f"{where}_{style}_{explode}" for where, style, explode in PLACES if where == "query"]
)
def test_query_parameters_decode_to_their_values(
    call_sync: PackageCaller, server: Server, name: str
) -> None:
    value = NASTY.replace(" ", "").replace("|", "")
    sent: Any = {"k": value} if "deep" in name else [value, "x"]
    send(call_sync, name, sent)
    pairs = parse_qsl(server.last.query, keep_blank_values=True, strict_parsing=True)
    delimiter = " " if "space" in name else "|" if "pipe" in name else ","
    if "deep" in name:
        assert pairs == [("c[k]", value)]
    elif name.endswith("1"):
        assert pairs == [("c", value), ("c", "x")]
    else:
        assert pairs == [("c", f"{value}{delimiter}x")]


@pytest.mark.parametrize(
    "name", [f"{where}_{style}_{explode}" for where, style, explode in PLACES if where == "path"]
)
def test_path_parameters_decode_to_their_values(
    call_sync: PackageCaller, server: Server, name: str
) -> None:
    """Delimiters between items are literal; inside of items they are percent-encoded."""
    send(call_sync, name, [f"{NASTY},;=", "x"])
    wire = received_text(server, name)
    delimiter = {"label_1": ".", "matrix_1": ";"}.get(name.removeprefix("path_"), ",")
    first, second = wire.lstrip(".;").removeprefix("c=").split(delimiter)
    assert unquote(first) == f"{NASTY},;="
    assert second.removeprefix("c=") == "x"


@pytest.mark.parametrize("text", [NASTY, "a;b,c=d", "YWJj/+==", "", "(1)"])
def test_cookie_decodes_to_any_string(call_sync: PackageCaller, server: Server, text: str) -> None:
    send(call_sync, "cookie_form_0", text)
    cookie = SimpleCookie(server.last.headers["cookie"])
    assert list(cookie) == ["c"]
    assert unquote(cookie["c"].coded_value) == text


REFUSED: list[tuple[str, Any]] = [
    *((f"{where}_{style}_{explode}", []) for where, style, explode in PLACES),
    *((f"{where}_{style}_{explode}", {}) for where, style, explode in PLACES),
    *(
        (f"{where}_{style}_{explode}", [[1]])
        for where, style, explode in PLACES
        if "d" not in style
    ),
    *((f"{where}_{style}_{explode}", {"a": {"b": 1}}) for where, style, explode in PLACES[:12]),
    ("path_simple_0", ""),
    ("path_simple_0", ".."),
    ("path_simple_1", ["."]),
    ("path_label_0", ""),
    ("path_label_0", "."),
    ("path_label_1", ["1.5", "2"]),
    ("query_spaceDelimited_0", ["a b", "c"]),
    ("query_pipeDelimited_0", ["a|b", "c"]),
    ("query_deepObject_1", {"a": []}),
    ("query_deepObject_1", {"a": {}}),
    ("query_deepObject_1", {"a[b]": 1}),
    ("query_deepObject_1", {"": 1}),
    ("header_simple_0", ["a,b", "c"]),
    ("header_simple_1", {"a=b": 1}),
    ("header_simple_0", "a\r\nX-Other: 1"),
    ("header_simple_0", ["a\n"]),
    ("header_simple_0", "ü"),
    ("header_simple_0", " a"),
    ("query_form_0", "\ud800"),
    ("path_simple_0", ["\ud800"]),
    ("cookie_form_0", "\ud800"),
    ("query_form_0", b"bytes"),
    ("query_form_0", float("nan")),
    ("query_form_0", dt.datetime(2024, 1, 1)),
]


@pytest.mark.parametrize(("name", "value"), REFUSED, ids=ascii)
def test_value_without_a_defined_encoding_is_rejected(
    call_sync: PackageCaller, server: Server, pets: Any, name: str, value: Any
) -> None:
    with pytest.raises(pets.InvalidArgumentError):
        send(call_sync, name, value)
    assert server.requests == []


@pytest.mark.parametrize(
    ("value", "wire"),
    [
        (True, "true"),
        (False, "false"),
        (3, "3"),
        (1.5, "1.5"),
        (-0.25, "-0.25"),
        (10**20, "100000000000000000000"),
        (dt.datetime(2024, 1, 2, 3, 4, 5, tzinfo=dt.UTC), "2024-01-02T03%3A04%3A05Z"),
        ([True, 2, None], "true,2,"),
    ],
    ids=str,
)
def test_scalars_have_one_textual_form(
    call_sync: PackageCaller, server: Server, value: Any, wire: str
) -> None:
    send(call_sync, "query_form_0", value)
    assert server.last.query == f"c={wire}"


MORE: list[tuple[str, Any, list[tuple[str, str]]]] = [
    ("where", {"a": [1, {"b": None}], "ü": "&"}, [("where", '{"a":[1,{"b":null}],"ü":"&"}')]),
    ("note", "a,b", [("note", "a,b")]),
    ("flag", "", [("flag", "")]),
    ("flag", True, [("flag", "true")]),
    ("days", [dt.date(2024, 1, 31)], [("days", "2024-01-31")]),
    (
        "span",
        {"from": dt.datetime(2024, 1, 1, tzinfo=dt.UTC), "days": [dt.date(2024, 1, 2)]},
        [("span[from]", "2024-01-01T00:00:00Z"), ("span[days][]", "2024-01-02")],
    ),
    (
        "span",
        {"parts": [{"a": {"b": 1}}, {"c": [True]}]},
        [("span[parts][0][a][b]", "1"), ("span[parts][1][c][]", "true")],
    ),
]


@pytest.mark.parametrize(("name", "value", "pairs"), MORE, ids=str)
def test_nested_values_and_timestamps_decode_to_their_values(
    call: PackageCaller, server: Server, name: str, value: Any, pairs: list[tuple[str, str]]
) -> None:
    call(lambda client: client.more.get(**{name: value}))
    assert parse_qsl(server.last.query, keep_blank_values=True) == pairs


def test_json_parameters_decode_in_headers_cookies_and_paths(
    call: PackageCaller, server: Server
) -> None:
    call(lambda client: client.more.get(x_where=["ü", "a,b"], seen={"a b": 1}))
    assert json.loads(server.last.headers["x-where"]) == ["ü", "a,b"]
    cookie = SimpleCookie(server.last.headers["cookie"])["seen"]
    assert json.loads(unquote(cookie.coded_value)) == {"a b": 1}
    call(lambda client: client.more.key(["a/b", "ü"]))
    assert json.loads(unquote(server.last.path.removeprefix("/json/"))) == ["a/b", "ü"]


def test_header_timestamp_is_iso_8601(call_sync: PackageCaller, server: Server) -> None:
    moment = dt.datetime(2024, 1, 2, tzinfo=dt.UTC)
    call_sync(lambda client: client.more.get(x_moment=moment))
    assert server.last.headers["x-moment"] == "2024-01-02T00:00:00Z"


def test_allow_reserved_keeps_reserved_characters_except_delimiters(
    call_sync: PackageCaller, server: Server
) -> None:
    url = "https://a.example/b?c=d;e,f&g=h#i+j[k] ü"
    call_sync(lambda client: client.more.get(url=url))
    assert server.last.query == ("url=https://a.example/b?c=d;e,f%26g=h%23i%2Bj%5Bk%5D%20%C3%BC")
    assert parse_qsl(server.last.query) == [("url", url)]
    call_sync(lambda client: client.more.get(urls=["a:b,c", "d/e"]))
    assert server.last.query == "urls=a:b%2Cc,d/e"


def test_allow_reserved_keeps_what_is_percent_encoded_already(
    call_sync: PackageCaller, server: Server
) -> None:
    call_sync(lambda client: client.more.get(url="a%2Fb%c3%a9%zz%4 100%"))
    assert server.last.query == "url=a%2Fb%c3%a9%25zz%254%20100%25"
    call_sync(lambda client: client.more.get(urls=["a%2Cb", "c"]))
    assert server.last.query == "urls=a%2Cb,c"


def test_members_of_an_exploded_object_may_not_collide_with_parameters(
    call_sync: PackageCaller, server: Server, pets: Any
) -> None:
    call_sync(lambda client: client.more.get(point={"x": 1.5}))
    assert server.last.query == "x=1.5"
    server.requests.clear()
    with pytest.raises(pets.InvalidArgumentError, match="where"):
        call_sync(lambda client: client.more.get(point={"where": "1"}))
    assert server.requests == []


def test_cookie_parameters_are_joined_with_an_extra_cookie_header(
    call: PackageCaller, server: Server
) -> None:
    extra = {"Cookie": "theirs=1"}
    call(lambda client: client.more.get(seen={"a": 1}, extra_headers=extra))
    cookie = SimpleCookie(server.last.headers["cookie"])
    assert set(cookie) == {"seen", "theirs"}


def test_cookie_parameters_are_joined_with_a_default_cookie_header(
    call: PackageCaller, server: Server
) -> None:
    usual = {"Cookie": "usual=1"}
    call(lambda client: client.more.get(seen={"a": 1}), default_headers=usual)
    assert set(SimpleCookie(server.last.headers["cookie"])) == {"seen", "usual"}
