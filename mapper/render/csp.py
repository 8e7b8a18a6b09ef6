"""The page's own Content-Security-Policy: only the scripts and styles that were there when it was written may run."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable

_SCRIPT = re.compile(r"<script([^>]*)>(.*?)</script>", re.DOTALL | re.IGNORECASE)
_STYLE = re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL | re.IGNORECASE)


def sha256(text: str) -> str:
    """A CSP source for inline text, as the browser sees it: UTF-8, line ends normalised."""
    digest = hashlib.sha256(text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def inline_scripts(markup: str) -> list[str]:
    """The text of the scripts that would run (no ``src``, no data type) in trusted markup."""
    return [
        text for attributes, text in _SCRIPT.findall(markup) if "src=" not in attributes and "type=" not in attributes
    ]


def inline_styles(markup: str) -> list[str]:
    """The text of the style elements in trusted markup."""
    return _STYLE.findall(markup)


def policy(
    scripts: Iterable[str],
    styles: Iterable[str],
    *,
    origins: Iterable[str] = (),
    added: bool = False,
    images: Iterable[str] = (),
) -> str:
    """The policy for these inline texts.

    ``added``: the user added layers of their own, which set style attributes; ``origins``: the hosts that those need;
    ``images``: the hosts that tiles may come from.
    """
    hosts = sorted(set(origins))
    script = [*dict.fromkeys(map(sha256, scripts)), *hosts]
    # A hash switches 'unsafe-inline' off, so a widened policy lists no hashes for styles.
    style = ["'unsafe-inline'", *hosts] if added else list(dict.fromkeys(map(sha256, styles)))
    rules = [
        "default-src 'none'",
        f"script-src {' '.join(script)}",
        f"style-src {' '.join(style)}",
        f"img-src {' '.join(['data:', 'blob:', *(['https:'] if added else sorted(set(images)))])}",
    ]
    if added:
        rules += [f"font-src {' '.join(['data:', *hosts])}", "connect-src https:"]
    return "; ".join([*rules, "base-uri 'none'", "form-action 'none'"])
