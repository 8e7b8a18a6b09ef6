"""A person's own files and words: corrections, own names, groups, dumps, columns, file names, names of runs. Hostile
text in them is text, and what is wrong with them is told in one line that names the file."""

from __future__ import annotations

import csv
import io
import json
import os
import random
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from gazetteer import dumps
from mapper.cli import main
from mapper.events import groups
from mapper.model import content_hash
from tests.security import EXHAUSTIVE, made
from tests.security.strings import HOSTILE, PRODUCT, numbered, sound
from tests.security.test_bad_input import RECORD, call
from tests.security.test_outputs import FORMULA

ARTICLE = {"id": "told", "text": "Gunmen attacked a convoy near Gao, Mali, on 3 April 2014. Two soldiers were killed."}
COLUMNS = ("article", "evidence", "trigger", "do", "to", "who", "why")
HERE = json.loads(RECORD)
EVIDENCE = HERE["text"][HERE["events"][0]["evidence"]["start"] : HERE["events"][0]["evidence"]["end"]]
AIMED = {"article": content_hash(HERE["text"]), "evidence": EVIDENCE, "who": "desk", "why": "known"}
CELLS = [(number, sound(text).replace("\0", "")) for number, text in numbered()]
"""The hostile strings as a table in UTF-8 can hold them."""


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with an article and an earlier record in it, and an empty data folder of the user's."""
    (tmp_path / "data").mkdir()
    (tmp_path / "good.jsonl").write_text(json.dumps(ARTICLE), "utf-8")
    (tmp_path / "record.jsonl").write_bytes(RECORD)
    monkeypatch.setenv("MAPPER_DATA", str(tmp_path / "data"))
    groups.groups.cache_clear()
    groups._pattern.cache_clear()
    yield tmp_path
    groups.groups.cache_clear()
    groups._pattern.cache_clear()


def table(headings: tuple[str, ...], rows: list[dict[str, str]]) -> bytes:
    held = io.StringIO(newline="")
    writer = csv.DictWriter(held, headings)
    writer.writeheader()
    writer.writerows(rows)
    return held.getvalue().encode("utf-8")


def toml(rows: list[dict[str, str]]) -> bytes:
    # JSON's escapes are TOML's, but for pairs of surrogates.
    lines = ["\n".join(f"{k} = {json.dumps(v, ensure_ascii=False)}" for k, v in row.items()) for row in rows]
    text = "".join(f"[[correction]]\n{line}\n" for line in lines)
    return text.replace("\x7f", "\\u007f").encode("utf-8")


def refused(own: Path, path: Path, *words: str | Path) -> str:
    """One line that names the file, exit code 1, no output; the line."""
    output = own / "out.jsonl"
    result = call(*words) if words else call("parse", own / "good.jsonl", "-o", output, "--quiet")
    assert result.exit_code == 1, (result.output, result.stderr)
    assert len(result.stderr.splitlines()) == 1, result.stderr
    assert str(path) in result.stderr
    assert "fault of this program" not in result.stderr
    assert not output.exists()
    assert not list(own.rglob(".*"))
    return str(result.stderr)


