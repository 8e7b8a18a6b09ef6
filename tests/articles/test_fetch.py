"""Fetching: only what may be fetched, from nowhere but the public network, within bounds. No test uses the network:
names are resolved by a table, and connections to the addresses in it go to a server of the test's own."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from mapper.articles import Limits, read
from mapper.articles.fetch import Fetcher, is_address, is_public
from mapper.errors import InputError
from mapper.model import Article

PUBLIC = "93.184.215.14"
PAGE = (
    "<html><head><title>Talks in Gao</title></head><body><article><h1>Talks in Gao</h1><p>Ministers met elders in "
    "Gao, Mali, on 3 April 2014, and spoke of the road to the north for most of a long day.</p></article></body></html>"
)

Answer = tuple[int, dict[str, str], bytes]


class Site:
    """A server of answers by path, and a fetcher that takes names in ``hosts`` for public addresses."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer | Callable[[BaseHTTPRequestHandler], None]] = {}
        self.hosts: dict[str, list[str]] = {"news.example": [PUBLIC]}
        self.asked: list[tuple[str, str, str]] = []
        self.connected: list[str] = []
        self.pauses: list[float] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append((self.headers["Host"], self.path, self.headers["User-Agent"]))
                answer = site.answers.get(self.path, (404, {}, b""))
                if callable(answer):
                    answer(self)
                    return
                status, headers, body = answer
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                if "Content-Length" not in headers:
                    self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def connect(self, address: str, _port: int, seconds: float) -> socket.socket:
        self.connected.append(address)
        return socket.create_connection(("127.0.0.1", self.server.server_port), timeout=seconds)

    def resolve(self, host: str, _port: int) -> list[str]:
        if host not in self.hosts:
            raise socket.gaierror(host)
        return self.hosts[host]

    def fetcher(self, **limits: float) -> Fetcher:
        bounds = Limits(**limits)  # type: ignore[arg-type]  # a test's shorthand
        return Fetcher(limits=bounds, resolve=self.resolve, connect=self.connect, pause=self.pauses.append)

    def get(self, url: str, **limits: float) -> Article | str:
        """The one article at an address, or why there is none."""
        refused: list[InputError] = []
        found = list(read(url, fetch=self.fetcher(**limits), on_refusal=refused.append))
        assert len(found) + len(refused) == 1
        if refused:
            assert refused[0].file == url
            return refused[0].reason
        assert isinstance(found[0], Article)
        return found[0]


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    site.answers["/a"] = (200, {"Content-Type": "text/html; charset=utf-8"}, PAGE.encode())
    yield site
    site.server.shutdown()
    site.server.server_close()


def test_a_page_becomes_an_article_known_by_its_address(site: Site) -> None:
    article = site.get("http://news.example/a")
    assert isinstance(article, Article)
    assert article.id == article.url == "http://news.example/a"
    assert article.title == "Talks in Gao"
    assert "met elders" in article.text
    assert site.asked == [
        ("news.example", "/robots.txt", "geospatial-event-mapper"),
        ("news.example", "/a", "geospatial-event-mapper"),
    ]
    assert set(site.connected) == {PUBLIC}


def test_nothing_is_fetched_unless_asked_for(site: Site) -> None:
    refused: list[InputError] = []
    assert list(read("https://news.example/a", on_refusal=refused.append)) == []
    assert "--fetch" in refused[0].reason
    result = CliRunner().invoke(__import__("mapper.cli", fromlist=["main"]).main, ["parse", "https://news.example/a"])
    assert result.exit_code == 1
    assert "without --fetch" in result.stderr
    assert site.asked == []


def test_the_charset_that_the_server_states_is_believed(site: Site) -> None:
    body = PAGE.replace("Ministers", "Les ministres réunis à Ségou").encode("iso-8859-15")
    site.answers["/a"] = (200, {"Content-Type": "text/html; charset=ISO-8859-15"}, body)
    article = site.get("http://news.example/a")
    assert isinstance(article, Article)
    assert "réunis à Ségou" in article.text


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0"),
        *("224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1%eth0", "fc00::1", "::ffff:10.0.0.1", "2002:7f00:1::"),
        *("64:ff9b::a00:1", "ff02::1", "192.0.2.1", "198.18.0.1", "240.0.0.1", "no address"),
    ],
)
def test_addresses_that_are_not_public_are_never_connected_to(site: Site, address: str) -> None:
    site.hosts["inner.example"] = [address]
    assert "not on the public network" in str(site.get("http://inner.example/a"))
    site.hosts["both.example"] = [PUBLIC, address]
    assert "not on the public network" in str(site.get("http://both.example/a"))
    assert site.connected == []


@given(st.integers(0, 2**32 - 1))
def test_an_ipv4_address_in_disguise_is_judged_by_what_it_is(number: int) -> None:
    import ipaddress

    plain = ipaddress.IPv4Address(number)
    for disguise in (f"::ffff:{plain}", str(ipaddress.IPv6Address((0x64FF9B << 96) | number))):
        assert not is_public(disguise) or is_public(str(plain))


