"""Bad input between good: nothing good is lost, everything bad is named with its line, and nothing else happens."""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path
from typing import Any

import pytest

from mapper.articles import Limits, read
from mapper.errors import InputError

GOOD = "Soldiers stormed a compound in the northern town on Monday, officials said. Two people were arrested.\n"
TEXT = GOOD.strip()


def line(**fields: object) -> bytes:
    return json.dumps({"text": TEXT, **fields}).encode()


# What a line of JSON lines may hold, and the reason that its refusal gives.
BAD_LINES: dict[str, tuple[bytes, str]] = {
    "broken JSON": (b'{"id": 1, "text": "cut o', "not JSON"),
    "no JSON at all": (b"hello", "not JSON"),
    "two objects": (b'{"text": "a"} {"text": "b"}', "not JSON"),
    "single quotes": (b"{'text': 'a'}", "not JSON"),
    "trailing comma": (b'{"text": "a",}', "not JSON"),
    "NaN": (b'{"id": NaN, "text": "a"}', "not JSON"),
    "Infinity": (b'{"id": -Infinity, "text": "a"}', "not JSON"),
    "number of many digits": (b'{"id": ' + b"9" * 6_000 + b', "text": "a"}', "not JSON"),
    "control character in a string": (b'{"text": "a\x01b"}', "not JSON"),
    "deep lists": (b'{"text": ' + b"[" * 20_000, "nested too deeply"),
    "deep objects": (b'{"a":' * 9_000, "nested too deeply"),
    "a list": (b'["text"]', "expected a JSON object, found a list"),
    "a string": (b'"text"', "expected a JSON object, found a string"),
    "a number": (b"17", "expected a JSON object, found a number"),
    "null": (b"null", "expected a JSON object, found null"),
    "true": (b"true", "expected a JSON object, found true or false"),
    "no text": (b'{"id": "x"}', "text: expected a string, found nothing"),
    "text null": (b'{"text": null}', "text: expected a string, found nothing"),
    "text a number": (b'{"text": 5}', "text: expected a string, found a number"),
    "text a list": (b'{"text": ["a", "b"]}', "text: expected a string, found a list"),
    "text an object": (b'{"text": {"en": "a"}}', "text: expected a string, found an object"),
    "text empty": (b'{"text": ""}', "no text"),
    "text only space": (b'{"text": " \\n\\t\\u00a0 "}', "no text"),
    "text too long": (b'{"text": "' + b"a " * 22_000 + b'"}', "text longer than 40,000 characters"),
    "id a list": (line(id=[1]), "id: expected a string or a number, found a list"),
    "id true": (line(id=True), "id: expected a string or a number, found true or false"),
    "id an object": (line(id={}), "id: expected a string or a number, found an object"),
    "id endless": (line(id="x" * 20_000), "id: longer than 10,000 characters"),
    "title a number": (line(title=5), "title: expected a string, found a number"),
    "url a list": (line(url=["http://example.org"]), "url: expected a string, found a list"),
    "source an object": (line(source={"name": "x"}), "source: expected a string, found an object"),
    "language false": (line(language=False), "language: expected a string, found true or false"),
    "title endless": (line(title="x" * 20_000), "title: longer than 10,000 characters"),
    "published a number": (line(published=20140404), "published: expected a string, found a number"),
    "published words": (line(published="yesterday"), "published: not a full ISO 8601 date"),
    "published 30 February": (line(published="2014-02-30"), "published: not a full ISO 8601 date"),
    "published year 0": (line(published="0000-01-01"), "published: not a full ISO 8601 date"),
    "published year 9999": (line(published="9999-12-31"), "published: not a full ISO 8601 date"),
    "published year only": (line(published="2014"), "published: not a full ISO 8601 date"),
    "published before newspapers": (line(published="1066-10-14"), "published: not a full ISO 8601 date"),
    "published year of five figures": (line(published="20140-01-01"), "published: not a full ISO 8601 date"),
    "published a script": (line(published="2014-01-01<script>"), "published: not a full ISO 8601 date"),
    "mentions an object": (line(mentions={}), "mentions: expected a list, found an object"),
    "mentions of numbers": (line(mentions=[1]), "mentions[0]: expected start and end"),
    "mention without end": (line(mentions=[{"start": 0}]), "mentions[0]: expected start and end"),
    "mention beyond the text": (line(mentions=[{"start": 0, "end": 4_000}]), "mentions[0]: expected start and end"),
    "mention backwards": (line(mentions=[{"start": 4, "end": 2}]), "mentions[0]: expected start and end"),
    "mention of nothing": (line(mentions=[{"start": 4, "end": 4}]), "mentions[0]: expected start and end"),
    "mention before the text": (line(mentions=[{"start": -3, "end": 2}]), "mentions[0]: expected start and end"),
    "mention at true": (line(mentions=[{"start": False, "end": True}]), "mentions[0]: expected start and end"),
    "mention at 1.5": (line(mentions=[{"start": 0, "end": 1.5}]), "mentions[0]: expected start and end"),
    "trigger a string": (line(triggers="stormed"), "triggers: expected a list, found a string"),
    "trigger beyond the text": (line(triggers=[{"start": 0, "end": 9**20}]), "triggers[0]: expected start and end"),
    "Latin-1": ('{"text": "Sévaré"}'.encode("latin-1"), "not UTF-8"),
    "cut UTF-8": (b'{"text": "S\xc3"}', "not UTF-8"),
    "overlong UTF-8": (b'{"text": "\xc0\xaf"}', "not UTF-8"),
    "random bytes": (bytes(range(128, 256)), "not UTF-8"),
    "raw NUL": (b'{"text": "a\x00b"}', "not JSON"),
    "a very long line": (b'{"text": "' + b"a" * 120_000 + b'"}', "longer than 50,000 bytes"),
    "an earlier output, not decodable here": (b'{"schema": "1", "id": "x"}', "an earlier output"),
    "a known id with another text": (b'{"id": "first", "text": "Another story."}', "was used before, for another text"),
}


