"""The word beside a name that tells what sort of place it is: "Kano state", "the city of Kano"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gazetteer.place import Candidate
from mapper.geoparse.candidates import HEAD_SORTS
from mapper.geoparse.mention import Mention
from mapper.geoparse.names import sort_of
from mapper.geoparse.text import word_set

_AFTER = re.compile(r"(?:['’]s)?[ -]([a-z]{3,})\b")
_BEFORE = re.compile(r"\b([a-z]+) (?:of|de|in) (?:the |la |el )?\Z", re.IGNORECASE)
_BY_A_TOWN = re.compile(r"\b(?:near|outside|downtown) \Z", re.IGNORECASE)
_BEHIND = 36
"""Characters before a name that are looked at."""

_HEADS = word_set(
    "state province region oblast governorate prefecture department district county wilaya territory municipality "
    "city town village island republic river lake sea mountains peninsula"
)
_OFFICES = {"governor": "state", "mayor": "city", "streets": "city", "outskirts": "city", "suburb": "city",
            "suburbs": "city", "airport": "city"}  # fmt: skip

# "NEW YORK (AP) —", "Acapulco, Mexico — ", "PARIS, 3 May (Reuters) -": after a name that begins a line.
_DATELINE = re.compile(r"(?:, [^\n(—–]{2,30}?)?\s*(?:\([A-Z][^)\n]{1,40}\)\s*(?:—|–|--?)?|—|–|--?)\s")

_ARTICLE_BEFORE = re.compile(r"\b[Tt]he\s\Z")
_ENDS = re.compile(
    r"\s*(?:[.,;:!?)\"”’]|\Z|\s(?:and|or|in|is|are|was|were|to|has|have|for|as|on|at|with|from|by|of)\b)"
)


def has_article(text: str, mention: Mention) -> bool:
    """Whether a name stands alone behind "the" ("the Sahel", "the Jordan"), and not as in "the Paris mayor"."""
    return (
        _ARTICLE_BEFORE.search(text, max(0, mention.start - 4), mention.start) is not None
        and _ENDS.match(text, mention.end, mention.end + 12) is not None
    )


def is_dateline(text: str, mention: Mention) -> bool:
    """Whether a name says where its article was filed: the first of a line, before a dash or an agency. News is filed
    from towns: "NEW YORK (AP) —" is not filed from the state."""
    begins = mention.start == 0 or text[mention.start - 1] == "\n"
    return begins and _DATELINE.match(text, mention.end, mention.end + 80) is not None


def called_for(text: str, mention: Mention, candidates: Sequence[Candidate]) -> str:
    """The word beside a name that calls for a sort of place which some candidate is of; empty where there is none."""
    after = _AFTER.match(text, mention.end, mention.end + _BEHIND)
    head = after.group(1) if after and after.group(1) in _HEADS else ""
    if not head and (before := _BEFORE.search(text, max(0, mention.start - _BEHIND), mention.start)):
        word = before.group(1).lower()
        head = _OFFICES.get(word, word if word in _HEADS else "")
    if not head and _BY_A_TOWN.search(text, max(0, mention.start - _BEHIND), mention.start):
        head = "city"
    if head and any(sort_of(c.place) in HEAD_SORTS[head] for c in candidates):
        return head
    return ""
