"""The same article in every format, and what each format's hostile cases come to."""

from __future__ import annotations

import importlib.util
import io
import json
from collections.abc import Callable
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mapper.articles import Limits
from mapper.articles.child import read_here
from mapper.articles.markdown import read_markdown
from mapper.errors import InputError
from tests.fixtures import containers
from tests.fixtures.containers import pdf_text, zipped

TITLE = "Ministers open three border posts"
BODY = [
    "VELD (AP) — The foreign minister of Veldland met his counterpart on Tuesday, officials in the capital said.",
    "The two sides agreed to open three border posts before the end of the year, “a first”, the ministry said.",
    "Traders in Port Aster, who had waited for nine years, welcomed the news.",
]
STORY = "\n\n".join([TITLE, *BODY])
PAGE = f"<!doctype html><title>{TITLE}</title><h1>{TITLE}</h1>" + "".join(f"<p>{p}</p>" for p in BODY)


def html() -> bytes:
    return PAGE.encode()


def markdown() -> bytes:
    linked = BODY[1].replace("border posts", "[border posts](https://example.org/posts)")
    bold = BODY[2].replace("Port Aster", "**Port Aster**")
    return f"---\ntitle: {TITLE}\ndate: 2015-03-04\n---\n\n# {TITLE}\n\n{BODY[0]}\n\n{linked}\n\n{bold}\n".encode()


def json_list() -> bytes:
    return json.dumps({"articles": [{"title": TITLE, "text": STORY, "published": "2015-03-04"}]}).encode()


def csv(delimiter: str = ",", encoding: str = "utf-8-sig") -> bytes:
    cells = ["7", TITLE, STORY, "2015-03-04"]
    quoted = delimiter.join('"' + cell.replace('"', '""') + '"' for cell in cells)
    return f"Doc ID{delimiter}Headline{delimiter}Full Text{delimiter}Pub_Date\r\n{quoted}\r\n".encode(encoding)


def rss() -> bytes:
    body = "".join(f"&lt;p&gt;{p}&lt;/p&gt;" for p in BODY)
    return (
        '<?xml version="1.0"?><rss version="2.0"><channel><title>The Daily</title>'
        f"<item><title>{TITLE}</title><link>https://example.org/a</link><guid>tag:7</guid>"
        f"<pubDate>Wed, 04 Mar 2015 08:00:00 GMT</pubDate><description>{body}</description></item></channel></rss>"
    ).encode()


def atom() -> bytes:
    body = "".join(f"<p>{p}</p>" for p in BODY)
    return (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>The Daily</title>'
        f'<entry><id>tag:7</id><title>{TITLE}</title><link href="https://example.org/a"/>'
        "<published>2015-03-04T08:00:00Z</published>"
        f'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{body}</div></content></entry></feed>'
    ).encode()


def message(html_only: bool = False) -> EmailMessage:
    mail = EmailMessage()
    mail["Subject"] = TITLE
    mail["From"] = '"The Daily" <news@example.org>'
    mail["Date"] = "Wed, 04 Mar 2015 08:00:00 +0000"
    mail["Message-ID"] = "<seven@example.org>"
    if html_only:
        mail.set_content("".join(f"<p>{p}</p>" for p in BODY), subtype="html", charset="cp1252")
    else:
        mail.set_content("\n\n".join(BODY))
        mail.add_alternative(PAGE, subtype="html")
    return mail


def mbox() -> bytes:
    one = message()
    two = message(html_only=True)
    two.replace_header("Message-ID", "<eight@example.org>")
    return b"".join(b"From news@example.org Wed Mar  4 08:00:00 2015\n" + m.as_bytes() + b"\n\n" for m in (one, two))


def docx() -> bytes:
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    rows = "".join(f"<w:p><w:r><w:t>{p[:20]}</w:t></w:r><w:r><w:t>{p[20:]}</w:t></w:r></w:p>" for p in [TITLE, *BODY])
    document = f'<w:document xmlns:w="{word}"><w:body>{rows}</w:body></w:document>'
    return zipped(("word/document.xml", document.encode()))


