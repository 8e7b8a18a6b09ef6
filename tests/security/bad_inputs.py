"""Bad inputs of every kind, made in a folder among good ones. Each says whether it is to be refused by name."""

# ruff: noqa: E501

from __future__ import annotations

import gzip
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from mapper.codec import to_record
from tests.fixtures.containers import zipped
from tests.samples import analysis

TEXT = "Gunmen attacked a convoy near Gao, Mali, on 3 April 2014."
GOOD = {"id": "good", "text": TEXT}


def line(**fields: Any) -> bytes:
    return json.dumps({"text": TEXT, **fields}).encode()


def record(**fields: Any) -> bytes:
    return json.dumps(to_record(analysis("earlier")) | fields).encode()


def _event(**fields: Any) -> bytes:
    whole = to_record(analysis("earlier"))
    return json.dumps(whole | {"events": [whole["events"][0] | fields]}).encode()


def _place(**fields: Any) -> bytes:
    whole = to_record(analysis("earlier"))
    first = whole["toponyms"][0]
    return json.dumps(
        whole | {"toponyms": [first | {"place": first["place"] | fields}, *whole["toponyms"][1:]]}
    ).encode()


def bad_lines() -> Iterator[tuple[str, bytes]]:
    """Lines of JSON lines that no article can be had from."""
    here = to_record(analysis())["events"][0]["location"]
    yield "cut JSON", b'{"id": 1, "text": "cut o'
    yield "no JSON", b"hello"
    yield "two objects", line() + line()
    yield "single quotes", b"{'text': 'a'}"
    yield "trailing comma", b'{"text": "a",}'
    yield "NaN id", b'{"id": NaN, "text": "a"}'
    yield "endless number", b'{"id": ' + b"9" * 9_000 + b', "text": "a"}'
    yield "control character", b'{"text": "a\x01b"}'
    yield "deep lists", b"[" * 200_000
    yield "deep objects", b'{"a":' * 100_000
    yield "deep and closed", b'{"text":' + b"[" * 5_000 + b"]" * 5_000 + b"}"
    yield "a list", b"[]"
    yield "a string", b'"text"'
    yield "a number", b"17"
    yield "null", b"null"
    yield "no text", b'{"id": "x"}'
    yield "text null", b'{"text": null}'
    yield "text a number", b'{"text": 5}'
    yield "text a list", b'{"text": ["a"]}'
    yield "text empty", b'{"text": ""}'
    yield "text of spaces", b'{"text": " \\t "}'
    yield "text of two million characters", b'{"text": "' + b"a " * 1_000_000 + b'"}'
    yield "seventeen million bytes", b'{"text": "' + b"a" * 17_000_000 + b'"}'
    yield "id a list", line(id=[1])
    yield "id true", line(id=True)
    yield "id endless", line(id="x" * 20_000)
    yield "title a number", line(title=5)
    yield "url an object", line(url={})
    yield "source a list", line(source=["a"])
    yield "published a number", line(published=20140404)
    for day in ("yesterday", "2014-02-30", "0000-01-01", "9999-12-31", "1066-10-14", "20140-01-01", "2014-W99-9", "\0"):
        yield f"published {day!a}", line(published=day)
    yield "mentions an object", line(mentions={})
    yield "mention beyond", line(mentions=[{"start": 0, "end": 4_000}])
    yield "mention backwards", line(mentions=[{"start": 4, "end": 2}])
    yield "mention huge", line(mentions=[{"start": 10**30, "end": 10**31}])
    yield "trigger a string", line(triggers="met")
    yield "Latin-1", '{"text": "Sévaré"}'.encode("latin-1")
    yield "cut UTF-8", b'{"text": "S\xc3"}'
    yield "UTF-16", '{"text": "a"}'.encode("utf-16-le")
    yield "random bytes", bytes(range(128, 256))
    yield "raw NUL", b'{"text": "a\x00b"}'
    yield "schema unknown", record(schema="99")
    yield "schema a list", record(schema=[])
    yield "schema null", record(schema=None)
    yield "earlier without id", b'{"schema": "1", "text": "a"}'
    yield "earlier, events a string", record(events="none")
    yield "earlier, events null", record(events=None)
    yield "earlier, toponyms of numbers", record(toponyms=[1])
    yield "earlier, segment outside", record(segments=[{"start": 0, "end": 10**9, "kind": "body"}])
    yield "earlier, segment kind unknown", record(segments=[{"start": 0, "end": 1, "kind": "__proto__"}])
    yield "earlier, published a list", record(published=[])
    yield "earlier, event of no place", _event(location=here | {"lat": None})
    for lat, lon in ((91, 0), (-91, 0), (0, 181), (0, -180.5), (1e308, 0), (0, -1e308)):
        yield f"earlier, event at {lat} {lon}", _event(location=here | {"lat": lat, "lon": lon})
        yield f"earlier, place at {lat} {lon}", _place(lat=lat, lon=lon)
    yield "earlier, at NaN", _event(location=here | {"lat": float("nan")})
    yield "earlier, at Infinity", _event(location=here | {"lon": float("inf")})
    yield "earlier, latitude text", _event(location=here | {"lat": "16"})
    yield "earlier, footprint unknown", _event(location=here | {"footprint": "<b>"})
    yield "earlier, status unknown", _event(status="constructor")
    yield "earlier, confidence text", _event(confidence="high")
    yield "earlier, trigger outside", _event(trigger={"start": 0, "end": 10**6, "text": "x"})
    yield "earlier, evidence backwards", _event(evidence={"start": 9, "end": 3})
    yield "earlier, evidence negative", _event(evidence={"start": -9, "end": 3})
    yield "earlier, toponym not there", _event(places=[{"toponym": 99, "role": "happened_at"}])
    yield "earlier, toponym negative", _event(places=[{"toponym": -1, "role": "happened_at"}])
    yield (
        "earlier, absurd day",
        _event(date={"start": "2014-13-45", "end": None, "precision": "day", "basis": "explicit", "text": None}),
    )
    yield (
        "earlier, day of words",
        _event(date={"start": "soon", "end": "later", "precision": "day", "basis": "explicit", "text": None}),
    )


