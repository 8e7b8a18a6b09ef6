"""How the commands speak: nothing in a message moves a cursor, each refusal is named once, codes are kept."""

from __future__ import annotations

import json

import pytest

from gazetteer.errors import GazetteerError
from mapper.console import EXIT_CODES, Reporter, failures, one_line, print_tree
from mapper.errors import InputError, MapperError

REFUSED = InputError("no\x1b[2Jtext", file="a\nb.txt", line=3)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain é مالي 村", "plain é مالي 村"),
        ("a\x1b[31mb", "a\\x1b[31mb"),
        ("a\nb\r\tc", "a\\nb\\r\\tc"),
        ("\x9b\x00\u202e\u2028\ud800", "\\x9b\\x00\\u202e\\u2028\\ud800"),
        ("'\"", "'\""),
    ],
)
def test_nothing_moves_the_cursor(text: str, shown: str) -> None:
    assert one_line(text) == shown


def test_a_refusal_is_one_line_on_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    reporter = Reporter(quiet=True)
    reporter.refuse(REFUSED)
    assert capsys.readouterr() == ("", "a\\nb.txt:3: no\\x1b[2Jtext\n")
    reporter.as_json = True
    reporter.refuse(REFUSED)
    out, err = capsys.readouterr()
    assert out == ""
    assert json.loads(err) == {"file": "a\nb.txt", "line": 3, "reason": "no\x1b[2Jtext"}
    assert err.count("\n") == 1
    assert reporter.refused == 2


def test_what_is_said_can_be_hushed(capsys: pytest.CaptureFixture[str]) -> None:
    Reporter().say("a\nb")
    Reporter(quiet=True).say("nothing")
    assert capsys.readouterr() == ("", "a\\nb\n")


@pytest.mark.parametrize(
    ("used", "refused", "code"), [(0, 0, 1), (0, 5, 1), (1, 0, 0), (7, 0, 0), (1, 1, 3), (7, 2, 3)]
)
def test_exit_codes(used: int, refused: int, code: int) -> None:
    assert Reporter(refused=refused).code(used) == code
    assert f"\n  {code}  " in EXIT_CODES


def test_an_input_error_ends_the_job_as_a_refusal(capsys: pytest.CaptureFixture[str]) -> None:
    reporter = Reporter()
    with pytest.raises(SystemExit) as ended, failures(reporter):
        raise REFUSED
    assert (ended.value.code, reporter.refused) == (1, 1)
    assert capsys.readouterr() == ("", "a\\nb.txt:3: no\\x1b[2Jtext\n")


@pytest.mark.parametrize("error", [MapperError("dis\nk"), GazetteerError("dis\nk")])
def test_other_known_errors_end_the_job_in_one_line(error: Exception, capsys: pytest.CaptureFixture[str]) -> None:
    reporter = Reporter()
    with pytest.raises(SystemExit) as ended, failures(reporter):
        raise error
    assert (ended.value.code, reporter.refused) == (1, 0)
    assert capsys.readouterr() == ("", "mapper: dis\\nk\n")


def test_unknown_errors_and_none_pass() -> None:
    with pytest.raises(KeyError), failures(Reporter()):
        raise KeyError
    with failures(Reporter()):
        pass


def test_a_tree_of_facts(capsys: pytest.CaptureFixture[str]) -> None:
    print_tree(
        {"a\x1b": {"deep\n": {"n": 1234567}}, "list": [{"k": 1, "v": "x\r"}, "plain\n"], "none": None, "text": "a\nb"}
    )
    assert capsys.readouterr().out == (
        "a\\x1b\n  deep\\n\n    n: 1,234,567\nlist\n  k 1, v x\\r\n  plain\\n\nnone: None\ntext: a\\nb\n"
    )
    print_tree({})
    assert capsys.readouterr().out == ""