def xlsx() -> bytes:
    openpyxl = pytest.importorskip("openpyxl", reason="the extra for workbooks is not installed")
    book = openpyxl.Workbook()
    book.active.append(["id", "title", "text", "published"])
    book.active.append([7, TITLE, STORY, "2015-03-04"])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def pdf() -> bytes:
    if importlib.util.find_spec("pypdf") is None:
        pytest.skip("the extra for PDF is not installed")
    return pdf_text(line.replace("—", "-").replace("“", '"').replace("”", '"') for line in [TITLE, *BODY])


def warc(packed: bool = False) -> bytes:
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n"
    answer += f"{len(html()):x}\r\n".encode() + html() + b"\r\n0\r\n\r\n"
    records = (("warcinfo", b"software: x\r\n"), ("response", answer), ("request", b"GET / HTTP/1.1\r\n\r\n"))
    return containers.warc(*records, address="https://example.org/2015/03/04/a", packed=packed)


FORMATS: dict[str, tuple[Callable[[], bytes], str | None]] = {
    "a.txt": (STORY.encode, None),
    "a.html": (html, None),
    "a.md": (markdown, "2015-03-04"),
    "a.json": (json_list, "2015-03-04"),
    "a.csv": (csv, "2015-03-04"),
    "b.csv": (lambda: csv(";", "cp1252"), "2015-03-04"),
    "a.tsv": (lambda: csv("\t"), "2015-03-04"),
    "a.rss": (rss, "2015-03-04"),
    "a.xml": (atom, "2015-03-04"),
    "a.eml": (lambda: message().as_bytes(), "2015-03-04"),
    "b.eml": (lambda: message(html_only=True).as_bytes(), "2015-03-04"),
    "a.mbox": (mbox, "2015-03-04"),
    "a.docx": (docx, None),
    "a.xlsx": (xlsx, "2015-03-04"),
    "a.pdf": (pdf, None),
    "a.warc": (warc, "2015-03-04"),
    "a.warc.gz": (lambda: warc(packed=True), "2015-03-04"),
    "a.zip": (lambda: zipped(("in/a.txt", STORY.encode())), None),
}


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_article_whatever_the_format(name: str, tmp_path: Path, read_all: Any) -> None:
    make, published = FORMATS[name]
    path = tmp_path / name
    path.write_bytes(make())
    outcome = read_all(path)
    assert not outcome.refusals
    assert len(outcome.articles) == (2 if name == "a.mbox" else 1)
    for article in outcome.articles:
        words = " ".join(article.text.replace("—", "-").replace("“", '"').replace("”", '"').split())
        wanted = " ".join(STORY.replace("—", "-").replace("“", '"').replace("”", '"').split())
        assert words == wanted
        assert article.title == TITLE
        assert article.published == published
        assert article.language == "en"
        kinds = [segment.kind for segment in article.segments]
        assert kinds == ["headline", "dateline", "body"] or name == "a.pdf"


def test_ids_from_the_file_the_feed_the_mail_and_the_archive(tmp_path: Path, read_all: Any) -> None:
    for name in ("a.rss", "a.mbox", "a.eml", "b.csv", "a.warc"):
        (tmp_path / name).write_bytes(FORMATS[name][0]())
    members = {"x/a.txt": STORY.encode(), "x/a.txt.meta.json": b'{"published": "2001-02-03"}', "README.md": b"no"}
    inner = zipped(("deep.txt", (STORY + "!").encode()))
    (tmp_path / "z.zip").write_bytes(
        zipped(*members.items(), ("y.zip", inner), ("f.xml", rss().replace(b"tag:7", b"tag:8")))
    )
    outcome = read_all(tmp_path)
    assert not outcome.refusals
    assert outcome.ids == [
        "seven@example.org",
        "eight@example.org",
        "tag:7",
        "https://example.org/2015/03/04/a",
        "7",
        "tag:8",
        "z.zip/x/a.txt",
        "z.zip/y.zip/deep.txt",
    ]
    assert outcome.duplicates == ["seven@example.org"]
    assert next(a for a in outcome.articles if a.id == "z.zip/x/a.txt").published == "2001-02-03"