def odd_records() -> Iterator[tuple[str, bytes]]:
    """Earlier outputs with values that no version writes: used or refused, but nothing else."""
    whole = analysis("x")
    for number, (name, fields) in enumerate(
        {
            "confidence 1e308": {"confidence": 1e308},
            "confidence -1": {"confidence": -1.0},
            "type endless": {"type": "T" * 100_000},
            "type empty": {"type": ""},
            "id empty": {"id": ""},
            "ends before it starts": {"date": {"start": "2014-04-03", "end": "1914-04-03", "precision": "day", "basis": "explicit", "text": None}},
            "year 1": {"date": {"start": "0001-01-01", "end": "9999-12-31", "precision": "range", "basis": "explicit", "text": None}},
            "a day in basic form": {"date": {"start": "20140403", "end": "2014-W14-4", "precision": "day", "basis": "explicit", "text": None}},
            "a thousand actors": {"actors": [{"start": 0, "end": 1, "text": "T", "role": "actor", "country_code": None}] * 1_000},
            "radius beyond the Earth": {"location": to_record(whole)["events"][0]["location"] | {"radius_km": 1e300}},
            "radius negative": {"location": to_record(whole)["events"][0]["location"] | {"radius_km": -5.0}},
            "area nowhere": {"location": to_record(whole)["events"][0]["location"] | {"footprint": "area", "place_id": "user:none"}},
            "country of ten thousand letters": {"location": to_record(whole)["events"][0]["location"] | {"country_code": "X" * 10_000}},
            "cluster of another": {"cluster": "../../x"},
            "precision codes out of range": {"location": to_record(whole)["events"][0]["location"] | {"acled_geo_precision": 99, "ucdp_where_prec": -1}},
        }.items()
    ):  # fmt: skip
        changed = to_record(replace(whole, article=replace(whole.article, id=f"odd {number}")))
        changed["events"] = [changed["events"][0] | {"id": f"{number:016x}"} | fields]
        yield name, json.dumps(changed).encode()
    for number, published in enumerate(("soon", "9999-99-99", "", "2014-04-04T25:00", "\0", "+10000-01-01")):
        yield (
            f"published {published!a}",
            json.dumps(
                to_record(replace(whole, article=replace(whole.article, id=f"day {number}", published=published)))
            ).encode(),
        )


