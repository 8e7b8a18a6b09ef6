"""The words of the page in its language: one table a language, in ``assets/words``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from mapper.render import bundle

LANGUAGES = ("en", "fr", "ar")
"""English, French, Arabic: what a page can speak."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """One language's table.

    ``page`` is what the script says (it travels with the page), ``shell`` what stands in the frame, and ``about`` what
    describes the map and lists it where there is no script. A text may hold ``{names}`` to fill in.
    """

    language: str
    direction: Literal["ltr", "rtl"]
    page: Mapping[str, Any]
    shell: Mapping[str, str]
    about: Mapping[str, str]

    def say(self, key: str, **values: object) -> str:
        """A text of ``about`` with its names filled in; what is filled in is not searched for names again."""
        return self.about[key].format_map(values)

    def type(self, code: str) -> str:
        """An event type in words; one without words by its code."""
        return str(self.page.get(f"type.{code}", code.replace("_", " ").lower()))

    def status(self, code: str) -> str:
        """A status in words, as it stands in a line."""
        return str(self.page[f"status.{code}"]).lower()


@lru_cache(maxsize=len(LANGUAGES))
def words(language: str) -> Words:
    """The table of ``language``. Raises ValueError for a language that the page does not speak."""
    if language not in LANGUAGES:
        raise ValueError(f"the page speaks {', '.join(LANGUAGES)}, not {language!r}")
    table = json.loads((bundle.ASSETS / "words" / f"{language}.json").read_text(encoding="utf-8"))
    return Words(
        language=language,
        direction=table["direction"],
        page=table["page"],
        shell=table["shell"],
        about=table["about"],
    )
