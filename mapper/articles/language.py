"""Which language an article is in: py3langid's small naive Bayes model (BSD), kept to languages that news is met in."""

from __future__ import annotations

import functools
import re
from typing import Any

KNOWN = (
    *("am", "ar", "az", "be", "bg", "bn", "bs", "ca", "cs", "da", "de", "el", "en", "es", "et", "eu", "fa", "fi", "fr"),
    *("gu", "ha", "he", "hi", "hr", "hu", "hy", "id", "ig", "is", "it", "ja", "ka", "kk", "km", "kn", "ko", "ku", "ky"),
    *("lo", "lt", "lv", "mg", "mk", "ml", "mn", "mr", "ms", "mt", "my", "ne", "nl", "no", "om", "pa", "pl", "ps", "pt"),
    *("ro", "ru", "rw", "si", "sk", "sl", "so", "sq", "sr", "sv", "sw", "ta", "te", "tg", "th", "tk", "tl", "tr", "uk"),
    *("ur", "uz", "vi", "yo", "zh", "zu"),
)
"""The answers possible, as ISO 639-1 codes."""

_SAMPLE = 4_000  # code points looked at: more changes no answer
_FEWEST_LETTERS = 20  # below this, a name or a label decides as much as the language does
_FEWEST_IDEOGRAPHS = 8
_SUREST = 0.6  # probability from which an answer is given
# No other language has these three among its words, and they are a tenth of English prose. Knowing English at sight
# spares the usual run the second that the model takes to load.
_ENGLISH = re.compile(r"\b(?:the|of|and)\b", re.IGNORECASE)
_ENGLISH_SHARE = 0.07
_ENGLISH_WORDS = 40


def detect(text: str) -> str | None:
    """The language's ISO 639-1 code, None where the text is too short or the answer not clear."""
    sample = text[:_SAMPLE]
    letters = sum(character.isalpha() for character in sample)
    ideographs = sum("\u3040" <= character <= "\u9fff" or "\uac00" <= character <= "\ud7af" for character in sample)
    if letters < _FEWEST_LETTERS and ideographs < _FEWEST_IDEOGRAPHS:
        return None
    words = sample.count(" ") + 1
    if words >= _ENGLISH_WORDS and len(_ENGLISH.findall(sample)) >= _ENGLISH_SHARE * words:
        return "en"
    # Reports all in capitals read as if in small letters; a lone surrogate fits into no UTF-8.
    clean = sample.lower().encode("utf-8", "replace").decode("utf-8")
    language, probability = _identifier().classify(clean)
    return str(language) if probability >= _SUREST else None


@functools.cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(KNOWN))
    return identifier
