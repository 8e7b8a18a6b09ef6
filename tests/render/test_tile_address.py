"""Addresses of tiles: what goes into the page's policy must not be able to end it."""

from __future__ import annotations

import pytest

from mapper.render.tiles import Tiles

GOOD = "https://tiles.example:8443/v1/{z}/{x}/{y}{r}.png?key=1"


def test_an_address_and_what_is_told_of_it() -> None:
    tiles = Tiles(url=GOOD, credit="© <them>")
    assert tiles.host == "tiles.example:8443"
    assert tiles.origins == ("https://tiles.example:8443",)
    assert tiles.settings() == {"url": GOOD, "host": "tiles.example:8443", "credit": "© <them>"}
    assert Tiles(url="https://a.example/{z}/{x}/{y}", credit="").host == "a.example"


@pytest.mark.parametrize(
    "url",
    [
        "http://a.example/{z}/{x}/{y}", "ftp://a.example/{z}/{x}/{y}", "//a.example/{z}/{x}/{y}", "https:///{z}/{x}/{y}",
        "https://me@a.example/{z}/{x}/{y}", "https://me:pw@a.example/{z}/{x}/{y}", "https://a.example;b/{z}/{x}/{y}",
        "https://a.example'/{z}/{x}/{y}", "https://é.example/{z}/{x}/{y}", "https://a.example/{z}/{x}/{y}\n",
        "https://a.example/{z}/{x}/{y} b", "https://a.example/{z}/{x}/{y}é", "https://a.example*/{z}/{x}/{y}",
        "https://{s/{z}/{x}/{y}", "https://[::1]/{z}/{x}/{y}", "",
    ],
)  # fmt: skip
def test_other_addresses_are_refused(url: str) -> None:
    with pytest.raises(ValueError, match="tiles need a plain https address"):
        Tiles(url=url, credit="")


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example/{z}/{x}", "https://a.example/{z}/{y}", "https://a.example/{x}/{y}", "https://a.example/",
        "https://a.example/{z}/{x}/{y}/{s}", "https://{s}.example/{z}/{x}/{y}", "https://{r}.example/{z}/{x}/{y}",
        "https://a.example/{z}/{x}/{y}{}",
    ],
)  # fmt: skip
def test_the_path_holds_the_three_numbers(url: str) -> None:
    with pytest.raises(ValueError, match=r"the path needs \{z\}, \{x\} and \{y\}, and may have \{r\}"):
        Tiles(url=url, credit="")
