"""The one real Chromium of a test session, its network cut."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest


def chromium() -> str | None:
    """The browser to drive: ``CHROMIUM``, or what the system has."""
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    return os.environ.get("CHROMIUM") or next((path for name in names if (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Playwright allows one synchronous session to a process, so that every test shares this one."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = chromium()
    if path is None:
        assert not os.environ.get("MAPPER_REQUIRE_BROWSER"), "no Chromium here, and MAPPER_REQUIRE_BROWSER is set"
        pytest.skip("no Chromium here (set CHROMIUM to its path)")
    with sync_api.sync_playwright() as playwright:
        options = ["--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND"]
        launched = playwright.chromium.launch(executable_path=path, args=options)
        yield launched
        launched.close()