def bad_files() -> Iterator[tuple[str, bytes]]:
    """Files that no article can be had from."""
    yield "empty.txt", b""
    yield "spaces.txt", b" \r\n\t"
    yield "mark.txt", b"\xef\xbb\xbf"
    yield "zeros.txt", b"\0" * 9_000
    yield "noise.txt", bytes((i * 197 + i // 7 * 31) % 256 for i in range(9_000))
    yield "program.txt", b"\x7fELF\x02\x01\x01" + b"\0" * 400 + bytes(range(256))
    yield "picture.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20
    yield "line.txt", b"a" * 3_000_000
    yield "huge.txt", b"word " * 14_000_000
    yield "empty.html", b"<html><body></body></html>"
    yield "scripts.html", b"<script>var a = 'words'</script><style>b{}</style>"
    yield "large.html", b"<p>" + b"a " * 3_000_000
    yield "broken.json", b'{"text": "cut'
    yield "deep.json", b"[" * 500_000
    yield "number.json", b"5"
    yield "nothing.jsonl", b"\n\n\n"
    yield "broken.docx", b"PK\x03\x04 and nothing more"
    yield "plain.docx", b"no archive at all"
    yield "hollow.docx", zipped(("a.txt", b"x"))
    yield "bomb.docx", zipped(("word/document.xml", b"<w>" + b" " * 300_000_000))
    yield "bomb.zip", zipped(("a.txt", b"a" * 300_000_000))
    yield "cut.zip", zipped(("a.txt", b"a" * 9_000))[:60]
    yield "broken.pdf", b"%PDF-1.7\nand nothing more"
    yield "loop.pdf", b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 1 0 R/Kids[1 0 R]>>endobj\ntrailer<</Root 1 0 R>>"
    yield "broken.xlsx", b"PK\x03\x04"
    yield "empty.csv", b"a,b,c\r\n"
    yield "unknown.csv", b"colour,size\r\nred,4\r\n"
    yield "broken.warc", b"WARC/1.0\r\nContent-Length: 99999999999\r\n\r\n"
    yield "broken.warc.gz", gzip.compress(b"WARC/1.0\r\n" * 9)[:40]
    yield "empty.mbox", b"From a\n\n"


def make(folder: Path) -> dict[str, int]:
    """Fill the folder. What must be refused, each with how often: by file name, for lines by ``name:line``."""
    expected: dict[str, int] = {}
    lines = [json.dumps(GOOD | {"id": "first"}).encode()]
    for number, (_, data) in enumerate(bad_lines()):
        expected[f"lines.jsonl:{len(lines) + 1}"] = 1
        lines += [data, json.dumps(GOOD | {"id": f"good {number}"}).encode()]
    (folder / "lines.jsonl").write_bytes(b"\n".join(lines))
    for name, data in bad_files():
        (folder / name).write_bytes(data)
        expected[name] = 1
    (folder / "good.txt").write_text(TEXT, encoding="utf-8")
    (folder / "good.txt.meta.json").write_bytes(b'{"published": ')
    expected["good.txt.meta.json"] = 1
    if sys.platform != "win32":
        (folder / "loop").symlink_to(folder)
        (folder / "self").symlink_to(folder / "self")
        (folder / "nowhere.txt").symlink_to(folder / "gone")
        os.mkfifo(folder / "pipe")
        expected |= {"loop": 1, "self": 1, "nowhere.txt": 1, "pipe": 1}
    return expected
