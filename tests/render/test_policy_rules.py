"""The page's policy, rule by rule, and which of its scripts and styles are named in it."""

from __future__ import annotations

import base64
import hashlib

from mapper.render import csp


def source(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


def rules(policy: str) -> dict[str, str]:
    return dict(rule.split(" ", 1) for rule in policy.split("; "))


def test_a_plain_page() -> None:
    found = rules(csp.policy(["a", "a"], ["b", "c", "b"]))
    assert found == {
        "default-src": "'none'", "script-src": source("a"), "style-src": f"{source('b')} {source('c')}",
        "img-src": "data: blob:", "base-uri": "'none'", "form-action": "'none'",
    }  # fmt: skip


def test_pictures_come_from_the_hosts_of_tiles_each_named_once_in_order() -> None:
    hosts = [f"https://{letter}.example" for letter in "hbgafdec"]
    found = rules(csp.policy([], [], images=[*hosts, hosts[0]]))
    assert found["img-src"] == f"data: blob: {' '.join(sorted(hosts))}"
    assert "connect-src" not in found
    assert "font-src" not in found


def test_layers_of_ones_own_may_show_pictures_of_any_secure_host() -> None:
    found = rules(csp.policy(["a"], ["b"], origins=["https://o.example"], added=True, images=["https://i.example"]))
    assert found["img-src"] == "data: blob: https:"
    assert found["script-src"] == f"{source('a')} https://o.example"
    assert found["style-src"] == "'unsafe-inline' https://o.example"
    assert found["font-src"] == "data: https://o.example"
    assert found["connect-src"] == "https:"


def test_hosts_are_named_once_in_order() -> None:
    hosts = [f"https://{letter}.example" for letter in "hbgafdec"]
    assert rules(csp.policy([], [], origins=[*hosts, hosts[0]]))["script-src"] == " ".join(sorted(hosts))


def test_origins_without_added_layers_widen_scripts_alone() -> None:
    found = rules(csp.policy(["a"], ["b"], origins=["https://o.example"]))
    assert (found["script-src"], found["style-src"]) == (f"{source('a')} https://o.example", source("b"))


def test_text_is_hashed_in_utf_8_with_line_feeds() -> None:
    assert csp.sha256("é\r\n\r\n\ra") == source("é\n\n\na")


def test_inline_scripts_are_those_without_source_and_type() -> None:
    markup = "<script>1</script><script async>2\n</script><script src=a>3</script><script type=a>4</script>"
    assert csp.inline_scripts(markup) == ["1", "2\n"]
    assert csp.inline_scripts("<script></script>") == [""]
    assert csp.inline_styles("<style></style><STYLE a=b>x</sTyle>") == ["", "x"]
