"""Hostile strings through every format in: each article comes out, as text, and the map of them all runs nothing."""

# ruff: noqa: E501, PLW0108

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import zipfile
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape as escape_xml

import pytest
from click.testing import CliRunner

from mapper.cli import main
from tests.fixtures.containers import pdf_page
from tests.security import EXHAUSTIVE, made
from tests.security.browser import visit
from tests.security.strings import HOSTILE, PRODUCT, sound

FORMATS = (
    *("txt", "html", "raw.html", "md", "json", "jsonl", "csv", "tsv", "xlsx", "rss", "atom", "eml", "mbox", "docx"),
    *("warc", "warc.gz", "zip", "pdf"),
)
SHARE = 1 if EXHAUSTIVE else len(FORMATS)
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def texts(place: int) -> list[tuple[int, str]]:
    """The strings that a format is tried with: all, or its share, so that each is tried with one."""
    return [(number, text) for number, text in enumerate(HOSTILE) if number % SHARE == place % SHARE]


def body(number: int, text: str) -> str:
    return f"item{number}x {text}\n\n{made.report(number)} {text}"


def xml(text: str) -> str:
    return escape_xml(_NOT_XML.sub("\ufffd", text), {'"': "&quot;"})


def utf8(text: str) -> bytes:
    return sound(text).encode()


def page(number: int, text: str) -> str:
    shown = escape(body(number, text)).replace("\n\n", "</p><p>")
    told = json.dumps({"@type": "NewsArticle", "headline": text, "publisher": {"name": text}, "url": text}).replace(
        "</", "<\\/"
    )
    return (
        f"<html lang='{escape(text)}'><head><title>{escape(text)}</title><meta property='og:site_name' content='{escape(text)}'>"
        f"<meta property='og:url' content='{escape(text)}'><link rel=canonical href='{escape(text)}'>"
        f"<script type='application/ld+json'>{told}</script></head><body><article><p>{shown}</p>"
        f"<figure><figcaption>{escape(text)}</figcaption></figure></article></body></html>"
    )


def raw_page(number: int, text: str) -> str:
    """The string as markup, which a page may hold: none of it but its words is text."""
    return f"<html><head><title>item{number}x</title></head><body><p>item{number}x {made.report(number)}</p>{text}<p>end</p></body></html>"


def docx(number: int, text: str) -> bytes:
    held = io.BytesIO()
    space = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'"
    paragraphs = "".join(f"<w:p><w:r><w:t>{xml(part)}</w:t></w:r></w:p>" for part in body(number, text).split("\n\n"))
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr(
            "word/document.xml", f"<w:document {space}><w:body>{paragraphs}</w:body></w:document>".encode()
        )
        archive.writestr("docProps/core.xml", f"<p><title>{xml(text)}</title></p>".encode())
        archive.writestr("../../outside.xml", b"<a/>")
    return held.getvalue()


def pdf(number: int, text: str) -> bytes:
    words = sound(body(number, text)).encode("latin-1", "replace")
    words = (
        words.replace(b"\\", b"\\\\")
        .replace(b"(", b"\\(")
        .replace(b")", b"\\)")
        .replace(b"\r", b" ")
        .replace(b"\n", b" ")
    )
    content = b"BT /F1 9 Tf 9 9 Td (" + words + b") Tj ET"
    return pdf_page(content, catalogue=b"/OpenAction<</S/JavaScript/JS(canary\\(\\))>>")


def mail(number: int, text: str) -> bytes:
    line = utf8(re.sub("[\r\n\0]", " ", text))[:700]
    return (
        b"From: " + line + b"\nSubject: " + line + b"\nDate: Fri, 4 Apr 2014 10:00:00 +0000\nMessage-ID: <" + line
        + b">\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8; name=\"" + line + b"\"\n\n" + utf8(body(number, text)) + b"\n"
    )  # fmt: skip


def warc(entries: list[tuple[int, str]]) -> Iterator[bytes]:
    for number, text in entries:
        block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + utf8(page(number, text))
        address = utf8(re.sub("[\r\n]", " ", text))[:900]
        yield (
            b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: " + address + b"\r\nContent-Type: application/http\r\n"
            b"Content-Length: " + str(len(block)).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"
        )  # fmt: skip


