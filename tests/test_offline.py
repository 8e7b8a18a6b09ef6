"""The program opens no connection: the main job runs with sockets forbidden."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent

FORBIDDING = """
import socket, sys

def refuse(*args, **kwargs):
    raise AssertionError(f"a connection was tried: {args}")

socket.socket.connect = refuse
socket.socket.connect_ex = refuse
socket.socket.sendto = refuse
socket.create_connection = refuse
socket.getaddrinfo = refuse
from mapper.cli import main
main()
"""


def test_the_main_job_opens_no_connection(tmp_path: Path) -> None:
    output = tmp_path / "map.html"
    result = subprocess.run(
        [sys.executable, "-c", FORBIDDING, "map", str(ROOT / "seeds"), "-o", str(output)],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    assert output.stat().st_size > 0
