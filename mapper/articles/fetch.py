"""Articles at addresses on the network, asked for only when a person says so (``--fetch``).

What is fetched is chosen by that person; what answers is not. So: http and https only, no names or passwords in
addresses, no address of this machine, of a private network or of any other that is not public. A host's name is
resolved once, every address that it has is checked, and the connection goes to the very address that was checked, so
that a second answer of the name server changes nothing; each redirection is a new address, checked alike. The host's
``robots.txt`` is asked first and obeyed. Sizes, times and redirections are bounded, a host is asked at most once a
second. No cookies, no proxies, nothing kept.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import quote, urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from mapper.articles.limits import Limits
from mapper.articles.walk import reason
from mapper.errors import InputError

AGENT = "geospatial-event-mapper"
"""What the program calls itself to servers, and the name that robots.txt may address it by."""
REDIRECTIONS = 5
SECONDS_BETWEEN = 1.0
"""Least time between two requests to one host; a longer one that robots.txt asks for is kept to up to a minute."""
_LONGEST_PAUSE = 60.0
_ROBOTS_BYTES = 500 * 1024
_PIECE = 64 * 1024
_LONGEST_ADDRESS = 2_000

Resolve = Callable[[str, int], list[str]]
"""Host and port to its addresses, as text."""
Connect = Callable[[str, int, float], socket.socket]
"""Address (never a name), port and seconds to a connected socket."""

_SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/json": ".json",
    "application/rss+xml": ".xml",
    "application/atom+xml": ".xml",
    "application/rdf+xml": ".xml",
    "application/xml": ".xml",
    "text/xml": ".xml",
    "text/csv": ".csv",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}


def is_address(path: str) -> bool:
    """Whether an input is an address to be fetched rather than a file."""
    return path[:8].lower().startswith(("http://", "https://"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """An answer: its bytes, the address that gave them after redirections, and the ending that its type would have."""

    data: bytes
    url: str
    suffix: str | None


def resolve(host: str, port: int) -> list[str]:
    """Every address of a host, as the system knows it."""
    return list(dict.fromkeys(str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))


def connect(address: str, port: int, seconds: float) -> socket.socket:
    """A connection to an address."""
    return socket.create_connection((address, port), timeout=seconds)


def is_public(address: str) -> bool:
    """Whether an address is of the public network: not of this machine, a private or local net, nor reserved."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        # An IPv4 address in disguise is judged by what it is.
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if found in _TRANSLATED:
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if inner is not None and not is_public(str(inner)):
            return False
    return found.is_global and not found.is_multicast and not found.is_reserved


_TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")