def identifier(kind: str, number: int, text: str) -> str:
    """An id that no other format's article has."""
    return f"{number} {text} {kind}"


def article(kind: str, number: int, text: str) -> dict[str, Any]:
    return made.article(number, text) | {"id": identifier(kind, number, text), "text": body(number, text)}


def table(kind: str, entries: list[tuple[int, str]], delimiter: str) -> bytes:
    held = io.StringIO(newline="")
    writer = csv.writer(held, delimiter=delimiter)
    writer.writerow(["id", "title", "url", "source", "text", "colour"])
    writer.writerows([identifier(kind, n, t), t, t, t, body(n, t), t] for n, t in entries)
    return utf8(held.getvalue())


def workbook(path: Path, entries: list[tuple[int, str]]) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(["id", "title", "url", "source", "text"])
    for number, text in entries:
        told = _NOT_XML.sub("\ufffd", text)
        book.active.append([f"n{number} {told}", f"t{told}", f"u{told}", f"s{told}", body(number, told)[:30_000]])
    book.save(path)


def make(folder: Path, kind: str, entries: list[tuple[int, str]]) -> None:
    many = {
        "json": lambda: json.dumps([article(kind, n, t) for n, t in entries]).encode(),
        "jsonl": lambda: b"\n".join(json.dumps(article(kind, n, t)).encode() for n, t in entries),
        "csv": lambda: table(kind, entries, ","),
        "tsv": lambda: table(kind, entries, "\t"),
        "rss": lambda: (f"<rss><channel><title>{xml(entries[0][1])}</title>" + "".join(
            f"<item><title>{xml(t)}</title><link>{xml(t)}</link><guid>{xml(identifier(kind, n, t))}</guid><source>{xml(t)}</source>"
            f"<description>{xml(escape(body(n, t)))}</description></item>" for n, t in entries) + "</channel></rss>").encode(),
        "atom": lambda: ("<feed xmlns='http://www.w3.org/2005/Atom'>" + "".join(
            f"<entry><title>{xml(t)}</title><link href=\"{xml(t)}\"/><id>{xml(identifier(kind, n, t))}</id>"
            f"<content type='html'>{xml(escape(body(n, t)))}</content></entry>" for n, t in entries) + "</feed>").encode(),
        "mbox": lambda: b"".join(b"From a@example.org Fri Apr  4 10:00:00 2014\n" + mail(n, t) + b"\n" for n, t in entries),
        "warc": lambda: b"".join(warc(entries)),
        "warc.gz": lambda: b"".join(gzip.compress(record) for record in warc(entries)),
    }  # fmt: skip
    single = {
        "txt": lambda n, t: utf8(body(n, t)),
        "html": lambda n, t: utf8(page(n, t)),
        "raw.html": lambda n, t: utf8(raw_page(n, t)),
        "md": lambda n, t: utf8(f"---\ntitle: {t}\nurl: {t}\n---\n{body(n, t)}"),
        "eml": mail,
        "docx": docx,
        "pdf": pdf,
    }
    if kind in many:
        (folder / f"in.{kind}").write_bytes(many[kind]())
    elif kind == "xlsx":
        workbook(folder / "in.xlsx", entries)
    elif kind == "zip":
        with zipfile.ZipFile(folder / "in.zip", "w") as archive:
            for number, text in entries:
                safe = sound(text).replace("\0", "0")[:180] or "x"
                archive.writestr(zipfile.ZipInfo(f"n{number} {safe} x.txt"), utf8(body(number, text)))
    else:
        for number, text in entries:
            # A name of its own where the system has one, with what it can hold of the string.
            name = re.sub(r'[/\0\\:*?"<>|\x00-\x1f]', "_", sound(text))[:40].strip(" .")
            path = folder / f"n{number} {name}.{kind}"
            path.write_bytes(single[kind](number, text))
            if kind == "txt":
                given = {"id": identifier(kind, number, text), "title": text, "url": text, "source": text}
                path.with_name(path.name + ".meta.json").write_text(json.dumps(given), "ascii")


