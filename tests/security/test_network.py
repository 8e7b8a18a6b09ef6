"""The main job in a network namespace of its own, in which there is not even a loopback that is up."""

# ruff: noqa: E501

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def namespace() -> list[str] | None:
    """The command that cuts the network off, None where this system has none or does not allow it."""
    found = shutil.which("unshare")
    for words in ([found, "-n"], [found, "-rn"]) if found else ():
        if subprocess.run([*words, "true"], capture_output=True, check=False).returncode == 0:
            return [word for word in words if word]
    return None


def test_the_main_job_needs_no_network(tmp_path: Path, seeds: Path) -> None:
    cut = namespace()
    if cut is None:
        pytest.skip("no network namespace can be made here (unshare -n)")
    output = tmp_path / "map.html"
    result = subprocess.run(
        [*cut, sys.executable, "-m", "mapper", "map", str(seeds), "-o", str(output)],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False, env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    assert output.stat().st_size > 0
