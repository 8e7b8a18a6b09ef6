"""A real Chromium with the network cut, and pages that are watched for requests, errors and policy violations."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from mapper.render.page import build
from tests.render import sample


@dataclass
class Watched:
    """An open page with what it asked for and complained of."""

    page: Any
    address: str
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def js(self, expression: str) -> Any:
        return self.page.evaluate(expression)

    def until(self, expression: str, *, seconds: float = 15) -> Any:
        """Poll: under the page's policy Playwright's own waiting, which needs eval, does not work."""
        for _ in range(int(seconds / 0.05)):
            value = self.js(expression)
            if value:
                return value
            self.page.wait_for_timeout(50)
        raise AssertionError(f"never became true: {expression}; {self.complaints}")

    def ready(self) -> Watched:
        self.until("document.documentElement.dataset.texts === 'ready'")
        return self

    def settled(self) -> None:
        """After two frames what was asked for is drawn."""
        self.js("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(1))))")

    def outside(self) -> list[str]:
        """Requests other than for the page itself and its own data and blob addresses."""
        return [
            url for url in self.requests if url.split("#")[0] != self.address and not url.startswith(("data:", "blob:"))
        ]


Open = Callable[..., Watched]


@pytest.fixture
def open_page(browser: Any) -> Iterator[Open]:
    """Open a file; keyword options are the browser context's (viewport, color_scheme …)."""
    with ExitStack() as stack:

        def open_(path: Path, *, hash_: str = "", init: str | None = None, **options: Any) -> Watched:
            context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, "locale": "en-GB", **options})
            stack.callback(context.close)
            page = context.new_page()
            watched = Watched(page=page, address=path.as_uri())
            page.on("request", lambda request: watched.requests.append(request.url))
            page.on("pageerror", lambda error: watched.complaints.append(f"error: {error}"))
            page.on(
                "console",
                lambda message: (
                    watched.complaints.append(f"{message.type}: {message.text}")
                    if message.type in ("error", "warning")
                    else None
                ),
            )
            if init:
                page.add_init_script(init)
            page.goto(path.as_uri() + hash_)
            return watched

        yield open_


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("map") / "sample.html"
    build(sample.event_map(), title="Sahel: events in the press, March 2024", subtitle="Made-up sample").save(path)
    return path
