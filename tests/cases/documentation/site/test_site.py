"""The documentation site, built from the generated pages."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

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
    for path in (GENERATED / "docs").rglob("*.md"):
        name = path.relative_to(GENERATED / "docs").with_suffix("")
        built = site / "index.html" if name.name == "index" else site / name / "index.html"
        assert built.is_file(), path


def test_pages_load_nothing_from_another_host(site: Path) -> None:
    for path in site.rglob("*.html"):
        parser = Loaded()
        parser.feed(path.read_text("utf-8"))
        assert [each for each in parser.addresses if re.match(r"(https?:)?//", each)] == []


def test_search_index_finds_retry_after(site: Path) -> None:
    assert "Retry-After" in (site / "search" / "search_index.json").read_text("utf-8")
