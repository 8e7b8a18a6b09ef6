"""``python -m tests.bench.merging [ARTICLES …]``: time and memory of merging by number of articles, and what it joins.

Made-up events of one country over a month: as many bombings as half the articles, each told by one to three articles
in much the same words, with its own town, day, target and toll. Printed for each size: seconds, B³ precision and recall
against the events that were made up, kilobytes of memory an article that stay after all keys were taken in; at the end
the exponent by which time grows with size (1 is linear).
"""

from __future__ import annotations

import gc
import math
import random
import sys
import time
import tracemalloc
from collections import defaultdict
from collections.abc import Iterator

from mapper.events import merge
from mapper.model import (
    Actor,
    Analysis,
    Article,
    Event,
    EventDate,
    EventPlace,
    Figure,
    Location,
    Span,
    Trigger,
    event_id,
)

TARGETS = (
    "mosque", "market", "school", "barracks", "bridge", "hotel", "station", "court", "clinic", "stadium", "bakery",
    "convoy",
)  # fmt: skip
VERBS = ("exploded", "went off", "was detonated", "blew up")
TOWNS = 400


def made_up(articles: int, seed: int = 7) -> Iterator[tuple[Analysis, str]]:
    """Analyses with the made-up event that each tells."""
    draw = random.Random(seed)
    towns = [(f"t:{n}", f"Town{n}", draw.uniform(30, 38), draw.uniform(62, 74)) for n in range(TOWNS)]
    made = 0
    event = 0
    while made < articles:
        event += 1
        town, day, target, toll = draw.choice(towns), draw.randint(1, 30), draw.choice(TARGETS), draw.randint(2, 60)
        for _ in range(min(draw.randint(1, 3), articles - made)):
            made += 1
            yield _told(made, draw, town, day, target, toll), f"e{event}"


def _told(
    number: int, draw: random.Random, town: tuple[str, str, float, float], day: int, target: str, toll: int
) -> Analysis:
    place, name, lat, lon = town
    verb = draw.choice(VERBS)
    filler = " ".join(f"word{draw.randint(0, 5000)}" for _ in range(60))
    text = f"A bomb {verb} outside a {target} in {name} on Monday, killing {toll} people. {filler}."
    start = text.index(verb)
    trigger = Trigger(start=start, end=start + len(verb), text=verb)
    who = text.index(f"{toll} people")
    event = Event(
        id=event_id(text, trigger), type="ASSAULT", mode="explosives", trigger=trigger,
        evidence=Span(start=0, end=text.index(".") + 1),
        date=EventDate(
            start=f"2020-06-{day:02}", end=f"2020-06-{day:02}", precision="day", basis="relative", text="Monday"
        ),
        actors=(Actor(start=who, end=who + len(f"{toll} people"), text=f"{toll} people", role="recipient"),),
        places=(EventPlace(toponym=0, role="happened_at"),),
        location=Location(
            place_id=place, name=name, lat=lat, lon=lon, country_code="AF", footprint="point", basis="stated",
            precision="settlement", radius_km=None, acled_geo_precision=1, ucdp_where_prec=1,
        ),
        confidence=0.8, status="reported",
        figures=(
            Figure(
                start=who, end=who + len(str(toll)), kind="killed", low=toll, high=toll, qualifier="", text=str(toll)
            ),
        ),
    )  # fmt: skip
    article = Article(id=f"a{number:07}", text=text, published=f"2020-06-{day:02}", language="en")
    return Analysis(article=article, events=(event,))


def b_cubed(gold: dict[str, str], clusters: merge.Clusters) -> tuple[float, float]:
    """Precision and recall of the clusters."""
    right: dict[str, set[str]] = defaultdict(set)
    found: dict[str, set[str]] = defaultdict(set)
    for event, name in gold.items():
        right[name].add(event)
        found[clusters[event]].add(event)
    both = {event: len(right[name] & found[clusters[event]]) for event, name in gold.items()}
    precision = sum(both[e] / len(found[clusters[e]]) for e in gold) / len(gold)
    return precision, sum(both[e] / len(right[n]) for e, n in gold.items()) / len(gold)


def main() -> None:
    sizes = [int(size) for size in sys.argv[1:]] or [1000, 4000, 16000]
    seconds = []
    for size in sizes:
        keys, gold = merge.Keys(), {}
        started = time.process_time()
        for analysis, name in made_up(size):
            keys.add(analysis)
            gold[analysis.events[0].id] = name
        taken = time.process_time() - started
        clusters = keys.cluster()
        seconds.append(time.process_time() - started)
        precision, recall = b_cubed(gold, clusters)
        print(f"{size} articles: keys {taken:.1f} s, all {seconds[-1]:.1f} s, P {precision:.3f}, R {recall:.3f}")
    if len(sizes) > 1:
        exponent = math.log(seconds[-1] / seconds[0]) / math.log(sizes[-1] / sizes[0])
        print(f"time grows with the {exponent:.2f}th power of the number of articles")
    gc.collect()
    tracemalloc.start()
    keys = merge.Keys()
    for analysis, _ in made_up(min(sizes[-1], 20_000)):
        keys.add(analysis)
    gc.collect()
    print(f"{tracemalloc.get_traced_memory()[0] / min(sizes[-1], 20_000):,.0f} bytes an article stay in memory")


if __name__ == "__main__":
    main()
