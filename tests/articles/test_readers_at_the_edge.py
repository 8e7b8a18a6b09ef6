"""Each reader called by itself at the edge of what it reads: too many, too large, half there, or not what it says."""

from __future__ import annotations

import email.message
import gzip
import io
import sys
import zipfile
from datetime import datetime
from typing import Any

import pytest

from mapper.articles import Limits, child, guard, warc
from mapper.articles.archive import read_zip
from mapper.articles.docx import read_docx
from mapper.articles.draft import Draft
from mapper.articles.mail import read_mail, read_mailbox
from mapper.articles.table import read_csv, read_xlsx
from mapper.articles.warc import read_warc
from mapper.errors import InputError

STORY = "Gunmen attacked a convoy near the market town of Veld on Tuesday, the army said in a statement there."
LIMITS = Limits()


def packed(**members: str | bytes) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return data.getvalue()


def refusals(items: Any) -> list[str]:
    return [item.reason for item in items if isinstance(item, InputError)]


# ---- Word

WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def document(body: str, title: str | None = None) -> bytes:
    members = {"word__document_dot_xml": f'<w:document xmlns:w="{WORDS}"><w:body>{body}</w:body></w:document>'}
    if title is not None:
        members["docProps__core_dot_xml"] = f'<c xmlns:dc="http://purl.org/dc/elements/1.1/">{title}</c>'
    return packed(**members)


def test_a_documents_title_tabs_breaks_and_text_boxes() -> None:
    body = (
        "<w:p><w:r><w:t>one</w:t><w:tab/><w:t>two</w:t><w:br/><w:t>three</w:t></w:r><w:del><w:r><w:delText>X</w:delText>"
        "</w:r></w:del></w:p><w:p><w:r><w:t>out</w:t><w:box><w:p><w:r><w:t>in</w:t></w:r></w:p></w:box></w:r></w:p>"
    )
    (draft,) = read_docx(document(body, "<dc:title> The \n title </dc:title>"), name="a.docx", limits=LIMITS)
    assert isinstance(draft, Draft)
    assert draft.text == "one two\nthree\n\nout\n\nin"
    assert draft.found == {"title": "The title"}
    (untitled,) = read_docx(document("<w:p/>", "<dc:title/>"), name="a.docx", limits=LIMITS)
    assert isinstance(untitled, Draft)
    assert untitled.found == {}


def test_a_zip_that_is_no_document() -> None:
    with pytest.raises(InputError, match="not a Word document: nothing written in it"):
        list(read_docx(packed(a="b"), name="a.docx", limits=LIMITS))


# ---- mail


def test_a_mailbox_of_too_many_and_of_none() -> None:
    with pytest.raises(InputError, match="a mailbox of more than 2 messages"):
        list(
            read_mailbox(
                b"From a@b Mon Jan  1 00:00:00 2020\nSubject: x\n\nx\n\n" * 3, name="m", limits=Limits(members=2)
            )
        )
    with pytest.raises(InputError, match="no mailbox: no message in it"):
        list(read_mailbox(b"nothing", name="m", limits=LIMITS))


def test_one_bad_message_costs_no_other() -> None:
    good = f"From a@b Mon Jan  1 00:00:00 2020\nSubject: S\n\n{STORY}\n\n".encode()
    bad = b"From a@b Mon Jan  1 00:00:00 2020\nX: y\n\n\n"
    items = list(read_mailbox(good + bad + good, name="m", limits=LIMITS))
    assert refusals(items) == ["message 2: a mail without text"]
    assert [item.position for item in items if isinstance(item, Draft)] == [1, 3]


def test_a_mail_that_breaks_the_library_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise LookupError("odd")

    get = email.message.EmailMessage.get
    odd = ("subject", "from", "date", "message-id")
    monkeypatch.setattr(
        email.message.EmailMessage, "get", lambda m, name, *more: broken() if name in odd else get(m, name, *more)
    )
    (draft,) = read_mail(f"Subject: S\n\n{STORY}".encode(), name="m", limits=LIMITS)
    assert isinstance(draft, Draft)
    assert draft.text == STORY
    monkeypatch.setattr(email.message.EmailMessage, "get_body", broken)
    with pytest.raises(InputError, match="not a mail that can be read: LookupError"):
        list(read_mail(STORY.encode(), name="m", limits=LIMITS))


def test_a_mail_whose_body_is_other_mails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(email.message.EmailMessage, "get_payload", lambda *_, **__: None)
    (draft,) = read_mail(b"Subject: S\n\nbody", name="m", limits=LIMITS)
    assert isinstance(draft, Draft)
    assert draft.text == "S"