def harmless(own: Path) -> list[dict[str, Any]]:
    """What every kind of output makes of the files as they are; the records."""
    outputs = [own / f"out{suffix}" for suffix in (".jsonl", ".csv", ".kml", ".html", ".svg")]
    commands = {".html": "map", ".svg": "brief"}
    for output in outputs:
        corrections = [w for f in sorted(own.glob("corrections.*")) for w in ("--corrections", f)]
        sources = [own / "good.jsonl", own / "record.jsonl"]
        result = call(commands.get(output.suffix, "parse"), *sources, "-o", output, "--quiet", *corrections)
        assert result.exit_code == 0, result.stderr
        assert PRODUCT.encode() not in output.read_bytes()
    page = (own / "out.html").read_text("utf-8")
    assert page.lower().count("<script>canary()") == 0
    with (own / "out.csv").open(encoding="utf-8", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert not [cell for cell in cells if FORMULA.match(cell) and not cell.lstrip("-").replace(".", "").isdigit()]
    return [json.loads(line) for line in (own / "out.jsonl").read_bytes().splitlines()]


@pytest.mark.parametrize("suffix", [".toml", ".csv"])
@pytest.mark.parametrize("do", ["note", "type", "drop"])
def test_hostile_corrections_are_text(own: Path, suffix: str, do: str) -> None:
    rows = []
    for number, text in CELLS:
        if not text.strip():
            continue
        said = {"who": f"{number} {text}", "why": text}
        value = {"note": text, "type": f"CONSULT/{text}", "drop": None}[do]
        # One of them meets the record; dropping is aimed at articles that are not there.
        aim = AIMED if do != "drop" else AIMED | {"article": f"{number} {text}".ljust(20, "x"), "evidence": text}
        rows.append(aim | said | {"do": do} | ({"to": value} if value else {}))
    data = toml(rows) if suffix == ".toml" else table(COLUMNS, rows)
    (own / f"corrections{suffix}").write_bytes(data)
    records = harmless(own)
    assert sum(len(record["events"]) for record in records) >= 2


BAD_CORRECTIONS: dict[str, tuple[str, bytes]] = {
    "a type that is none": (".toml", toml([AIMED | {"do": "type", "to": "<script>canary()</script>"}])),
    "no type": (".toml", toml([AIMED | {"do": "type", "to": "/x"}])),
    "a place that is none": (".toml", toml([AIMED | {"do": "place", "to": "geonames:9" + "9" * 30}])),
    "a place of odd digits": (".csv", table(COLUMNS, [AIMED | {"do": "place", "to": "geonames:²"}])),
    "wide digits in a date": (".toml", toml([AIMED | {"do": "date", "to": "２０１４-04-03"}])),
    "two dates of which none": (".toml", toml([AIMED | {"do": "date", "to": "/"}])),
    "seventeen megabytes": (".toml", b"#" * 17_000_000),
    "a cell without end": (".csv", b'article,evidence\n"' + b"x" * 100_000),
    "UTF-16": (".csv", "article".encode("utf-16")),
    "a byte order mark": (".toml", b"\xef\xbb\xbf[[correction]]"),
    "a number of thousands of digits": (".toml", b"a = " + b"9" * 5_000),
    "a day for a name": (".toml", b"[[correction]]\narticle = 2014-04-03\n"),
    "a heading that moves the cursor": (".csv", b"article,\x1b[2J<b>\nx,y\n"),
}


@pytest.mark.parametrize("kind", BAD_CORRECTIONS)
def test_bad_corrections_are_named(own: Path, kind: str) -> None:
    suffix, data = BAD_CORRECTIONS[kind]
    path = own / f"c{suffix}"
    path.write_bytes(data)
    words = ("parse", own / "record.jsonl", "-o", own / "out.jsonl", "--corrections", path, "--quiet")
    assert "\x1b" not in refused(own, path, *words)


def test_days_are_written_in_one_way(own: Path) -> None:
    path = own / "corrections.toml"
    path.write_bytes(toml([AIMED | {"do": "date", "to": "2014-W14-4/20140405"}]))
    days = {event["date"]["start"] for record in harmless(own) for event in record["events"] if event["date"]}
    assert days <= {"2014-04-03"}


def test_hostile_names_of_places_are_text(own: Path) -> None:
    rows = [
        {"name": text, "lat": str(10 + number / 100), "lon": "2", "aliases": f"{text} b|Gao", "country": "ML"}
        for number, text in CELLS
        if any(character.isalnum() for character in text) and len(text) < 500
    ]
    (own / "data" / "names.csv").write_bytes(table(("name", "lat", "lon", "aliases", "country"), rows))
    records = harmless(own)
    weighed = {p["id"] for r in records for t in r["toponyms"] for p in (t["place"], *t["alternatives"]) if p}
    assert any(place.startswith("user:") for place in weighed)


BAD_NAMES = {
    "a country of markup": "name,lat,lon,country\nGao,1,1,<script>\n",
    "a country without end": "name,lat,lon,country\nGao,1,1," + "X" * 10_000 + "\n",
    "underscores for digits": "name,lat,lon\nX,1_0,2\n",
    "other scripts' digits": "name,lat,lon\nX,١٢,٣\n",
    "an infinite latitude": "name,lat,lon\nX,1e999,0\n",
    "a code of markup": "name,lat,lon,code\nX,1,1,P.<b>\n",
    "an id of no place": "name,id\nX,geonames:99999999999999999999999\n",
    "a cell without end": "name,lat,lon\n" + "x" * 200_000 + ",1,1\n",
    "only signs": "name,lat,lon\n---,1,1\n",
}


@pytest.mark.parametrize("kind", BAD_NAMES)
def test_bad_own_names_are_named(own: Path, kind: str) -> None:
    path = own / "data" / "names.csv"
    path.write_text(BAD_NAMES[kind], "utf-8")
    refused(own, path)


def test_hostile_groups_are_text(own: Path) -> None:
    names = [text for _, text in CELLS if text.strip() and len(text) <= 100]
    rows = [f"[[group]]\nname = {json.dumps(t, ensure_ascii=False)}\nkind = 'rebel'\nlisted = ['x']\n" for t in names]
    aliased = f"[[group]]\nname = {json.dumps(names[0])}\nalias = ['Gunmen']\nkind = 'rebel'\n"
    (own / "data" / "groups.toml").write_text("".join(rows).replace("\x7f", "\\u007f") + aliased, "utf-8")
    assert any(record["events"] for record in harmless(own))


BAD_GROUPS: dict[str, bytes] = {
    "broken": b"[[group",
    "a number": b"group = 5",
    "words": b"group = 'a'",
    "a name that is none": b"[[group]]\nname = 1\nkind = 'rebel'",
    "a blank name": b"[[group]]\nname = ' '\nkind = 'rebel'",
    "a name without end": b"[[group]]\nkind = 'rebel'\nname = '" + b"a" * 1_000 + b"'",
    "a list of kinds": b"[[group]]\nname = 'a'\nkind = ['rebel']",
    "a table of kinds": b"[[group]]\nname = 'a'\nkind = {a = 1}",
    "an alias of numbers": b"[[group]]\nname = 'a'\nkind = 'rebel'\nalias = [1, 2]",
    "an alias that is a number": b"[[group]]\nname = 'a'\nkind = 'rebel'\nalias = 5",
    "a country that is a number": b"[[group]]\nname = 'Gunmen'\nkind = 'rebel'\ncountry = 5",
    "a country of markup": b"[[group]]\nname = 'Gunmen'\nkind = 'rebel'\ncountry = '<b>'",
    "listed nowhere": b"[[group]]\nname = 'a'\nkind = 'rebel'\nlisted = 5",
    "binary": bytes(range(256)),
    "Latin-1": "[[group]]\nname = 'é'\nkind = 'rebel'".encode("latin-1"),
    "deep": b"a = " + b"[" * 50_000,
    "two megabytes": b"#" * 2_000_000,
}


@pytest.mark.parametrize("kind", BAD_GROUPS)
def test_bad_groups_are_named_and_no_articles_fault(own: Path, kind: str) -> None:
    path = own / "data" / "groups.toml"
    path.write_bytes(BAD_GROUPS[kind])
    assert refused(own, path).startswith("mapper: ")


def line(**fields: str) -> str:
    """A line of a GeoNames dump."""
    row = {
        "number": "900000001", "name": "Xyzzyville", "ascii": "Xyzzyville", "alternates": "", "lat": "1", "lon": "2",
        "class": "P", "code": "PPL", "country": "ML", "cc2": "", "admin1": "01", "admin2": "", "admin3": "",
        "admin4": "", "population": "5", "elevation": "", "dem": "", "zone": "Africa/Bamako", "day": "2024-01-01",
    }  # fmt: skip
    return "\t".join((row | fields).values()) + "\n"


def test_hostile_dumps_are_text(own: Path) -> None:
    plain = [(number, text.replace("\t", " ").replace("\n", " ")) for number, text in CELLS]
    lines = [line(number=str(900_000_001 + n), name=t, ascii=t, alternates=t, admin1=t) for n, t in plain]
    (own / "ML.txt").write_text("".join(lines) + line(number="900009999", name="Gao"), "utf-8", newline="")
    named = [f"{n}\t{900_000_001 + n}\t{t}\t{t}\t{t}\t\t\t\n" for n, t in plain]
    (own / "alternateNamesV2.txt").write_text("".join(named), "utf-8", newline="")
    added = call("gazetteer", "add", own / "ML.txt", own / "alternateNamesV2.txt", "--quiet")
    assert added.exit_code == 0, added.output
    found = call("geocode", "Xyzzyville", *(t for _, t in plain if t.strip() and not t.startswith("-")), "--json")
    assert found.exit_code in (0, 3)
    assert all(json.loads(answer) for answer in found.stdout.split("\n")[:-1])
    harmless(own)


def zipped(data: bytes | str, name: str = "ML.txt") -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return held.getvalue()


def _spoilt(offsets: tuple[int, int], value: int) -> bytes:
    """A zip whose two headers say something else at an offset from their beginnings."""
    data = bytearray(zipped(line()))
    directory = data.index(b"PK\x01\x02")
    data[offsets[0]] = data[directory + offsets[1]] = value
    return bytes(data)


BAD_DUMPS: dict[str, tuple[str, bytes]] = {
    "a number beyond 64 bits": ("ML.txt", line(number="9" * 30).encode()),
    "a number of 5,000 digits": ("ML.txt", line(number="9" * 5_000).encode()),
    "more people than a number can hold": ("ML.txt", line(population="9" * 400).encode()),
    "a class of markup": ("ML.txt", line(**{"class": "<script>"}).encode()),
    "a code of markup": ("ML.txt", line(code="<b>").encode()),
    "a country of markup": ("ML.txt", line(country="<script>canary()</script>").encode()),
    "no latitude": ("ML.txt", line(lat="nan").encode()),
    "a line of two megabytes": ("ML.txt", b"x" * 2_000_000),
    "Latin-1": ("ML.txt", line(name="Sévaré").encode("latin-1")),
    "bytes": ("ML.txt", bytes(range(256)) * 9),
    "a unit beyond 64 bits": ("admin1CodesASCII.txt", f"ML.01\ta\tb\t{'9' * 30}\n".encode()),
    "a name of a place beyond 64 bits": ("alternateNamesV2.txt", f"1\t{'9' * 30}\tfr\tx\t\t\t\t\n".encode()),
    "no zip": ("ML.zip", b"hello"),
    "an empty zip": ("ML.zip", zipped("x", "readme.txt")),
    "a zip cut short": ("ML.zip", zipped(line())[:-10]),
    "an encrypted zip": ("ML.zip", _spoilt((6, 8), 1)),
    "a zip packed in a way unknown": ("ML.zip", _spoilt((8, 10), 99)),
    "a zip with another checksum": ("ML.zip", _spoilt((14, 16), 7)),
    "a bomb of one line": ("ML.zip", zipped("a" * 50_000_000)),
    "a bomb of empty lines": ("ML.zip", zipped("\n" * 50_000_000)),
}


@pytest.mark.parametrize("kind", BAD_DUMPS)
def test_bad_dumps_are_named(own: Path, kind: str) -> None:
    name, data = BAD_DUMPS[kind]
    (own / name).write_bytes(data)
    refused(own, own / name, "gazetteer", "add", own / name, "--quiet")
    assert call("parse", own / "good.jsonl", "-o", own / "after.jsonl", "--quiet").exit_code == 0


def test_a_damaged_gazetteer_of_ones_own_is_told_in_a_line(own: Path) -> None:
    (own / "ML.txt").write_text("".join(line(number=str(900_000_000 + n), name=f"Place {n}") for n in range(500)))
    dumps.add([own / "ML.txt"])
    added = own / "data" / "added.sqlite"
    whole = added.read_bytes()
    chance = random.Random(8)
    told = 0
    (own / "NE.txt").write_text(line(number="900007777"))
    for number in range(60 if EXHAUSTIVE else 12):
        damaged = bytearray(whole)
        for _ in range(40):
            damaged[chance.randrange(100, len(damaged))] = chance.randrange(256)
        cut = len(damaged) if number % 4 else chance.randrange(200, len(damaged))
        added.write_bytes(damaged[:cut])
        for words in (
            ("geocode", "Place 7", "Xyzzyville", "Gao"),
            ("parse", own / "good.jsonl", "-o", own / "out.jsonl", "--quiet"),
            ("gazetteer", "add", own / "NE.txt", "--quiet"),
        ):
            result = call(*words)
            assert result.exit_code in (0, 1, 3), result.stderr
            told += bool(result.stderr)
            assert len(result.stderr.splitlines()) <= 1, result.stderr
            assert "could not be analysed" not in result.stderr
    assert told


def test_hostile_headings_are_found_by_columns(own: Path) -> None:
    odd = [(n, t) for n, t in CELLS if t.strip() and not set(t) & set(",=\r\n") and t.strip("_ \t-.") and len(t) < 200]
    found = 0
    for number, text in odd if EXHAUSTIVE else odd[::12]:
        path = own / "table.csv"
        path.write_bytes(table((text, "other"), [{text: made.report(number), "other": "x"}]))
        result = call("parse", path, "-o", own / "out.jsonl", "--quiet", "--columns", f"text={text}")
        assert result.exit_code in (0, 1), (text, result.stderr)
        found += result.exit_code == 0
        assert len(result.stderr.splitlines()) <= 1
        assert "\x1b" not in result.stderr
    assert found > len(odd) / 30
    for words in ("text", "=", "text=", "body=x", "text=a,__proto__=b", "\0=x", "text=\x1b[31m"):
        result = call("parse", own / "good.jsonl", "-o", own / "out.jsonl", "--quiet", "--columns", words)
        assert result.exit_code in (0, 2)


def test_hostile_file_names_are_names(own: Path) -> None:
    folder = own / "in"
    folder.mkdir()
    names = []
    for number, text in enumerate(HOSTILE):
        name = f"{number} {text}".encode("utf-8", "surrogatepass")
        name = name.replace(b"/", b"_").replace(b"\0", b"_")[:180]
        try:
            (folder / os.fsdecode(name)).write_text(made.report(number), "utf-8")
        except (OSError, ValueError):  # a system that takes fewer characters in names
            continue
        names.append(name)
    (folder / os.fsdecode(b"x \xff\xfe.txt")).write_bytes(b"\0\1\2\3\4\5")
    result = call("parse", folder, "-o", own / "out.jsonl", "--quiet")
    assert result.exit_code in (0, 3), result.stderr
    assert all(character.isprintable() or character == "\n" for character in result.stderr)
    assert len(result.stderr.splitlines()) <= 9, result.stderr
    records = [json.loads(text) for text in (own / "out.jsonl").read_bytes().splitlines()]
    assert len(records) >= len(names) - 8
    for suffix in (".html", ".csv", ".kml"):
        words = ("map" if suffix == ".html" else "parse", own / "out.jsonl", "-o", own / f"o{suffix}", "--quiet")
        assert call(*words).exit_code == 0
    assert sorted(path.name for path in own.iterdir()) == [
        *("data", "good.jsonl", "in", "o.csv", "o.html", "o.kml", "out.jsonl", "record.jsonl"),
    ]  # fmt: skip


def test_hostile_names_of_runs_are_names(own: Path) -> None:
    store = own / "events.store"
    names = [text for text in HOSTILE if text.strip("\0")][:: 1 if EXHAUSTIVE else 16]
    for name in names:
        kept = call(
            "parse", own / "record.jsonl", "-o", own / "out.jsonl", "--store", store, f"--run={name}", "--quiet"
        )
        assert kept.exit_code == 0, (name, kept.stderr)
    for name in names:
        result = call("diff", store, f"--since-run={name}", "--json")
        assert result.exit_code == 0, (name, result.stderr)
    assert call("diff", store, "--since-run=none such\x1b[2J").exit_code == 1
    page = own / "out.html"
    result = call("map", store, f"--since-run={names[0]}", "-o", page, "--quiet")
    assert result.exit_code == 0, result.stderr
    assert page.read_text("utf-8").lower().count("<script>canary()") == 0
    told = call("store", "info", store)
    assert told.exit_code == 0
    assert all(character.isprintable() or character == "\n" for character in told.stdout)


def test_a_fault_of_the_program_is_one_line(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_args: object, **_options: object) -> None:
        raise ZeroDivisionError("in\nthe\x1b[2Jmiddle")

    monkeypatch.setattr("mapper.jobs.Job.save_data", fails)
    words = ["parse", str(own / "record.jsonl"), "-o", str(own / "out.csv")]
    assert isinstance(CliRunner().invoke(main, words).exception, ZeroDivisionError)
    monkeypatch.delenv("MAPPER_TRACEBACK")
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 1
    assert result.stderr == (
        "mapper: a fault of this program: ZeroDivisionError: in\\nthe\\x1b[2Jmiddle (MAPPER_TRACEBACK=1 shows where)\n"
    )
    assert not (own / "out.csv").exists()
