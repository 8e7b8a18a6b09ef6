"""The language model forgets the words of what it has read, and reads the same after it."""

from __future__ import annotations

import pytest

from mapper.events.syntax import COMPONENTS, parse
from mapper.geoparse.reading import Tagger
from mapper.language import nlp, passing
from mapper.model import Span


def words(number: int) -> str:
    return f"Envoys of Zwyx{number} met Qarl{number} in Gao on Monday and drove on to Timbuktu."


def test_the_words_of_an_article_are_not_kept() -> None:
    tagger = Tagger.load()
    first = list(tagger.tag([words(0)]))
    for number in range(1, 30):
        list(tagger.tag([words(number)]))
        parse([(words(number), Span(start=0, end=len(words(number))), "body")])
    for model in (nlp(), nlp(COMPONENTS)):
        assert not [number for number in range(30) if f"Qarl{number}" in model.vocab.strings]
    assert list(tagger.tag([words(0)])) == first


def test_a_failure_on_the_way_leaves_the_model_as_it_was() -> None:
    model = nlp()

    def failing() -> None:
        with passing(model):
            list(model.pipe([words(77)]))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        failing()
    assert "Qarl77" not in model.vocab.strings
    with passing(model):
        assert "Qarl77" in [token.text for doc in model.pipe([words(77)]) for token in doc]