# ---- archives


def zipped(data: bytes, limits: Limits = LIMITS) -> list[Any]:
    def read(stream: io.BytesIO, *, name: str, suffix: str, limits: Limits) -> Any:
        yield Draft(text=stream.read().decode())

    return list(read_zip(data, name="z.zip", limits=limits, opened=read, depth=0))


def test_archives_have_bounds() -> None:
    with pytest.raises(InputError, match="an archive of more than 2 files"):
        zipped(packed(a="", b="", c=""), Limits(members=2))
    with pytest.raises(InputError, match="an archive that unpacks to more than 10 bytes"):
        zipped(packed(a="x" * 11), Limits(unpacked=10))
    assert refusals(zipped(packed(a="x" * 11, b="y"), Limits(file=10))) == ["larger than 10 bytes"]


def test_a_broken_description_beside_an_article_is_told_and_the_article_read() -> None:
    items = zipped(packed(a_dot_txt=STORY, a_dot_txt_dot_meta_dot_json="{broken"))
    assert STORY in [item.text for item in items if isinstance(item, Draft)]
    assert len(refusals(items)) == 1


# ---- web archives


def record(
    body: bytes, *, kind: str = "application/http; msgtype=response", status: str = "200 OK", **fields: str
) -> bytes:
    head = "".join(f"{key.replace('_', '-')}: {value}\r\n" for key, value in fields.items())
    block = f"HTTP/1.1 {status}\r\nContent-Type: text/html\r\n{head}\r\n".encode() + body
    if not kind.startswith("application/http"):
        block = body
    return (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: <https://example.org/a>\r\n"
        + f"Content-Type: {kind}\r\nContent-Length: {len(block)}\r\n\r\n".encode()
        + block
        + b"\r\n\r\n"
    )


PAGE = f"<html><title>T</title><body><p>{STORY}</p></body></html>".encode()


def archived(data: bytes, limits: Limits = LIMITS) -> list[Any]:
    return list(read_warc(io.BufferedReader(io.BytesIO(data)), name="w.warc", limits=limits))


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        (PAGE, {}),
        (gzip.compress(PAGE), {"Content_Encoding": "gzip"}),
        (PAGE, {"Content_Encoding": "identity"}),
        (b"%x\r\n" % len(PAGE) + PAGE + b"\r\n0\r\n\r\n", {"Transfer_Encoding": "chunked"}),
        (PAGE, {"Transfer_Encoding": "chunked"}),
    ],
    ids=["plain", "gzip", "identity", "chunked", "chunked in name only"],
)
def test_a_page_however_it_was_sent(body: bytes, fields: dict[str, str]) -> None:
    (draft,) = archived(record(body, **fields))
    assert isinstance(draft, Draft)
    assert STORY in draft.text
    assert draft.found["url"] == "https://example.org/a"


def test_what_cannot_be_unpacked_is_named_by_its_record() -> None:
    items = archived(record(PAGE) + record(PAGE, Content_Encoding="br") + record(PAGE))
    assert refusals(items) == ["record 2: packed as 'br', which is not read"]
    assert len(items) == 3


def test_other_answers_and_kinds_are_passed_over() -> None:
    assert archived(record(PAGE, status="404 Not Found")) == []
    assert archived(record(PAGE, status="")) == []
    assert archived(record(b"GIF", kind="image/gif")) == []


def test_a_header_without_end_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warc, "_LONGEST_HEADER", 60)
    items = archived(b"WARC/1.0\r\n" + b"Key: 0123456789012345\r\n" * 10 + b"\r\n")
    assert refusals(items) == ["a web archive that cannot be read to its end: a header without end"]


# ---- tables


def test_tables_that_are_none() -> None:
    with pytest.raises(InputError, match="no heading row"):
        list(read_csv(b"\n ,\n", name="t.csv", limits=LIMITS, columns=None))


def test_a_cell_longer_than_any_may_be_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    import csv

    before = csv.field_size_limit()
    monkeypatch.setattr(csv, "field_size_limit", lambda *_: before)
    csv_limit = __import__("_csv").field_size_limit
    old = csv_limit(10)
    try:
        items = list(read_csv(b"text\n" + b"x" * 50, name="t.csv", limits=LIMITS, columns=None))
    finally:
        csv_limit(old)
    assert refusals(items) == ["not a table that can be read: field larger than field limit (10)"]


