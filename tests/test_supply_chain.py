"""What the project is made of: locked by hash, listed in a bill of materials, built the same every time."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "mapper/render/assets/vendor"


def _project() -> dict[str, list[str]]:
    """Requirements by extra; the ones that everybody needs under ""."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {"": project["dependencies"], **project["optional-dependencies"]}


def _locked() -> list[tuple[Requirement, list[str]]]:
    text = (ROOT / ".ci/requirements.txt").read_text(encoding="utf-8")
    entries = re.sub(r"\\\n", " ", re.sub(r"^\s*#.*\n", "", text, flags=re.MULTILINE)).splitlines()
    return [(Requirement(entry.split(" --hash")[0]), re.findall(r"--hash=(\S+)", entry)) for entry in entries]


def test_every_locked_package_is_pinned_by_version_and_hash() -> None:
    locked = _locked()
    assert len(locked) > 50
    for requirement, hashes in locked:
        assert re.fullmatch(r"==[^,*]+", str(requirement.specifier)), requirement
        assert hashes
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", each) for each in hashes)


def test_the_lock_holds_what_the_project_and_its_tests_ask_for() -> None:
    here = {k: str(v) for k, v in default_environment().items()}
    pinned = {
        canonicalize_name(requirement.name): next(iter(requirement.specifier)).version
        for requirement, _ in _locked()
        if requirement.marker is None or requirement.marker.evaluate(here)
    }
    project = _project()
    for wanted in map(Requirement, [*project[""], *project["test"], "hatchling>=1.27"]):
        assert pinned[canonicalize_name(wanted.name)] in wanted.specifier, wanted


def test_the_bill_of_materials_lists_packages_vendored_scripts_and_sources() -> None:
    bill = json.loads((ROOT / ".ci/sbom.cdx.json").read_text(encoding="utf-8"))
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    versions = {canonicalize_name(part["name"]): part["version"] for part in bill["components"]}
    project = _project()
    runtime = [entry for extra, wanted in project.items() if extra not in {"test", "train"} for entry in wanted]
    for wanted in map(Requirement, runtime):
        assert versions[canonicalize_name(wanted.name)] in wanted.specifier, wanted
    sources = tomllib.loads((ROOT / "gazetteer/builder/sources.toml").read_text(encoding="utf-8"))["source"]
    data = {part["hashes"][0]["content"] for part in bill["components"] if part["type"] == "data"}
    assert data == {source["sha256"] for source in sources}


def test_vendored_files_are_those_of_the_bill() -> None:
    bill = json.loads((ROOT / ".ci/sbom.cdx.json").read_text(encoding="utf-8"))
    listed = {
        file["name"]: file["hashes"][0]["content"]
        for part in bill["components"]
        for file in part.get("components", [])
        if file["type"] == "file"
    }
    there = {path.relative_to(VENDOR).as_posix() for path in VENDOR.rglob("*") if path.is_file()}
    assert {name for name in there if "/" in name} == set(listed)
    for name, digest in listed.items():
        assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == digest


@pytest.mark.skipif(importlib.util.find_spec("hatchling") is None, reason="hatchling, which builds, is not installed")
def test_two_builds_give_the_same_wheel(tmp_path: Path) -> None:
    built = []
    for name in ("one", "two"):
        copy = tmp_path / name
        for part in ("mapper", "gazetteer"):
            shutil.copytree(
                ROOT / part, copy / part, ignore=shutil.ignore_patterns("__pycache__"), copy_function=shutil.copyfile
            )
        for path in ("pyproject.toml", "README.md", "LICENSE", "NOTICE"):
            shutil.copy(ROOT / path, copy / path)
        subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel"], cwd=copy, check=True)
        built.append(next((copy / "dist").glob("*.whl")))
    assert built[0].read_bytes() == built[1].read_bytes()
    assert built[0].stat().st_size < 70_000_000
    assert "mapper/py.typed" in zipfile.ZipFile(built[0]).namelist()
