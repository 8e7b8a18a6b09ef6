"""Any sequence of operations leaves the store as a dictionary would be."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from mapper.diff import Known
from mapper.model import Analysis, Article
from mapper.store import Store

IDS = st.sampled_from(["a", "b", "c", "d\0", "d"])
WORDS = ("gao", "timbuktu", "école", "مالي", "\ud800", "e")
TEXTS = st.lists(st.sampled_from(WORDS), max_size=3).map(" ".join)
VERSIONS = st.sampled_from(["1", "2"])


class StoreMachine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "events.db"
        self.store = Store.open(self.path)
        self.articles: dict[str, tuple[Analysis, str]] = {}
        self.runs: dict[str, list[Known]] = {}

    def teardown(self) -> None:
        assert self.store.check() == []
        self.store.close()
        self.folder.cleanup()

    @rule(batch=st.lists(st.tuples(IDS, TEXTS, st.sampled_from([None, "Title"])), max_size=3), version=VERSIONS)
    def add(self, batch: list[tuple[str, str, str | None]], version: str) -> None:
        analyses = [Analysis(article=Article(id=i, text=text, title=title)) for i, text, title in batch]
        expected = []
        for one in analyses:
            before = self.articles.get(one.article.id)
            expected.append("added" if before is None else "same" if before == (one, version) else "updated")
            self.articles[one.article.id] = one, version
        assert self.store.add_all(analyses, version=version) == expected

    @rule(identifier=IDS)
    def forget(self, identifier: str) -> None:
        assert self.store.forget(identifier) == (self.articles.pop(identifier, None) is not None)

    @rule(name=IDS, members=st.dictionaries(IDS, TEXTS))
    def record_run(self, name: str, members: dict[str, str]) -> None:
        self.runs[name] = [Known(id=m, members={m: text}, facts={"type": text}) for m, text in sorted(members.items())]
        self.store.record_run(name, self.runs[name])

    @precondition(lambda self: self.runs)
    @rule(data=st.data())
    def read_run(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(self.runs)))
        assert self.store.run(name) == self.runs[name]

    @rule(word=st.sampled_from(["gao", "timbuktu", "ecole", "مالي", "Title"]))
    def search(self, word: str) -> None:
        found = {a.article.id for a in self.store.search(word)}
        written = word.replace("ecole", "école")
        assert found == {
            i for i, (a, _) in self.articles.items() if written in f"{a.article.title} {a.article.text}".split()
        }

    @rule(identifier=IDS, text=TEXTS, version=VERSIONS)
    def has(self, identifier: str, text: str, version: str) -> None:
        one = Analysis(article=Article(id=identifier, text=text))
        assert self.store.has(one.article, version=version) == (self.articles.get(identifier) == (one, version))

    @rule()
    def reopen(self) -> None:
        self.store.close()
        self.store = Store.open(self.path)

    @rule(identifier=IDS, text=TEXTS)
    def be_interrupted(self, identifier: str, text: str) -> None:
        other = Store.open(self.path)
        other._database.execute("BEGIN IMMEDIATE")
        other._database.execute("DELETE FROM article")
        other.close()
        self.store.add(replace(Analysis(article=Article(id=identifier, text=text))), version="1")
        self.articles[identifier] = Analysis(article=Article(id=identifier, text=text)), "1"

    @invariant()
    def holds_what_was_added_in_order(self) -> None:
        assert [(a.article.id, a) for a in self.store.analyses()] == [(i, a) for i, (a, _) in self.articles.items()]


StoreMachine.TestCase.settings = settings(max_examples=15, stateful_step_count=20, deadline=None)
TestStore = StoreMachine.TestCase
