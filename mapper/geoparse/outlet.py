"""Where an outlet is at home, as far as its own name or address says so: "timesofmalta.com", "Le Quotidien d'Oran"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from gazetteer.place import Candidate
from mapper.geoparse.names import NameBook
from mapper.model import Article

_NEWS_WORDS = (
    "the|of|my|daily|weekly|sunday|morning|evening|news|newspaper|newsonline|paper|times|herald|tribune|post|gazette|journal|"
    "star|sun|press|chronicle|observer|courier|record|register|mail|echo|express|standard|sentinel|leader|dispatch|monitor|"
    "review|reporter|report|guardian|independent|advertiser|advance|enterprise|examiner|inquirer|mirror|argus|voice|today|"
    "online|media|live|now|tv|radio|online|web|site|info|net|local|city|county|state|free|democrat|republican|republic|"
    "citizen|call|bee|banner|bulletin|eagle|globe|messenger|ledger|message|world|telegraph|telegram|union|transcript|talk|"
    "town|le|la|el|en|al|il|quotidien|jour|presse|libre|actu|info|24|actualite|diario|noticias|"
    "and|argusleader|newsleader|timesnews|mercury|pilot|progress|pioneer|plain|dealer|patriot|capital|beacon|"
    "sports|business|community|southern|northern|eastern|western|central|north|south|east|west|greater|"
    "com|co|www"
)
_AFFIX = re.compile(rf"(?:{_NEWS_WORDS}|[-_0-9])+")

_GENERIC = frozenset(
    {"com", "org", "net", "info", "int", "co", "tv", "io", "me", "fm", "am", "ai", "ly", "cc", "eu", "biz", "news"}
)
_TO_COUNTRY = {"uk": "GB", "gov": "US", "edu": "US", "mil": "US", "us": "US"}


@dataclass(frozen=True, slots=True)
class Outlet:
    """What an outlet's address and name say: a country, and the places that its name may contain."""

    country: str | None
    candidates: tuple[Candidate, ...]
    name: str = ""
    key: str = ""
    """The name, folded."""


NOWHERE = Outlet(None, ())


def _host(url: str) -> str:
    """The host of an address, empty where there is none or the address is malformed."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def outlet_of(article: Article, book: NameBook) -> Outlet:
    """Read an article's source and address (never its text)."""
    host = _host(article.url or "")
    country = country_of_host(host)
    for label in _labels(host):
        name = place_in_label(label, book)
        if name:
            return Outlet(country, _places(book, name), name, book.key(name))
    if article.source:
        words = re.findall(r"[^\W\d_]+", article.source)
        for size in (3, 2, 1):
            for first in range(len(words) - size + 1):
                name = " ".join(words[first : first + size])
                generic = _AFFIX.fullmatch(name.lower().replace(" ", ""))
                if len(name) > 3 and name[0].isupper() and not generic and _places(book, name):
                    return Outlet(country, _places(book, name), name, book.key(name))
    return Outlet(country, ()) if country else NOWHERE


def _places(book: NameBook, name: str) -> tuple[Candidate, ...]:
    return tuple(c for c in book.candidates(name) if c.kind != "demonym" and c.place.feature_class in "PA")[:12]


def country_of_host(host: str) -> str | None:
    """The country of a host's top-level domain, where it is one of a country and not used the world over."""
    last = host.rsplit(".", 1)[-1] if "." in host else ""
    if last in _TO_COUNTRY:
        return _TO_COUNTRY[last]
    return last.upper() if len(last) == 2 and last.isalpha() and last not in _GENERIC else None


def _labels(host: str) -> list[str]:
    parts = [part for part in host.split(".")[:-1] if part not in ("www", "co", "com", "org", "net", "gov", "ac")]
    return parts[::-1]


@lru_cache(maxsize=50_000)
def _splits(label: str) -> tuple[str, ...]:
    """Parts of a label that are left when words such as "daily" and "times" are taken from its ends, longest first."""
    ends = {len(label)} | {k for k in range(4, len(label)) if _AFFIX.fullmatch(label[k:])}
    starts = {0} | {k for k in range(1, len(label)) if _AFFIX.fullmatch(label[:k])}
    found = {label[s:e] for s in starts for e in ends if e - s >= 4}
    return tuple(sorted((f for f in found if not _AFFIX.fullmatch(f)), key=lambda f: (-len(f), f)))


def place_in_label(label: str, book: NameBook) -> str:
    """The gazetteer name in a host's label, the rest of which must be words that outlets are called by."""
    for part in _splits(label[:40]):
        spaced = [part] + [f"{part[:k]} {part[k:]}" for k in range(3, len(part) - 2)]
        book.learn(spaced)
        for name in spaced:
            if book.has(name) and _places(book, name):
                return name
    return ""
