"""Events in languages without a parser: French, Spanish and Arabic, by words and their order alone.

A trigger counts only in a form that tells it as done (a past tense, an event noun with a verb of happening) or as fixed
for the future; what is negated, denied, supposed or only wished is left out. A place counts only behind a preposition
of place in the same sentence. So few things are told wrongly, and many are not told. Actors are not read.
"""

from __future__ import annotations

from mapper.events.languages.reading import SUPPORTED, Told, ahead, may_tell, tellings
from mapper.events.languages.tolls import figures

__all__ = ["SUPPORTED", "Told", "ahead", "figures", "may_tell", "tellings"]
