"""The documentation site in a real browser."""

from __future__ import annotations

import os
import shutil
from collections.abc import Generator
from typing import Any

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from tests.support.paths import JUDGES
from tests.support.sites import build_site, serving_files

pytestmark = pytest.mark.long

PAGES = (
    "index.html",
    "authentication.html",
    "walks.html",
    "design.html",
    "evidence.html",
    "resources/audit_logs.html",
    "models.html",
)
AXE = JUDGES / "node_modules" / "axe-core" / "axe.min.js"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Generator[str, None, None]:
    """The address of the site."""
    folder = tmp_path_factory.mktemp("site")
    build_site(folder)
    with serving_files(folder) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Generator[webdriver.Chrome, None, None]:
    """Chromium without a window, which can resolve no other host."""
    program, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if program is None or driver is None:
        message = "chromium and chromedriver are not installed"
        (pytest.fail if "CI" in os.environ else pytest.skip)(message)
    options = webdriver.ChromeOptions()
    options.binary_location = str(program)
    for argument in (
        *("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"),
        *("--window-size=1280,900", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"),
    ):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    made = webdriver.Chrome(options=options, service=Service(driver))
    yield made
    made.quit()


def messages(browser: Any) -> list[dict[str, str]]:
    """Return the new messages of the browser's console."""
    found: list[dict[str, str]] = browser.get_log("browser")
    return found


@pytest.mark.parametrize("page", PAGES)
def test_page_renders_without_errors_and_requests_to_other_hosts(
    browser: Any, address: str, page: str
) -> None:
    messages(browser)  # of the pages before
    browser.get(address + page)
    assert browser.find_element(By.TAG_NAME, "h1").text
    loaded = browser.execute_script(
        "return performance.getEntriesByType('resource').map(each => each.name)"
    )
    assert [each for each in loaded if not each.startswith((address, "data:", "blob:"))] == []
    assert [each for each in messages(browser) if each["level"] == "SEVERE"] == []


def test_search_finds_retry_after(browser: Any, address: str) -> None:
    browser.get(address)
    browser.find_element(By.CSS_SELECTOR, "input.md-search__input").send_keys("Retry-After")
    found: list[str] = WebDriverWait(browser, 20).until(
        lambda each: each.execute_script(  # In one step: the page replaces the results.
            "return [...document.querySelectorAll('.md-search-result__item a')].map(a => a.href)"
        )
    )
    assert any("options" in each for each in found)


def test_copy_button_copies_the_program(browser: Any, address: str) -> None:
    browser.execute_cdp_cmd(
        "Browser.grantPermissions",
        {"permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]},
    )
    browser.get(address)
    button = WebDriverWait(browser, 20).until(
        lambda each: each.find_element(By.CSS_SELECTOR, "[data-md-type=copy]")
    )
    button.click()
    copied = WebDriverWait(browser, 20).until(
        lambda each: each.execute_async_script(
            "const done = arguments[0];"
            "navigator.clipboard.readText().then(done, error => done(String(error)))"
        )
    )
    assert "pip install" in copied or "import Client" in copied


def test_table_of_scopes_fits_a_narrow_screen(browser: Any, address: str) -> None:
    browser.set_window_size(500, 900)
    narrow(browser)
    try:
        browser.get(f"{address}authentication.html")
        assert browser.execute_script("return document.documentElement.scrollWidth") <= 375
        table = browser.find_element(By.CSS_SELECTOR, ".md-typeset table")
        assert "auditLogs.get" in table.text
        size = browser.execute_script(
            "return parseFloat(getComputedStyle(document.querySelector('td')).fontSize)"
        )
        assert size >= 12
    finally:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
        browser.set_window_size(1280, 900)


def narrow(browser: Any) -> None:
    """Make the screen as wide as that of a phone."""
    size = {"width": 375, "height": 800, "deviceScaleFactor": 1, "mobile": True}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)


def serious_violations(browser: Any) -> list[tuple[str, str]]:
    """Return the rules of axe that the page violates seriously, each with an element."""
    if not AXE.is_file():
        pytest.skip("axe-core is missing: run `make judges`")
    browser.execute_script(AXE.read_text("utf-8"))
    result = browser.execute_async_script("axe.run().then(arguments[0])")
    return [
        (each["id"], each["nodes"][0]["html"])
        for each in result["violations"]
        if each["impact"] in {"serious", "critical"}
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "page",
    [
        "index.html",
        "authentication.html",
        "options.html",
        "resources/audit_logs.html",
        "evidence.html",
    ],
)
def test_page_has_no_serious_accessibility_violation(
    browser: Any, address: str, page: str, scheme: str
) -> None:
    browser.execute_cdp_cmd(
        "Emulation.setEmulatedMedia",
        {"features": [{"name": "prefers-color-scheme", "value": scheme}]},
    )
    browser.get(f"{address}llms.txt")
    browser.execute_script("localStorage.clear()")
    browser.get(address + page)
    expected = {"light": "default", "dark": "slate"}[scheme]
    body = browser.find_element(By.TAG_NAME, "body")
    assert body.get_attribute("data-md-color-scheme") == expected
    assert serious_violations(browser) == []


@pytest.mark.parametrize("page", ["models.html", "evidence.html"])
def test_wide_tables_and_pictures_can_be_moved_with_the_keyboard(
    browser: Any, address: str, page: str
) -> None:
    narrow(browser)
    try:
        browser.get(address + page)
        assert browser.execute_script("return document.documentElement.scrollWidth") <= 375
        assert serious_violations(browser) == []
    finally:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_error_names_stay_whole_on_a_narrow_screen(browser: Any, address: str) -> None:
    narrow(browser)
    try:
        browser.get(f"{address}errors.html")
        heights = browser.execute_script(
            "return [...document.querySelectorAll('td:first-child code')]"
            ".map(each => each.getClientRects().length)"
        )
        assert set(heights) == {1}
    finally:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_types_of_fields_break_at_spaces_on_a_narrow_screen(browser: Any, address: str) -> None:
    narrow(browser)
    try:
        browser.get(f"{address}models.html")
        heights = browser.execute_script(
            "return [...document.querySelectorAll('td:nth-child(3) code')]"
            ".filter(each => each.textContent === 'str | None')"
            ".map(each => each.getClientRects().length)"
        )
        assert set(heights) == {1}
    finally:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
