"""The one way that XML is parsed here: no entities, no other files, no network, no endless depth."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from mapper.articles.xml import all_text, local_name, parse_xml
from mapper.errors import InputError


def test_elements_and_text() -> None:
    root = parse_xml(b"<a><b>x</b></a>", name="f")
    assert [(e.tag, e.text) for e in root.iter()] == [("a", None), ("b", "x")]


def test_comments_and_instructions_are_no_part_of_it() -> None:
    root = parse_xml(b"<?go?><a>x<!-- c -->y<?go?>z</a>", name="f")
    assert [e.tag for e in root.iter()] == ["a"]
    assert root.text == "xyz"


def test_entities_stay_unread(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET", encoding="utf-8")
    entity = f'<!DOCTYPE a [<!ENTITY e SYSTEM "{secret.as_uri()}"><!ENTITY i "INNER">]><a>x&e;&i;y</a>'
    text = "".join(parse_xml(entity.encode(), name="f").itertext())
    assert "SECRET" not in text
    assert etree.tostring(parse_xml(entity.encode(), name="f")).count(b"INNER") <= 1
    assert "INNER" not in (parse_xml(entity.encode(), name="f").text or "")


def test_a_document_type_from_elsewhere_is_not_read(tmp_path: Path) -> None:
    dtd = tmp_path / "a.dtd"
    dtd.write_text('<!ENTITY e "SECRET"><!ATTLIST a b CDATA "from the DTD">', encoding="utf-8")
    root = parse_xml(f'<!DOCTYPE a SYSTEM "{dtd.as_uri()}"><a>x</a>'.encode(), name="f")
    assert dict(root.attrib) == {}
    dtd.write_text("<!ELEMENT a (#PCDATA)> <!broken", encoding="utf-8")
    assert parse_xml(f'<!DOCTYPE a SYSTEM "{dtd.as_uri()}"><a>x</a>'.encode(), name="f").text == "x"


@pytest.mark.parametrize("depth", [300, 100_000])
def test_endless_depth_is_refused(depth: int) -> None:
    with pytest.raises(InputError, match="not XML that can be read"):
        parse_xml(b"<a>" * depth + b"</a>" * depth, name="f")


@pytest.mark.parametrize(
    "data", [b"", b"no", b"<a>", b"<a></b>", b"<a b=c/>", b"\x00\x00", b"<a>&nbsp;</a>", b"\xff\xfe<"]
)
def test_what_is_no_xml_is_named_in_one_line(data: bytes) -> None:
    with pytest.raises(InputError) as told:
        parse_xml(data, name="the feed")
    assert told.value.file == "the feed"
    assert told.value.reason.startswith("not XML that can be read: ")
    assert len(told.value.reason) <= len("not XML that can be read: ") + 80
    assert "\n" not in told.value.reason


def test_feeds_are_read_past_their_errors_where_there_is_something() -> None:
    assert parse_xml(b"<a><b>x</a>", name="f", recover=True).findtext("b") == "x"
    with pytest.raises(InputError, match=r"^f: not XML that can be read"):
        parse_xml(b"no", name="f", recover=True)


def test_an_element_is_known_without_its_namespace() -> None:
    root = etree.fromstring('<a:Item xmlns:a="http://x.example/}odd"><b/></a:Item>'.replace("}odd", ""))
    assert [local_name(e) for e in root.iter()] == ["item", "b"]
    assert local_name(etree.Comment("x")) == ""


def test_all_the_text_of_an_element() -> None:
    assert all_text(etree.fromstring("<a>x<b>y<c/></b>z</a>")) == "xyz"
    assert all_text(etree.fromstring("<a/>")) == ""


@pytest.fixture
def careless(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Another version of the library, whose parser does by itself what is not asked of it otherwise."""
    ask = etree.XMLParser

    def lay(forced: dict[str, bool] | None = None, **unasked: bool) -> None:
        monkeypatch.setattr(etree, "XMLParser", lambda **asked: ask(**(unasked | asked | (forced or {}))))

    return lay


def test_the_guard_does_not_hang_on_what_the_library_does_by_itself(careless: Any, tmp_path: Path) -> None:
    dtd = tmp_path / "a.dtd"
    dtd.write_text("<!ELEMENT a (b)> <!broken", encoding="utf-8")
    from_elsewhere = f'<!DOCTYPE a SYSTEM "{dtd.as_uri()}"><a>x</a>'.encode()
    careless(load_dtd=True)
    assert parse_xml(from_elsewhere, name="f").text == "x"
    careless(dtd_validation=True)
    assert parse_xml(b"<!DOCTYPE a [<!ELEMENT a (b)>]><a>x</a>", name="f").text == "x"
    careless(resolve_entities=True)
    assert "INNER" not in (parse_xml(b'<!DOCTYPE a [<!ENTITY i "INNER">]><a>x&i;y</a>', name="f").text or "")
    careless(huge_tree=True)
    with pytest.raises(InputError, match="not XML that can be read"):
        parse_xml(b"<a>" * 300 + b"</a>" * 300, name="f")


def test_nothing_comes_over_a_network_even_where_a_document_type_is_loaded(careless: Any) -> None:
    careless({"load_dtd": True}, no_network=False)
    with pytest.raises(InputError, match="not XML that can be read"):
        parse_xml(b'<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd"><a>x</a>', name="f")