@pytest.fixture(scope="module")
def parsed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """All formats in one folder, analysed once: what came of each file, and what was said."""
    folder = tmp_path_factory.mktemp("formats")
    for place, kind in enumerate(FORMATS):
        (folder / "in" / kind).mkdir(parents=True)
        make(folder / "in" / kind, kind, texts(place))
    output = folder / "out.jsonl"
    result = CliRunner().invoke(main, ["parse", str(folder / "in"), "-o", str(output), "--quiet", "--json-errors"])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    assert result.exit_code in (0, 3), result.output
    assert sorted(path.name for path in folder.iterdir()) == ["in", "out.jsonl"]
    records = [json.loads(line) for line in output.read_bytes().splitlines()]
    return {"records": records, "refused": [json.loads(line) for line in result.stderr.splitlines()], "file": output}


# Formats with a say of their own in what is text: what they hold back is their rule and no loss.
_TAKEN_AS_MARKUP = {"md", "raw.html", "pdf"}


@pytest.mark.parametrize("kind", FORMATS)
def test_every_article_comes_out_as_text(parsed: dict[str, Any], kind: str) -> None:
    refused = [r for r in parsed["refused"] if f"/in/{kind}/" in r["file"].replace("\\", "/")]
    assert not [r for r in refused if "fault" in r["reason"] or "could not be analysed" in r["reason"]], refused
    # Refused by name: a field of more than ten thousand characters, and what is mostly control characters.
    assert all("longer than" in r["reason"] or "binary file" in r["reason"] for r in refused), refused
    everything = "\n".join(record["text"] for record in parsed["records"])
    missing = [n for n, _ in texts(FORMATS.index(kind)) if f"item{n}x" not in everything]
    assert len(missing) <= len(refused), missing
    if kind in _TAKEN_AS_MARKUP:
        return
    shown = re.sub(r"[\W_]+", "", everything)
    lost = [t for _, t in texts(FORMATS.index(kind)) if re.sub(r"[\W_]+", "", sound(t))[:60] not in shown]
    assert len(lost) <= len(refused), lost


def test_no_link_but_to_the_web_comes_in_from_a_page(parsed: dict[str, Any]) -> None:
    for record in parsed["records"]:
        assert PRODUCT not in record["text"]
        assert not (record["url"] or "").strip().lower().startswith("javascript:") or "/" not in record["id"][:9]


@pytest.mark.browser
def test_the_map_of_all_formats_runs_nothing(browser: Any, parsed: dict[str, Any], tmp_path: Path) -> None:
    output = tmp_path / "map.html"
    result = CliRunner().invoke(main, ["map", str(parsed["file"]), "-o", str(output)])
    assert result.exit_code == 0, result.output
    opened = visit(browser, output).ready()
    seen = opened.tour(step=1 if EXHAUSTIVE else 9, click=True)
    opened.page.emulate_media(media="print")
    opened.page.wait_for_timeout(200)
    assert (opened.fired(), opened.requests, opened.pages, opened.errors, opened.violations) == ([], [], [], [], [])
    assert (seen["odd"], seen["wrong"], seen["polluted"]) == ([], [], [])
    assert {protocol for protocol, *_ in seen["links"]} <= {"http:", "https:"}
    opened.context.close()


@pytest.mark.parametrize("kind", ["txt", "jsonl", "csv", "html", "rss", "eml", "warc"])
def test_standard_input_is_read_like_a_file(kind: str, tmp_path: Path) -> None:
    entries = [(n, HOSTILE[n]) for n in (0, 100, 130, 180)]
    make(tmp_path, kind, entries[:1] if kind in ("txt", "html", "eml") else entries)
    path = next(path for path in sorted(tmp_path.iterdir()) if path.name.endswith(kind))
    result = CliRunner().invoke(main, ["parse", "-", "-o", "-", "--quiet"], input=path.read_bytes())
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    if kind == "csv":  # without a file's name, a table is words
        return
    assert "item0x" in result.stdout
