"""Packed blocks, byte by byte: columns, lines, letters, offsets."""

# ruff: noqa: E501

from __future__ import annotations

import gzip
import json

import numpy as np
import pytest

from mapper.render import columns
from mapper.render.columns import (
    Table,
    block,
    in_order_of_use,
    index_kind,
    lettered,
    line,
    packed,
    sound,
    utf16_offsets,
)
from tests.render.test_data import unpack


def bytes_of(values: list[int], kind: str | None = None, coding: str = "plain") -> tuple[list[object], bytes]:
    table = Table()
    table.add("t", "c", values, kind, coding=coding)  # type: ignore[arg-type]  # as the page's parts are named
    return table.description[0], table.to_bytes()


@pytest.mark.parametrize(
    ("values", "kind", "coding", "told", "packed_"),
    [
        ([], None, "plain", "u1", b""),
        ([0, 255], None, "plain", "u1", b"\x00\xff"),
        ([0, 256], None, "plain", "u2", b"\x00\x00\x00\x01"),
        ([65535], None, "plain", "u2", b"\xff\xff"),
        ([65536], None, "plain", "u4", b"\x00\x00\x01\x00"),
        ([-1, 1], "i4", "plain", "i4", b"\xff\x01\xff\x00\xff\x00\xff\x00"),
        ([1], "u4", "plain", "u4", b"\x01\x00\x00\x00"),
        ([5, 7, 4], None, "delta", "i4", b"\x05\x02\xfd\x00\x00\xff\x00\x00\xff\x00\x00\xff"),
        ([0, 1, 0, 2, 1], None, "first", "u1", b"\x00\x00\x02\x00\x02"),
        ([], None, "first", "u1", b""),
        ([], None, "delta", "i4", b""),
    ],
)
def test_a_column_byte_by_byte(values: list[int], kind: str | None, coding: str, told: str, packed_: bytes) -> None:
    description, found = bytes_of(values, kind, coding)
    assert description == ["t", "c", told, len(values), coding]
    assert found == packed_


@pytest.mark.parametrize(
    ("value", "kind", "fits"),
    [
        (0, "u1", True), (-1, "u1", False), (255, "u1", True), (256, "u1", False), (65535, "u2", True), (65536, "u2", False),
        (-1, "u2", False), ((1 << 32) - 1, "u4", True), (1 << 32, "u4", False), (-1, "u4", False),
        ((1 << 31) - 1, "i4", True), (1 << 31, "i4", False), (-(1 << 31), "i4", True), (-(1 << 31) - 1, "i4", False),
    ],
)  # fmt: skip
def test_what_fits_a_kind(value: int, kind: str, fits: bool) -> None:
    if fits:
        bytes_of([value], kind)
    else:
        with pytest.raises(OverflowError, match=rf"column t\.c does not fit {kind}"):
            bytes_of([value], kind)


def test_every_value_is_looked_at() -> None:
    for values in ([-1, 5], [5, -1], [0, 300, 0]):
        with pytest.raises(OverflowError):
            bytes_of(values, "u1")


def test_a_difference_may_go_round() -> None:
    assert bytes_of([-(1 << 31), (1 << 31) - 1], coding="delta")[1] == b"\x00\xff\x00\xff\x00\xff\x80\xff"


def test_numbers_out_of_the_order_of_use_are_refused() -> None:
    for values in ([1], [0, 2], [0, 1, 3]):
        with pytest.raises(ValueError, match="not in order of first use"):
            bytes_of(values, coding="first")


@pytest.mark.parametrize(("count", "kind"), [(0, "u1"), (255, "u1"), (256, "u2"), (65535, "u2"), (65536, "u4")])
def test_the_narrowest_kind(count: int, kind: str) -> None:
    assert index_kind(count) == kind


def test_numbers_by_first_use() -> None:
    anew, old = in_order_of_use(np.array([7, 3, 7, 9, 3]))
    assert (anew.tolist(), old.tolist()) == ([0, 1, 0, 2, 1], [7, 3, 9])


def test_a_block_byte_by_byte() -> None:
    table = Table()
    table.add("t", "c", [1, 2])
    text = block({"é": 1}, table, {"a": ["x", "é\ud800"], "b": []})
    raw = gzip.decompress(unpack(text))
    head = json.dumps(
        {"é": 1, "columns": [["t", "c", "u1", 2, "plain"]], "sections": [["a", 7], ["b", 0]]}, separators=(",", ":")
    ).encode("ascii")
    assert raw == len(head).to_bytes(4, "little") + head + b"\x01\x02" + "x\né\ufffd".encode()


def test_packing_is_the_same_on_every_day() -> None:
    data = gzip.decompress(unpack(packed(b"abc" * 100)))
    assert data == b"abc" * 100
    assert unpack(packed(b"abc"))[4:8] == b"\0\0\0\0", "no time in the head of gzip"


@pytest.mark.parametrize("size", [0, 1, 12, 13, 14, 26, 255])
def test_two_letters_for_each_13_bits(size: int) -> None:
    data = bytes(range(256))[:size][::-1]
    text = lettered(data)
    number, _, letters = text.partition(":")
    assert int(number) == size
    assert len(letters) == 16 * -(-size // 13)
    assert set(letters) <= set(columns.ALPHABET.decode())
    assert unpack(text) == data


def test_long_data_are_lettered_piece_by_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    data = b"".join(number.to_bytes(3, "big") for number in range(90_000))
    assert unpack(lettered(data)) == data


def test_the_letters() -> None:
    assert columns.ALPHABET.decode() == "".join(chr(c) for c in range(0x21, 0x7F) if chr(c) not in "<&{")
    assert len(columns.ALPHABET) == 91


@pytest.mark.parametrize("code", [0, 0x0A, 0x0D, 0x1F])
def test_what_parts_lines_becomes_a_space(code: int) -> None:
    assert line(f"a{chr(code)}b") == "a b"


@pytest.mark.parametrize("text", ["plain", "tab\t", "\x01", "é\u2028", "\x1e"])
def test_what_parts_nothing_stays(text: str) -> None:
    assert line(text) == text


def test_lone_halves_are_shown_as_lost() -> None:
    assert sound("a\ud800b\udfff😀é") == "a\ufffdb\ufffd😀é"
    assert sound("plain") == "plain"
    assert sound("\ud7ff\ue000") == "\ud7ff\ue000"


@pytest.mark.parametrize(
    ("text", "offsets", "expected"),
    [
        ("abc", [0, 1, 3], [0, 1, 3]),
        ("é\uffff", [0, 2], [0, 2]),
        ("a😀b", [0, 1, 2, 3], [0, 1, 3, 4]),
        ("😀\U00010000", [0, 1, 2], [0, 2, 4]),
        ("a\U00010000b", [0, 1, 2, 3], [0, 1, 3, 4]),
    ],
)
def test_offsets_as_javascript_counts(text: str, offsets: list[int], expected: list[int]) -> None:
    assert utf16_offsets(text, offsets) == expected
    assert [len(text[:o].encode("utf-16-le")) // 2 for o in offsets] == expected