def test_columns_that_the_person_names(tmp_path: Path, read_all: Any) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f'Corps,Le\n"{STORY}",2015-03-04\n', encoding="utf-8")
    (refusal,) = read_all(path).refusals
    assert "no column for the text" in refusal.reason
    (article,) = read_all(path, columns={"text": "corps", "published": "Le"}).articles
    assert article.published == "2015-03-04"
    (refusal,) = read_all(path, columns={"text": "Rumpf"}).refusals
    assert "no column 'Rumpf' for text" in refusal.reason


def bomb() -> bytes:
    return zipped(("a.txt", b"a" * 60_000_000))


BAD: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "zip bomb": ("m.zip", bomb, "unpacks to more than"),
    "zip cut short": ("m.zip", lambda: zipped(("a.txt", STORY.encode()))[:-30], "not a zip file"),
    "zip in zip in zip": (
        "m.zip",
        lambda: zipped(("b.zip", zipped(("c.zip", zipped(("d", b"x")))))),
        "archives within",
    ),
    "zip of nothing readable": (
        "m.zip",
        lambda: zipped(("a.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)))),
        "not text",
    ),
    "docx without words": ("m.docx", lambda: zipped(("a.xml", b"<a/>")), "nothing written in it"),
    "docx of broken XML": ("m.docx", lambda: zipped(("word/document.xml", b"<w:document")), "not XML"),
    "docx that is no zip": ("m.docx", lambda: b"hello", "not a zip file"),
    "docx bomb": ("m.docx", lambda: zipped(("word/document.xml", b"<a>" + b" " * 60_000_000)), "unpacks to more than"),
    "empty table": ("m.csv", lambda: b"text,id\n", ""),
    "table without text": ("m.csv", lambda: b"a,b,c\n1,2,3\n", "no column for the text"),
    "table with a bad date": ("m.csv", lambda: b"text,date\nIt rained.,soon\n", "published: not a full ISO 8601"),
    "table with an open quotation": ("m.csv", lambda: b'text,id\n"It rained', ""),
    "feed that is a page of XML": ("m.xml", lambda: b"<a><b>c</b></a>", "no items or entries"),
    "feed of entity bombs": (
        "m.rss",
        lambda: b'<!DOCTYPE a [<!ENTITY b "cccccccccc"><!ENTITY d "&b;&b;&b;&b;">]><rss><item>&d;</item></rss>',
        "no text",
    ),
    "feed that is no XML": ("m.rss", lambda: b"hello", "not XML"),
    "entry without words": ("m.rss", lambda: b"<rss><channel><item><link>x</link></item></channel></rss>", "entry 1"),
    "mail without words": ("m.eml", lambda: b"From: a@example.org\n\n", "a mail without text"),
    "mail of an unknown charset": (
        "m.eml",
        lambda: b"Content-Type: text/plain; charset=unknown-8bit\nSubject: =?x?Q?=\n\n\x00\x01\x02\x03\x04",
        "not text",
    ),
    "mailbox without mails": ("m.mbox", lambda: b"hello", "no message in it"),
    "web archive cut short": ("m.warc", lambda: b"WARC/1.0\r\nContent-Length: x\r\n\r\n", "cannot be read to its end"),
    "web archive of words": ("m.warc", lambda: b"hello", "cannot be read to its end"),
    "web archive, broken packing": ("m.warc.gz", lambda: b"\x1f\x8bhello world", "cannot be read to its end"),
}


@pytest.mark.parametrize("kind", BAD)
def test_bad_files_between_good_ones(kind: str, tmp_path: Path, read_all: Any) -> None:
    name, make, reason = BAD[kind]
    (tmp_path / "a.txt").write_text(STORY, encoding="utf-8")
    (tmp_path / name).write_bytes(make())
    (tmp_path / "z.txt").write_text(STORY + " It rained.", encoding="utf-8")
    outcome = read_all(tmp_path)
    assert [i for i in outcome.ids if i in ("a.txt", "z.txt")] == ["a.txt", "z.txt"]
    if not reason:  # read for what it is
        assert all(refusal.file.endswith(name) for refusal in outcome.refusals)
    else:
        (refusal,) = outcome.refusals
        assert reason in refusal.reason
        assert name in refusal.file
        assert outcome.ids == ["a.txt", "z.txt"]


@pytest.mark.skipif(importlib.util.find_spec("pypdf") is None, reason="the extra for PDF is not installed")
def test_broken_pdfs(tmp_path: Path, read_all: Any) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4\nhello")
    (tmp_path / "b.pdf").write_bytes(pdf()[:300])
    outcome = read_all(tmp_path)
    assert not outcome.articles
    assert [refusal.reason.startswith("a PDF that cannot be read") for refusal in outcome.refusals] == [True, True]


def test_a_pdf_that_takes_too_long(tmp_path: Path, read_all: Any) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf())
    (refusal,) = read_all(tmp_path, limits=replace(Limits(), seconds=0.0, bytes_a_second=10**12)).refusals
    assert "takes longer than" in refusal.reason


