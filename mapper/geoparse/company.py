"""The capitalised words that a name stands among: whether it is part of a longer proper name that is no place."""

from __future__ import annotations

from mapper.geoparse.aliases import CAPITALS_ONLY
from mapper.geoparse.candidates import DIRECTIONS
from mapper.geoparse.features import Page
from mapper.geoparse.propose import FUNCTION_WORDS, HEADS
from mapper.geoparse.text import Words, word_set

ORGANISATIONS = word_set(
    "bank university college institute institution ministry church museum academy federation association society club "
    "council chamber school party front movement army union league confederation court board agency commission "
    "committee company corporation foundation orchestra observatory conference initiative network group center "
    "centre department bureau police times post herald tribune gazette journal news airways airlines fc united city "
    "athletic rovers wanderers rangers brigade brigades battalion broadcasting television radio telecom airline "
    "railways bancorp"
)
"""Words that head the name of an organisation."""

_OFFICES = word_set(
    "president minister premier chancellor king queen prince emir sultan governor mayor senator representative "
    "congressman secretary ambassador sheriff chief officer clerk judge attorney marshal detective sergeant captain "
    "major colonel general admiral commander coach captain manager director chairman spokesman spokeswoman pastor "
    "bishop archbishop cardinal imam sheikh native resident fire marine volunteer elementary middle high graduate"
)
"""Words for what somebody is, that a place name goes before: "Mali President Keita"."""

_UNITS = word_set("team teams squad squads unit units officer officers operator operators")
"""What letters stand before in the name of a unit: "a SWAT team"."""

_BEFORE = DIRECTIONS | FUNCTION_WORDS | HEADS | word_set("old new modern present-day former downtown historic occupied")


def inside_organisation(page: Page, first: int, last: int) -> bool:
    """Whether words ``first`` to ``last`` are part of an organisation's name: "Bank of Algeria", "Suffolk County
    Times", "Air Zimbabwe". In lines where most words are capitalised, capitals tell nothing, and the answer is no."""
    words = page.words
    if not words.cased or _title_case(words, first):
        return False
    if first > 1 and words.lower[first - 1] in ("of", "for") and words.capital[first - 2]:
        return words.lower[first - 2] in ORGANISATIONS
    k = last
    while k < len(words) and words.capital[k] and words.gap(k) == " " and k - last < 4:
        if words.lower[k] in ORGANISATIONS:
            return True
        k += 1
    return _part_of_tagged(page, first, last) or _named_after_words(page, first)


def stands_for_unit(page: Page, first: int, last: int) -> bool:
    """Whether a word in capitals is short for a unit's name, as the page says elsewhere or here: "a SWAT team". States
    go by letters too ("the UAE team"), and where most words are written so, capitals tell nothing."""
    words = page.words
    surface = words.surface[first]
    if last - first != 1 or len(surface) < 3 or not surface.isupper() or not surface.isalpha() or not words.cased:
        return False
    if surface.lower() in CAPITALS_ONLY or page.book.facts(surface).sort == "country" or _title_case(words, first):
        return False
    return any(
        words.surface[i] == surface and words.gap(i + 1) == " " and words.surface[i + 1] in _UNITS
        for i in range(len(words) - 1)
        if words.capital[i]
    )


_NAMED_BY = frozenset({"ORG", "PRODUCT", "WORK_OF_ART", "EVENT", "LAW"})


def _part_of_tagged(page: Page, first: int, last: int) -> bool:
    """Whether the recogniser takes the words for the beginning of a longer name that is no place's: "Kentucky Fried
    Chicken". A name with a word such as "County", an office or a second place in it is left alone."""
    number = page.entity_at[first]
    if number < 0 or number != page.entity_at[last - 1]:
        return False
    entity = page.tagged[number]
    if entity.label not in _NAMED_BY or entity.first != first or entity.last == last:
        return False
    words = page.words
    rest = range(last, entity.last)
    if not all(words.capital[i] and words.gap(i) == " " and words.surface[i].isalpha() for i in rest):
        return False
    if any(words.lower[i] in _OFFICES or words.lower[i] in HEADS or words.lower[i] in FUNCTION_WORDS for i in rest):
        return False
    return page.book.facts(words.text[words.starts[last] : words.ends[entity.last - 1]]).sort not in _GREAT


