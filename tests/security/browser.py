"""Opening a page that may be hostile: everything it tries is counted."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
WATCH = (HERE / "watch.js").read_text(encoding="utf-8")
TOUR = (HERE / "tour.js").read_text(encoding="utf-8")


@dataclass
class Visit:
    """An open page, with what it ran, asked for, opened and complained of."""

    context: Any
    page: Any
    address: str
    requests: list[str] = field(default_factory=list)
    stopped: list[str] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)

    def tour(self, *, step: int = 1, offset: int = 0, click: bool = False) -> dict[str, Any]:
        """Open what the page shows, every ``step``-th receipt; ``click``: also what asks to be clicked."""
        seen: dict[str, Any] = self.page.evaluate(TOUR, {"step": step, "offset": offset, "click": click})
        return seen

    def fired(self) -> list[str]:
        """What ran, in any frame: frames tell the page around them."""
        return list(self.page.evaluate("window.fired"))

    def until(self, expression: str, *, seconds: float = 30) -> Any:
        for _ in range(int(seconds / 0.05)):
            if value := self.page.evaluate(expression):
                return value
            self.page.wait_for_timeout(50)
        raise AssertionError(f"never became true: {expression}; {self.errors}")

    def ready(self) -> Visit:
        self.until("document.documentElement.dataset.texts === 'ready'")
        return self

    def got_out(self) -> list[str]:
        """Requests that the page's policy let through to the network."""
        return [url for url in self.requests if url not in self.stopped]


def visit(browser: Any, path: Path, *, bypass_csp: bool = False) -> Visit:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-GB", bypass_csp=bypass_csp)
    page = context.new_page()
    page.set_default_timeout(120_000)
    context.add_init_script(WATCH)
    opened = Visit(context=context, page=page, address=path.as_uri())

    def asked(request: Any) -> None:
        url = request.url.split("#")[0]
        if url != opened.address and not url.startswith(("data:", "blob:", "about:")):
            opened.requests.append(request.url)

    def failed(request: Any) -> None:
        if "csp" in (request.failure or "").lower() or "ERR_BLOCKED_BY_CSP" in (request.failure or ""):
            opened.stopped.append(request.url)

    def said(message: Any) -> None:
        if "Content Security Policy" in message.text:
            opened.violations.append(message.text)
        elif message.type == "error":
            opened.errors.append(message.text)

    page.on("request", asked)
    page.on("requestfailed", failed)
    page.on("pageerror", lambda error: opened.errors.append(f"{error}"))
    page.on("console", said)
    page.on("dialog", lambda dialog: (opened.errors.append("dialog"), dialog.dismiss()))
    context.on("page", lambda new: opened.pages.append(new.url))
    page.goto(path.as_uri())
    opened.pages.clear()
    return opened
