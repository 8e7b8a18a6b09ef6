"""A background of map tiles that the reader may switch on. Off until then: only then is its server asked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

_PLACEHOLDERS = frozenset({"z", "x", "y", "r"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Tiles:
    """``url``: an https address with ``{z}``, ``{x}`` and ``{y}`` (and ``{r}`` for sharp screens) where they belong, in
    Web Mercator; ``credit``: whose pictures they are, shown while they are.

    Raises ``ValueError`` for another address.
    """

    url: str
    credit: str

    def __post_init__(self) -> None:
        found = set(re.findall(r"\{(\w*)\}", self.url))
        plain = re.sub(r"\{\w+\}", "0", self.url)
        parts = urlsplit(plain)
        fine = parts.scheme == "https" and parts.hostname and not parts.username and "{" not in parts.netloc
        # What stands in the policy must not be able to end it.
        if not fine or not re.fullmatch(r"[\w.:-]+", parts.netloc, re.ASCII) or not re.fullmatch(r"[!-~]+", self.url):
            raise ValueError(f"{self.url}: tiles need a plain https address")
        if not {"z", "x", "y"} <= found <= _PLACEHOLDERS or "{" in urlsplit(self.url).netloc:
            raise ValueError(f"{self.url}: the path needs {{z}}, {{x}} and {{y}}, and may have {{r}}")

    @property
    def host(self) -> str:
        """Who is told where the reader looks."""
        return urlsplit(self.url).netloc

    @property
    def origins(self) -> tuple[str, ...]:
        """What the page's policy lets pictures come from."""
        return (f"https://{self.host}",)

    def settings(self) -> dict[str, str]:
        """For the page's script."""
        return {"url": self.url, "host": self.host, "credit": self.credit}
