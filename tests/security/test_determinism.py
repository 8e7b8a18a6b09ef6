"""The same input gives the same bytes, whatever the hash seed, time zone, locale and number of processes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from mapper import export
from mapper.render import brief
from tests.security import EXHAUSTIVE, made
from tests.security.strings import numbered

ROOT = Path(__file__).parents[2]

SURROUNDINGS: tuple[dict[str, str], ...] = (
    {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C", "MAPPER_TEST_WORKERS": "1"},
    {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8", "MAPPER_TEST_WORKERS": "2"},
    {"PYTHONHASHSEED": "4242", "TZ": "America/St_Johns", "LC_ALL": "tr_TR.UTF-8", "PYTHONUTF8": "0"},
    {"PYTHONHASHSEED": "77", "TZ": "Asia/Kathmandu", "LC_ALL": "de_DE.ISO-8859-1", "PYTHONOPTIMIZE": "1"},
)


def run(command: str, output: Path, inputs: list[Path], surroundings: dict[str, str]) -> bytes:
    words = [sys.executable, "-m", "mapper", command, *map(str, inputs), "-o", str(output), "--quiet"]
    words += ["--workers", surroundings.get("MAPPER_TEST_WORKERS", "1")]
    environment = os.environ | surroundings | {"PYTHONPATH": str(ROOT)}
    result = subprocess.run(words, cwd=output.parent, capture_output=True, env=environment, check=False, timeout=300)
    assert result.returncode in (0, 3), result.stderr
    assert b"Traceback" not in result.stderr
    return output.read_bytes()


def test_same_bytes_in_all_surroundings(tmp_path: Path, seeds: Path) -> None:
    source = made.write_articles(tmp_path / "in.jsonl", list(numbered())[:: 1 if EXHAUSTIVE else 6])
    inputs = [source, seeds]
    chosen = SURROUNDINGS if EXHAUSTIVE else SURROUNDINGS[:3]
    records = {run("parse", tmp_path / f"{n}.jsonl", inputs, one) for n, one in enumerate(chosen)}
    assert len(records) == 1
    # The map is drawn from these records alone, so that it need not wait for the analysis again.
    again = [tmp_path / "0.jsonl"]
    pages = {run("map", tmp_path / f"{n}.html", again, one) for n, one in enumerate(chosen)}
    pages.add(run("map", tmp_path / "whole.html", inputs, SURROUNDINGS[1]))
    assert len(pages) == 1


ALL = """
import sys
from click.testing import CliRunner
from mapper import export
from mapper.cli import main
from mapper.render import brief
source, folder = sys.argv[1:]
for suffix in (*export.SUFFIXES, *brief.SUFFIXES):
    command = "brief" if suffix in brief.SUFFIXES else "parse"
    result = CliRunner().invoke(main, [command, source, "-o", folder + "/out" + suffix, "--quiet"])
    assert result.exit_code == 0, result.output
"""


def test_same_bytes_in_every_format(tmp_path: Path) -> None:
    source = made.write_records(tmp_path / "in.jsonl", list(numbered())[:: 4 if EXHAUSTIVE else 48])
    written = []
    for number, surroundings in enumerate(SURROUNDINGS if EXHAUSTIVE else SURROUNDINGS[1:3]):
        folder = tmp_path / str(number)
        folder.mkdir()
        result = subprocess.run(
            [sys.executable, "-W", "ignore", "-c", ALL, str(source), str(folder)],
            cwd=folder, capture_output=True, check=False, timeout=600,
            env=os.environ | surroundings | {"PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        assert result.returncode == 0, result.stderr
        written.append({path.name: path.read_bytes() for path in sorted(folder.iterdir())})
    assert len(written[0]) == len(export.SUFFIXES) + len(brief.SUFFIXES)
    for other in written[1:]:
        assert [name for name in other if other[name] != written[0][name]] == []


def test_a_map_does_not_depend_on_the_order_of_its_inputs(tmp_path: Path) -> None:
    entries = list(numbered())[::12]
    halves = [made.write_records(tmp_path / f"{n}.jsonl", entries[n::2]) for n in (0, 1)]
    pages = {
        run("map", tmp_path / f"{n}.html", order, SURROUNDINGS[0]) for n, order in enumerate((halves, halves[::-1]))
    }
    assert len(pages) == 1
