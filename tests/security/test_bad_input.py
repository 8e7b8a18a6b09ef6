"""More than a hundred bad inputs among good ones, through the command: no traceback, nothing good lost, all of it named."""

# ruff: noqa: E501

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mapper import export
from mapper.articles import guard
from mapper.cli import main
from mapper.codec import to_record
from mapper.errors import OutputError
from mapper.files import write_text
from tests.samples import analysis
from tests.security import EXHAUSTIVE, bad_inputs
from tests.security.fault_runner import forked

ROOT = Path(__file__).parents[2]
SECONDS, MEGABYTES = 60, 1_000
RECORD = json.dumps(to_record(analysis("good"))).encode() + b"\n"


def call(*words: str | Path, stdin: bytes | None = None) -> Result:
    result = CliRunner().invoke(main, [str(word) for word in words], input=stdin)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    assert "Traceback" not in result.output
    return result


# The command, with its own peak memory (kilobytes, where the system tells) written to the file named first. Not by
# getrusage, whose figure a child process takes over from the one that started it.
MEASURED = """
import atexit, pathlib, re, sys
peak, status = pathlib.Path(sys.argv.pop(1)), pathlib.Path("/proc/self/status")
if status.exists():
    atexit.register(lambda: peak.write_text(re.search(r"VmHWM:\\s+(\\d+)", status.read_text())[1], "ascii"))
from mapper.cli import main
main()
"""