@dataclass(slots=True, kw_only=True)
class Fetcher:
    """Fetches addresses, one after another. ``resolve``, ``connect``, ``pause`` and ``now`` are for tests."""

    limits: Limits
    resolve: Resolve = resolve
    connect: Connect = connect
    pause: Callable[[float], None] = time.sleep
    now: Callable[[], float] = time.monotonic
    _robots: dict[str, RobotFileParser] = field(default_factory=dict)
    _asked: dict[str, float] = field(default_factory=dict)

    def get(self, url: str) -> Fetched:
        """What is at an address. Raises :class:`InputError` naming it where it cannot or may not be had."""
        try:
            return self._followed(url)
        except InputError as refusal:
            raise InputError(refusal.reason, file=url) from None
        except TimeoutError:
            raise InputError("no answer in time", file=url) from None
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise InputError(f"cannot be fetched: {reason(error)[:200]}", file=url) from None

    def _followed(self, url: str) -> Fetched:
        end = self.now() + self.limits.seconds
        for _ in range(REDIRECTIONS + 1):
            self._obey_robots(url, end)
            answer = self._asked_for(url, self.limits.file, end)
            if answer.location is None:
                if answer.status != 200:
                    raise InputError(f"the server answers {answer.status}", file=url)
                return Fetched(data=answer.in_utf8(), url=url, suffix=_SUFFIXES.get(answer.kind))
            url = _next(url, answer.location)
        raise InputError(f"more than {REDIRECTIONS} redirections", file=url)

    def _obey_robots(self, url: str, end: float) -> None:
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}".lower()
        rules = self._robots.get(origin)
        if rules is None:
            rules = self._robots[origin] = self._read_robots(f"{origin}/robots.txt", end)
        if not rules.can_fetch(AGENT, url):
            raise InputError("its robots.txt asks programs to keep away", file=url)

    def _read_robots(self, url: str, end: float) -> RobotFileParser:
        """RFC 9309: a file that is not there allows everything, a server that fails nothing."""
        rules = RobotFileParser()
        for _ in range(REDIRECTIONS + 1):
            answer = self._asked_for(url, _ROBOTS_BYTES, end)
            if answer.location is not None:
                url = _next(url, answer.location)
            elif answer.status == 200:
                rules.parse(answer.data.decode("utf-8", "replace").removeprefix("\ufeff").splitlines())
                return rules
            elif 400 <= answer.status < 500:
                break
            else:
                raise InputError(f"its robots.txt cannot be read (the server answers {answer.status})", file=url)
        rules.parse([])
        return rules

    def _asked_for(self, url: str, most: int, end: float) -> _Answer:
        """One request, no redirection followed."""
        parts = urlsplit(url)
        if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
            raise InputError("not an http or https address", file=url)
        if parts.username is not None or parts.password is not None:
            raise InputError("an address with a name or a password in it", file=url)
        if len(url) > _LONGEST_ADDRESS:
            raise InputError(f"an address longer than {_LONGEST_ADDRESS:,} characters", file=url)
        secure = parts.scheme.lower() == "https"
        host = parts.hostname.encode("idna").decode("ascii") if not parts.hostname.isascii() else parts.hostname
        port = parts.port or (443 if secure else 80)
        address = self._public_address(host, port, url)
        self._wait(host, end)
        seconds = max(0.1, end - self.now())
        held = [self.connect(address, port, seconds)]
        # A server that sends a byte a minute keeps to every time-out but this.
        alarm = threading.Timer(seconds, _hang_up, [held])
        alarm.daemon = True
        alarm.start()
        try:
            held[0].settimeout(seconds)
            if secure:
                held[0] = ssl.create_default_context().wrap_socket(held[0], server_hostname=host)
            connection = http.client.HTTPConnection(host, port, timeout=seconds)
            connection.sock = held[0]
            target = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._") + (
                f"?{quote(parts.query, safe='/%:@!$&()*+,;=~-._?')}" if parts.query else ""
            )
            connection.putrequest("GET", target, skip_host=True, skip_accept_encoding=True)
            shown = f"[{host}]" if ":" in host else host
            connection.putheader("Host", shown if port in (80, 443) else f"{shown}:{port}")
            connection.putheader("User-Agent", AGENT)
            connection.putheader("Accept-Encoding", "identity")
            connection.putheader("Connection", "close")
            connection.endheaders()
            return self._answer(connection.getresponse(), most, end, url)
        finally:
            alarm.cancel()
            held[0].close()

    def _public_address(self, host: str, port: int, url: str) -> str:
        try:
            addresses = self.resolve(host, port)
        except (OSError, UnicodeError):
            addresses = []
        if not addresses:
            raise InputError("no such host", file=url)
        # One bad address condemns the name: which one would be used is for the name server to say.
        if not all(map(is_public, addresses)):
            raise InputError("leads to an address that is not on the public network", file=url)
        return addresses[0]

    def _wait(self, host: str, end: float) -> None:
        now = self.now()
        rules = [rules for origin, rules in self._robots.items() if urlsplit(origin).hostname == host]
        asked = [float(delay) for one in rules if (delay := one.crawl_delay(AGENT)) is not None]
        between = min(_LONGEST_PAUSE, max([SECONDS_BETWEEN, *asked]))
        wait = self._asked.get(host, now - between) + between - now
        if wait > 0:
            if now + wait > end:
                raise TimeoutError
            self.pause(wait)
        self._asked[host] = self.now()

    def _answer(self, response: http.client.HTTPResponse, most: int, end: float, url: str) -> _Answer:
        if response.status in (301, 302, 303, 307, 308):
            location = response.getheader("Location")
            if location:
                return _Answer(status=response.status, location=location)
        encoding = (response.getheader("Content-Encoding") or "identity").strip().lower()
        if encoding != "identity":
            raise InputError(f"packed as {encoding[:20]!a}, which was not asked for", file=url)
        pieces: list[bytes] = []
        size = 0
        while piece := response.read1(_PIECE):
            pieces.append(piece)
            size += len(piece)
            if size > most:
                raise InputError(f"larger than {most:,} bytes", file=url)
            if self.now() > end:
                break
        if self.now() > end:
            raise TimeoutError
        stated = response.getheader("Content-Length", "")
        if stated.isdecimal() and size < int(stated):
            raise InputError("the answer broke off", file=url)
        return _Answer(
            status=response.status,
            data=b"".join(pieces),
            kind=response.headers.get_content_type(),
            charset=response.headers.get_content_charset(),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    status: int
    data: bytes = b""
    kind: str = ""
    charset: str | None = None
    location: str | None = None

    def in_utf8(self) -> bytes:
        """Text in the charset that the server states, as UTF-8 with its mark; everything else as it came."""
        if self.charset is None or self.charset == "utf-8" or not _SUFFIXES.get(self.kind, "").startswith((".h", ".t")):
            return self.data
        try:
            return b"\xef\xbb\xbf" + self.data.decode(self.charset).encode("utf-8")
        except (LookupError, UnicodeError):
            return self.data


def _hang_up(held: list[socket.socket]) -> None:
    with suppress(OSError):
        held[0].shutdown(socket.SHUT_RDWR)


def _next(url: str, location: str) -> str:
    """Where a redirection leads. From https never back to http, where anybody on the way could answer."""
    following = urljoin(url, location).partition("#")[0]
    if url.lower().startswith("https://") and not following.lower().startswith("https://"):
        raise InputError("redirects from https to another kind of address", file=url)
    return following
