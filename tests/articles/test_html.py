"""Pages: what is read of them, what never is, and what they say about themselves."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from mapper.model import Article

BODY = [
    "A roadside bomb killed five soldiers near the market town of Veld on Tuesday, the army said in a statement.",
    "It was the third attack this month in the central district, where fighters have been active for years.",
    "No group has claimed it. A helicopter took the wounded to the district hospital, a nurse there said.",
]

LD = '<script type="application/ld+json">%s</script>'


def page(head: str = "", body: str = "", paragraphs: list[str] = BODY) -> str:
    words = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return f"<!doctype html><html><head>{head}</head><body><article>{body}{words}</article></body></html>"


@pytest.fixture
def article(tmp_path: Path, read_all: Any) -> Any:
    def read(html: str | bytes) -> Article:
        path = tmp_path / "page.html"
        path.write_bytes(html.encode() if isinstance(html, str) else html)
        outcome = read_all(path)
        assert not outcome.refusals
        (found,) = outcome.articles
        assert isinstance(found, Article)
        return found

    return read


def test_title_body_caption_and_credit(article: Any) -> None:
    figure = "<figure><img src='x'><figcaption>Soldiers in Veld. (AP Photo/Jane Doe)</figcaption></figure>"
    found = article(page("<title>Bomb kills five soldiers</title>", f"<h1>Bomb kills five soldiers</h1>{figure}"))
    assert [(s.kind, s.of(found.text)) for s in found.segments] == [
        ("headline", "Bomb kills five soldiers"),
        ("body", "\n\n".join(BODY)),
        ("caption", "Soldiers in Veld."),
        ("credit", "(AP Photo/Jane Doe)"),
    ]


@pytest.mark.parametrize(
    "hidden",
    [
        *("<script>HIDDEN WORDS</script>", "<style>HIDDEN WORDS</style>", "<template><p>HIDDEN WORDS</p></template>"),
        *("<noscript><p>HIDDEN WORDS</p></noscript>", "<!-- HIDDEN WORDS -->", "<p hidden>HIDDEN WORDS</p>"),
        *("<p style='display: none'>HIDDEN WORDS</p>", "<p style='color:red;VISIBILITY:hidden'>HIDDEN WORDS</p>"),
        *("<div aria-hidden='true'><p>HIDDEN WORDS</p></div>", "<svg><text>HIDDEN WORDS</text></svg>"),
        *("<p style='font-size:0'>HIDDEN WORDS</p>", "<iframe srcdoc='<p>HIDDEN WORDS</p>'>HIDDEN WORDS</iframe>"),
    ],
)
@pytest.mark.parametrize("depth", [0, 400])
def test_what_is_not_shown_is_not_read(hidden: str, depth: int, article: Any) -> None:
    found = article(page(body="<div>" * depth + f"<p>{BODY[0]}</p>{hidden}"))
    assert "HIDDEN" not in found.text
    assert BODY[2] in found.text


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (
            LD % '{"@type": "NewsArticle", "datePublished": "2019-03-05T22:30:00Z"}',
            "",
        ),
        (
            LD % '{"@graph": [{"@type": "WebPage"}, {"@type": ["NewsArticle"], "datePublished": "2019-03-05"}]}',
            "",
        ),
        ('<meta property="article:published_time" content="2019-03-05T08:00:00+01:00">', ""),
        ('<meta name="DC.date.issued" content="2019-03-05">', ""),
        ("", '<time datetime="2019-03-05T10:00">5 March</time>'),
        ("", '<span itemprop="datePublished" content="2019-03-05">5 March</span>'),
        ("", '<abbr class="published" title="2019-03-05T10:00:00Z">5 March</abbr>'),
        ("", '<time class="published" datetime="2019-03-05">x</time><time datetime="2020-01-07">y</time>'),
    ],
)
def test_dates_that_a_page_states(head: str, body: str, article: Any) -> None:
    found = article(page(head, body).replace("</body>", "<footer>Copyright 2024 The Daily</footer></body>"))
    assert (found.published, found.published_basis) == ("2019-03-05", "metadata")


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("", "<footer>Copyright 2024 The Daily. All rights reserved.</footer>"),
        ('<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": </script>', ""),
        ('<script type="application/ld+json">' + "[" * 5_000 + "</script>", ""),
        ('<meta name="date" content="soon">', ""),
        ("", '<time datetime="2019-03-05">a</time><time datetime="2018-02-04">b</time>'),
    ],
)
def test_no_date_is_made_up(head: str, body: str, article: Any) -> None:
    found = article(page(head, body))
    assert (found.published, found.published_basis) == (None, None)


def test_what_a_page_says_about_itself(article: Any) -> None:
    head = (
        '<title>Bomb kills five | The Daily</title><meta property="og:site_name" content="The Daily">'
        '<link rel="canonical" href="https://example.org/2019/03/05/bomb">'
    )
    found = article(page(head))
    assert (found.title, found.source) == ("Bomb kills five", "The Daily")
    assert (found.published, found.published_basis) == ("2019-03-05", "url")
    assert found.url == "https://example.org/2019/03/05/bomb"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "http://[::1"])
def test_addresses_of_other_kinds_are_no_address(url: str, article: Any) -> None:
    assert article(page(f'<link rel="canonical" href="{url}"><meta property="og:url" content="{url}">')).url is None


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16", "iso-8859-15"])
def test_charsets(encoding: str, article: Any) -> None:
    words = ["Des hommes armés ont attaqué le marché de Sévaré, où la foule s’était réunie.", *BODY]
    html = page(f'<meta charset="{encoding}">', paragraphs=words).replace("’", "'" if "8859" in encoding else "’")
    assert "Sévaré, où la foule" in article(html.encode(encoding)).text


def test_invisible_characters_and_odd_spaces_are_cleaned(article: Any) -> None:
    words = [
        "The\u00a0foreign\u200b min\u00adister of the e\u0301lite met \u202ehis\u202c counterpart in \ufeffthe city.",
        *BODY,
    ]
    assert "The foreign minister of the élite met his counterpart in the city." in article(page(paragraphs=words)).text


def test_a_short_page_is_read_too(article: Any) -> None:
    assert "Five people died" in article("<p>Five people died in Veld.</p>").text


def test_a_page_nested_too_deeply_for_a_tree(article: Any) -> None:
    found = article("<div>" * 3_000 + f"<p>{BODY[0]}</p><p>{BODY[1]}</p>")
    assert found.text == f"{BODY[0]}\n\n{BODY[1]}"


@pytest.mark.parametrize(
    "unit", ["<div>", "<b><p>", "<", "<!--", "<a href='", "&amp;", "<table><tr><td>", "</p>", "<script>"]
)
def test_broken_pages_take_no_long_time(unit: str, article: Any) -> None:
    before = time.perf_counter()
    article(f"<p>{BODY[0]}</p><p>{BODY[1]}</p>" + unit * (30_000 // len(unit)))
    assert time.perf_counter() - before < 20
