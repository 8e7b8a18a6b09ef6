"""One script out of the page's small modules, with no tool but Python.

The modules are plain ES modules (tests import them as they are). Bundling lifts them into one scope: imports are
dropped, ``export`` is cut off, files follow their dependencies. For that, imports are one line each and name what they
take, and no two modules may use the same name at top level; :class:`BundleError` says where that does not hold.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from mapper.render.minify import tight

ASSETS = Path(__file__).parent / "assets"

_IMPORT = re.compile(r'^import \{ ([\w, ]+) \} from "\./([\w-]+\.js)";$', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const|let|class)\b)", re.MULTILINE)
_NAME = re.compile(r"^(?:export )?(?:async )?(?:function|const|let|class) (\w+)", re.MULTILINE)
_MORE_NAMES = re.compile(r"^(?:export )?(?:const|let) [^=]+?=[^,;(){}\[\]]*?, (\w+) =", re.MULTILINE)
_COMMENT = re.compile(r"^[ \t]*(?:/\*\*(?:(?!\*/).)*\*/[ \t]*\n|//[^\n]*\n)", re.MULTILINE | re.DOTALL)
_INLINE = re.compile(r"/\*\*(?:(?!\*/)[^\n])*\*/ ?")
_INDENT = re.compile(r"^[ \t]+|\n(?=\n)", re.MULTILINE)


class BundleError(ValueError):
    """A module breaks the rules that bundling rests on."""


@lru_cache(maxsize=1)
def script() -> str:
    """The page's script: strict, in a scope of its own."""
    order: list[str] = []
    _visit("main.js", order, ())
    owners: dict[str, str] = {}
    parts = []
    for name in order:
        text = _read(name)
        for found in [*_NAME.findall(text), *_MORE_NAMES.findall(text)]:
            if owners.setdefault(found, name) != name:
                raise BundleError(f"{name} and {owners[found]} both define {found} at top level")
        text = _EXPORT.sub("", _IMPORT.sub("", text))
        if re.search(r"^(?:import|export)\b", text, re.MULTILINE):
            raise BundleError(f"{name} has an import or export in a form that cannot be bundled")
        if any(line.count("`") % 2 for line in text.split("\n")):
            raise BundleError(f"{name} has a template literal over several lines, which loses its indentation")
        parts.append(tight(_INDENT.sub("", _INLINE.sub("", _COMMENT.sub("", text)))).strip())
    return embeddable('"use strict";\n(() => {\n' + "\n".join(parts) + "\n})();\n")


@lru_cache(maxsize=1)
def style() -> str:
    """The page's style sheet."""
    return embeddable((ASSETS / "css" / "page.css").read_text(encoding="utf-8"))


def embeddable(text: str) -> str:
    """Check that a trusted asset can stand inside a script or style element, and normalise its line ends."""
    if re.search(r"</(?:script|style)|<!--", text, re.IGNORECASE):
        raise BundleError("an asset holds a sequence that would end its element")
    return text.replace("\r\n", "\n")


def _read(name: str) -> str:
    return (ASSETS / "js" / name).read_text(encoding="utf-8").replace("\r\n", "\n")


def _visit(name: str, order: list[str], above: tuple[str, ...]) -> None:
    if name in above:
        raise BundleError(f"modules import each other in a circle: {' > '.join([*above, name])}")
    if name in order:
        return
    for _, dependency in _IMPORT.findall(_read(name)):
        _visit(dependency, order, (*above, name))
    order.append(name)
