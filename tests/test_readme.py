"""The README says what is: its examples run, its options exist, and no option goes unsaid."""

from __future__ import annotations

import csv
import json
import re
import shlex
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from mapper import export
from mapper.articles import Limits
from mapper.cli import main
from mapper.render import brief

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def commands(group: click.Group = main, name: str = "") -> Iterator[tuple[str, click.Command]]:
    for word, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{name}{word} ")
        else:
            yield f"{name}{word}", command


def options(command: click.Command) -> set[str]:
    return {
        word
        for parameter in command.params
        if isinstance(parameter, click.Option)
        for word in (*parameter.opts, *parameter.secondary_opts)
        if word.startswith("--")
    }


ALL = {option for _, command in commands() for option in options(command)}


@pytest.mark.parametrize("number", range(len(blocks("python"))))
def test_what_it_shows_in_python_runs(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seeds: Path
) -> None:
    shutil.copytree(seeds, tmp_path / "seeds")
    monkeypatch.chdir(tmp_path)
    exec(compile(blocks("python")[number], "README.md", "exec"), {})


def test_its_commands_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seeds: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monday, tuesday = sorted(path for path in seeds.iterdir() if path.suffix == ".txt")
    for folder, article in (("seeds", monday), ("monday", monday), ("tuesday", tuesday)):
        (tmp_path / folder).mkdir()
        shutil.copy(article, tmp_path / folder)
    line = json.dumps({"text": "Gunmen attacked a convoy in Gao on Tuesday.", "published": "2014-04-03"})
    (tmp_path / "news.jsonl").write_text(line + "\n", encoding="utf-8")
    ran = 0
    for line in "\n".join(blocks("sh")).splitlines():
        for part in line.split(" && "):
            words = shlex.split(part)
            if words[:1] == ["mapper"]:
                words = [word.replace("timbuk*", "algeria*").replace("convoy", "kerry") for word in words]
                result = CliRunner().invoke(main, words[1:])
                assert result.exit_code == 0, (part, result.output)
                ran += 1
    assert ran >= 7
    assert {path.name for path in (tmp_path / "maps").iterdir()} == {"seeds.html", "monday.html", "tuesday.html"}


def test_every_command_is_in_its_table_and_every_command_in_its_table_exists() -> None:
    table = [line for line in README.splitlines() if line.startswith("| `mapper ")]
    named = set()
    for line in table:
        words = line.split("`")[1].replace("\\|", "|").split()[1:]
        group = main.commands.get(words[0])
        if isinstance(group, click.Group):
            named |= {f"{words[0]} {word}" for word in words[1].split("|")}
        else:
            named.add(words[0])
    assert named == {name for name, _ in commands()}


def test_every_option_it_names_exists() -> None:
    of_others = {"--no-index", "--find-links", "--wheel-dir", "--help", "--nthreads"}
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", README)) - of_others <= ALL


def test_every_option_is_in_it() -> None:
    # Plain words of help are enough for these.
    unsaid = {"--mentioned", "--version", "--output"}
    assert {option for option in ALL if option not in README} <= unsaid


@pytest.mark.parametrize(("name", "command"), list(commands()))
def test_every_option_says_in_its_help_what_it_does(name: str, command: click.Command) -> None:
    assert command.help
    for parameter in command.params:
        if isinstance(parameter, click.Option) and parameter.name not in {"output", "style"}:
            assert parameter.help, f"{name} {parameter.opts}"


def test_every_ending_is_in_it() -> None:
    for ending in (*export.SUFFIXES, *brief.SUFFIXES):
        assert f"`{ending}`" in README


def test_its_corrections_can_be_read(tmp_path: Path) -> None:
    from mapper.corrections import read

    (tmp_path / "a.toml").write_text(blocks("toml")[0], "utf-8")
    (tmp_path / "a.csv").write_text(blocks("csv")[0], "utf-8")
    assert tomllib.loads(blocks("toml")[0])["correction"]
    assert len(list(csv.reader(blocks("csv")[0].splitlines()))) == 2
    assert read(tmp_path / "a.toml") == read(tmp_path / "a.csv")


def test_its_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        if not target.startswith("http"):
            assert (ROOT / target).exists(), target


def test_it_and_the_help_name_the_longest_article() -> None:
    characters, words = f"{Limits().text_characters:,} characters", f"{Limits().words:,} words"
    assert characters in README
    assert words in README
    told = " ".join(CliRunner().invoke(main, ["--help"]).output.split())
    assert f"{characters} and {words}" in told
