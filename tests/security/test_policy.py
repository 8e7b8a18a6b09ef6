"""Had escaping failed, the page's own Content-Security-Policy alone would hold.

The page is built with its text setter, its link check and its HTML escaping broken on purpose. Without the policy that
runs hostile text, which shows that these tests can see it; with the policy nothing runs and nothing is fetched.
"""

# ruff: noqa: E501

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from mapper.cli import main
from mapper.render import bundle, noscript
from tests.security import EXHAUSTIVE, made
from tests.security.browser import Visit, visit
from tests.security.strings import RUNS, numbered

pytestmark = pytest.mark.browser

# No policy in a page can forbid a page to be left by a refresh: these are shown elsewhere to be text, and left out here.
HELD_BY_ESCAPING_ALONE = re.compile("http-equiv=.?refresh", re.IGNORECASE)
MARKUP = tuple(text for text in RUNS if not HELD_BY_ESCAPING_ALONE.search(text))


def broken_script() -> str:
    """The page's script with its two guards taken out."""
    script = bundle.script()
    for guard, hole in (
        ("element.textContent=String(value)", "element.innerHTML=String(value)"),
        ("function webAddress(address){", "function webAddress(address){ return address || null;"),
    ):
        assert script.count(guard) == 1, guard
        script = script.replace(guard, hole)
    return script


def build(path: Path, source: Path, title: str) -> Path:
    result = CliRunner().invoke(main, ["map", str(source), "-o", str(path), "--title", title, "--subtitle", title])
    assert result.exit_code == 0, result.output
    return path


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("broken")
    texts = [(number, text) for number, text in numbered() if text in MARKUP]
    source = made.write_records(folder / "records.jsonl", texts)
    with pytest.MonkeyPatch.context() as patch:
        script = broken_script()
        patch.setattr(bundle, "script", lambda: script)
        return build(folder / "broken.html", source, "Broken on purpose")


def walk(opened: Visit) -> dict[str, Any]:
    seen = opened.tour(step=1 if EXHAUSTIVE else 9, click=True)
    opened.page.wait_for_timeout(500)
    return seen


def test_without_the_policy_hostile_text_runs(browser: Any, broken: Path) -> None:
    opened = visit(browser, broken, bypass_csp=True).ready()
    seen = walk(opened)
    assert seen["odd"], "escaping is not broken"
    assert "canary" in opened.fired()
    assert opened.requests
    opened.context.close()


def test_with_the_policy_nothing_runs_and_nothing_is_fetched(browser: Any, broken: Path) -> None:
    opened = visit(browser, broken).ready()
    seen = walk(opened)
    assert seen["odd"], "escaping is not broken"
    assert not {protocol for protocol, *_ in seen["links"]} <= {"http:", "https:"}, "the link check is not broken"
    assert opened.violations, "the policy was not asked"
    assert opened.fired() == []
    assert opened.got_out() == []
    opened.context.close()


@pytest.fixture(scope="module")
def quiet_source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made.write_records(tmp_path_factory.mktemp("quiet") / "quiet.jsonl", [(0, "plain")])


def test_the_policy_holds_for_the_markup_of_the_file_itself(
    browser: Any,
    quiet_source: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(noscript, "text", lambda value: value)
    ran = 0
    for number, text in enumerate(MARKUP[:: 1 if EXHAUSTIVE else 30]):
        path = build(tmp_path / f"{number}.html", quiet_source, text)
        for bypass in (False, True):
            opened = visit(browser, path, bypass_csp=bypass)
            opened.page.wait_for_timeout(150)
            if bypass:
                ran += len(opened.fired()) + len(opened.requests)
            else:
                assert opened.fired() == [], text
                assert opened.got_out() == [], text
            opened.context.close()
    assert ran, "escaping is not broken"
