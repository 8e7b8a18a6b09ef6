"""Macro-regions: what ``regions.toml`` says they are.

News names many areas that no administrative table holds: the Sahel, the Levant, Liptako-Gourma. Each is written down in
``regions.toml`` as a rule, with the definition it follows and what it is not, so that anyone can read, dispute and mend
it. This module only reads those definitions; ``gazetteer.builder.regions`` turns the rules into polygons.

Coordinates in rules are degrees (WGS 84), written ``lon lat``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

Ring = tuple[tuple[float, float], ...]
Box = tuple[float, float, float, float]
Clip = Literal["land", "sea", "none"] | tuple[str, ...]


class RegionError(ValueError):
    """An entry of ``regions.toml`` that cannot be used. ``str()`` names the entry."""

    def __init__(self, slug: str, reason: str) -> None:
        super().__init__(f"region {slug!r}: {reason}")
        self.slug = slug
        self.reason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """An area: (countries + provinces + regions + drawn parts cut by ``clip``) within ``window``, less ``minus``.

    ``countries`` are ISO 3166-1 alpha-2 codes, ``provinces`` ISO 3166-2 codes, ``regions`` slugs of other entries.
    ``rings`` are hand-drawn outlines (lon, lat); ``boxes`` are (west, south, east, north): a latitude band is a box.
    ``clip`` cuts rings and boxes to the land, to the sea, to named countries, provinces or regions, or not at all.
    """

    countries: tuple[str, ...] = ()
    provinces: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    rings: tuple[Ring, ...] = ()
    boxes: tuple[Box, ...] = ()
    clip: Clip = "land"
    window: Box | None = None
    minus: Rule | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionDefinition:
    """One entry of ``regions.toml``.

    ``names`` and ``adjectives`` are by language (ISO 639-1); the first name of a language is the usual one.
    ``approximate`` says that the outline is drawn by hand, to about ``accuracy_km``.
    ``same_as`` names the country (alpha-2) or province (ISO 3166-2) that the entry is another name for: it adds names
    to that place and makes no place of its own.
    ``point`` (lon, lat) is where a label belongs, if the middle of the area will not do.
    """

    slug: str
    name: str
    feature_class: str
    feature_code: str
    names: Mapping[str, tuple[str, ...]]
    adjectives: Mapping[str, tuple[str, ...]]
    abbreviations: tuple[str, ...]
    source: str
    is_not: str
    approximate: bool
    accuracy_km: int | None
    same_as: str | None
    point: tuple[float, float] | None
    rule: Rule


_RULE_KEYS = {"countries", "provinces", "regions", "rings", "boxes", "clip", "window", "minus"}
_ENTRY_KEYS = {
    "slug", "name", "code", "names", "adjectives", "abbreviations", "source", "not", "accuracy_km", "same_as", "point",
    "area",
}  # fmt: skip


def _ring(slug: str, text: str) -> Ring:
    try:
        points = tuple((float(lon), float(lat)) for lon, lat in (pair.split() for pair in text.split(",")))
    except ValueError:
        raise RegionError(slug, f"a ring is 'lon lat, lon lat, …', not {text!r}") from None
    if len(points) < 3:
        raise RegionError(slug, "a ring needs at least three points")
    for lon, lat in points:
        if not (-180 <= lon <= 180 and -90 <= lat <= 90):
            raise RegionError(slug, f"{lon} {lat} is not a longitude and a latitude")
    return points


def _box(slug: str, values: Iterable[float]) -> Box:
    box = tuple(float(value) for value in values)
    if len(box) != 4 or not (-180 <= box[0] < box[2] <= 180 and -90 <= box[1] < box[3] <= 90):
        raise RegionError(slug, f"a box is [west, south, east, north] in degrees, not {list(box)}")
    return box[0], box[1], box[2], box[3]


def _clip(slug: str, value: str | list[str]) -> Clip:
    if isinstance(value, list):
        return tuple(value)
    words: dict[str, Clip] = {"land": "land", "sea": "sea", "none": "none"}
    if value in words:
        return words[value]
    raise RegionError(slug, f"clip is 'land', 'sea', 'none' or a list of codes, not {value!r}")


def _rule(slug: str, table: Mapping[str, Any]) -> Rule:
    if unknown := set(table) - _RULE_KEYS:
        raise RegionError(slug, f"unknown key in its area: {', '.join(sorted(unknown))}")
    return Rule(
        countries=tuple(table.get("countries", ())),
        provinces=tuple(table.get("provinces", ())),
        regions=tuple(table.get("regions", ())),
        rings=tuple(_ring(slug, text) for text in table.get("rings", ())),
        boxes=tuple(_box(slug, box) for box in table.get("boxes", ())),
        clip=_clip(slug, table.get("clip", "land")),
        window=_box(slug, table["window"]) if "window" in table else None,
        minus=_rule(slug, table["minus"]) if "minus" in table else None,
    )


def _drawn(rule: Rule) -> bool:
    return bool(rule.rings or rule.boxes) or (rule.minus is not None and _drawn(rule.minus))


def _definition(entry: Mapping[str, Any]) -> RegionDefinition:
    slug = str(entry.get("slug", "?"))
    if unknown := set(entry) - _ENTRY_KEYS:
        raise RegionError(slug, f"unknown key: {', '.join(sorted(unknown))}")
    for key in ("slug", "name", "source"):
        if not entry.get(key):
            raise RegionError(slug, f"no {key}")
    same_as = entry.get("same_as")
    if (same_as is None) == ("area" not in entry):
        raise RegionError(slug, "an entry has either an area or same_as")
    feature_class, _, feature_code = str(entry.get("code", "L.RGN")).partition(".")
    rule = _rule(slug, entry.get("area", {}))
    point = entry.get("point")
    accuracy = entry.get("accuracy_km")
    if _drawn(rule) and accuracy is None:
        raise RegionError(slug, "a drawn outline states its accuracy_km")
    return RegionDefinition(
        slug=slug,
        name=entry["name"],
        feature_class=feature_class,
        feature_code=feature_code,
        names={language: tuple(names) for language, names in entry.get("names", {}).items()},
        adjectives={language: tuple(names) for language, names in entry.get("adjectives", {}).items()},
        abbreviations=tuple(entry.get("abbreviations", ())),
        source=entry["source"],
        is_not=entry.get("not", ""),
        approximate=accuracy is not None,
        accuracy_km=accuracy,
        same_as=same_as,
        point=(float(point[0]), float(point[1])) if point is not None else None,
        rule=rule,
    )


def parse(text: str) -> tuple[RegionDefinition, ...]:
    """Read definitions from TOML text, in its order. Raises :class:`RegionError` naming the faulty entry."""
    found: dict[str, RegionDefinition] = {}
    for entry in tomllib.loads(text).get("region", ()):
        definition = _definition(entry)
        if definition.slug in found:
            raise RegionError(definition.slug, "defined twice")
        found[definition.slug] = definition
    return tuple(found.values())


@cache
def definitions() -> Mapping[str, RegionDefinition]:
    """Every definition of the embedded ``regions.toml``, by slug, in the file's order."""
    text = files("gazetteer").joinpath("regions.toml").read_text(encoding="utf-8")
    return {definition.slug: definition for definition in parse(text)}
