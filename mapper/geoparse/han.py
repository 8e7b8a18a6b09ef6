"""Chinese and Japanese: the longest names among the characters, in short or long characters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mapper.geoparse.mention import Mention
from mapper.geoparse.names import NameBook
from mapper.geoparse.scanning import found_at, trust
from mapper.geoparse.text import Words, word_set

_RUN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\u30a0-\u30ff]+")
_LOCATIVE = ("在", "于", "於", "从", "從", "到", "赴", "抵", "达", "達", "访", "訪", "往", "离")
_WATERS = frozenset("江河湖海洋山湾灣岛島")
"""Last characters of the names of rivers, lakes, seas, mountains, bays and islands: such names say what they are."""

_SHORT = (
    "尔亚达兰罗马宁卢萨维约纳诺鲁顿韦岛国东门圣贝丽来莱乌冈华湾广云辽济陕庆苏兴龙阳阴长镇县区义齐泽滨叶乔伦内凯刚图"
    "坝库张旧时杰桥桦泸滩纽绍绥费赖迈钦铁锡陇黄兹汉宾孙麦绿盐寿奥满绵贵赣丹厦临"
)
_LONG = (
    "爾亞達蘭羅馬寧盧薩維約納諾魯頓韋島國東門聖貝麗來萊烏岡華灣廣雲遼濟陝慶蘇興龍陽陰長鎮縣區義齊澤濱葉喬倫內凱剛圖"
    "壩庫張舊時傑橋樺瀘灘紐紹綏費賴邁欽鐵錫隴黃茲漢賓孫麥綠鹽壽奧滿綿貴贛丹廈臨"
)
_TO_LONG = str.maketrans(_SHORT, _LONG)
_TO_SHORT = str.maketrans(_LONG, _SHORT)


_NO_NAME = word_set(
    "郊区 市区 城区 地区 山区 灾区 边境 首都 东部 西部 南部 北部 中部 东北 西北 东南 西南 "
    "中心 机场 大学 公安 政府 人民 国际 国家"
)
"""Everyday words of the news that are also somewhere's name."""


def _forms(name: str) -> tuple[str, ...]:
    """The name as written, in long characters, and in short ones."""
    return tuple(dict.fromkeys((name, name.translate(_TO_LONG), name.translate(_TO_SHORT))))


def scan_han(text: str, words: Words, book: NameBook) -> Iterator[Mention]:
    """Names in text order, not overlapping."""
    for run in _RUN.finditer(text):
        chunk, at = run.group(), run.start()
        book.learn(
            form
            for i in range(len(chunk))
            for n in range(2, 10)
            if i + n <= len(chunk)
            for form in _forms(chunk[i : i + n])
        )
        i = 0
        while i < len(chunk):
            hit = _longest(chunk, i, book)
            if hit is None:
                i += 1
                continue
            n, form, chance = hit
            yield found_at(text, words, at + i, at + i + n, chance, lookup="" if form == chunk[i : i + n] else form)
            i += n


def _longest(chunk: str, i: int, book: NameBook) -> tuple[int, str, float] | None:
    locative = i > 0 and chunk[i - 1] in _LOCATIVE
    for n in range(min(9, len(chunk) - i), 1, -1):
        for form in _forms(chunk[i : i + n]):
            if form in _NO_NAME or not book.has(form):
                continue
            facts = book.facts(form)
            told = locative or (form[-1] in _WATERS and facts.sort in ("water", "mountain"))
            chance = trust(facts, letters=n, locative=told, least=2)
            if chance >= 0.5:
                return n, form, chance
    return None
