"""Named features of a proposed span, in three families.

``n:`` language-neutral (the gazetteer, letter case, punctuation, prepositions of place), ``x:`` English context words,
``s:`` what the recogniser tagged. A model trained without a family can do without it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from mapper.geoparse.linear import Hasher
from mapper.geoparse.listing import listing
from mapper.geoparse.names import NameBook, NameFacts
from mapper.geoparse.propose import ARTICLES, HEADS, Entity, Proposal
from mapper.geoparse.text import Words, word_set

LOCATIVE = {
    "en": word_set("in at near from across outside inside around throughout towards toward to into of via"),
    "fr": word_set("à au aux en dans de du des près vers depuis sur d"),
    "es": word_set("en de del desde hacia a al cerca"),
    "pt": word_set("em no na nos nas de do da dos das para"),
    "it": word_set("a ad in nel nella di del della da dal dalla presso"),
    "de": word_set("in im aus nach bei von vom zu zur zum nahe"),
    "ru": word_set("в во на из под около у при к до"),
}
"""Prepositions that a place name follows, by language."""

_DASHES = ("-", "–", "—", "(")
"""What a dateline's place stands before: "TORRINGTON — A fire …"."""


@dataclass(slots=True)
class Page:
    """What the features of one text have in common."""

    words: Words
    tagged: Sequence[Entity]
    book: NameBook
    language: str
    entity_at: list[int]
    exact: dict[tuple[int, int], str]
    lower_counts: Counter[str]
    surface_counts: Counter[str]
    labels_of: dict[str, Counter[str]]


def read_page(words: Words, tagged: Sequence[Entity], book: NameBook, language: str) -> Page:
    """Gather what the spans of one text share: where entities lie, and how often each word is written small."""
    entity_at = [-1] * len(words)
    exact: dict[tuple[int, int], str] = {}
    labels_of: dict[str, Counter[str]] = defaultdict(Counter)
    for number, entity in enumerate(tagged):
        exact[entity.first, entity.last] = entity.label
        labels_of[" ".join(words.lower[entity.first : entity.last])][entity.label] += 1
        for i in range(entity.first, min(entity.last, len(words))):
            entity_at[i] = number
    lower_counts: Counter[str] = Counter()
    surface_counts: Counter[str] = Counter()
    for low, capital in zip(words.lower, words.capital, strict=True):
        surface_counts[low] += 1
        if not capital:
            lower_counts[low] += 1
    return Page(words, tagged, book, language, entity_at, exact, lower_counts, surface_counts, labels_of)


def shape(word: str) -> str:
    """A word's letter case: X, Xx, xx, X.X., 9, or mixed."""
    if word.isdigit():
        return "9"
    if "." in word:
        return "X."
    if word.isupper():
        return "X" if len(word) == 1 else "XX" if len(word) <= 3 else "XXX"
    if word.islower():
        return "x"
    return "Xx" if word[1:].islower() else "xX"


def gazetteer_word(facts: NameFacts) -> str:
    """A name's facts as one feature value."""
    if facts.sort == "none":
        return "demonym" if facts.demonym else "none"
    return facts.sort


