"""What kind of toponym a mention is: literal, demonym, metonym or embedded; and whom a metonym stands for."""

from __future__ import annotations

from gazetteer.place import Place
from mapper.geoparse.candidates import Options
from mapper.geoparse.mention import Mention
from mapper.geoparse.names import NameFacts
from mapper.model import ToponymKind

HALF = 0.5


def is_demonym(mention: Mention, facts: NameFacts) -> bool:
    """Whether the mention names a people, or is the adjective of a place. Settled before the place is looked for."""
    if not facts.demonym:
        return False
    if not facts.places:
        return True
    return mention.demonym > mention.place


def kind_of(mention: Mention, options: Options, *, demonym: bool, boilerplate: bool) -> ToponymKind:
    """The kind, once it is known how the candidates were come by."""
    if demonym:
        return "demonym"
    # A span of our own whose name the gazetteer lacks is at best a place beside the one named inside. One that was
    # given is a place name, and "Windsor Castle" is no less literal for being unknown.
    if boilerplate or (options.via == "inside" and not mention.given):
        return "embedded"
    if mention.embedded >= HALF and mention.embedded > mention.place:
        return "embedded"
    if mention.metonym >= HALF:
        return "metonym"
    return "literal"


def stands_for(kind: ToponymKind, place: Place | None) -> str | None:
    """The country whose government or people a metonym means: of a country itself, and of a capital."""
    if kind != "metonym" or place is None:
        return None
    if place.feature_code.startswith("PCL") or place.feature_code == "PPLC":
        return place.country_code
    return None
