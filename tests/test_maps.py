"""The committed map is what the README's command makes from the seeds, to the byte."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from mapper.cli import main

ROOT = Path(__file__).parent.parent


def test_the_committed_map_is_the_one_that_the_command_makes(seeds: Path, tmp_path: Path) -> None:
    output = tmp_path / "seeds.html"
    assert CliRunner().invoke(main, ["map", str(seeds), "-o", str(output)]).exit_code == 0
    assert output.read_bytes() == (ROOT / "maps" / "seeds.html").read_bytes()


def test_a_map_from_data_is_the_map_from_the_articles(seeds_jsonl: Path, tmp_path: Path) -> None:
    output = tmp_path / "again.html"
    assert CliRunner().invoke(main, ["map", str(seeds_jsonl), "-o", str(output)]).exit_code == 0
    assert output.read_bytes() == (ROOT / "maps" / "seeds.html").read_bytes()
