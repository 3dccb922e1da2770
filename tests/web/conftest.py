"""What the web's tests share: a browser, where there is one, and pages that must be whole."""

import os
import shutil
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.web.emptying import emptying_goes_past_the_guards  # noqa: F401 - transactional tests need it

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright's sync API keeps an event loop running
_BROWSER_FIXTURES = {"page", "context", "browser", "new_context"}
_PATIENCE = 180  # seconds for one step in a browser: it tells what hangs, never how fast a machine is


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that need a browser; without one they are skipped loudly, or fail under REQUIRE_BROWSER."""
    for item in items:
        if _BROWSER_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker("browser")
            # What ends a test from outside ends the browser of all tests after it: only for what hangs for good.
            item.add_marker(pytest.mark.timeout(20 * _PATIENCE), append=False)
            if not CHROMIUM and not os.environ.get("REQUIRE_BROWSER"):
                item.add_marker(pytest.mark.skip(reason="no Chromium on this machine: install the package 'chromium'"))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Start the system's Chromium; as root it has no sandbox."""
    assert CHROMIUM, "REQUIRE_BROWSER is set, but there is no Chromium on this machine"
    quiet = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync", "--disable-dev-shm-usage"]
    quiet += ["--disable-background-networking", "--disable-component-update"]
    root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": [*quiet, *root]}


@pytest.fixture(scope="session")
def browser(browser: Browser) -> Browser:
    """Wait long enough for each step on a slow machine, in every context that is opened."""
    opens = browser.new_context

    def patiently(**options: Any) -> BrowserContext:
        context = opens(**options)
        context.set_default_timeout(1000 * _PATIENCE)
        return context

    browser.new_context = patiently
    return browser
