"""What a page says about itself: title, date, outlet, address, language. Read here, from where each is stated.

Only what is stated counts. Extractors that search the whole page for anything like a date take a copyright year in the
footer, or another story's date, for the article's; none is asked here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from mapper.articles.clean import clean_line
from mapper.articles.fields import publication_day

_ARTICLE_TYPES = re.compile(r"Article$|^NewsArticle|^Report|^BlogPosting|^LiveBlogPosting|^AnalysisNewsArticle")
_DATE_NAMES = (
    *("article:published_time", "og:article:published_time", "og:published_time", "datepublished", "date.issued"),
    *("dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created", "dc.date", "dcterms.date", "pubdate"),
    *("publishdate", "publish_date", "publication_date", "published_date", "sailthru.date", "parsely-pub-date"),
    *("cxenseparse:recs:publishtime", "article.published", "date", "bt:pubdate", "originalpublicationdate"),
    "citation_publication_date",
)
_TITLE_NAMES = ("og:title", "twitter:title", "dc.title", "dcterms.title", "headline", "sailthru.title", "parsely-title")
_SOURCE_NAMES = ("og:site_name", "application-name", "publisher", "dc.publisher", "article:publisher", "twitter:site")
_LONGEST = 1_000
_DEEPEST = 12


def metadata(tree: Any) -> dict[str, str]:
    """Of title, published (a day), source, url and language what the page states."""
    metas = _metas(tree)
    record = _article_record(tree)
    found = {
        "title": _title(tree, metas, record),
        "published": _published(tree, metas, record),
        "source": _source(metas, record),
        "url": _url(tree, metas, record),
    }
    return {name: value for name, value in found.items() if value}


def _metas(tree: Any) -> dict[str, str]:
    """Meta elements by name, the first of each."""
    metas: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        content = clean_line((element.get("content") or "")[: _LONGEST * 2])
        if name and content:
            metas.setdefault(name.strip().lower(), content[:_LONGEST])
    return metas


def _article_record(tree: Any) -> dict[str, Any]:
    """The page's JSON-LD description of the article, empty where there is none."""
    for element in tree.iter("script"):
        if (element.get("type") or "").strip().lower() != "application/ld+json":
            continue
        try:
            data = json.loads(element.text or "", strict=False)
        except (ValueError, RecursionError):
            continue  # a page's broken description says nothing; its other signs are still read
        for record in _records(data, _DEEPEST):
            kinds = record.get("@type")
            kinds = kinds if isinstance(kinds, list) else [kinds]
            if any(isinstance(kind, str) and _ARTICLE_TYPES.search(kind) for kind in kinds):
                return record
    return {}


def _records(data: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth and isinstance(data, dict):
        yield data
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement"):
            yield from _records(data.get(key), depth - 1)
    elif depth and isinstance(data, list):
        for item in data[:1_000]:
            yield from _records(item, depth - 1)


def _text(value: Any) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("name") or value.get("@id") or ""
    return clean_line(value[: _LONGEST * 2])[:_LONGEST] if isinstance(value, str) else ""


def _title(tree: Any, metas: dict[str, str], record: dict[str, Any]) -> str:
    stated = _text(record.get("headline"))
    for name in _TITLE_NAMES:
        stated = stated or metas.get(name, "")
    for tag in ("h1", "title"):
        for element in tree.iter(tag):
            stated = stated or clean_line(" ".join(str(piece) for piece in element.itertext()))[:_LONGEST]
    source = _source(metas, record)
    if source:  # "Headline | Outlet"
        stated = re.sub(rf"\s+[-–—|•·:»]+\s+{re.escape(source)}$", "", stated)
    return stated


def _published(tree: Any, metas: dict[str, str], record: dict[str, Any]) -> str:
    stated = [_text(record.get("datePublished")), *(metas.get(name, "") for name in _DATE_NAMES)]
    stated += [_text(record.get("dateCreated"))]
    stated += [e.get("content") or e.get("datetime") or e.get("title") for e in _dated(tree)]
    times = [element for element in tree.iter("time") if element.get("datetime")]
    marked = [
        t for t in times if t.get("pubdate") is not None or "publish" in f"{t.get('itemprop')} {t.get('class')}".lower()
    ]
    distinct = {publication_day(t.get("datetime")) for t in times} - {None}
    if marked:
        stated.append(marked[0].get("datetime"))
    elif len(distinct) == 1:  # several times on a page belong to other stories or to comments
        stated.append(times[0].get("datetime"))
    for value in stated:
        day = publication_day(value) if value else None
        if day:
            return day
    return ""


def _dated(tree: Any) -> Iterator[Any]:
    """Elements marked as the date of publication: microdata, and the older ``abbr`` of hAtom."""
    for element in tree.iter():
        mark = element.get("itemprop") if isinstance(element.tag, str) else None
        if mark == "datePublished" or (element.tag == "abbr" and "published" in (element.get("class") or "")):
            yield element


def _source(metas: dict[str, str], record: dict[str, Any]) -> str:
    stated = _text(record.get("publisher"))
    for name in _SOURCE_NAMES:
        stated = stated or metas.get(name, "")
    return "" if stated.startswith(("http://", "https://")) else stated.removeprefix("@")


def _url(tree: Any, metas: dict[str, str], record: dict[str, Any]) -> str:
    links = [e.get("href") or "" for e in tree.iter("link") if (e.get("rel") or "").lower() == "canonical"]
    for url in [*links, metas.get("og:url", ""), _text(record.get("url")), _text(record.get("mainEntityOfPage"))]:
        try:
            if urlsplit(url.strip()).scheme in ("http", "https"):
                return url.strip()[:_LONGEST]
        except ValueError:
            continue
    return ""
