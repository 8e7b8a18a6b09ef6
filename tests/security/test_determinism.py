"""The same input gives the same bytes, whatever the hash seed, time zone, locale and number of processes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

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