_GREAT = frozenset({"country", "capital", "adm1", "region", "seat", "big"})


_DOMAINS = word_set("com org net gov edu info co uk fr de")


def inside_address(page: Page, first: int, last: int) -> bool:
    """Whether the words are part of an address of the net: "Amazon.com", "@SydneyNews"."""
    words = page.words
    if last < len(words) and words.gap(last) == "." and words.surface[last] in _DOMAINS:
        return True
    return words.text[words.starts[first] - 1 : words.starts[first]] == "@"


def _named_after_words(page: Page, first: int) -> bool:
    """Whether capitalised words that are no place, no person and no direction lead up to the name: "Amnesty
    International Mali"."""
    words = page.words
    k = first
    while k > 0 and words.capital[k - 1] and words.gap(k) == " " and first - k < 4:
        k -= 1
    if first - k < 2 or any(words.lower[i] in _BEFORE for i in range(k, first)):
        return False
    lead = words.text[words.starts[k] : words.ends[first - 1]]
    return not page.book.has(lead) and not any(page.book.facts(words.surface[i]).demonym for i in range(k, first))


POLICY = word_set(
    "ally allies ambassador aid assistance authorities backing cabinet campaign claim claims concern concerns decision "
    "demand demands diplomacy diplomats efforts embassy envoy foreign government intelligence interest interests "
    "intervention leaders leadership military ministry move objections offer opposition parliament plan plans policy "
    "policies position pressure proposal regime relations request response role sanctions security side stance "
    "strategy support threat threats ties troops view views war willingness"
)
"""What a government has, and a town has not."""


def owns_policy(page: Page, last: int) -> bool:
    """Whether the name that ends before word ``last`` is a possessive and what it possesses is a government's:
    "Washington's campaign", "Tehran's nuclear policy"."""
    words = page.words
    if last >= len(words) or words.lower[last] != "s" or words.gap(last) not in ("'", "’"):
        return False
    following = words.lower[last + 1 : last + 4]
    return any(word in POLICY for word in following)


_LONGEST_NAME = 24  # words: more are no person's name, and each of them would be looked at for each of them


def inside_person(page: Page, first: int, last: int) -> bool:
    """Whether the recogniser takes the words for part of a person's name ("Paris Hilton", not "Hilton, Paris")."""
    number = page.entity_at[first]
    if number < 0 or number != page.entity_at[last - 1]:
        return False
    entity = page.tagged[number]
    whole = entity.first == first and entity.last == last
    if entity.label != "PERSON" or whole or entity.first < 0 or entity.last - entity.first > _LONGEST_NAME:
        return False
    words = page.words
    rest = [i for i in range(entity.first, entity.last) if not first <= i < last]
    if any(words.lower[i] in _OFFICES or words.lower[i] in ORGANISATIONS or words.lower[i] in HEADS for i in rest):
        return False
    joined = all(words.gap(i) in (" ", "-") for i in range(entity.first + 1, entity.last))
    return joined and all(words.capital[i] for i in range(entity.first, entity.last))


def _title_case(words: Words, at: int) -> bool:
    """Whether the line around a word is set in title case."""
    low = high = at
    while low > 0 and "\n" not in words.gap(low) and at - low < 12:
        low -= 1
    while high + 1 < len(words) and "\n" not in words.gap(high + 1) and high - at < 12:
        high += 1
    others = [i for i in range(low, high + 1) if words.lower[i] not in FUNCTION_WORDS]
    return sum(words.capital[i] for i in others) > 0.7 * len(others) and len(others) > 2
