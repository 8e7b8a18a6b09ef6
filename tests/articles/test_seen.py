"""What came before is known again by fixed-size hashes on disk; no room for them is told as that."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.articles import read
from mapper.articles.seen import Seen
from mapper.errors import OutputError

words = st.sampled_from(("", "a", "b", "é", "\udc80", "a\0", "long " * 50))


@given(st.lists(st.tuples(words, words), max_size=30))
def test_it_knows_what_a_dictionary_would(pairs: list[tuple[str, str]]) -> None:
    seen, known = Seen(), dict[str, str]()
    for identifier, text in pairs:
        assert seen.is_taken(identifier, text) == (identifier in known and known[identifier] != text)
        new = identifier not in known
        same = known.setdefault(identifier, text) == text
        assert seen.first(identifier, text) is (True if new else False if same else None)


def test_a_full_disk_is_told_with_the_folder() -> None:
    seen = Seen()
    seen._database.execute("PRAGMA max_page_count = 8")
    with pytest.raises(OutputError, match=r"temporary file in .*full"):
        all(seen.first(str(number), "text") for number in range(5_000))


def test_no_room_to_remember_is_no_article_s_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any) -> bool:
        raise OutputError("temporary file: no space left on device")

    (tmp_path / "a.txt").write_text("Words in Gao.", encoding="utf-8")
    monkeypatch.setattr(Seen, "first", full)
    with pytest.raises(OutputError, match="no space"):
        list(read(tmp_path / "a.txt", on_refusal=lambda _: None))
