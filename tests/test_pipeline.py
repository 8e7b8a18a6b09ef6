"""Hostile articles are analysed like any other, and what a stage cannot take costs nobody else."""

from __future__ import annotations

import pytest

from mapper.errors import InputError
from mapper.model import Analysis, Article
from mapper.pipeline import Engine, analyse


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine.load()


@pytest.mark.parametrize(
    "article",
    [
        Article(id="halves", text="\ud800 Gunmen attacked a convoy near Gao, Mali. Talks were held in Bamako \udfff"),
        Article(id="address", text="Gunmen attacked Gao.", url="https://[::1", source="http://[", language="en"),
        Article(id="controls", text="Gun\x00men attacked \u202eGao\u202c, \u200bMali."),
        Article(id="empty", text=" "),
    ],
    ids=lambda article: article.id,
)
def test_a_hostile_article_is_analysed(engine: Engine, article: Article) -> None:
    (answer,) = engine.analyse([article])
    assert isinstance(answer, Analysis)
    assert answer.article.text == article.text


def test_an_article_that_a_stage_fails_on_is_named_and_the_others_are_used(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    parse = type(engine.geoparser).parse

    def failing(self: object, articles: list[Article]) -> object:
        if any(article.id == "bad" for article in articles):
            raise RuntimeError("no\nsuch luck")
        return parse(engine.geoparser, articles)

    monkeypatch.setattr(type(engine.geoparser), "parse", failing)
    refused: list[InputError] = []
    articles = [Article(id=name, text="Gunmen attacked Gao.") for name in ("a", "bad", "b")]
    used = list(analyse(articles, engine=engine, refuse=refused.append))
    assert [analysis.article.id for analysis in used] == ["a", "b"]
    assert [str(error) for error in refused] == ["bad: could not be analysed (RuntimeError: no such luck)"]
    with pytest.raises(InputError):
        list(analyse(articles, engine=engine))


def test_earlier_analyses_pass_through_in_their_place(engine: Engine) -> None:
    earlier = Analysis(article=Article(id="earlier", text="Told before."))
    items = [Article(id="a", text="Gunmen attacked Gao."), earlier, Article(id="b", text="Talks in Bamako.")]
    answers = list(analyse(items, engine=engine))
    assert [answer.article.id for answer in answers] == ["a", "earlier", "b"]
    assert answers[1] is earlier
