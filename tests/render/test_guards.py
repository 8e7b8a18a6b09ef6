"""The page's guards: escaping, addresses, and the policy, each by itself."""

# ruff: noqa: E501

from __future__ import annotations

import base64
import hashlib
import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.render import csp, noscript


@given(st.text())
def test_text_is_neither_markup_nor_lost(value: str) -> None:
    escaped = noscript.text(value)
    assert not set("<>\"'") & set(escaped)
    assert "&" not in escaped.replace("&amp;", "").replace("&lt;", "").replace("&gt;", "").replace(
        "&quot;", ""
    ).replace("&#x27;", "")
    kept = "".join(c for c in value if c.isprintable())
    assert "".join(c for c in html.unescape(escaped) if c.isprintable() and c != "\ufffd") == kept.replace("\ufffd", "")


@pytest.mark.parametrize("code", [*range(9), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0), 0xD800, 0xDFFF])
def test_what_html_cannot_hold_is_shown_as_lost(code: int) -> None:
    assert noscript.text(f"a{chr(code)}b") == "a\ufffdb"


@pytest.mark.parametrize("code", [0x09, 0x0A, 0x0D, 0x20, 0xA0])
def test_white_space_stays(code: int) -> None:
    assert noscript.text(f"a{chr(code)}b") == f"a{chr(code)}b"


@pytest.mark.parametrize(
    "url", ["http://example.org", "https://example.org/a?b=1#c", "HTTPS://example.org/", "http://\u00e9.example/"]
)
def test_addresses_on_the_web_are_links(url: str) -> None:
    assert noscript.web_address(url) == url


@pytest.mark.parametrize(
    "url",
    [
        None, "", "example.org", "//example.org", "http:", "http://", "https:///a", "javascript:canary()", "data:text/html,a",
        "ftp://example.org", "file:///etc/passwd", "http://example.org/a b", "http://example.org/\0", "java\nscript:a",
        "http://exa\u202emple.org/", "http://[::1", "http://example.org/\x80", "http://example.org/\u00a0", "mailto:a@example.org",
    ],
)  # fmt: skip
def test_other_addresses_are_none(url: str | None) -> None:
    assert noscript.web_address(url) is None


def _source(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


def test_only_what_was_there_may_run() -> None:
    assert csp.policy(["a", "b", "a"], ["c"]) == (
        f"default-src 'none'; script-src {_source('a')} {_source('b')}; style-src {_source('c')}; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )


def test_line_ends_are_hashed_as_browsers_read_them() -> None:
    assert csp.sha256("a\r\nb\rc") == csp.sha256("a\nb\nc") == _source("a\nb\nc")


def test_layers_of_the_users_own_widen_the_policy_by_their_hosts_alone() -> None:
    assert csp.policy(
        ["a"], ["c"], origins=["https://b.example", "https://a.example", "https://b.example"], added=True
    ) == (
        f"default-src 'none'; script-src {_source('a')} https://a.example https://b.example; "
        "style-src 'unsafe-inline' https://a.example https://b.example; img-src data: blob: https:; "
        "font-src data: https://a.example https://b.example; connect-src https:; base-uri 'none'; form-action 'none'"
    )


def test_scripts_that_would_run_are_found_and_data_are_not() -> None:
    page = "<SCRIPT>a\nb</script><script src='x'></script><script type='text/plain'>data</script><script nonce=c>d</script>"
    assert csp.inline_scripts(page) == ["a\nb", "d"]
    assert csp.inline_styles("<style>a\nb</style><STYLE media=print>c</STYLE>") == ["a\nb", "c"]
