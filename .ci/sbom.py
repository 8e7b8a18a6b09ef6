"""Completes a CycloneDX bill of the Python packages with what is embedded: vendored scripts and gazetteer sources.

Usage: sbom.py BILL_OF_PACKAGES OUTPUT
"""

from __future__ import annotations

import json
import sys
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "mapper/render/assets/vendor"


def vendored() -> list[dict[str, Any]]:
    """The browser libraries that travel in every map, with the hash of each file as it is in the repository."""
    manifest = json.loads((VENDOR / "manifest.json").read_text(encoding="utf-8"))
    components = []
    for name, library in sorted(manifest.items()):
        if name == "files":
            continue
        _, package, version = library["package"].split()
        files = [
            {"type": "file", "name": file, "hashes": [{"alg": "SHA-256", "content": facts["sha256"]}]}
            for file, facts in sorted(manifest["files"].items())
            if file.startswith(f"{name}/")
        ]
        purl = f"pkg:npm/{package}@{version}"
        components.append(
            {
                "type": "library",
                "bom-ref": purl,
                "name": package,
                "version": version,
                "purl": purl,
                "hashes": [{"alg": "SHA-256", "content": library["package_sha256"]}],
                "licenses": [{"license": {"id": library["licence"]}}],
                "components": files,
            }
        )
    return components


def sources() -> list[dict[str, Any]]:
    """The packages that the embedded gazetteer and base map were made from."""
    text = (ROOT / "gazetteer/builder/sources.toml").read_text(encoding="utf-8")
    return [
        {
            "type": "data",
            "bom-ref": f"data:{source['name']}",
            "name": source["package"],
            "version": source["version"],
            "description": source["taken"],
            "purl": f"pkg:{source['registry']}/{source['package'].replace('@', '%40')}@{source['version']}",
            "hashes": [{"alg": "SHA-256", "content": source["sha256"]}],
            "licenses": [{"license": {"name": source["licence"]}}],
        }
        for source in sorted(tomllib.loads(text)["source"], key=lambda source: str(source["name"]))
    ]


def main() -> None:
    bill = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    bill["components"] += [*vendored(), *sources()]
    for component in bill["components"]:
        # where the packages lay on the machine that made the bill
        component.pop("evidence", None)
        component.pop("properties", None)
        component.pop("externalReferences", None)
    Path(sys.argv[2]).write_text(json.dumps(bill, indent=1, sort_keys=True) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