@pytest.mark.parametrize(("name", "module", "extra"), [("a.pdf", "pypdf", "pdf"), ("a.xlsx", "openpyxl", "xlsx")])
def test_what_needs_an_extra_names_it(name: str, module: str, extra: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, module, None)
    data = b"%PDF-1.4" if name == "a.pdf" else zipped(("a", b"b"))
    options = {} if name == "a.pdf" else {"columns": None}
    (refusal,) = read_here(extra, data, name=name, limits=Limits(), options=options)
    assert isinstance(refusal, InputError)
    assert f"[{extra}]" in refusal.reason


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
@pytest.mark.parametrize("name", [name for name in FORMATS if name not in ("a.pdf", "a.xlsx", "a.txt")])
def test_damaged_files_are_read_or_refused(name: str, tmp_path: Path, data: st.DataObject, read_all: Any) -> None:
    whole = bytearray(FORMATS[name][0]())
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(whole)))
    path = tmp_path / name
    path.write_bytes(bytes(whole[:cut] if data.draw(st.booleans()) else whole))
    outcome = read_all(path)
    assert outcome.articles or outcome.refusals or name.startswith(("a.warc", "a.csv", "b.csv", "a.tsv", "a.zip"))


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("# Gao", "Gao"), ("## Gao ##", "Gao"), ("#  Gao #  ", "Gao"), ("# Gao # Mali", "Gao # Mali"), ("# ####", ""),
        ("---", ""), ("=====  ", ""), ("* * *", ""), ("- - x", "- x"), ("**", "**"), ("-- x", "-- x"), ("#Gao", "#Gao"),
    ],
)  # fmt: skip
def test_lines_that_are_markup_alone_go_and_headings_keep_their_words(line: str, words: str) -> None:
    (draft,) = read_markdown(f"One.\n\n{line}\n\nTwo.".encode(), name="a.md", limits=Limits())
    assert draft.text.split() == ["One.", *words.split(), "Two."]  # type: ignore[union-attr]


@pytest.mark.parametrize("url", ["javascript:canary()", "data:text/html,x", "//example.org/", "ftp://example.org/"])
def test_the_front_matter_of_markdown_gives_no_link_but_to_the_web(url: str) -> None:
    (draft,) = read_markdown(f"---\nurl: {url}\n---\nWords.".encode(), name="a.md", limits=Limits())
    assert "url" not in draft.found  # type: ignore[union-attr]
    (draft,) = read_markdown(b"---\nurl: https://example.org/a\n---\nWords.", name="a.md", limits=Limits())
    assert draft.found == {"url": "https://example.org/a"}  # type: ignore[union-attr]