@pytest.mark.parametrize("kind", BAD_LINES)
def test_a_bad_line_between_good_lines(kind: str, tmp_path: Path, read_all: Any, small_limits: Limits) -> None:
    bad, reason = BAD_LINES[kind]
    path = tmp_path / "articles.jsonl"
    path.write_bytes(b"\n".join([line(id="first"), bad, line(id=3.0), b"", line(id="last")]))
    outcome = read_all(path, limits=small_limits)
    assert outcome.ids == ["first", "3.0", "last"]
    assert [article.text for article in outcome.articles] == [TEXT] * 3
    assert [str(refusal) for refusal in outcome.refusals] == [f"{path}:2: {outcome.refusals[0].reason}"]
    assert reason in outcome.refusals[0].reason
    assert "\n" not in str(outcome.refusals[0])


# Odd, but sound: read as they are.
SOUND_LINES: dict[str, bytes] = {
    "lone surrogates": b'{"id": "odd", "text": "a \\ud800 b"}',
    "escaped NUL": b'{"id": "odd", "text": "a \\u0000 b"}',
    "bidirectional controls": '{"id": "odd", "text": "a \u202e b"}'.encode(),
    "line separators": '{"id": "odd", "text": "a \u2028 b"}'.encode(),
    "unknown fields": b'{"id": "odd", "text": "a b", "__proto__": {"x": 1}, "constructor": 5}',
    "a field twice": b'{"id": "no", "id": "odd", "text": "a b"}',
    "null fields": b'{"id": "odd", "text": "a b", "title": null, "published": null, "mentions": null}',
    "empty fields": b'{"id": "odd", "text": "a b", "title": "", "published": "", "language": ""}',
    "a path as id": b'{"id": "odd", "text": "a b", "url": "javascript:alert(1)"}',
    "astral characters": '{"id": "odd", "text": "\U0001f30d b", "mentions": [{"start": 2, "end": 3}]}'.encode(),
    "carriage return": b'{"id": "odd", "text": "a b"}\r',
    "a language in words": b'{"id": "odd", "text": "a b", "language": "English"}',
}


