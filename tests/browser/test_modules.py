"""The page's modules that need no page, by Node's own test runner; and the script that they are bundled into."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.render import bundle
from mapper.render.minify import tight

HERE = Path(__file__).parent
NODE = shutil.which("node")
TSC = os.environ.get("TSC") or shutil.which("tsc")


def run(*words: str) -> subprocess.CompletedProcess[str]:
    assert NODE
    return subprocess.run([NODE, *words], capture_output=True, text=True, encoding="utf-8", timeout=120, check=False)


@pytest.mark.skipif(NODE is None, reason="Node is not installed")
def test_modules(tmp_path: Path) -> None:
    # Outside of a package Node wants to be told that these are modules.
    assets = tmp_path / "mapper" / "render" / "assets"
    shutil.copytree(bundle.ASSETS / "js", assets / "js")
    shutil.copytree(bundle.ASSETS / "words", assets / "words")
    (tmp_path / "package.json").write_text('{"type": "module"}', encoding="utf-8")
    tests = tmp_path / "tests" / "browser" / "modules"
    shutil.copytree(HERE / "modules", tests)
    done = run("--test", "--test-reporter=tap", *map(str, sorted(tests.glob("*.mjs"))))
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    written = sum(text.count("\ntest(") for text in (one.read_text("utf-8") for one in tests.glob("*.mjs")))
    passed = re.search(r"^# pass (\d+)", done.stdout, re.MULTILINE)
    assert passed
    assert int(passed[1]) == written > 10


@pytest.mark.skipif(
    TSC is None, reason="TypeScript's compiler is not installed (npm install -g typescript, or set TSC)"
)
def test_types_in_the_comments_hold() -> None:
    """The modules are plain JavaScript whose types stand in JSDoc comments: strictly checked, nothing is compiled."""
    assert TSC
    done = subprocess.run(
        [TSC, "-p", str(HERE / "tsconfig.json")],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-1000:]


@pytest.mark.skipif(NODE is None, reason="Node is not installed")
def test_the_bundle_is_sound(tmp_path: Path) -> None:
    script = tmp_path / "bundle.js"
    script.write_text(bundle.script(), encoding="utf-8", newline="\n")
    done = run("--check", str(script))
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("const a = { b: 1 , c : 2 };", "const a={b:1,c:2};"),
        ("x = a  +  +b - -c;", "x=a + +b - -c;"),
        ("return  /a  b/g . test( s );", "return /a  b/g . test(s);"),
        ("x = a / b / c;", "x=a / b / c;"),
        ("f( \"a  ;  b\" , 'c  ,  d' );", "f(\"a  ;  b\",'c  ,  d');"),
        ("s = `a  ${ b }  c`;", "s=`a  ${ b }  c`;"),
        ("/[/ ]  x/.test( y )", "/[/ ]  x/.test(y)"),
        ("a\n  b ;\n", "a\nb;\n"),
        (r'x = "a \" ;  b" ;', r'x="a \" ;  b";'),
        ("typeof x === y", "typeof x===y"),
    ],
)
def test_only_needless_blanks_go(script: str, expected: str) -> None:
    assert tight(script) == expected


def test_a_template_in_a_template_is_refused() -> None:
    with pytest.raises(ValueError, match="inside another"):
        tight("x = `a ${b ? `c` : d}`;")


@given(st.text(alphabet="ab \t;,{}()=<>+-'\"\\", max_size=60))
def test_strings_are_left_alone(text: str) -> None:
    quoted = '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    assert tight(f"x = {quoted} ;") == f"x={quoted};"


def test_the_same_words_are_left() -> None:
    """Nothing but blanks goes: what remains is, blanks apart, the same."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted((bundle.ASSETS / "js").glob("*.js")))
    bare = re.sub(r"/\*\*.*?\*/|^\s*//[^\n]*", "", text, flags=re.DOTALL | re.MULTILINE)
    assert re.sub(r"\s", "", tight(bare)) == re.sub(r"\s", "", bare)