def test_a_redirection_inwards_is_not_followed(site: Site) -> None:
    site.hosts["inner.example"] = ["10.0.0.1"]
    for target in (
        "http://inner.example/a",
        "http://127.0.0.1/a",
        "file:///etc/passwd",
        "//inner.example/",
        "ftp://x/",
    ):
        site.answers["/jump"] = (302, {"Location": target}, b"")
        assert isinstance(site.get("http://news.example/jump"), str)
    assert set(site.connected) == {PUBLIC}


def test_the_address_that_was_checked_is_the_one_connected_to(site: Site) -> None:
    answers = iter([[PUBLIC], [PUBLIC], ["127.0.0.1"]])

    def changing(_host: str, _port: int) -> list[str]:
        return next(answers)

    fetcher = Fetcher(limits=Limits(), resolve=changing, connect=site.connect, pause=lambda _: None)
    assert fetcher.get("http://news.example/a").data == PAGE.encode()
    assert set(site.connected) == {PUBLIC}


def test_redirections_are_followed_so_far_and_no_further(site: Site) -> None:
    site.answers["/old"] = (301, {"Location": "/a"}, b"")
    article = site.get("http://news.example/old")
    assert isinstance(article, Article)
    assert article.url == "http://news.example/a"
    site.answers["/circle"] = (302, {"Location": "/circle"}, b"")
    assert site.get("http://news.example/circle") == "more than 5 redirections"


def test_https_is_never_left_for_http() -> None:
    from mapper.articles.fetch import _next

    assert _next("https://news.example/a", "/b#part") == "https://news.example/b"
    with pytest.raises(InputError, match="from https"):
        _next("https://news.example/a", "http://news.example/a")


@pytest.mark.parametrize(
    ("robots", "allowed"),
    [
        ((200, {}, b"User-agent: *\nDisallow: /private\n"), True),
        ((200, {}, b"User-agent: *\nDisallow: /\n"), False),
        ((200, {}, b"User-agent: geospatial-event-mapper\nDisallow: /a\n"), False),
        ((200, {}, b"\xff\xfe not a rule at all"), True),
        ((404, {}, b""), True),
        ((403, {}, b""), True),
        ((503, {}, b""), False),
        ((302, {"Location": "http://10.0.0.1/robots.txt"}, b""), False),
    ],
)
def test_robots_txt_is_obeyed(site: Site, robots: Answer, allowed: bool) -> None:
    site.answers["/robots.txt"] = robots
    answer = site.get("http://news.example/a")
    assert isinstance(answer, Article) is allowed
    if not allowed and robots[0] == 200:
        assert "robots.txt" in str(answer)
        assert [path for _, path, _ in site.asked] == ["/robots.txt"]


def test_a_host_is_asked_slowly_and_its_robots_txt_once(site: Site) -> None:
    site.answers["/robots.txt"] = (200, {}, b"User-agent: *\nCrawl-delay: 7\n")
    fetcher = site.fetcher()
    fetcher.now = lambda: 100.0
    fetcher.get("http://news.example/a")
    fetcher.get("http://news.example/a")
    assert [path for _, path, _ in site.asked] == ["/robots.txt", "/a", "/a"]
    assert site.pauses == [7.0, 7.0]


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ((404, {}, b""), "the server answers 404"),
        ((200, {"Content-Type": "text/html"}, b"x" * 5000), "larger than 4,000 bytes"),
        ((200, {"Content-Encoding": "gzip"}, b"x"), "packed as 'gzip', which was not asked for"),
        ((200, {"Content-Length": "900"}, b"short"), "the answer broke off"),
        ((200, {"Content-Type": "text/html"}, b""), "empty"),
    ],
)
def test_what_cannot_be_used_is_refused_with_the_reason(site: Site, answer: Answer, reason: str) -> None:
    def send(handler: BaseHTTPRequestHandler) -> None:
        status, headers, body = answer
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    site.answers["/a"] = send
    assert reason in str(site.get("http://news.example/a", file=4000, seconds=5))


def test_a_server_that_drips_is_left(site: Site) -> None:
    released = threading.Event()

    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.0 200 OK\r\nX-Slow: ")
        while not released.wait(0.02):
            try:
                handler.wfile.write(b"a")
            except OSError:
                return

    site.answers["/a"] = drip
    try:
        assert isinstance(site.get("http://news.example/a", seconds=0.5), str)
    finally:
        released.set()


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://me:secret@news.example/a", "a name or a password"),
        ("http:///a", "not an http or https address"),
        ("http://unknown.example/a", "no such host"),
        ("http://news.example:99999/a", "cannot be fetched"),
        ("http://news.example/" + "a" * 3000, "longer than 2,000 characters"),
    ],
)
def test_addresses_that_are_none_are_refused(site: Site, url: str, reason: str) -> None:
    assert reason in str(site.get(url))
    assert ("news.example", "/a", "geospatial-event-mapper") not in site.asked


@given(st.text(max_size=60))
def test_any_address_is_answered_or_refused(path: str) -> None:
    fetcher = Fetcher(limits=Limits(), resolve=lambda _h, _p: ["10.0.0.1"], connect=_never, pause=lambda _: None)
    with pytest.raises(InputError):
        fetcher.get(f"http://{path}")


def _never(address: str, _port: int, _seconds: float) -> socket.socket:
    raise AssertionError(address)


def test_files_are_no_addresses(tmp_path: Path) -> None:
    assert is_address("HTTPS://news.example")
    assert not is_address(str(tmp_path))
    assert not is_address("http.txt")