def test_days_and_numbers_in_a_workbook() -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(["text", "published", "title"])
    book.active.append([STORY, datetime(2020, 1, 2, 3, 4), 7.0])  # noqa: DTZ001 - as a workbook has it
    data = io.BytesIO()
    book.save(data)
    (draft,) = read_xlsx(data.getvalue(), name="t.xlsx", limits=LIMITS, columns=None)
    assert isinstance(draft, Draft)
    assert (draft.given["title"], draft.given["published"]) == ("7", "2020-01-02")
    with pytest.raises(InputError, match="no column 'nowhere' for text"):
        list(read_xlsx(data.getvalue(), name="t.xlsx", limits=LIMITS, columns={"text": "nowhere"}))
    with pytest.raises(InputError, match="not a workbook that can be read: "):
        list(read_xlsx(packed(a="b"), name="t.xlsx", limits=LIMITS, columns=None))


# ---- the child process


class Stopped:
    """A child that ends in the middle of an answer."""

    runs = True

    def ask(self, *_: object) -> None:
        raise BrokenPipeError

    def stop(self) -> None:
        Stopped.runs = False


def test_without_a_child_the_readers_run_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError("no process")

    guard._drop()
    monkeypatch.setattr(guard.subprocess, "Popen", refuse)
    (draft,) = guard.guarded("html", PAGE, name="p.html", limits=LIMITS)
    assert isinstance(draft, Draft)
    assert STORY in draft.text


def test_a_child_that_ends_costs_that_file(monkeypatch: pytest.MonkeyPatch) -> None:
    guard._drop()
    monkeypatch.setattr(guard, "_children", [Stopped()])
    items = list(guard.guarded("html", PAGE, name="p.html", limits=LIMITS))
    assert refusals(items) == ["cannot be read: the process that reads it came to an end"]
    assert Stopped.runs is False


def test_a_child_that_has_ended_is_replaced() -> None:
    list(guard.guarded("html", PAGE, name="p.html", limits=LIMITS))
    (first,) = guard._children
    first._process.kill()
    first._process.wait()
    (draft,) = guard.guarded("html", PAGE, name="p.html", limits=LIMITS)
    assert isinstance(draft, Draft)
    assert guard._children[0] is not first


def test_the_childs_own_readers_tell_what_they_refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(data: bytes, **_: object) -> Any:
        if data == b"memory":
            raise MemoryError
        if data == b"refused":
            raise InputError("no", file="x")
        raise ZeroDivisionError

    monkeypatch.setitem(child.READERS, "html", broken)
    for data, reason in ((b"refused", "no"), (b"other", "ZeroDivisionError")):
        (refusal,) = child.read_here("html", data, name="x", limits=LIMITS, options={})
        assert isinstance(refusal, InputError)
        assert reason in refusal.reason
    with pytest.raises(MemoryError):
        list(child.read_here("html", b"memory", name="x", limits=LIMITS, options={}))


def answered(request: dict[str, Any], data: bytes) -> tuple[bool, list[dict[str, Any]]]:
    import json

    import msgspec

    out = io.BytesIO()
    request = {"name": "x", "options": {}, "size": len(data), "limits": msgspec.to_builtins(LIMITS)} | request
    more = child._answered(request, io.BytesIO(data), out)
    return more, [json.loads(line) for line in out.getvalue().splitlines()]


def test_what_the_child_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "_limit_time", lambda _: None)
    more, lines = answered({"kind": "html"}, PAGE)
    assert more is True
    assert lines[-1] == {"end": "of file"}
    assert STORY in lines[0]["draft"]["text"]
    more, lines = answered({"kind": "page", "options": {"declared": "utf-8"}}, PAGE)
    assert STORY in lines[0]["draft"]["text"]
    assert answered({"kind": "html"}, b"")[1][0]["refused"]

    def broken(*_: object, **__: object) -> Any:
        raise MemoryError

    monkeypatch.setitem(child.READERS, "html", broken)
    assert answered({"kind": "html"}, PAGE) == (
        False, [{"refused": "takes more memory to read than it may"}, {"end": "for good"}],
    )  # fmt: skip


def test_a_system_without_limits_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "resource", None)
    child._limit_memory()
    child._limit_time(1.0)


def test_limits_are_asked_of_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    resource = pytest.importorskip("resource")
    asked: list[tuple[int, tuple[int, int]]] = []
    monkeypatch.setattr(resource, "setrlimit", lambda what, limit: asked.append((what, limit)))
    child._limit_memory()
    child._limit_time(30.0)
    assert asked[0] == (resource.RLIMIT_AS, (child.MEMORY, child.MEMORY))
    assert asked[1][0] == resource.RLIMIT_CPU
    assert asked[1][1][0] >= 32