def processor_seconds() -> float:
    """What this process's ended children have used, theirs included."""
    if sys.platform == "win32":
        return time.monotonic()
    import resource

    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def test_a_hundred_bad_inputs_among_good_ones(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    expected = bad_inputs.make(folder)
    assert len(expected) >= 100
    output = tmp_path / "out.jsonl"
    used = processor_seconds()
    peak = tmp_path / "peak"
    result = subprocess.run(
        [
            sys.executable, "-c", MEASURED, str(peak),
            "parse", str(folder), "-o", str(output), "--quiet", "--json-errors",
        ],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False, timeout=8 * SECONDS,
    )  # fmt: skip
    assert processor_seconds() - used < SECONDS
    assert result.returncode == 3, result.stderr
    assert "Traceback" not in result.stderr
    named: dict[str, int] = {}
    for refusal in map(json.loads, result.stderr.splitlines()):
        where = Path(refusal["file"]).relative_to(folder).as_posix()
        where = where if refusal["line"] is None else f"{where}:{refusal['line']}"
        named[where] = named.get(where, 0) + 1
        assert refusal["reason"]
        assert "fault of this program" not in refusal["reason"], refusal
    assert named == expected
    used = [json.loads(line)["id"] for line in output.read_bytes().splitlines()]
    good = {f"good {n}" for n in range(sum(1 for _ in bad_inputs.bad_lines()))} | {"first", "good.txt"}
    assert good <= set(used)
    if peak.exists():
        assert int(peak.read_text("ascii")) < MEGABYTES * 1024


def alone(folder: Path) -> list[tuple[str, Path]]:
    """Every bad input as a file of its own, by name."""
    bad_inputs.make(folder)
    (folder / "lines.jsonl").unlink()
    found = [(path.name, path) for path in sorted(folder.iterdir())]
    lines = folder.with_name("lines")
    lines.mkdir()
    for number, (name, data) in enumerate(bad_inputs.bad_lines()):
        path = lines / f"{number}.jsonl"
        path.write_bytes(data)
        found.append((name, path))
    hundred = lines / "hundred.jsonl"
    with hundred.open("wb") as file:
        file.write(RECORD + b'{"text": "')
        file.writelines(b"words " * 1_000_000 for _ in range(17))
        file.write(b'"}\n' + RECORD.replace(b'"good"', b'"after"'))
    return [*found, ("a line of a hundred million bytes", hundred)]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs forked processes")
def test_each_bad_input_by_itself_costs_little(tmp_path: Path) -> None:
    """Processor time, so that a busy machine changes nothing; of memory what the command and its reading child hold."""
    (tmp_path / "in").mkdir()
    cases = alone(tmp_path / "in")
    (tmp_path / "warm.txt").write_text(bad_inputs.TEXT, "utf-8")
    call("parse", tmp_path / "warm.txt", "-o", tmp_path / "warm.jsonl")
    costs = []
    for name, path in cases if EXHAUSTIVE else [*cases[::5], cases[-1]]:

        def run(path: Path = path) -> int:
            guard._drop()
            code = call("parse", path, "-o", tmp_path / "out.jsonl", "--quiet").exit_code
            guard._drop()  # ends the child, whose time then counts
            return int(code)

        _, status, used = os.wait4(forked(run), 0)
        assert os.waitstatus_to_exitcode(status) in (0, 1, 3), name
        costs.append((used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, name))
    print(f"{len(costs)} inputs; slowest {max(costs)}; largest {max(costs, key=lambda cost: cost[1])}")
    assert max(costs)[0] < SECONDS
    assert max(cost[1] for cost in costs) < MEGABYTES


def test_a_line_of_a_hundred_million_bytes_costs_itself_alone(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    path = alone(tmp_path / "in")[-1][1]
    assert path.stat().st_size > 100_000_000
    result = call("parse", path, "-o", tmp_path / "out.jsonl", "--quiet")
    assert (result.exit_code, result.stderr) == (3, f"{path}:2: longer than 16,777,216 bytes\n")
    assert [json.loads(line)["id"] for line in (tmp_path / "out.jsonl").read_bytes().splitlines()] == ["good", "after"]


@pytest.mark.parametrize("suffix", [".html", *(s for s in export.SUFFIXES)])
def test_odd_records_do_no_harm_in_any_output(tmp_path: Path, suffix: str) -> None:
    source = tmp_path / "odd.jsonl"
    odd = list(bad_inputs.odd_records())
    source.write_bytes(RECORD + b"".join(data + b"\n" for _, data in odd))
    output = tmp_path / f"out{suffix}"
    result = call("map" if suffix == ".html" else "parse", source, "-o", output, "--quiet")
    assert result.exit_code in (0, 3), result.output
    assert output.stat().st_size > 0
    assert all(line.startswith(f"{source}:") for line in result.stderr.splitlines()), result.stderr


@pytest.mark.parametrize("command", ["parse", "map"])
@pytest.mark.parametrize("kind", ["a folder", "a folder in place of a file's folder", "a name too long"])
def test_where_nothing_can_be_written(tmp_path: Path, command: str, kind: str) -> None:
    source = tmp_path / "in.jsonl"
    source.write_bytes(RECORD)
    ending = "html" if command == "map" else "jsonl"
    (tmp_path / f"taken.{ending}").mkdir()
    outputs = {
        "a folder": tmp_path / f"taken.{ending}",
        "a folder in place of a file's folder": source / f"out.{ending}",
        "a name too long": tmp_path / ("x" * 5_000 + f".{ending}"),
    }
    before = sorted(path.name for path in tmp_path.iterdir())
    result = call(command, source, "-o", outputs[kind])
    assert result.exit_code == 1, result.output
    assert "taken" in result.stderr or "out." in result.stderr or "xxx" in result.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_a_name_that_no_file_can_have_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="NUL"):
        write_text(tmp_path / "nul\0.html", "x")


@pytest.mark.parametrize("command", ["parse", "map"])
def test_missing_folders_are_made(tmp_path: Path, command: str) -> None:
    source = tmp_path / "in.jsonl"
    source.write_bytes(RECORD)
    output = tmp_path / "a" / "b" / ("out.html" if command == "map" else "out.jsonl")
    assert call(command, source, "-o", output).exit_code == 0
    assert [path.name for path in output.parent.iterdir()] == [output.name]


@pytest.mark.parametrize("command", ["parse", "map"])
def test_a_full_disk_leaves_no_half_file(tmp_path: Path, command: str) -> None:
    if not Path("/dev/full").exists() or not hasattr(os, "geteuid"):
        pytest.skip("this system has no disk that is always full")
    import resource

    source = tmp_path / "in.jsonl"
    source.write_bytes(RECORD * 1)
    output = tmp_path / ("out.html" if command == "map" else "out.jsonl")
    limited = "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
    limited += f"resource.setrlimit(resource.RLIMIT_FSIZE, (900, {resource.RLIM_INFINITY}));"
    limited += "from mapper.cli import main; main()"
    result = subprocess.run(
        [sys.executable, "-B", "-c", limited, command, str(source), "-o", str(output)],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False, timeout=SECONDS,
    )  # fmt: skip
    assert result.returncode == 1, result.stderr
    assert "Traceback" not in result.stderr, result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["in.jsonl"]


CORRECTIONS: dict[str, bytes] = {
    "empty table": b"[[correction]]\n",
    "broken": b"[[correction",
    "binary": bytes(range(256)),
    "not UTF-8": b"[[correction]]\nwho = '\xff'",
    "a list": b"correction = [1, 2]",
    "a number": b"correction = 5",
    "a table": b"[correction]\ndo = 'drop'",
    "other keys": b"other = 1",
    "deep": b"a = " + b"[" * 50_000,
    "deep keys": b".".join([b"a"] * 20_000) + b" = 1",
    "unknown action": b"[[correction]]\narticle='0123456789ab'\nevidence='x'\ndo='__proto__'\nwho='a'\nwhy='b'",
    "numbers": b"[[correction]]\narticle=1\nevidence=2\ndo=3\nwho=4\nwhy=5",
    "short hash": b"[[correction]]\narticle='01'\nevidence='x'\ndo='drop'\nwho='a'\nwhy='b'",
    "absurd date": b"[[correction]]\narticle='0123456789ab'\nevidence='x'\ndo='date'\nto='2014-13-45'\nwho='a'\nwhy='b'",
    "empty evidence": b"[[correction]]\narticle='0123456789ab'\nevidence=' '\ndo='drop'\nwho='a'\nwhy='b'",
}


@pytest.mark.parametrize("kind", CORRECTIONS)
def test_a_bad_corrections_file_is_named(tmp_path: Path, kind: str) -> None:
    source, corrections = tmp_path / "in.jsonl", tmp_path / "corrections.toml"
    source.write_bytes(RECORD)
    corrections.write_bytes(CORRECTIONS[kind])
    result = call("parse", source, "-o", tmp_path / "out.jsonl", "--corrections", corrections)
    assert result.exit_code == 1, result.output
    assert "corrections.toml" in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert not (tmp_path / "out.jsonl").exists()


STORES: dict[str, bytes] = {
    "empty": b"",
    "text": b"not a store at all\n",
    "noise": bytes(range(256)) * 40,
    "a header alone": b"SQLite format 3\0",
    "a damaged database": b"SQLite format 3\0" + bytes((n * 7) % 256 for n in range(8_000)),
}


@pytest.mark.parametrize("kind", STORES)
def test_what_is_no_store_is_refused_and_left_alone(tmp_path: Path, kind: str) -> None:
    source, store = tmp_path / "in.jsonl", tmp_path / "events.store"
    source.write_bytes(RECORD)
    store.write_bytes(STORES[kind])
    result = call("parse", source, "-o", tmp_path / "out.jsonl", "--store", store)
    if kind == "empty":  # an empty file is what a new database is
        assert result.exit_code in (0, 1), result.output
        return
    assert result.exit_code == 1, result.output
    assert "events.store" in result.stderr
    assert store.read_bytes() == STORES[kind]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is unreadable to this user")
def test_what_may_not_be_read_or_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "good.jsonl").write_bytes(RECORD)
    (tmp_path / "shut.txt").write_text("x", encoding="utf-8")
    (tmp_path / "shut.txt").chmod(0)
    result = call("parse", tmp_path / "good.jsonl", tmp_path / "shut.txt", "-o", tmp_path / "out.jsonl")
    assert result.exit_code == 3
    assert "shut.txt" in result.stderr
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    assert call("map", tmp_path / "good.jsonl", "-o", closed / "out.html").exit_code == 1
