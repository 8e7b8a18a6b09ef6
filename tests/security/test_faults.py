"""No output is ever torn: killed at any moment, on a disk that is full, with each call to the system failing in turn.

A few kills by default. The long run, 200 kills over all formats: ``MAPPER_KILLS=200 pytest tests/security/test_faults.py``.
"""

# ruff: noqa: E501

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from mapper import export
from mapper.render import brief
from tests.security import EXHAUSTIVE
from tests.security.test_bad_input import ROOT

KILLS = int(os.environ.get("MAPPER_KILLS", "10"))
ALL = (".html", *export.SUFFIXES, *brief.SUFFIXES)
QUICK = (".html", ".jsonl", ".gpkg", ".xlsx", ".svg")
FULL = EXHAUSTIVE or KILLS > 10


@pytest.mark.skipif(
    not hasattr(os, "fork") or sys.platform == "darwin", reason="needs forked processes and limits on files"
)
def test_no_output_is_torn(tmp_path: Path) -> None:
    suffixes = ALL if FULL else QUICK
    result = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "tests.security.fault_runner", str(tmp_path), str(KILLS), *suffixes],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False, timeout=3_600,
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    told = result.stdout.splitlines()
    wrong = [line for line in told if not line.startswith(("calls ", "kills "))]
    assert wrong == []
    assert all(int(line.split()[1]) > 2 for line in told if line.startswith("calls ")), told
    assert int(told[-1].split()[1]) > KILLS / 3, told[-1]
