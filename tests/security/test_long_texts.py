"""Long texts of one token over and over, through the whole program: none takes longer than its length accounts for.

Measured in seconds of processor time, since the machine may be busy with other things. By default a few tokens; all of
them with ``MAPPER_EXHAUSTIVE=1``, in texts as long as the program takes them.
"""

# ruff: noqa: E501

from __future__ import annotations

import json
import os
import re
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from mapper.articles.limits import Limits
from mapper.cli import main
from mapper.language import nlp, readable
from tests.security import EXHAUSTIVE
from tests.security.fault_runner import forked
from tests.security.test_readers import ATOMS, WORDS

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs forked processes")

SECONDS, MEGABYTES = 60, 1_000
LENGTH = Limits().text_characters if EXHAUSTIVE else 8_000
WORDS_AND_SIGNS = re.compile(r"\w+|[^\w\s]")
PHRASES = (
    *("in ", "in in Gao ", "Gao ", "Gao and ", "killed ", "Killed. ", "attack on ", "of the ", "north of Gao ", "not "),
    *("30 km ", "12 people killed ", "1,000 ", "3 April ", "Monday ", "2014 ", "said ", "he said ", "Mr. Keita ", "Mali's "),
    *("A. B. ", "AB ", "Abc Def ", "Gao-", "Gao/", "Gunmen attacked Gao. ", "Gunmen attacked Gao on 3 April 2014. "),
    *("Gunmen attacked a convoy in Gao and then ", "killed 12 in Gao, ", "who ", "that ", "will attack ", "Nord ", "St. "),
    *("16.27 N, 0.05 W ", "16°16′N 0°3′W ", "((a) ", "“a” ", "\u202e", "\u05d0 ", "\u0627\u0644", "e\u0301", "\ud800"),
    *("\0", "北京 ", "北京。", "مالي ", "мали ", "!? ", "… ", "x@y.z ", "#Gao ", "\u0301\u0323", "the town of ", "Gao; "),
)  # fmt: skip
FEW = (",", "(", "Gao ", "Gao, ", "in ", "12 people killed ", "Gunmen attacked Gao. ", "\u0301\u0323")


def text_of(atom: str) -> str:
    """The token over and over, as often as an article may hold it."""
    text = (f"{WORDS} " + atom * (LENGTH // len(atom)))[:LENGTH]
    words = sum(1 for _ in WORDS_AND_SIGNS.finditer(text))
    return text[: int(len(text) * min(1.0, 0.98 * Limits().words / words))]


@pytest.fixture(scope="module", autouse=True)
def _loaded(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What is loaded once is no text's cost."""
    folder = tmp_path_factory.mktemp("warm")
    (folder / "a.txt").write_text(WORDS, "utf-8")
    assert CliRunner().invoke(main, ["map", str(folder / "a.txt"), "-o", str(folder / "a.html")]).exit_code == 0


@pytest.mark.parametrize("atom", dict.fromkeys((*ATOMS, *PHRASES)) if EXHAUSTIVE else FEW, ids=ascii)
def test_a_long_text_of_one_token_takes_no_longer_than_it_is_long(atom: str, tmp_path: Path) -> None:
    seconds, megabytes = cost(text_of(atom), tmp_path)
    print(f"{seconds:.1f} s {megabytes:.0f} MB {atom!a}")
    assert seconds < (SECONDS if EXHAUSTIVE else 15)
    assert megabytes < MEGABYTES


@pytest.mark.parametrize(
    "text",
    [
        "Gunmen attacked in " + " " * 8_000 + "killed.",
        "Gunmen attacked on 3 " + "Gao, " * 800 + "x.",
        "Gunmen attacked " + "Gao, Kidal and " * 300 + "Timbuktu, killing 12.",
    ],
    ids=["blanks where a month may stand", "one place 800 times", "a list of 900 places"],
)
def test_what_was_tried_in_every_combination_is_read_in_time(text: str, tmp_path: Path) -> None:
    # 3,000 blanks took 2 s and 300 names 15 s, growing with the square and the cube.
    seconds, _ = cost(f"{WORDS} {text} {WORDS}", tmp_path)
    assert seconds < 8


def cost(text: str, folder: Path) -> tuple[float, float]:
    """Processor seconds and megabytes that the command takes, from the text to its map."""
    source = folder / "in.jsonl"
    source.write_text(json.dumps({"id": "a", "text": text}), "ascii")

    def run() -> int:
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (2 * SECONDS, 2 * SECONDS))
        result = CliRunner().invoke(main, ["map", str(source), "-o", str(folder / "out.html"), "--quiet"])
        return 0 if result.exit_code == 0 and not result.stderr else 77

    _, status, used = os.wait4(forked(run), 0)
    seconds, megabytes = used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
    assert os.waitstatus_to_exitcode(status) == 0, (seconds, megabytes)
    return seconds, megabytes


@pytest.mark.parametrize("sign", [",", "(", "—", '"'])
def test_signs_without_a_blank_are_read_in_time_that_grows_with_their_number(sign: str) -> None:
    read = nlp().tokenizer
    started = time.process_time()
    assert len(read(readable(sign * 20_000))) >= 20_000 - 200
    # As they are, 8,000 took 5 s of processor time, and twice as many four times as long.
    assert time.process_time() - started < 5
    assert len(readable(sign * 20_000)) == 20_000


def test_what_a_model_reads_has_the_places_of_the_text() -> None:
    for text in ("a" * 199 + " b", "a" * 200, "a" * 1_000 + "\ud800", "words of a report " * 99):
        shown = readable(text)
        assert len(shown) == len(text)
        assert all(
            a == b or (b in " \ufffd" and n % 200 == 199) or a == "\ud800"
            for n, (a, b) in enumerate(zip(text, shown, strict=True))
        )
    assert readable("words of a report " * 99) == "words of a report " * 99
