"""The documentation site, built from the generated pages."""

from __future__ import annotations

import html
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from generator import pipeline
from generator.site import assemble, build
from tests.support.paths import ROOT
from tests.support.sites import GENERATED, build_site

pytestmark = pytest.mark.long


class Loaded(HTMLParser):
    """Collects the addresses that a browser loads with a page."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect the address of a script, an image, a style sheet or an icon."""
        given = dict(attrs)
        if tag in {"script", "img", "iframe"}:
            self.addresses.append(given.get("src") or "")
        if tag == "link" and given.get("rel") not in {"canonical", "next", "prev"}:
            self.addresses.append(given.get("href") or "")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built strictly: every link and anchor has a target."""
    folder = tmp_path_factory.mktemp("site")
    build_site(folder)
    return folder


def test_site_has_a_page_for_every_markdown_file(site: Path) -> None:
    for folder in (GENERATED / "docs", ROOT / "spec" / "docs"):
        for path in folder.rglob("*.md"):
            assert (site / path.relative_to(folder).with_suffix(".html")).is_file(), path
    assert (site / "changelog.html").is_file()
    assert (site / "security.html").is_file()


def test_navigation_names_every_page(site: Path) -> None:
    links = set(re.findall(r'href="([^"#]+\.html)"', (site / "index.html").read_text("utf-8")))
    pages = {path.relative_to(site).as_posix() for path in site.rglob("*.html")}
    assert pages - links == {"404.html"}


def test_every_picture_has_a_title_and_a_description(site: Path) -> None:
    pictures = list((site / "pictures").glob("*.svg"))
    assert len(pictures) == 4
    for path in pictures:
        text = path.read_text("utf-8")
        assert re.search(r'aria-labelledby="title desc"', text), path
        assert re.search(r'<title id="title">[A-Z].+</title>\n +<desc id="desc">[A-Z]', text), path


def test_types_with_a_pipe_are_shown_as_they_are(site: Path) -> None:
    shown = re.findall(r"<td><code>(.*?)</code></td>", (site / "models.html").read_text("utf-8"))
    types = [html.unescape(each) for each in shown]
    assert "str | None" in types
    assert [each for each in types if "\\" in each] == []


def test_summary_for_language_models_links_to_files_of_the_site(site: Path) -> None:
    links = re.findall(r"\]\(([^)]+)\)", (site / "llms.txt").read_text("utf-8"))
    assert {"design.md", "evidence.md", "changelog.md", "walks.md"} <= set(links)
    assert [each for each in links if not (site / each).is_file()] == []


def test_full_summary_of_the_site_contains_the_chapters(site: Path) -> None:
    summary = (site / "llms-full.txt").read_text("utf-8")
    for name in ("design.md", "evidence.md", "operating.md", "walks.md"):
        assert (site / name).read_text("utf-8").strip() in summary
    assert "# Changelog" not in summary


def test_pages_load_nothing_from_another_host(site: Path) -> None:
    for path in site.rglob("*.html"):
        parser = Loaded()
        parser.feed(path.read_text("utf-8"))
        assert [each for each in parser.addresses if re.match(r"(https?:)?//", each)] == []


def test_search_index_finds_retry_after(site: Path) -> None:
    assert "Retry-After" in (site / "search" / "search_index.json").read_text("utf-8")


def test_site_of_another_document_has_a_page_for_each_resource(tmp_path: Path) -> None:
    document = tmp_path / "openapi.json"
    document.write_text(json.dumps(large_document()), "utf-8")
    outcome = pipeline.build(document, "fleet", strict=False, docs=True)
    folder, built = tmp_path / "source", tmp_path / "site"
    folder.mkdir()
    assert build(assemble(outcome.documentation, {}), folder, built) == 0
    assert len(list((built / "resources").glob("*.html"))) == 10
    text = (built / "authentication.html").read_text("utf-8")
    assert {"FLEET_API_TOKEN", "FLEET_API_KEY"} <= set(re.findall(r"<code>(\w+)</code>", text))


def large_document() -> dict[str, Any]:
    """Make a document of 100 operations and three security schemes."""
    schemes = {
        "bearer": {"type": "http", "scheme": "bearer"},
        "basic": {"type": "http", "scheme": "basic"},
        "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
    }
    thing = {"type": "object", "properties": {"id": {"type": "string"}}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Fleet", "version": "1", "description": "Things of ten kinds."},
        "servers": [{"url": "https://fleet.example.com"}],
        "security": [{name: []} for name in schemes],
        "paths": {
            f"/kind{kind}/things{number}/{{id}}": {
                "get": {
                    "operationId": f"kind{kind}.thing{number}",
                    "tags": [f"kind{kind}"],
                    "summary": f"Return thing {number}",
                    "parameters": [
                        {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
                    ],
                    "responses": {
                        "200": {
                            "description": "The thing.",
                            "content": {"application/json": {"schema": thing}},
                        }
                    },
                }
            }
            for kind in range(10)
            for number in range(10)
        },
        "components": {"securitySchemes": schemes},
    }
