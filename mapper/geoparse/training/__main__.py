"""``python -m mapper.geoparse.training CORPORA``: fit every model on the permitted corpora and write the weights."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from gazetteer import Gazetteer
from mapper.geoparse.recognise import weights_path
from mapper.geoparse.training import corpora
from mapper.geoparse.training.workshop import PLACE_CORPORA, SPAN_CORPORA, Workshop


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m mapper.geoparse.training", description=__doc__)
    parser.add_argument("corpora", type=Path, help="folder of the annotated corpora (*.jsonl.gz)")
    parser.add_argument("-o", "--output", type=Path, default=weights_path("."), help="where to write the weights")
    args = parser.parse_args()
    args.output.mkdir(parents=True, exist_ok=True)
    texts = [document.text for name in SPAN_CORPORA for document in corpora.load(args.corpora, name)]
    texts += [document.text for document in corpora.load(args.corpora, "wiktor-dev")]
    for name in ("ngec-synthetic", "timebank-dev"):
        texts += [row["text"] for row in corpora.rows(args.corpora / f"{name}.jsonl.gz")]
    common = corpora.common_words(texts)
    (args.output / "common_words.txt").write_text("\n".join(common) + "\n", encoding="utf-8", newline="\n")
    with Gazetteer.open() as gazetteer:
        workshop = Workshop(args.corpora, gazetteer, frozenset(common))
        recogniser = workshop.fit_spans(SPAN_CORPORA)
        recogniser.models.save(args.output / "spans.npz")
        recogniser.stack.save(args.output / "stack.npz")
        cases = {name: workshop.cases(name, recogniser) for name in PLACE_CORPORA}
        ranker, calibration = workshop.fit_places(cases)
        ranker.first.save(args.output / "rank_first.json")
        ranker.second.save(args.output / "rank_second.json")
        calibration.save(args.output / "confidence.json")
    sys.stderr.write(f"weights written to {args.output}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