@pytest.mark.parametrize("kind", SOUND_LINES)
def test_an_odd_line_is_kept_as_it_is(kind: str, tmp_path: Path, read_all: Any, small_limits: Limits) -> None:
    path = tmp_path / "articles.jsonl"
    path.write_bytes(b"\n".join([line(id="first"), SOUND_LINES[kind], line(id="last")]))
    outcome = read_all(path, limits=small_limits)
    assert outcome.ids == ["first", "odd", "last"]
    assert not outcome.refusals
    assert outcome.articles[1].text == json.loads(SOUND_LINES[kind])["text"]


# Whole files, and the reason that their refusal gives; None where they are read.
BAD_FILES: dict[str, tuple[str, bytes, str | None]] = {
    "empty": ("m.txt", b"", "empty"),
    "only space": ("m.txt", b" \n\r\n\t ", "empty"),
    "only a byte order mark": ("m.txt", b"\xef\xbb\xbf", "no text"),
    "a picture": ("m.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "not text"),
    "a program": ("m.txt", b"\x7fELF\x02\x01\x01" + b"\x00" * 400 + bytes(range(256)), "not text"),
    "zeros": ("m.txt", b"\x00" * 5_000, "not text"),
    "random bytes": ("m.txt", bytes((i * 197 + i // 7 * 31) % 256 for i in range(4_000)), "not text"),
    "too large": ("m.txt", b"a " * 150_000, "larger than 200,000 bytes"),
    "too long a text": ("m.txt", b"word " * 9_000, "text longer than 40,000 characters"),
    "unknown ending, text": ("m.xyz", GOOD.encode(), None),
    "no ending, text": ("m", GOOD.encode(), None),
    "broken JSON file": ("m.json", b'{"text": "cut', "not JSON"),
    "JSON without articles": ("m.json", b'{"a": [1, 2, 3]}', "no articles in it"),
    "JSON of one number": ("m.json", b"5", "no articles in it"),
    "deep JSON": ("m.json", b"[" * 90_000, "nested too deeply"),
    "JSON list with a bad article": ("m.json", b'[{"text": 5}]', "article 1: text: expected a string"),
    "empty page": ("m.html", b"<html><body></body></html>", "a page without text"),
    "page of scripts": ("m.html", b"<html><script>var a = 'words'</script><style>b{}</style></html>", "without text"),
    "page too large": ("m.html", b"<p>" + b"a " * 60_000, "a page larger than 100,000 bytes"),
    "page cut short": ("m.html", b"<html><body><p>Soldiers stormed a compound in the town. <b>Two", None),
    "page of deep nesting": ("m.html", b"<div>" * 9_000 + b"Soldiers stormed a compound in the town.", None),
    "page of entities": (
        "m.html",
        b'<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;">]><p>Soldiers left &d; town.',
        None,
    ),
    "page reading a file": (
        "m.html",
        b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><p>Soldiers left &b; town.</p>',
        None,
    ),
    "page with NUL": ("m.html", b"<p>Soldiers stormed\x00 a compound in the northern town.</p>", None),
    "page with a lying charset": ("m.html", b'<meta charset="utf-16"><p>Soldiers stormed a compound.</p>', None),
    "page with a hidden charset": ("m.html", b'<meta charset="utf-7"><p>Soldiers +AG8-n S\xe9var\xe9.</p>', None),
    "UTF-16": ("m.txt", GOOD.encode("utf-16"), None),
    "UTF-16 without a mark": ("m.txt", GOOD.encode("utf-16-le"), None),
    "UTF-32": ("m.txt", GOOD.encode("utf-32"), None),
    "UTF-16 cut in the middle": ("m.txt", GOOD.encode("utf-16")[:-1], None),
    "UTF-8 with a stray byte": ("m.txt", ("Sévaré, Ségou, Gao et Kidal été créé " * 3).encode() + b"\xff.", None),
    "Windows Arabic": (
        "m.txt",
        ("قال مسؤولون إن الجنود دخلوا المدينة الشمالية يوم الاثنين " * 4).encode("cp1256"),
        None,
    ),
    "KOI8-R": ("m.txt", ("Президент приехал в столицу и встретился с министром обороны. " * 4).encode("koi8-r"), None),
    "GB18030": ("m.txt", ("总统昨天访问开罗并会见了外交部长。" * 6).encode("gb18030"), None),
    "one line of half the limit": ("m.txt", b"a" * 39_000, None),
    "thousands of lines": ("m.txt", b"A\n" * 15_000, None),
    "thousands of full stops": ("m.txt", b"." * 39_000, None),
    "brackets": ("m.txt", b"[" * 39_000, None),
}


@pytest.mark.parametrize("kind", BAD_FILES)
@pytest.mark.filterwarnings("error")
def test_a_bad_file_between_good_files(kind: str, tmp_path: Path, read_all: Any, small_limits: Limits) -> None:
    name, data, reason = BAD_FILES[kind]
    (tmp_path / "a.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / name).write_bytes(data)
    (tmp_path / "z.txt").write_text(GOOD + "It rained.", encoding="utf-8")
    outcome = read_all(tmp_path, limits=small_limits)
    assert [i for i in outcome.ids if i in ("a.txt", "z.txt")] == ["a.txt", "z.txt"]
    if reason is None:
        assert outcome.ids == ["a.txt", name, "z.txt"]
        assert not outcome.refusals
    else:
        assert outcome.ids == ["a.txt", "z.txt"]
        (refusal,) = outcome.refusals
        assert refusal.file == str(tmp_path / name)
        assert reason in refusal.reason
        assert str(refusal) == f"{refusal.file}: {refusal.reason}"


def test_a_page_never_shows_what_lies_outside_it(tmp_path: Path, read_all: Any) -> None:
    secret = tmp_path / "secret"
    secret.write_text("hush", encoding="utf-8")
    page = tmp_path / "p.html"
    page.write_text(
        f'<!DOCTYPE a [<!ENTITY b SYSTEM "{secret.as_uri()}">]><p>Soldiers left &b; town at once.</p>', encoding="utf-8"
    )
    (article,) = read_all(page).articles
    assert "hush" not in article.text


BAD_SIDECARS: dict[str, tuple[bytes, str]] = {
    "broken": (b'{"published": ', "not JSON"),
    "a list": (b"[]", "expected a JSON object, found a list"),
    "with a text": (b'{"text": "Other words."}', "text: belongs in the article's own file"),
    "absurd date": (b'{"published": "2014-13-45"}', "published: not a full ISO 8601 date"),
    "wrong type": (b'{"source": 5}', "source: expected a string"),
    "binary": (b"\x00" * 200, "not text"),
    "too large": (b'{"title": "' + b"a" * 3_000 + b'"}', "larger than 2,000 bytes"),
    "mentions beyond the text": (b'{"mentions": [{"start": 0, "end": 9999}]}', "mentions[0]: expected start and end"),
}


@pytest.mark.parametrize("kind", BAD_SIDECARS)
def test_a_bad_sidecar_is_named_and_its_article_still_read(
    kind: str, tmp_path: Path, read_all: Any, small_limits: Limits
) -> None:
    data, reason = BAD_SIDECARS[kind]
    (tmp_path / "a.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "a.txt.meta.json").write_bytes(data)
    outcome = read_all(tmp_path, limits=small_limits)
    assert outcome.ids == ["a.txt"]
    (refusal,) = outcome.refusals
    assert refusal.file == str(tmp_path / "a.txt.meta.json")
    assert reason in refusal.reason


def test_a_path_that_is_not_there(tmp_path: Path, read_all: Any) -> None:
    (tmp_path / "a.txt").write_text(GOOD, encoding="utf-8")
    missing = tmp_path / "missing.txt"
    outcome = read_all(missing, tmp_path / "a.txt", "nul\x00byte")
    assert outcome.ids == ["a.txt"]
    assert [refusal.file for refusal in outcome.refusals] == [str(missing), "nul\x00byte"]
    assert outcome.refusals[0].reason == "no such file or directory"


@pytest.mark.skipif(sys.platform == "win32", reason="making links needs a privilege on Windows")
def test_links_in_circles_and_links_to_nowhere(tmp_path: Path, read_all: Any) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    (inner / "a.txt").write_text(GOOD, encoding="utf-8")
    (inner / "up").symlink_to(tmp_path)
    (tmp_path / "self").symlink_to(tmp_path / "self")
    (tmp_path / "nowhere.txt").symlink_to(tmp_path / "gone.txt")
    outcome = read_all(tmp_path)
    assert outcome.ids == ["inner/a.txt"]
    assert {Path(refusal.file).name for refusal in outcome.refusals} == {"up", "self", "nowhere.txt"}
    assert "a link back" in next(r.reason for r in outcome.refusals if Path(r.file).name == "up")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_named_pipe_is_not_waited_for(tmp_path: Path, read_all: Any) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "a.txt").write_text(GOOD, encoding="utf-8")
    outcome = read_all(tmp_path)
    assert outcome.ids == ["a.txt"]
    assert outcome.refusals[0].reason == "neither a file nor a folder"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is unreadable for this user")
def test_unreadable_files_and_folders(tmp_path: Path, read_all: Any) -> None:
    (tmp_path / "a.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "locked.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "locked.txt").chmod(0)
    (tmp_path / "shut").mkdir(mode=0)
    outcome = read_all(tmp_path)
    assert outcome.ids == ["a.txt"]
    assert [refusal.reason for refusal in outcome.refusals] == ["permission denied"] * 2


def test_folders_beyond_the_depth_are_named(tmp_path: Path, read_all: Any) -> None:
    deep = tmp_path
    for _ in range(80):
        deep /= "d"
    deep.mkdir(parents=True)
    (tmp_path / "a.txt").write_text(GOOD, encoding="utf-8")
    outcome = read_all(tmp_path)
    assert outcome.ids == ["a.txt"]
    assert re.search("folders deep", outcome.refusals[0].reason)


def test_a_folder_under_a_files_name(tmp_path: Path, read_all: Any) -> None:
    (tmp_path / "story.txt").mkdir()
    (tmp_path / "story.txt" / "a.jsonl").mkdir()
    (tmp_path / "story.txt" / "b.txt").write_text(GOOD, encoding="utf-8")
    outcome = read_all(tmp_path)
    assert outcome.ids == ["story.txt/b.txt"]
    assert not outcome.refusals


def _archived(block: bytes, length: str | None = None) -> bytes:
    told = length if length is not None else str(len(block))
    head = f"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: {told}\r\n\r\n"
    return head.encode() + block + b"\r\n\r\n"


_ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>"


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("empty.zip", b"PK\x05\x06" + bytes(18), "no articles in it"),
        ("headings.csv", b"id,text\r\n", "a heading row alone"),
        ("headings.tsv", b"id\ttext\n\n", "a heading row alone"),
        ("large.warc", _archived(_ANSWER + b"a " * 60_000), "record 1: a page larger than 100,000 bytes"),
        ("negative.warc", _archived(b"x", "-5"), "cannot be read to its end: a record of unknown length"),
        ("odd.warc", _archived(b"x", "1_0"), "cannot be read to its end: a record of unknown length"),
        ("endless.warc", _archived(b"x", "9" * 30), "cannot be read to its end: a record of unknown length"),
    ],
)
def test_what_holds_no_article_is_named_once(
    name: str, data: bytes, reason: str, tmp_path: Path, small_limits: Limits
) -> None:
    (tmp_path / name).write_bytes(data)
    refused: list[InputError] = []
    assert list(read(tmp_path, on_refusal=refused.append, limits=small_limits)) == []
    assert len(refused) == 1
    assert refused[0].reason.endswith(reason)
    assert str(refused[0]).count(name) == 1


def test_an_archived_picture_beyond_the_limit_is_passed_over(tmp_path: Path, small_limits: Limits) -> None:
    picture = b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n" + bytes(120_000)
    page = _ANSWER + b"Gunmen attacked a convoy near Gao, Mali, on 3 April 2014.</p>"
    (tmp_path / "a.warc").write_bytes(_archived(picture) + _archived(page))
    assert len(list(read(tmp_path, limits=small_limits))) == 1
