"""XML without entities, network or external files: the one way that documents here are parsed."""

from __future__ import annotations

from typing import Any

from mapper.errors import InputError


def parse_xml(data: bytes, *, name: str, recover: bool = False) -> Any:
    """The root element. ``recover`` reads past errors, which feeds are full of. Raises InputError."""
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        recover=recover, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise InputError(f"not XML that can be read: {str(error)[:80]}", file=name) from None
    if root is None:
        raise InputError("not XML that can be read", file=name)
    return root


def local_name(element: Any) -> str:
    """An element's name without its namespace; empty for what is no element."""
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def all_text(element: Any) -> str:
    return "".join(str(piece) for piece in element.itertext())
