"""Proves the README's recipe for a machine without a network: ``python -m tests.offline_install [FOLDER]``.

Makes the wheelhouse in FOLDER (which stays; else a temporary one), installs from it alone into a fresh virtual
environment, and draws and briefs the seeds there. Where the system can cut a process off the network (``unshare -n``),
everything after the wheelhouse runs so. Takes some minutes and 1.5 GB of room; needs the network once.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from tests.security.test_network import namespace

ROOT = Path(__file__).parent.parent
EXTRAS = "[parquet,brief,pdf,xlsx]"


def run(*command: str | Path, cwd: Path) -> None:
    """Run a command, shown; its failure ends the proof."""
    print("$", *command, flush=True)
    subprocess.run([str(word) for word in command], cwd=cwd, check=True)


def main(house: Path, work: Path) -> None:
    """Make the wheelhouse, then do without the network."""
    run(sys.executable, "-m", "pip", "wheel", "--quiet", "--wheel-dir", house, f".{EXTRAS}", cwd=ROOT)
    wheels = list(house.glob("*.whl"))
    print(f"{len(wheels)} wheels, {sum(wheel.stat().st_size for wheel in wheels) / 1e6:.0f} MB")
    cut = namespace() or []
    print("the network is cut off" if cut else "the network cannot be cut off here; it is only not asked for")
    run(sys.executable, "-m", "venv", work / "venv", cwd=work)
    python = work / "venv" / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    project = f"geospatial-event-mapper{EXTRAS}"
    run(*cut, python, "-m", "pip", "install", "--quiet", "--no-index", "--find-links", house, project, cwd=work)
    run(*cut, python, "-m", "mapper", "doctor", cwd=work)
    for command, output in (("map", "seeds.html"), ("parse", "seeds.parquet"), ("brief", "seeds.pptx")):
        run(*cut, python, "-m", "mapper", command, ROOT / "seeds", "-o", output, cwd=work)
        print(f"{output}: {(work / output).stat().st_size:,} bytes")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        main(Path(sys.argv[1]).absolute() if sys.argv[1:] else Path(folder) / "wheelhouse", Path(folder))
