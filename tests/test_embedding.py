"""A map in a frame: reduced, sandboxed, sized, titled."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mapper.cli import main


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


class Frame(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[dict[str, str | None]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag == "iframe"
        self.found.append(dict(attrs))


@pytest.fixture(scope="module")
def whole(seeds_jsonl: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("maps") / "the week.html"
    assert run("map", seeds_jsonl, "-o", path, "--title", 'Sahel & "north" <b>').exit_code == 0
    return path


def test_the_snippet_is_sandboxed_sized_and_titled(whole: Path) -> None:
    result = run("embed", whole, "--height", "520")
    assert result.exit_code == 0
    (frame,) = Frame(result.stdout).found
    assert frame["src"] == "the%20week.embed.html"
    assert frame["title"] == 'Sahel & "north" <b>'
    assert frame["height"] == "520"
    assert set(str(frame["sandbox"]).split()) == {
        "allow-scripts", "allow-popups", "allow-popups-to-escape-sandbox", "allow-downloads",
    }  # fmt: skip
    assert frame["referrerpolicy"] == "no-referrer"


def test_the_reduced_map_is_the_whole_one_marked(whole: Path, tmp_path: Path) -> None:
    output = tmp_path / "small.html"
    result = run("embed", whole, "-o", output, "--src", "https://intranet.example/maps/small.html?x=1&y=2")
    assert Frame(result.stdout).found[0]["src"] == "https://intranet.example/maps/small.html?x=1&y=2"
    reduced, page = output.read_text("utf-8"), whole.read_text("utf-8")
    assert "<html data-embed" in reduced
    assert reduced.replace("<html data-embed", "<html", 1).replace('id="em-legend">', 'id="em-legend" open>', 1) == page


def test_a_map_can_be_made_reduced_at_once(seeds_jsonl: Path, tmp_path: Path, whole: Path) -> None:
    result = run("map", seeds_jsonl, "-o", tmp_path / "small.html", "--embed", "--title", 'Sahel & "north" <b>')
    assert result.exit_code == 0
    assert Frame(result.stdout).found[0]["src"] == "small.html"
    run("embed", whole, "-o", tmp_path / "later.html")
    assert (tmp_path / "small.html").read_bytes() == (tmp_path / "later.html").read_bytes()


def test_reducing_twice_is_reducing_once(whole: Path, tmp_path: Path) -> None:
    run("embed", whole, "-o", tmp_path / "one.html")
    run("embed", tmp_path / "one.html", "-o", tmp_path / "two.html")
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "two.html").read_bytes()


@pytest.mark.parametrize("content", [b"<!DOCTYPE html><title>other</title>", b"\xff\xfe", None])
def test_what_is_no_map_is_refused_in_one_line(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "other.html"
    if content is not None:
        path.write_bytes(content)
    result = run("embed", path)
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert not (tmp_path / "other.embed.html").exists()