def span_features(page: Page, proposal: Proposal, hasher: Hasher) -> tuple[list[int], list[int], list[int]]:
    """Buckets of a span's features: neutral, English context, recogniser."""
    words, book = page.words, page.book
    i, j = proposal.first, proposal.last
    n = len(words)
    text = words.text
    surface = text[words.starts[i] : words.ends[j - 1]]
    low = words.lower
    facts = book.facts(surface)
    sort = gazetteer_word(facts)
    gap_left, gap_right = words.gap(i), words.gap(j)
    left_joined = i > 0 and words.joined[i] and words.capital[i - 1]
    right_joined = j < n and words.joined[j] and words.capital[j]
    before = low[i - 1] if i and "\n\n" not in gap_left else "<s>"
    after = low[j] if j < n and "\n\n" not in gap_right else "</s>"
    before2 = low[i - 2] if i > 1 else "<s>"
    after2 = low[j + 1] if j + 1 < n else "</s>"
    after3 = low[j + 2] if j + 2 < n else "</s>"
    punct_left = gap_left.strip()[-1:] or ("|" if "\n" in gap_left else "_" if gap_left else "")
    punct_right = text[words.ends[j - 1] : words.ends[j - 1] + 1] if j <= n else ""
    punct_right = punct_right.strip() or ("|" if gap_right[:2].count("\n") else "_")
    sentence_start = i == 0 or punct_left in '.!?|:"“”*•' or "\n" in gap_left
    locative = before in LOCATIVE.get(page.language, LOCATIVE["en"])
    size = min(j - i, 4)
    shapes = " ".join(shape(word) for word in words.surface[i:j][:3])
    common = max(page.lower_counts[word] / page.surface_counts[word] for word in low[i:j])
    stock = sum(word in words.common for word in low[i:j]) * 2 // (j - i)
    edge = ("L" if left_joined else "") + ("R" if right_joined else "")
    wider = ""
    if left_joined and book.has(text[words.starts[i - 1] : words.ends[j - 1]]):
        wider += "L"
    if right_joined and book.has(text[words.starts[i] : words.ends[j]]):
        wider += "R"
    after_comma = "-"
    if punct_right == "," and j < n and words.capital[j] and gap_right.strip() == ",":
        after_comma = gazetteer_word(_following(page, j))
    comma_before = "-"
    if punct_left == "," and i and words.capital[i - 1] and gap_left.strip() == ",":
        comma_before = gazetteer_word(_preceding(page, i))
    head = low[j - 1] if j - i > 1 and low[j - 1] in HEADS else "-"
    head_after = after if after in HEADS and punct_right == "_" else "-"
    population = int(facts.population * 2)
    repeats = min(page.surface_counts[low[i]], 4)
    neutral = [
        f"n:bias{words.cased}",
        f"n:g={sort}",
        f"n:g={sort} pop={population}",
        f"n:g={sort} nk={facts.name_kind} d={facts.demonym}",
        f"n:g={sort} places={min(facts.places, 12)}",
        f"n:g={sort} size={size} edge={edge}",
        f"n:g={sort} loc={locative}",
        f"n:g={sort} start={sentence_start}",
        f"n:g={sort} wide={wider}",
        f"n:loc={locative} size={size} edge={edge}",
        f"n:shape={shapes}",
        f"n:shape={shapes} g={sort}",
        f"n:pl={punct_left}",
        f"n:pr={punct_right}",
        f"n:pl={punct_left} pr={punct_right} loc={locative}",
        f"n:ac={after_comma} g={sort}",
        f"n:cb={comma_before} g={sort}",
        f"n:common={int(common * 4)} stock={stock} size={size}",
        f"n:stock={stock} g={sort}",
        f"n:edge={edge} wide={wider}",
        f"n:len={min(len(surface), 15)} g={sort}",
        f"n:rep={repeats} g={sort}",
    ]
    found = listing(words, i, j)
    neutral.append(f"n:list={min(found.before, 2)}{min(found.after, 2)} g={sort}")
    dash = gap_right.lstrip()[:1]
    if sentence_start and dash in _DASHES:
        neutral.append(f"n:dateline={dash == '('} up={surface.isupper()} g={sort}")
    if gap_left == "-" and i and words.surface[i - 1].isupper() and len(words.surface[i - 1]) < 4:
        neutral.append(f"n:after hyphen={len(words.surface[i - 1])} g={sort}")
    name = " ".join(low[i:j])
    tail = low[j - 1]
    context = [
        f"x:w={name}",
        f"x:first={low[i]} {size}",
        f"x:last={tail} {size}",
        f"x:suf={tail[-3:]}",
        f"x:suf4={tail[-4:]} g={sort}",
        f"x:b={before}",
        f"x:a={after} {punct_right}",
        f"x:b2={before2} {before}",
        f"x:a2={after} {after2}",
        f"x:bb={before2}",
        f"x:aa={after2}",
        f"x:aaa={after3}",
        f"x:b={before} g={sort}",
        f"x:a={after} g={sort} {punct_right}",
        f"x:b={before} a={after}",
        f"x:b={before} e={edge} sz={size}",
        f"x:a={after} e={edge} sz={size}",
        f"x:head={head} g={sort}",
        f"x:ha={head_after} g={sort}",
        f"x:pr={punct_right} a={after} a2={after2}",
    ]
    context.append(f"x:pre={low[i][:3]} {low[i] in ARTICLES}")
    if found.before or found.after:
        context += [
            f"x:lead={found.lead}",
            f"x:lead={found.lead_two}",
            f"x:lh={found.head}",
            f"x:lh={found.head} g={sort}",
        ]
        context.append(f"x:lead={found.lead} g={sort}")
    context.extend(f"x:mid={word}" for word in low[i:j][1:-1])
    if left_joined:
        context.append(f"x:lj={before} g={sort}")
    if right_joined:
        context.append(f"x:rj={after} g={sort}")
    label = page.exact.get((i, j))
    relation = label or "-"
    number = page.entity_at[i]
    closing = page.entity_at[j - 1]
    if label is None:
        if number < 0 and closing < 0:
            relation = "out"
        elif number == closing:
            entity = page.tagged[number]
            where = "head" if entity.first == i else "tail" if entity.last == j else "mid"
            if entity.first <= i and entity.last >= j:
                relation = f"in {entity.label} {where}"
                outer = low[entity.last - 1]
            else:
                relation, outer = f"over {entity.label}", "-"
        else:
            relation = f"cross {page.tagged[number].label if number >= 0 else '-'}"
    elsewhere = page.labels_of.get(name)
    others = ""
    if elsewhere:
        total = dict(elsewhere)
        if label is not None:
            total[label] -= 1
        others = " ".join(sorted(key for key, count in total.items() if count > 0)[:3])
    tagger = [
        f"s:e={relation} c={words.cased}",
        f"s:e={relation} g={sort}",
        f"s:e={relation} g={sort} pop={population}",
        f"s:e={relation} b={before}",
        f"s:e={relation} a={after}",
        f"s:e={relation} size={size} edge={edge}",
        f"s:e={relation} start={sentence_start} shape={shapes}",
        f"s:e={relation} stock={stock}",
        f"s:e={relation} ac={after_comma} cb={comma_before}",
        f"s:e={relation} wide={wider}",
        f"s:e={relation} head={head}",
        f"s:else={others} e={relation}",
        f"s:else={others} g={sort}",
    ]
    if relation.startswith("in "):
        tagger.append(f"s:outer={outer} g={sort}")
    return hasher.all(neutral), hasher.all(context), hasher.all(tagger)


def _following(page: Page, j: int) -> NameFacts:
    words = page.words
    best = NameFacts("none", 0, 0.0, "none", False)
    for k in range(j + 1, min(j + 4, len(words)) + 1):
        if not (words.capital[k - 1] and (k - 1 == j or words.joined[k - 1])):
            break
        facts = page.book.facts(words.text[words.starts[j] : words.ends[k - 1]])
        if facts.places:
            best = facts
    return best


def _preceding(page: Page, i: int) -> NameFacts:
    words = page.words
    best = NameFacts("none", 0, 0.0, "none", False)
    for k in range(i - 1, max(i - 4, 0) - 1, -1):
        if not (words.capital[k] and (k == i - 1 or words.joined[k + 1])):
            break
        facts = page.book.facts(words.text[words.starts[k] : words.ends[i - 1]])
        if facts.places:
            best = facts
    return best
