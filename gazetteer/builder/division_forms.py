"""How English writes of first-level divisions: by an English name, and with the word for what they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from gazetteer.builder.records import Record
from gazetteer.names import name_key

_FEDERAL = frozenset({"AT", "AU", "BR", "DE", "FM", "IN", "MX", "MY", "NG", "PW", "SD", "SS", "US", "VE"})
"""Countries whose first-level divisions are states."""

_UNITED_KINGDOM = "GB"

_WORDS = (
    "province region state governorate oblast county prefecture department district voivodeship emirate municipality "
    "canton krai territory autonomous republic of the city capital division wilaya"
)
_TYPES = frozenset(_WORDS.split())

_ALIKE = 0.4
"""Less alike than this, two names of a unit are more likely those of an old and a new unit ("Fès-Meknès", which has a
part of what was Taza-Al Hoceïma-Taounate)."""


def english_name(primary: str, told: Sequence[str], aliases: Iterable[str]) -> str | None:
    """The English name of a unit whose own name is another language's, None where there is none to be sure of.

    A name counts if two sources have it, give or take the word for what the unit is: two names told to be English, or
    one of them and one of the unit's untagged aliases. A single source is not believed: columns of names are shifted
    here and there. The longest such name is taken, which says what the unit is ("Kharkiv Oblast").
    """
    own = set(name_key(primary).split())
    words = {name: set(name_key(name).split()) for name in (*told, *aliases)}
    if any(own <= words[name] for name in told):
        return None
    agreed: set[str] = set()
    for english in told:
        for other, parts in words.items():
            if other != english and words[english] <= parts and _is_written_as_a_name(other):
                agreed.update({other} if parts - words[english] <= _TYPES else ())
    alike = [name for name in agreed if _likeness(primary, name) >= _ALIKE]
    return max(alike, key=lambda name: (" of " not in name, len(name), name), default=None)


def _likeness(one: str, other: str) -> float:
    """How much of two names is the same letters, from 0 to 1: of the names without the English words for what the unit
    is, or of the two words most alike ("Avtonomna Respublika Krym", "Autonomous Republic of Crimea")."""
    mine, its = ([word for word in name_key(name).split() if word not in _TYPES] for name in (one, other))
    pairs = [(" ".join(mine), " ".join(its))]
    pairs += [(a, b) for a in mine for b in its if min(len(a), len(b)) > 3]
    return max(SequenceMatcher(None, a, b, autojunk=False).ratio() for a, b in pairs)


def _is_written_as_a_name(text: str) -> bool:
    return text[:1].isupper() and all(ord(char) < 0x250 for char in text)


def forms(record: Record) -> Iterator[str]:
    """The unit's English names with the words that news put behind them: "Idlib Province", "Kano State"."""
    if record.country == _UNITED_KINGDOM:
        return
    kinds = ("State",) if record.country in _FEDERAL else ("Province", "Region")
    names = [record.name, *(name.text for name in record.names if name.language == "en" and name.kind == "alternate")]
    seen = {name_key(name.text) for name in record.names}
    for name in dict.fromkeys(names):
        words = name.split()
        bare = " ".join(words[:-1]) if len(words) > 1 and words[-1].casefold() in _TYPES else name
        if not _is_written_as_a_name(bare) or set(name_key(bare).split()) & _TYPES:
            continue
        for kind in kinds:
            if (key := name_key(f"{bare} {kind}")) not in seen:
                seen.add(key)
                yield f"{bare} {kind}"
