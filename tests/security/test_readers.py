"""Files made to hang, to blow up or to crash what reads them: each is refused by itself, in time, and the next is read."""

# ruff: noqa: E501, PLW0108

from __future__ import annotations

import io
import os
import signal
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mapper.articles import Limits, guard, read
from mapper.articles.draft import FAULT
from mapper.errors import InputError
from mapper.model import Article
from tests.fixtures.containers import pdf, pdf_page, zipped
from tests.security import EXHAUSTIVE
from tests.security.fault_runner import forked

WORDS = "Gunmen attacked a convoy near Gao, Mali, on 3 April 2014."
LARGE = Limits().text_characters


def everything(*paths: Path, limits: Limits | None = None) -> tuple[list[Article], list[InputError]]:
    refused: list[InputError] = []
    found = [item for item in read(*paths, on_refusal=refused.append, limits=limits) if isinstance(item, Article)]
    assert not [refusal for refusal in refused if refusal.reason.startswith(FAULT)], refused
    return found, refused


@pytest.fixture
def odd_child(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    guard._drop()
    monkeypatch.setattr(guard, "_CHILD", "tests.security.odd_child")
    yield
    guard._drop()


@pytest.mark.usefixtures("odd_child")
@pytest.mark.parametrize(
    ("how", "reason"),
    [
        ("hang", "longer than 3 s"),
        ("spin", "longer than 3 s"),
        ("abort", "came to an end"),
        ("exit", "came to an end"),
        ("memory", "more memory"),
        ("recursion", "RecursionError"),
        ("noise", None),
        ("lie", None),
    ],
)
def test_whatever_a_reader_does_costs_its_file_only(how: str, reason: str | None, tmp_path: Path) -> None:
    if how == "memory" and sys.platform not in ("linux", "freebsd"):
        pytest.skip("this system keeps no limit on memory")
    (tmp_path / "a.txt").write_text(WORDS, "utf-8")
    (tmp_path / "b.html").write_text(how, "utf-8")
    (tmp_path / "c.html").write_text("plain", "utf-8")
    refused: list[InputError] = []
    started = time.monotonic()
    found = list(read(tmp_path, on_refusal=refused.append, limits=Limits(seconds=3)))
    assert time.monotonic() - started < 30
    # What was read before stays; the file that follows is read by a new child.
    assert [item.text for item in found if isinstance(item, Article)].count("before it went wrong") >= 1
    assert found[0].id == "a.txt"  # type: ignore[union-attr]
    assert found[-1].id == "c.html"  # type: ignore[union-attr]
    if reason is None:
        assert all(Path(refusal.file).name == "b.html" for refusal in refused)
    else:
        (refusal,) = refused
        assert Path(refusal.file).name == "b.html"
        assert reason in refusal.reason


def test_the_child_is_kept_and_a_dead_one_replaced(tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"{number}.html").write_text(f"<p>{number} {WORDS}</p>", "utf-8")
    guard._drop()
    everything(tmp_path)
    (child,) = guard._children
    everything(tmp_path)
    assert guard._children == [child]
    child._process.kill()
    child._process.wait()
    found, refused = everything(tmp_path)
    assert (len(found), refused) == (3, [])
    assert guard._children != [child]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs forked processes")
def test_a_forked_process_reads_with_a_child_of_its_own_and_leaves_its_parent_s(tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    page.write_text("<p>" + "Gunmen attacked a convoy near Gao on Monday. " * 4, "utf-8")
    assert len(list(read(page))) == 1
    (child,) = guard._children

    def again() -> int:
        signal.alarm(60)  # a process that waits for its parent's child would wait for ever
        guard._drop()
        return 0 if len(list(read(page))) == 1 and guard._children != [child] else 1

    _, status = os.waitpid(forked(again), 0)
    assert os.waitstatus_to_exitcode(status) == 0
    assert guard._children == [child]
    assert child.runs
    assert len(list(read(page))) == 1


def test_without_processes_files_are_read_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none() -> None:
        raise PermissionError("no processes here")

    guard._drop()
    monkeypatch.setattr(guard, "_Child", none)
    (tmp_path / "a.html").write_text(f"<p>{WORDS}</p>", "utf-8")
    (tmp_path / "b.html").write_text("<html></html>", "utf-8")
    found, refused = everything(tmp_path)
    assert [article.id for article in found] == ["a.html"]
    assert [Path(refusal.file).name for refusal in refused] == ["b.html"]


_LAUGHS = "".join(
    ["<!DOCTYPE a [<!ENTITY a0 'ha'>", *(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10)), "]>"]
)
_QUADRATIC = f"<!DOCTYPE a [<!ENTITY a '{'a' * 50_000}'>]>"
_OUTSIDE = "<!DOCTYPE a [<!ENTITY a SYSTEM 'file:///etc/hostname'><!ENTITY % p SYSTEM 'http://canary.invalid/'> %p;]>"
_W = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'"


def _overlapping() -> bytes:
    """A zip in which a thousand entries share one packed block."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"a " * 500_000)
    data = held.getvalue()
    start = data.index(b"PK\x01\x02")
    end = data.index(b"PK\x05\x06")
    entry = data[start:end]
    many = entry * 1_000
    tail = bytearray(data[end:])
    tail[8:12] = (1_000).to_bytes(2, "little") * 2
    tail[12:16] = len(many).to_bytes(4, "little")
    return data[:start] + many + bytes(tail)


def _book(sheet: bytes) -> bytes:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    return zipped(
        ("[Content_Types].xml", f'<Types xmlns="{package}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/></Types>'.encode()),
        ("_rels/.rels", f'<Relationships xmlns="{package}/relationships"><Relationship Id="r" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>'.encode()),
        ("xl/workbook.xml", f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="a" sheetId="1" r:id="r"/></sheets></workbook>'.encode()),
        ("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{package}/relationships"><Relationship Id="r" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'.encode()),
        ("xl/worksheets/sheet1.xml", sheet),
    )  # fmt: skip


def _packed(rounds: int) -> bytes:
    """A stream packed over and over: a few bytes that come to very many."""
    import zlib

    data = b"0 " * 50_000_000
    for _ in range(rounds):
        data = zlib.compress(data, 9)
    return data


def _nested_mail(depth: int) -> bytes:
    head = b"Subject: a\nMIME-Version: 1.0\n"
    return head + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(depth))


CHOKING: dict[str, tuple[str, Callable[[], bytes]]] = {
    "a hundred thousand elements deep": ("html", lambda: b"<div>" * 100_000 + WORDS.encode()),
    "a hundred thousand tags unclosed": ("html", lambda: b"<p><b><i><a>" * 100_000),
    "tables in tables": ("html", lambda: b"<table><tr><td>" * 50_000 + WORDS.encode()),
    "attributes without end": ("html", lambda: b"<p " + b"a=b " * 500_000 + b">" + WORDS.encode()),
    "one attribute of megabytes": ("html", lambda: b"<p title='" + b"a" * 3_000_000 + b"'>" + WORDS.encode()),
    "comments unclosed": ("html", lambda: b"<!--" * 500_000),
    "scripts unclosed": ("html", lambda: b"<script>" * 300_000),
    "angle brackets": ("html", lambda: b"<" * 3_000_000),
    "ampersands": ("html", lambda: b"<p>" + b"&" * 3_000_000),
    "misnested formatting": ("html", lambda: b"<p>" + b"<a><b><i><u><font>" * 20_000 + WORDS.encode() + b"</p>" * 20_000),
    "links by the hundred thousand": ("html", lambda: b"<p>" + b"<a href=x>a b</a> " * 150_000),
    "times by the hundred thousand": ("html", lambda: b"<time datetime=2014-04-03>x</time>" * 100_000),
    "JSON-LD nested": ("html", lambda: b"<script type='application/ld+json'>" + b"[" * 1_000_000 + b"</script><p>" + WORDS.encode()),
    "styles on everything": ("html", lambda: b"<p style='" + b"display:" * 200_000 + b"'>" + WORDS.encode()),
    "a charset that hides": ("html", lambda: b"<meta charset=utf-7><p>+ADw-script+AD4-" + WORDS.encode()),
    "a billion laughs in a feed": ("rss", lambda: f"<?xml version='1.0'?>{_LAUGHS}<rss><channel><item><title>&a9;</title></item></channel></rss>".encode()),
    "quadratic entities in a feed": ("rss", lambda: f"<?xml version='1.0'?>{_QUADRATIC}<rss><channel><item><title>{'&a;' * 50_000}</title></item></channel></rss>".encode()),
    "entities from outside in a feed": ("rss", lambda: f"<?xml version='1.0'?>{_OUTSIDE}<rss><channel><item><title>&a;</title></item></channel></rss>".encode()),
    "a feed a hundred thousand deep": ("rss", lambda: b"<rss>" + b"<item>" * 100_000),
    "a billion laughs in a document": ("docx", lambda: zipped(("word/document.xml", f"<?xml version='1.0'?>{_LAUGHS}<w:p {_W}><w:r><w:t>&a9;</w:t></w:r></w:p>".encode()))),
    "a document a hundred thousand deep": ("docx", lambda: zipped(("word/document.xml", f"<w:p {_W}>".encode() + b"<w:p>" * 100_000))),
    "text boxes in text boxes": ("docx", lambda: zipped(("word/document.xml", f"<w:d {_W}>".encode() + b"<w:p><w:r>" * 100 + b"<w:t>a</w:t>" * 100_000 + b"</w:r></w:p>" * 100 + b"</w:d>"))),
    "a workbook of a billion laughs": ("xlsx", lambda: _book(f"<?xml version='1.0'?>{_LAUGHS}<worksheet><sheetData><row><c t='inlineStr'><is><t>&a9;</t></is></c></row></sheetData></worksheet>".encode())),
    "a workbook with a cell far away": ("xlsx", lambda: _book(b"<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><sheetData><row r='1048576'><c r='XFD1048576'><v>1</v></c></row></sheetData></worksheet>")),
    "a workbook nested": ("xlsx", lambda: _book(b"<worksheet>" + b"<sheetData>" * 100_000)),
    "entries that overlap": ("zip", _overlapping),
    "a zip of two million names": ("zip", lambda: zipped(*((f"{n}.txt", b"") for n in range(10_050)))),
    "mail in mail in mail": ("eml", lambda: _nested_mail(5_000)),
    "mail headers without end": ("eml", lambda: b"Subject: " + b"=?utf-8?q?a?= " * 60_000 + b"\n\n" + WORDS.encode()),
    "mail header folded": ("eml", lambda: b"Subject: a\n" + b" a\n" * (300_000 if EXHAUSTIVE else 50_000) + b"\n" + WORDS.encode()),
    "mail addresses nested": ("eml", lambda: b"From: " + b"(" * 100_000 + b"\nSubject: a\n\n" + WORDS.encode()),
    "mail dates nested": ("eml", lambda: b"Date: " + b"(" * 100_000 + b"\nSubject: a\n\n" + WORDS.encode()),
    "mailbox of From lines": ("mbox", lambda: b"From a 2014\nA:" * 150_000),
    "mailbox of line ends": ("mbox", lambda: b"\r\n" * 2_000_000),
    "a PDF packed three times over": ("pdf", lambda: pdf_page(_packed(3), more=b"/Filter[/FlateDecode/FlateDecode/FlateDecode]")),
    "a PDF that draws for ever": ("pdf", lambda: pdf_page(b"q " * 2_000_000)),
    "a PDF of brackets": ("pdf", lambda: pdf_page(b"[" * 500_000)),
    "a PDF of nested dictionaries": ("pdf", lambda: pdf(b"<</A" * 100_000)),
    "a PDF whose form draws itself": ("pdf", lambda: pdf(
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/MediaBox[0 0 9 9]/Resources<</XObject<</A 5 0 R/B 5 0 R>>>>>>",
        b"<</Length 12>>stream\n/A Do /B Do \nendstream",
        b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</A 5 0 R/B 5 0 R>>>>/Length 12>>stream\n/A Do /B Do \nendstream")),
    "a PDF whose pages are their own": ("pdf", lambda: pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9>>")),
    "a web archive of a bomb": ("warc", lambda: _warc(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n" + _gzip(b"<p>" + b"a " * 100_000_000))),
    "a web archive chunked to nothing": ("warc", lambda: _warc(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n" + b"fffffffffffffff\r\n" * 10)),
    "a web archive of a nested page": ("warc", lambda: _warc(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + b"<div>" * 100_000)),
}  # fmt: skip


def _gzip(data: bytes) -> bytes:
    import gzip

    return gzip.compress(data, 9, mtime=0)


def _warc(block: bytes) -> bytes:
    head = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: %d\r\n\r\n" % len(
        block
    )
    return head + block + b"\r\n\r\n"


# Those that take a parser long, whatever stops it.
_SLOW = {"a web archive of a bomb", "a PDF packed three times over"}


@pytest.mark.parametrize("kind", [kind for kind in CHOKING if EXHAUSTIVE or kind not in _SLOW])
def test_a_choking_file_is_read_or_refused_in_time(kind: str, tmp_path: Path) -> None:
    suffix, made = CHOKING[kind]
    (tmp_path / f"b.{suffix}").write_bytes(made())
    (tmp_path / "a.txt").write_text(WORDS, "utf-8")
    (tmp_path / "c.html").write_text(f"<p>{WORDS}</p>", "utf-8")
    started = time.monotonic()
    found, refused = everything(tmp_path)
    assert time.monotonic() - started < 60
    assert {"a.txt", "c.html"} <= {article.id for article in found}
    assert all(f"b.{suffix}" in refusal.file for refusal in refused)
    assert not any("ha" * 500 in article.text for article in found)


# Each of these, over and over, is the worst that some pattern could meet.
ATOMS = [
    *("a", "A", " ", "\n", "\t", "\r", ".", ",", "-", "—", "(", "[", "<", "&", "*", "_", "`", "#", "|", ">", "=", "/"),
    *("\u00a0", "\u2028", "é", "北", "غ", "\u0301", "\u200b", "😀", "0", "9", "\x85", "\\", '"', "'", ":", ";", "@"),
    *("a ", " a", "a\n", "A. ", "a.b", "1.", "12 ", "A-", "(a", "[a](", "**a", "__a", "&a", "<a", "<!", "--", "=?"),
    *("By ", "AP ", "(AP) ", "Photo ", "3 May ", "2014-", "May 3, ", "http://", "GAO, ", "GAO (", "GAO — ", "Read "),
    *("\n---\n", "> ", "From ", "\n\n ", " \n ", "a\n\n", "From a 2014\n", "title: ", "a,", '",', ";\n", "]]>", "-->"),
]  # fmt: skip


@pytest.mark.parametrize("suffix", ["txt", "md", "html", "csv", "tsv", "json", "jsonl", "eml", "mbox", "rss", "warc"])
def test_no_pattern_takes_for_ever(suffix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every pattern between a file's bytes and an article, each atom alone in a file as long as an article may be."""
    read_in_this_process(monkeypatch)
    size = LARGE if EXHAUSTIVE else 25_000
    for number, atom in enumerate(ATOMS):
        text = (f"{WORDS} " + atom * (size // len(atom)))[:size]
        if suffix == "html":
            text = f"<html><body><p>{text}"
        (tmp_path / f"{number}.{suffix}").write_bytes(text.encode())
    limits = Limits(text_characters=2 * LARGE, words=2 * LARGE)
    slowest = ("", 0.0)
    for path in sorted(tmp_path.iterdir()):
        before = time.process_time()
        everything(path, limits=limits)
        slowest = max(slowest, (ATOMS[int(path.stem)], time.process_time() - before), key=lambda one: one[1])
    print(f"{suffix}: slowest {slowest}")
    assert slowest[1] < (60 if EXHAUSTIVE else 5), slowest


def read_in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where processor time can be counted, whatever else the machine is doing."""

    def none() -> None:
        raise PermissionError("no child")

    guard._drop()
    monkeypatch.setattr(guard, "_Child", none)


STARTS = [
    *(
        "",
        "# a",
        "---",
        "- ",
        "> ",
        "[a](",
        "[a]: ",
        "**a",
        "_a",
        "`",
        "By A",
        "GAO (",
        "(AP",
        "Photo: A",
        "\n\n",
        "<a ",
        "<!--",
    ),
    *("3 May ", "Published ", "http://", "READ MORE", "Reporting by A", "“a", "a", "| a", "title: ", "From ", "a,"),
]
RUNS_OF = [
    " ",
    "\t",
    "\n",
    " \n",
    "#",
    "-",
    "*",
    "_",
    ".",
    ",",
    "a ",
    "A",
    "A ",
    "Ab ",
    "(",
    "[",
    "<",
    "&",
    "/",
    "1 ",
    '"',
    "|",
    "A. ",
]


def costs(suffix: str, text: str, path: Path) -> float:
    """Seconds of processor time from the file to its article, read in this process."""
    path = path.with_suffix(f".{suffix}")
    path.write_text(text, "utf-8")
    started = time.process_time()
    everything(path, limits=Limits(words=2 * LARGE))
    return time.process_time() - started


@pytest.mark.parametrize("suffix", ["txt", "md", "html", "eml", "csv"])
def test_no_pattern_tries_every_way_to_part_a_run(suffix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A beginning that a pattern waits for, a run of one thing, and an end that it cannot take: what is tried again
    from every place of the run takes time that grows with its square, or its cube."""
    read_in_this_process(monkeypatch)
    length = 20_000 if EXHAUSTIVE else 3_000
    cases = [(s, r, e) for s in STARTS for r in RUNS_OF for e in ("x", "\nx")]
    page = "<html><body><p>{}</p></body></html>" if suffix == "html" else "{}"
    costs(suffix, page.format(WORDS), tmp_path / "first")
    for start, run, end in cases if EXHAUSTIVE else cases[:: 1 if suffix == "md" else 7]:
        text = f"{WORDS}\n\n{start}{run * (length // len(run))}{end}\n\n{WORDS}"
        took = costs(suffix, page.format(text), tmp_path / "a")
        assert took < (2 if EXHAUSTIVE else 1), (start, run, end, took)
